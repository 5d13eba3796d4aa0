"""What a file in the inbox is known by, and what cannot be a scan whatever it holds."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from ingest.arrivals import is_closed, is_plain
from ingest.errors import ErrorCode, IngestError

MOST_BYTES = 4_000_000_000  # of a file that is opened at all: one that claims more is no scan


def identity_of(path: Path) -> str | None:
    """Return the SHA-256 of a file; null when it is gone or cannot be read now.

    What is no file of its own, closed to us or endless is known by its place on the disk: it is
    never opened, and it is the same after it is moved.
    """
    try:
        status = path.lstat()
        if not is_plain(path) or is_closed(path) or status.st_size > MOST_BYTES:
            marks = f"{status.st_dev} {status.st_ino} {status.st_mtime_ns}"
            return hashlib.sha256(f"never opened: {marks}".encode()).hexdigest()
        with open(path, "rb", opener=_no_link) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def oddity(path: Path) -> IngestError | None:
    """Return why a path must not be opened; null for a file of its own that we may read."""
    if path.is_symlink():
        message = "a link, which may lead anywhere: put the file itself into the inbox"
        return IngestError(ErrorCode.UNSUPPORTED, message)
    if not is_plain(path):
        message = "no file but a pipe, a socket or a device: put a scan into the inbox"
        return IngestError(ErrorCode.UNSUPPORTED, message)
    if is_closed(path):
        message = "the file may not be read: give the right to read it, then `ingest retry`"
        return IngestError(ErrorCode.NO_RIGHTS, message)
    if path.lstat().st_size > MOST_BYTES:
        message = f"the file claims over {MOST_BYTES // 1_000_000} MB: scan at 300 dpi, or split it"
        return IngestError(ErrorCode.TOO_LARGE, message)
    return None


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
