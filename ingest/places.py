"""Where originals end: `done/`, `failed/` with the reason, `duplicates/` with the first one."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.feed import write_whole


@dataclass(frozen=True, slots=True)
class Places:
    """The folders in which files end; `leave` keeps the originals where they are."""

    folder: Path
    leave: bool = False

    def settle(self, path: Path, place: str, reason: dict[str, object] | None = None) -> Path:
        """Move a file to its place, with the reason beside it; return where it lies.

        The name is kept; where it is taken, a number is added. Doing it twice does no harm.
        """
        if self.leave or not path.exists():
            return path
        target = _free(self.folder / place / path.relative_to(self.folder))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if reason is not None:
            text = json.dumps(reason, ensure_ascii=False, indent=2) + "\n"
            write_whole(target.with_name(target.name + ".json"), text)
        move(path, target)
        _drop_empty(path.parent, self.folder)
        return target


def move(source: Path, target: Path) -> None:
    """Move a file; over to another disk it is copied whole before the original goes."""
    try:
        source.rename(target)
    except OSError:
        part = target.with_name(f".{target.name}.part")
        shutil.copy2(source, part)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
        source.unlink()
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _free(target: Path) -> Path:
    candidate, number = target, 1
    while candidate.exists():
        number += 1
        candidate = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return candidate


def _drop_empty(folder: Path, root: Path) -> None:
    """Remove folders that the move left empty, up to the inbox itself."""
    while folder not in (root, folder.parent):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
