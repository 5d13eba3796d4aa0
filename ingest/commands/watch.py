"""`ingest watch`: scans dropped into a folder come out as dispatches, day and night."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from ingest.arrivals import Arrivals
from ingest.errors import ErrorCode, IngestError
from ingest.feed import Feed
from ingest.health import METRICS
from ingest.inbox import Inbox
from ingest.leaving import Leaving
from ingest.ledger import Ledger
from ingest.logs import start_logging
from ingest.owners import owner_name
from ingest.places import Places
from ingest.runner import Runner
from ingest.service import Reports, Stop, crash_hook, listen, serve, while_reading
from ingest.settings import given

LEDGER = "ledger.sqlite3"


def watch(
    inbox: Annotated[Path, typer.Argument(help="The folder that scans are dropped into.")],
    out: Annotated[Path, typer.Option(help="Where the dispatches and the feed go.")] = Path("out"),
    ledger: Annotated[
        str | None, typer.Option(help="Database URL; SQLite in the output folder.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes; all cores.")] = None,
    still: Annotated[float, typer.Option(min=0, help="Seconds a file must stand still.")] = 3.0,
    poll: Annotated[float, typer.Option(min=0.05, help="Seconds between looks.")] = 2.0,
    grace: Annotated[float, typer.Option(min=0, help="Seconds to end a file when stopped.")] = 20.0,
    metrics: Annotated[
        Path | None, typer.Option(help="Where the metrics go; the output folder.")
    ] = None,
    leave: Annotated[bool, typer.Option(help="Leave originals in the inbox.")] = False,
    once: Annotated[bool, typer.Option(help="Stop when the inbox is empty.")] = False,
    crash_at: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> None:
    """Read what arrives in a folder, for as long as the program runs."""
    start_logging()
    settings = given()
    inbox, out = make_folders(inbox, out)
    book = Ledger(ledger_url(out, ledger))
    stop, reports = Stop(grace), Reports(book, out, metrics or out / METRICS)
    stop.listen()
    runner = Runner(settings, jobs=jobs, stopping=while_reading(reports, stop))
    leaving = Leaving(
        book, Feed(out), Places(inbox, leave), owner_name(), time.time, crash_hook(crash_at)
    )
    arrivals = Arrivals(inbox, still, leave={out, *book.files()})
    desk = Inbox(arrivals, leaving, runner.outcomes, 7200 + 2 * settings.file_seconds,
                 stop.told.is_set)  # fmt: skip
    threading.Thread(target=listen, args=(inbox, stop), daemon=True).start()
    try:
        serve(desk, reports, stop, poll=poll, once=once)
    finally:
        runner.stop()
        book.close()


def make_folders(inbox: Path, out: Path) -> tuple[Path, Path]:
    """Make both folders and return their whole paths; what is written from now on is private.

    Raises:
        IngestError: `settings`, where they are one.
    """
    inbox, out = inbox.resolve(), out.resolve()
    if inbox == out:
        message = f"{out} is the inbox itself: name another folder with --out"
        raise IngestError(ErrorCode.SETTINGS, message)
    inbox.mkdir(parents=True, exist_ok=True)
    os.umask(0o077)
    out.mkdir(parents=True, exist_ok=True)
    return inbox, out


def ledger_url(out: Path, url: str | None) -> str:
    """Return the database's URL: the one given, or SQLite in the output folder."""
    return url or f"sqlite:///{(out / LEDGER).resolve()}"
