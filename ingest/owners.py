"""Who holds a file: a process of a machine, known by its number and the moment it started."""

from __future__ import annotations

import os

from ingest.workers import process_start


def is_dead(owner: str) -> bool:
    """Say whether an owner (`host:pid:start`) of this machine runs no more; others keep leases."""
    host, pid, start = owner.rsplit(":", 2)
    return host == os.uname().nodename and process_start(int(pid)) != start


def owner_name() -> str:
    """Return the name of this process as an owner of files."""
    return f"{os.uname().nodename}:{os.getpid()}:{process_start(os.getpid())}"
