"""The watcher at work: an inbox turned day and night, until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from watchfiles import watch as watch_events

from ingest import health
from ingest.inbox import Inbox
from ingest.ledger import Ledger
from ingest.records import said_by_database

_PATIENCE = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds between tries while database or disk is away
_BEAT = 10.0  # seconds between reports while a long file is read
_EVENTS_AGAIN = 60.0  # seconds until events are asked for again where there are none
log = logging.getLogger("ingest.watch")


@dataclass
class Stop:
    """Whether the program was told to stop, and when; a set `bell` wakes it up.

    `grace` is how many seconds the file in hand has to end then.
    """

    grace: float = 20.0
    bell: threading.Event = field(default_factory=threading.Event)
    told: threading.Event = field(default_factory=threading.Event)
    _since: float | None = None

    def listen(self) -> None:
        """Stop at SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.tell)
        signal.signal(signal.SIGIO, signal.SIG_IGN)  # somebody opens a file while it is looked at

    def tell(self, *_: object) -> None:
        """Stop: the file in hand has a while to end, the others are given back."""
        self._since = time.monotonic() if self._since is None else self._since
        self.told.set()
        self.bell.set()

    def patience_is_over(self) -> bool:
        """Say whether the file in hand is given back as well."""
        return self._since is not None and time.monotonic() - self._since > self.grace


@dataclass
class Reports:
    """The health file and the metrics, written while the service lives."""

    ledger: Ledger
    out: Path
    metrics: Path
    _last: float = 0.0

    def write(self) -> None:
        """Write how things stand."""
        health.write(self.ledger, self.out, self.metrics, time.time())
        self._last = time.monotonic()

    def beat(self) -> None:
        """Write how things stand now and then while a long file is read, if that can be done."""
        if time.monotonic() - self._last > _BEAT:
            self._last = time.monotonic()
            try:
                self.write()
            except (OSError, SQLAlchemyError) as error:
                log.warning("no report", extra={"error": place_of(error)})

    def write_trouble(self, why: str) -> None:
        """Write that nothing goes on, if even that can be done."""
        try:
            health.write_trouble(self.out, self.metrics, time.time(), why)
        except OSError as error:
            log.warning("no report", extra={"error": place_of(error)})


def serve(inbox: Inbox, reports: Reports, stop: Stop, *, poll: float, once: bool) -> None:
    """Turn until told to stop; only here is everything caught: the service goes on."""
    started, failures = False, 0
    while not stop.told.is_set():
        ended = 0
        try:
            if not started:
                inbox.start()
                started = True
            ended = inbox.turn()
            reports.write()
            failures = 0
            if once and not ended and not inbox.arrivals.waiting() and not inbox.unfinished():
                return
        except Exception as error:
            wait = _PATIENCE[min(failures, len(_PATIENCE) - 1)]
            log.error("put off", extra={"error": place_of(error), "wait": wait})  # noqa: TRY400
            reports.write_trouble(place_of(error))
            started, failures = False, failures + 1
            stop.told.wait(wait)
        if not ended:
            stop.bell.wait(poll)
            stop.bell.clear()


def while_reading(reports: Reports, stop: Stop) -> Callable[[], bool]:
    """Return what is asked while a file is read: whether it is given back; reports go on."""

    def patience_is_over() -> bool:
        reports.beat()
        return stop.patience_is_over()

    return patience_is_over


def place_of(error: Exception) -> str:
    """Return the kind of an error and its place in the code: its message might quote a page.

    What the system and the database say quotes none.
    """
    frame = traceback.extract_tb(error.__traceback__)[-1]
    said = ""
    if isinstance(error, DBAPIError):
        said = f": {said_by_database(error)}"
    elif isinstance(error, OSError) and error.strerror:
        said = f": {error.strerror}"
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}{said}"


def listen(inbox: Path, stop: Stop) -> None:
    """Ring when something changes in the inbox; shares give no events, so looks go on anyway."""
    while not stop.told.is_set():
        try:
            for _ in watch_events(inbox, stop_event=stop.told, step=200):
                stop.bell.set()
        except (OSError, RuntimeError) as error:  # no inbox now, or too many watches already
            why = "the inbox is looked through at each poll"
            log.warning("no events", extra={"why": why, "error": type(error).__name__})
            stop.told.wait(_EVENTS_AGAIN)


def crash_hook(step: str | None) -> Callable[[str], None]:
    """Return what kills the process group at a named step, as a power cut would."""

    def reached(name: str) -> None:
        if name == step:
            os.killpg(os.getpgid(0), signal.SIGKILL)

    return reached
