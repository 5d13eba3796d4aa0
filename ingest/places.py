"""Where originals end: `done/`, `failed/` with the reason, `duplicates/` with the first one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.arrivals import SETTLED
from ingest.feed import sync_folder, write_whole

_LONGEST = 240  # bytes of a name: a number and `.json` must still fit behind it
_SMALL = 100_000  # bytes: no reason is longer


@dataclass(frozen=True, slots=True)
class Places:
    """The folders in which files end; `leave` keeps the originals where they are."""

    folder: Path
    leave: bool = False

    def target(self, path: Path, place: str, identity: str) -> Path:
        """Return where a file shall lie: under its own name, or with a number where it is taken.

        It is the same again after a crash between the reason and the move.
        """
        if self.leave:
            return path
        inside = path.relative_to(self.folder).parts
        inside = inside[1:] if inside[0] in SETTLED else inside  # it was tried before
        target = self.folder.joinpath(place, *inside[:-1], _cut(inside[-1]))
        candidate, number = target, 1
        while candidate.exists() or (place != "done" and _others(reason_of(candidate), identity)):
            number += 1
            candidate = target.with_name(f"{target.stem} ({number}){target.suffix}")
        return candidate

    def put(self, path: Path, target: Path, reason: dict[str, object] | None = None) -> None:
        """Move a file to its place, with the reason beside it."""
        if path == target:
            return
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if reason is not None:
            text = json.dumps(reason, ensure_ascii=False, indent=2) + "\n"
            write_whole(reason_of(target), text)
        move(path, target)
        self.drop_reason(path)
        _drop_empty(path.parent, self.folder)

    def drop_reason(self, path: Path) -> None:
        """Erase the reason that stood beside a file before it was tried again."""
        if path.relative_to(self.folder).parts[0] in ("failed", "duplicates"):
            reason_of(path).unlink(missing_ok=True)


def identity_of(path: Path) -> str | None:
    """Return the SHA-256 of a file; null when it is gone, or not ours to read yet."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def reason_of(path: Path) -> Path:
    """Return where the reason of a file is written."""
    return path.with_name(path.name + ".json")


def erase(path: Path, identity: str) -> None:
    """Erase a file and its reason, unless other content lies there by now."""
    if identity_of(path) == identity:
        path.unlink()
    if reason_of(path).exists() and not _others(reason_of(path), identity):
        reason_of(path).unlink()


def move(source: Path, target: Path) -> None:
    """Move a file; over to another disk it is copied whole before the original goes."""
    try:
        source.rename(target)
    except OSError:
        part = target.with_name(".moving.part")
        shutil.copy2(source, part)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
        source.unlink()
    sync_folder(target.parent)


def _others(reason: Path, identity: str) -> bool:
    """Say whether a file that is there is no reason for this identity."""
    if not reason.exists():
        return False
    return reason.stat().st_size > _SMALL or identity.encode() not in reason.read_bytes()


def _cut(name: str) -> str:
    """Return a name that leaves room behind it; its ending is kept."""
    suffix = Path(name).suffix
    room = _LONGEST - len(os.fsencode(suffix))
    stem = os.fsencode(name.removesuffix(suffix))
    if len(stem) <= room:
        return name
    if room < 1:
        return os.fsencode(name)[:_LONGEST].decode(errors="ignore")
    return stem[:room].decode(errors="ignore") + suffix


def _drop_empty(folder: Path, root: Path) -> None:
    """Remove folders that the move left empty, up to the inbox itself."""
    while folder not in (root, folder.parent):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
