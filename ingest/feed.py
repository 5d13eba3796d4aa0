"""What leaves: a file for each dispatch, and the feed, one line a dispatch, never rewritten."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.contract import Dispatch

FOLDER = "dispatches"
FEED = "feed.ndjson"


@dataclass(frozen=True, slots=True)
class Feed:
    """The output folder: `dispatches/<id>.json` and `feed.ndjson`; owner alone may read."""

    folder: Path

    def open(self) -> Feed:
        """Make the folders, and end a line that a crash left unfinished."""
        (self.folder / FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)
        feed = self.folder / FEED
        if feed.exists() and feed.stat().st_size and not feed.read_bytes().endswith(b"\n"):
            append(feed, "\n")
        return self

    def published(self) -> set[str]:
        """Return the ids that stand in the feed."""
        return {line["id"] for line in self.lines()}

    def lines(self) -> Iterator[dict[str, object]]:
        """Yield the lines of the feed; one that a crash tore is passed over."""
        feed = self.folder / FEED
        if not feed.exists():
            return
        with feed.open(encoding="utf-8") as stream:
            for line in stream:
                if (entry := _parsed(line)) is not None:
                    yield entry

    def file(self, identity: str) -> Path:
        """Return the file of a dispatch."""
        return self.folder / FOLDER / f"{identity}.json"

    def store(self, dispatch: Dispatch) -> Path:
        """Write the file of a dispatch whole, or not at all."""
        target = self.file(dispatch.id)
        write_whole(target, to_json(dispatch, indent=2) + "\n")
        return target

    def publish(self, dispatch: Dispatch, warnings: Sequence[str] = ()) -> None:
        """Append the line of a dispatch, with warnings about it where there are any."""
        line = to_json(dispatch)
        if warnings:
            line = f'{line[:-1]},"warnings":{json.dumps(list(warnings), ensure_ascii=False)}}}'
        append(self.folder / FEED, line + "\n")


def to_json(dispatch: Dispatch, *, indent: int | None = None) -> str:
    """Return the dispatch as JSON, the same bytes each time."""
    return dispatch.model_dump_json(by_alias=True, indent=indent)


def write_whole(target: Path, text: str) -> None:
    """Write a file so that a crash leaves the old one or the new one, and nothing between."""
    part = target.with_suffix(".part")
    with open(part, "w", encoding="utf-8", opener=_private) as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(target)


def append(feed: Path, text: str) -> None:
    """Append to a file, and wait until it is on the disk."""
    with open(feed, "a", encoding="utf-8", opener=_private) as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _parsed(line: str) -> dict[str, object] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "id" in entry else None
