"""A PostgreSQL server of one's own, in a folder of its own: for tests, gone after them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Return the URL of its database."""
        return f"postgresql://office@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        log = f"{self.folder}/log"
        self.control("-o", options, "-l", log, "-w", "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it as if the machine failed, or `fast`, as for a restart: clients are cut off."""
        self.control("-m", how, "-w", "stop")

    def control(self, *words: str) -> None:
        """Give it an order."""
        _as_postgres(str(PROGRAMS[-1]), "-D", f"{self.folder}/data", *words)


@contextmanager
def started() -> Iterator[Server]:
    """Give a new server, and take it away again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(Path(tempfile.mkdtemp(prefix="ingest-pg-", dir="/tmp")), port)
    if os.geteuid() == 0:
        shutil.chown(server.folder, "postgres")
    make = str(PROGRAMS[-1].with_name("initdb"))
    try:
        _as_postgres(make, "-D", f"{server.folder}/data", "-A", "trust", "-U", "office")
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(server.folder)


def _as_postgres(*command: str) -> None:
    """Run a command as a user that PostgreSQL accepts: it refuses root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*prefix, *command], check=True, timeout=120,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
    )  # fmt: skip
