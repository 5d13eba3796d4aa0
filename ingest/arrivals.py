"""Which files in the inbox have arrived: one rule, at the start, while watching and at a rescan.

A file has arrived when its size and time have stood still for a while and nobody writes to it.
Scanners open and close a file several times, and network shares give no events: so the inbox is
looked through again and again, and events only make it sooner.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SETTLED = ("done", "failed", "duplicates")  # where files end, in the inbox's own folder
_WAITING = (".part", ".partial", ".crdownload", ".tmp", ".temp", ".filepart", ".swp", "~")
_OFFICE = ("~$", "._")  # lock files and shadows that other systems leave beside a file


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file looked like: it stands still while this stays the same."""

    size: int
    time: int
    inode: int


@dataclass
class Arrivals:
    """Looks through an inbox; remembers since when each file has looked the same."""

    folder: Path
    still: float = 3.0  # seconds
    _since: dict[Path, tuple[Mark, float]] = field(default_factory=dict)
    _given: set[Path] = field(default_factory=set)

    def look(self, now: float) -> list[Path]:
        """Return the files that have arrived since the last look, oldest first.

        `now` is in seconds and rises. A file is given again only when it changes.
        """
        seen: dict[Path, tuple[Mark, float]] = {}
        arrived = []
        for path, mark in self._files():
            before = self._since.get(path)
            same = before is not None and before[0] == mark
            since = before[1] if before and same else now
            seen[path] = (mark, since)
            if not same:
                self._given.discard(path)
            if path not in self._given and now - since >= self.still and not is_written(path):
                arrived.append((mark.time, path))
        self._since = seen
        self._given &= seen.keys()
        self._given.update(path for _, path in arrived)
        return [path for _, path in sorted(arrived)]

    def give_again(self, path: Path) -> None:
        """Give a file again at the next look: it could not be read yet."""
        self._given.discard(path)

    def give_all_again(self) -> None:
        """Give every file again at the next look: an error may have kept some from being taken."""
        self._given.clear()

    def waiting(self) -> int:
        """Return how many files were in the inbox at the last look."""
        return len(self._since)

    def _files(self) -> Iterator[tuple[Path, Mark]]:
        yield from _below(self.folder, top=True)


def _below(folder: Path, *, top: bool = False) -> Iterator[tuple[Path, Mark]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return  # a folder that goes away while one looks
    for entry in entries:
        if is_temporary(entry.name) or entry.is_symlink() or (top and entry.name in SETTLED):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(Path(entry.path))
                continue
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            yield Path(entry.path), Mark(status.st_size, status.st_mtime_ns, status.st_ino)


def is_temporary(name: str) -> bool:
    """Say whether a name is hidden or that of a file still being copied."""
    return name.startswith((".", *_OFFICE)) or name.lower().endswith(_WAITING)


def is_written(path: Path) -> bool:
    """Say whether somebody has the file open for writing; false where this cannot be told."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return True  # gone, or not ours to read yet
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(handle)
    return False
