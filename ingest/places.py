"""Where originals end: `done/`, `failed/` with the reason, `duplicates/` with the first one."""

from __future__ import annotations

import errno
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.arrivals import SETTLED
from ingest.feed import sync_folder, write_whole
from ingest.identity import identity_of

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
        target = self.folder.joinpath(place, *self._inside(path))
        candidate, number = target, 1
        while _is_taken(candidate, place, identity):
            number += 1
            candidate = target.with_name(f"{target.stem} ({number}){target.suffix}")
        return candidate

    def put(self, path: Path, target: Path, reason: dict[str, object] | None = None) -> None:
        """Move a file to its place, with the reason beside it."""
        if self.leave:
            return
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if reason is not None:
            text = json.dumps(reason, ensure_ascii=False, indent=2) + "\n"
            write_whole(reason_of(target), text)
        if path != target:
            move(path, target)
            self.drop_reason(path)
            _drop_empty(path.parent, self.folder)

    def is_settled(self, path: Path) -> bool:
        """Say whether a path lies where files end."""
        return self._parts(path)[0] in SETTLED

    def bring_back(self, path: Path) -> None:
        """Move what lies where files end into the inbox again: it is another file by now."""
        target = self.folder.joinpath(*self._inside(path))
        if not os.path.lexists(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            move(path, target)
            self.drop_reason(path)

    def _inside(self, path: Path) -> tuple[str, ...]:
        """Return the parts of a path inside the inbox, as they were when it arrived."""
        inside = self._parts(path)
        inside = inside[1:] if inside[0] in SETTLED else inside
        return (*inside[:-1], _cut(inside[-1]))

    def _parts(self, path: Path) -> tuple[str, ...]:
        """Return the parts of a path inside the inbox; the name alone where the inbox moved."""
        inside = path.is_relative_to(self.folder)
        return path.relative_to(self.folder).parts if inside else (path.name,)

    def drop_reason(self, path: Path) -> None:
        """Erase the reason that stood beside a file before it was tried again."""
        if self._parts(path)[0] in ("failed", "duplicates"):
            reason_of(path).unlink(missing_ok=True)


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
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(".moving.part")
        shutil.copy2(source, part, follow_symlinks=False)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
        source.unlink()
    sync_folder(target.parent)


def _is_taken(target: Path, place: str, identity: str) -> bool:
    """Say whether something else lies at a target, or the reason of something else beside it.

    A move to another disk that a crash stopped leaves the file itself there: it is moved anew.
    """
    if os.path.lexists(target) and (place == "duplicates" or identity_of(target) != identity):
        return True
    return place != "done" and _others(reason_of(target), identity)


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
