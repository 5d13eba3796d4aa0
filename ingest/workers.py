"""A worker process: bounded memory, a folder and a process group of its own.

A worker that is killed leaves behind what it had drawn, and maybe a program that still draws.
Both are known by the worker's folder, and the next worker clears them away. A worker whose
parent dies is killed by the system.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_PREFIX = "ingest-worker"
_MAPPED = 4 << 20  # bytes: pictures are larger, and their memory is given back at once
_M_MMAP_THRESHOLD = -3  # of glibc's mallopt
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def prepare_worker(most_bytes: int) -> None:
    """Make this process a worker; one Tesseract thread is set where the engine is loaded."""
    clear_away()
    with suppress(PermissionError):  # it leads a session already
        os.setpgid(0, 0)
    library = ctypes.CDLL(None)
    library.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    library.mallopt(_M_MMAP_THRESHOLD, _MAPPED)
    pid = os.getpid()
    tempfile.tempdir = tempfile.mkdtemp(prefix=f"{_PREFIX}-{pid}-{process_start(pid)}-")
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def leanly(work: Callable[..., T], *arguments: object) -> T:
    """Do some work and return its result; the memory that it took is given back."""
    try:
        return work(*arguments)
    finally:
        ctypes.CDLL(None).malloc_trim(0)


def clear_away() -> None:
    """Erase the folders of dead workers, and end the programs that they had started."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}-*-*-*"):
        pid, start = folder.name.removeprefix(f"{_PREFIX}-").split("-")[:2]
        now = process_start(int(pid))
        if now == start or folder.lstat().st_uid != os.getuid():
            continue
        if now is None:  # else the number is another's by now, and its group too
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(int(pid), signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def process_start(pid: int) -> str | None:
    """Return when a process started, in clock ticks since the boot; null where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]  # a zombie runs no more
