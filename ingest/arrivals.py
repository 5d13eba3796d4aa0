"""Which files in the inbox have arrived: one rule, at the start, while watching and at a rescan.

A file has arrived when its size and time have stood still for a while and nobody writes to it.
Scanners open and close a file several times, and network shares give no events: so the inbox is
looked through again and again, and events only make it sooner.
"""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.names import shown

SETTLED = ("done", "failed", "duplicates")  # where files end, in the inbox's own folder
_WAITING = (".part", ".partial", ".crdownload", ".tmp", ".temp", ".filepart", ".swp", "~")
_OFFICE = ("~$", "._")  # lock files and shadows that other systems leave beside a file
LATER_SECONDS = 60.0  # until a file is given again whose place cannot be written
CLOSED_SECONDS = 60.0  # how long a file may be closed to us: a share may give the rights last
log = logging.getLogger("ingest.inbox")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file looked like: it stands still while this stays the same."""

    size: int
    time: int
    inode: int


@dataclass
class Arrivals:
    """Looks through an inbox; remembers since when each file has looked the same.

    What is in `leave` is passed: the program's own files.
    """

    folder: Path
    still: float = 3.0  # seconds
    leave: Collection[Path] = ()
    _since: dict[Path, tuple[Mark, float]] = field(default_factory=dict)
    _given: set[Path] = field(default_factory=set)
    _closed: set[Path] = field(default_factory=set)
    _later: dict[Path, float] = field(default_factory=dict)

    def look(self, now: float) -> list[Path]:
        """Return what has arrived since the last look, oldest first, links and pipes as well.

        `now` is in seconds and rises. A file is given again only when it changes.

        Raises:
            OSError: when the inbox itself cannot be looked into.
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
            given = path in self._given or self._later.get(path, now) > now
            if not given and self._has_arrived(path, now - since):
                arrived.append((mark.time, path))
                self._later.pop(path, None)
        self._since = seen
        self._given &= seen.keys()
        self._given.update(path for _, path in arrived)
        return [path for _, path in sorted(arrived)]

    def _has_arrived(self, path: Path, seconds: float) -> bool:
        if seconds < self.still:
            return False
        if is_closed(path):
            return seconds >= max(self.still, CLOSED_SECONDS)
        return not is_written(path)

    def give_again(self, path: Path) -> None:
        """Give a file again at the next look: it could not be read yet."""
        self._given.discard(path)

    def give_later(self, path: Path, now: float) -> None:
        """Give a file again after a while: its place could not be written."""
        self._given.discard(path)
        self._later[path] = now + LATER_SECONDS

    def give_all_again(self) -> None:
        """Give every file again at the next look: an error may have kept some from being taken."""
        self._given.clear()

    def waiting(self) -> int:
        """Return how many files were in the inbox at the last look."""
        return len(self._since)

    def _files(self) -> Iterator[tuple[Path, Mark]]:
        for entry in _entries(self.folder):
            if entry.name not in SETTLED:
                yield from self._at(entry)

    def _at(self, entry: os.DirEntry[str]) -> Iterator[tuple[Path, Mark]]:
        path = Path(entry.path)
        if is_temporary(entry.name) or path in self.leave:
            return
        try:
            status = entry.stat(follow_symlinks=False)
            inside = _entries(path) if stat.S_ISDIR(status.st_mode) else None
        except OSError as error:  # it goes away while one looks, or is closed to us
            self._tell_closed(path, error)
            return
        if inside is None:
            yield path, Mark(status.st_size, status.st_mtime_ns, status.st_ino)
            return
        for each in inside:
            yield from self._at(each)

    def _tell_closed(self, path: Path, error: OSError) -> None:
        """Log once that a folder is closed to us."""
        if isinstance(error, PermissionError) and path not in self._closed:
            self._closed.add(path)
            log.warning("closed", extra={"file": shown(path.name), "why": "give the right to read"})


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def is_temporary(name: str) -> bool:
    """Say whether a name is hidden or that of a file still being copied."""
    return name.startswith((".", *_OFFICE)) or name.lower().endswith(_WAITING)


def is_plain(path: Path) -> bool:
    """Say whether a path is a file of its own: no link, no pipe, no device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def is_closed(path: Path) -> bool:
    """Say whether a file is there and we have no right to read it."""
    return is_plain(path) and not os.access(path, os.R_OK, effective_ids=True)


def is_written(path: Path) -> bool:
    """Say whether somebody has the file open for writing; false where this cannot be told."""
    if not is_plain(path):
        return False
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
