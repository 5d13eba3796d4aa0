"""`ingest watch`: scans dropped into a folder come out as dispatches, day and night."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from watchfiles import watch as watch_events

from ingest import health
from ingest.arrivals import Arrivals
from ingest.feed import Feed
from ingest.inbox import Inbox, owner_name
from ingest.ledger import Ledger
from ingest.logs import start_logging
from ingest.places import Places
from ingest.runner import Runner

LEDGER = "ledger.sqlite3"
_PATIENCE = (1.0, 5.0, 15.0, 60.0)  # seconds between tries when the database or the disk is away
_GRACE = 20.0  # seconds that the file in hand has to end when the program is told to stop
log = logging.getLogger("ingest.watch")


def watch(
    inbox: Annotated[Path, typer.Argument(help="The folder that scans are dropped into.")],
    out: Annotated[Path, typer.Option(help="Where the dispatches and the feed go.")] = Path("out"),
    ledger: Annotated[
        str | None, typer.Option(help="Database URL; SQLite in the output folder.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes; all cores.")] = None,
    still: Annotated[float, typer.Option(help="Seconds a file must stand still.")] = 3.0,
    poll: Annotated[float, typer.Option(help="Seconds between looks into the inbox.")] = 2.0,
    leave: Annotated[bool, typer.Option(help="Leave originals in the inbox.")] = False,
    once: Annotated[bool, typer.Option(help="Stop when the inbox is empty.")] = False,
    crash_at: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> None:
    """Read what arrives in a folder, for as long as the program runs."""
    start_logging()
    inbox.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.umask(0o077)
    bell = threading.Event()
    stopping = threading.Event()

    def stop(*_: object) -> None:
        told.append(time.monotonic())
        stopping.set()
        bell.set()

    told: list[float] = []

    def patience_is_over() -> bool:
        return bool(told) and time.monotonic() - told[0] > _GRACE

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    signal.signal(signal.SIGIO, signal.SIG_IGN)  # somebody opens a file while it is looked at
    book = Ledger(ledger_url(out, ledger))
    runner = Runner(jobs=jobs, stopping=patience_is_over)
    desk = Inbox(
        Arrivals(inbox, still), book, Feed(out), Places(inbox, leave), runner.outcomes,
        owner_name(), time.time, crash_hook(crash_at), stopping.is_set,
    )  # fmt: skip
    listener = threading.Thread(target=_listen, args=(inbox, bell, stopping), daemon=True)
    listener.start()
    try:
        _serve(desk, book, out, poll=poll, once=once, bell=bell, stopping=stopping)
    finally:
        runner.stop()
        book.close()


def ledger_url(out: Path, url: str | None) -> str:
    """Return the database's URL: the one given, or SQLite in the output folder."""
    return url or f"sqlite:///{(out / LEDGER).resolve()}"


def crash_hook(step: str | None) -> Callable[[str], None]:
    """Return what kills the process group at a named step, as a power cut would."""

    def reached(name: str) -> None:
        if name == step:
            os.killpg(os.getpgid(0), signal.SIGKILL)

    return reached


def _serve(
    desk: Inbox, book: Ledger, out: Path, *,
    poll: float, once: bool, bell: threading.Event, stopping: threading.Event,
) -> None:  # fmt: skip
    """Turn until told to stop; only here is everything caught: the service goes on."""
    started, failures = False, 0
    while not stopping.is_set():
        try:
            if not started:
                desk.start()
                started = True
            ended = desk.turn()
            health.write(book, out, time.time())
            failures = 0
        except Exception as error:
            wait = _PATIENCE[min(failures, len(_PATIENCE) - 1)]
            log.error("put off", extra={"error": _place_of(error), "wait": wait})  # noqa: TRY400
            started, failures, ended = False, failures + 1, 0
            stopping.wait(wait)
        if once and started and not ended and not desk.arrivals.waiting() and not desk.unfinished():
            return
        if not ended:
            bell.wait(poll)
            bell.clear()


def _place_of(error: Exception) -> str:
    """Return the kind of an error and its place in the code: its message might quote a page."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"


def _listen(inbox: Path, bell: threading.Event, stopping: threading.Event) -> None:
    """Ring when something changes in the inbox; shares give no events, so looks go on anyway."""
    try:
        for _ in watch_events(inbox, stop_event=stopping, step=200):
            bell.set()
    except OSError:
        log.warning("no events", extra={"why": "the inbox is looked through at each poll"})
