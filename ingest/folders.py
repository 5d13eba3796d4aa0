"""Which files of a folder are taken for dispatches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ErrorCode, IngestError
from ingest.opening import sniff

_SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt", ".md"})
_NOT_DISPATCHES = frozenset({"readme", "changelog", "license"})  # they speak of the folder


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order, and how many others were left alone."""

    files: tuple[Path, ...]
    others: int


def find_files(paths: Iterable[Path], *, leave: Path | None = None) -> Found:
    """Return the files below the paths that are dispatches by their bytes or their ending.

    A path that is a file is taken whatever it is. Hidden files and the folder `leave` are passed.

    Raises:
        IngestError: `not_found` for a path that does not exist.
    """
    files: dict[Path, None] = {}
    others = 0
    for path in paths:
        if not path.exists():
            raise IngestError(ErrorCode.NOT_FOUND, f"{path} does not exist: check the path")
        if path.is_file():
            files[path] = None
            continue
        for file in _below(path, leave):
            if _is_dispatch(file):
                files[file] = None
            else:
                others += 1
    return Found(tuple(files), others)


def _below(folder: Path, leave: Path | None) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or (leave and entry.resolve() == leave.resolve()):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _below(entry, leave)
        elif entry.is_file():
            yield entry


def _is_dispatch(file: Path) -> bool:
    if file.stem.lower() in _NOT_DISPATCHES:
        return False
    if file.suffix.lower() in _SUFFIXES:
        return True
    try:
        with file.open("rb") as stream:
            return sniff(stream.read(1024)) is not None
    except OSError:
        return False
