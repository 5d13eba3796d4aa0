"""What leaves: a file for each dispatch, and the feed, one line a dispatch, never rewritten."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from extractors.contract import Dispatch

FOLDER = "dispatches"
FEED = "feed.ndjson"


@dataclass(frozen=True, slots=True)
class Feed:
    """The output folder: `dispatches/<id>.json` and `feed.ndjson`; owner alone may read."""

    folder: Path

    def open(self) -> Feed:
        """Make the folders, and cut off a last line that a crash left unfinished."""
        (self.folder / FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.alone():
            _cut_torn_line(self.folder / FEED)
        return self

    def published(self) -> set[str]:
        """Return the ids that stand in the feed."""
        return {str(line["id"]) for line in self.lines()}

    def lines(self) -> Iterator[dict[str, object]]:
        """Yield the lines of the feed; one that a crash tore is passed over."""
        feed = self.folder / FEED
        if not feed.exists():
            return
        with feed.open(encoding="utf-8", errors="replace") as stream:
            for line in stream:
                if (entry := _parsed(line)) is not None:
                    yield entry

    def file(self, identity: str) -> Path:
        """Return the file of a dispatch."""
        return self.folder / FOLDER / f"{identity}.json"

    def knows(self, identity: str) -> bool:
        """Say whether a dispatch is on the disk or in the feed."""
        return self.file(identity).exists() or identity in self.published()

    def load(self, identity: str) -> Dispatch | None:
        """Return a stored dispatch; null where there is none, or one of another contract."""
        file = self.file(identity)
        if not file.exists():
            return None
        try:
            return Dispatch.model_validate_json(file.read_bytes())
        except ValidationError:
            return None

    def store(self, dispatch: Dispatch) -> Path:
        """Write the file of a dispatch whole, or not at all."""
        target = self.file(dispatch.id)
        write_whole(target, to_json(dispatch, indent=2) + "\n")
        return target

    def publish(self, dispatch: Dispatch, warnings: Sequence[str] = ()) -> None:
        """Append the line of a dispatch, with warnings about it where there are any."""
        with self.alone():
            _append(self.folder / FEED, _line(dispatch, warnings))

    def publish_once(self, dispatch: Dispatch, warnings: Sequence[str] = ()) -> None:
        """Append the line of a dispatch unless a run before a crash did so."""
        with self.alone():
            if dispatch.id not in self.published():
                _append(self.folder / FEED, _line(dispatch, warnings))

    def retract(self, identity: str) -> None:
        """Erase a dispatch, its file and its line: only for when an office must forget it."""
        self.file(identity).unlink(missing_ok=True)
        feed = self.folder / FEED
        with self.alone():
            if feed.exists():
                _rewrite(feed, lambda line: _without(line, identity))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes away from the feed, and from the places of the originals."""
        lock = os.open(self.folder / ".feed.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _line(dispatch: Dispatch, warnings: Sequence[str]) -> bytes:
    line = to_json(dispatch)
    if warnings:
        line = f'{line[:-1]},"warnings":{json.dumps(list(warnings), ensure_ascii=False)}}}'
    return line.encode() + b"\n"


def _without(line: str, identity: str) -> str:
    """Return a line of the feed without a dispatch: nothing where it is its own line.

    What other lines warn of it is taken out; all else stays as it is.
    """
    entry = _parsed(line) if identity in line else None
    if entry is None or entry["id"] == identity:
        return line if entry is None else ""
    warnings = entry.pop("warnings", None)
    if not isinstance(warnings, list):
        return line
    if kept := [each for each in warnings if identity not in each]:
        entry["warnings"] = kept
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"


def _rewrite(feed: Path, change: Callable[[str], str]) -> None:
    """Write the feed anew, line by line; a crash leaves the old one or the new one."""
    part = feed.with_suffix(".part")
    with (
        feed.open(encoding="utf-8", errors="replace") as old,
        open(part, "w", encoding="utf-8", opener=_private) as new,
    ):
        new.writelines(change(line) for line in old)
        new.flush()
        os.fsync(new.fileno())
    part.replace(feed)
    sync_folder(feed.parent)


def _append(feed: Path, line: bytes) -> None:
    """Append a line and wait until it is on the disk; a line that does not fit leaves nothing."""
    _cut_torn_line(feed)
    new = not feed.exists()
    handle = os.open(feed, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        end = os.fstat(handle).st_size
        try:
            while line:
                line = line[os.write(handle, line) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, end)
            raise
    finally:
        os.close(handle)
    if new:
        sync_folder(feed.parent)


def _cut_torn_line(feed: Path) -> None:
    if not feed.exists():
        return
    with feed.open("r+b") as stream:
        end = stream.seek(0, os.SEEK_END)
        keep = end
        while keep:
            start = max(0, keep - 65536)
            stream.seek(start)
            at = stream.read(keep - start).rfind(b"\n")
            keep = start + at + 1 if at >= 0 else start
            if at >= 0:
                break
        if keep < end:
            stream.truncate(keep)


def to_json(dispatch: Dispatch, *, indent: int | None = None) -> str:
    """Return the dispatch as JSON, the same bytes each time."""
    return dispatch.model_dump_json(by_alias=True, indent=indent)


def write_whole(target: Path, text: str, *, mode: int = 0o600) -> None:
    """Write a file so that a crash leaves the old one or the new one, and nothing between."""
    part = target.with_suffix(".part")
    with open(part, "w", encoding="utf-8", opener=_private) as stream:
        stream.write(text)
        os.fchmod(stream.fileno(), mode)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _parsed(line: str) -> dict[str, object] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "id" in entry else None
