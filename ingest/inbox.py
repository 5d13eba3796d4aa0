"""The inbox that loses nothing: claim, read, store, publish, and only then move the original.

After a crash at any step the next start goes on from what the ledger says: nothing is lost,
nothing stands in the feed twice, nothing is half-written.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from extractors.contract import Dispatch
from ingest.arrivals import Arrivals
from ingest.errors import ErrorCode
from ingest.feed import Feed
from ingest.ledger import MOST_CLAIMS, Entry, Ledger, State
from ingest.names import shown
from ingest.places import Places, identity_of
from ingest.runner import Outcome
from ingest.workers import process_start

LEASE = 7200.0  # seconds after which a silent owner is taken for dead: no file takes so long
BATCH = 8  # files claimed at a time
_BACK_OFF = (5.0, 30.0, 120.0, 600.0)  # seconds between tries of what may pass
log = logging.getLogger("ingest.inbox")

Reader = Callable[[Iterable[Path]], Iterable[Outcome]]


@dataclass
class Inbox:
    """One inbox with its ledger, its feed and the places where originals end.

    `read` gives the outcome of each file in order (`Runner.outcomes`). `clock` gives seconds
    since 1970. `reached` is called at every step by its name: tests crash the program there.
    """

    arrivals: Arrivals
    ledger: Ledger
    feed: Feed
    places: Places
    read: Reader
    owner: str
    clock: Callable[[], float]
    reached: Callable[[str], None] = lambda _: None
    stopping: Callable[[], bool] = lambda: False
    dead: Callable[[str], bool] = lambda owner: is_dead(owner)
    _tries: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Take up what this process held before the database went away."""
        self.feed.open()
        self.arrivals.give_all_again()
        self.ledger.open().release(self.owner, self.clock())

    def turn(self) -> int:
        """Look for arrivals, read a batch, settle it; return how many files ended."""
        for path in self.arrivals.look(self.clock()):
            self._admit(path)
        self._take_over()
        for entry in self.ledger.held(self.owner):
            self._try_to_finish(entry.id)
        return self._work()

    def unfinished(self) -> bool:
        """Say whether any file is still on its way."""
        counts = self.ledger.counts()
        return counts[State.DONE] + counts[State.FAILED] < sum(counts.values())

    def _take_over(self) -> None:
        """Take up what others left that run no more: files they held, dispatches half-way out."""
        others = (owner for owner in self.ledger.owners() if owner != self.owner)
        dead = [owner for owner in others if self.dead(owner)]
        for entry in self.ledger.take_over(self.owner, dead, self.clock(), lease=LEASE):
            log.info("recovered", extra={"id": entry.id, "state": entry.state})
            stored = self.feed.load(entry.id) if entry.state is State.READING else None
            if stored:
                self._store(stored)
            elif entry.state is State.READING and entry.claims >= MOST_CLAIMS:
                message = f"the service stopped {entry.claims} times reading it: scan it again"
                self._fail(entry, ErrorCode.WORKER_DIED, message)
            elif entry.state is State.READING:
                self.ledger.give_back(entry.id, self.clock())

    def _admit(self, path: Path) -> None:
        identity = identity_of(path)
        if identity is None:
            self.arrivals.give_again(path)
            return
        first = self.ledger.admit(identity, shown(path.name), path, self.clock())
        self.reached("admitted")
        if first is None:
            log.info("arrived", extra={"id": identity, "file": shown(path.name)})
        elif first.path == path:
            return
        elif first.state is State.DONE or identity_of(first.path) == identity:
            self._duplicate(path, first)
        else:  # the first one was moved here: before it was read, or back from failed/
            self.ledger.moved(identity, path)
            self.ledger.retry([identity], self.clock())
            self.places.drop_reason(first.path)

    def _duplicate(self, path: Path, first: Entry) -> None:
        """Move a file whose content arrived before; the ledger knows of it before it moves."""
        lies = self.places.target(path, "duplicates", first.id)
        self.ledger.note_copy(first.id, lies)
        message = f"the same content arrived before as {first.name}"
        if first.state is State.FAILED:
            message += f", which could not be read ({first.message}): move that one back to try"
        try:
            self._put(path, "duplicates", first.id, {
                "code": "duplicate", "message": message, "id": first.id, "first": first.name,
            })  # fmt: skip
            log.info("duplicate", extra={"id": first.id, "file": shown(path.name)})
        except OSError as error:
            self.arrivals.give_again(path)
            log.warning("put off", extra={"id": first.id, "why": error.strerror})

    def _put(
        self, path: Path, place: str, identity: str, reason: dict[str, object] | None = None
    ) -> Path:
        """Move a file to its place and return where it lies; other content stays: it is new."""
        if identity_of(path) != identity:
            return path
        with self.feed.alone():
            target = self.places.target(path, place, identity)
            self.places.put(path, target, reason)
        return target

    def _work(self) -> int:
        claimed = self.ledger.claim(self.owner, self.clock(), lease=LEASE, most=BATCH)
        self.reached("claimed")
        present = [entry for entry in claimed if entry.path.exists() or self._is_gone(entry)]
        ended = 0
        outcomes = iter(self.read([entry.path for entry in present]))
        for entry in present:
            if self.stopping():
                break
            self._settle(entry, next(outcomes))
            self.ledger.renew(self.owner, self.clock() + LEASE)
            ended += 1
        self.ledger.release(self.owner, self.clock())
        return ended

    def _is_gone(self, entry: Entry) -> bool:
        """Forget a file that was taken out of the inbox, or go on with a copy; always false."""
        copies = [path for path in self.ledger.copies(entry.id) if path.exists()]
        if copies:
            self.ledger.moved(entry.id, copies[0])
        else:
            self.ledger.forget(entry.id)
            self.arrivals.give_again(entry.path)
        return False

    def _settle(self, entry: Entry, outcome: Outcome) -> None:
        self.reached("read")
        if outcome.error and outcome.error.code is ErrorCode.NOT_FOUND:
            self._put_off(entry, outcome.error.message)
        elif outcome.error and not (
            outcome.error.code is ErrorCode.WORKER_DIED and self.stopping()
        ):
            self._fail(entry, outcome.error.code, outcome.error.message)
        elif outcome.dispatch and outcome.dispatch.id != entry.id:
            self._is_gone(entry)  # rewritten while it was read: it arrives anew
        elif outcome.dispatch:
            self._publish(entry, outcome.dispatch)

    def _put_off(self, entry: Entry, why: str | None) -> None:
        """Let a file wait, each time longer, for what may pass."""
        wait = _BACK_OFF[min(self._tries[entry.id], len(_BACK_OFF) - 1)]
        self._tries[entry.id] += 1
        self.ledger.put_off(entry.id, self.clock(), wait=wait)
        log.warning("put off", extra={"id": entry.id, "why": why, "wait": wait})

    def _publish(self, entry: Entry, dispatch: Dispatch) -> None:
        try:
            self.feed.store(dispatch)
        except OSError as error:  # the disk is full or away: it may pass
            self._put_off(entry, error.strerror)
            return
        del self._tries[entry.id]
        self.reached("written")
        if self._store(dispatch):
            self._try_to_finish(entry.id, dispatch)

    def _store(self, dispatch: Dispatch) -> bool:
        """Write down that a dispatch is on the disk; false where it was forgotten meanwhile."""
        key, pages = likeness(dispatch), len(dispatch.pages)
        if self.ledger.stored(dispatch.id, self.owner, key, pages, self.clock()):
            self.reached("stored")
            return True
        if self.ledger.find(dispatch.id) is None:
            self.feed.file(dispatch.id).unlink(missing_ok=True)
        return False

    def _try_to_finish(self, identity: str, dispatch: Dispatch | None = None) -> None:
        """Finish a file; what the disk does not let through now is tried again at each turn."""
        try:
            self._finish(identity, dispatch)
        except OSError as error:
            log.warning("put off", extra={"id": identity, "why": error.strerror})

    def _finish(self, identity: str, dispatch: Dispatch | None) -> None:
        """Take a file its last steps: a dispatch into the feed, the original to its place."""
        entry = self.ledger.find(identity)
        if entry is None or entry.state not in (State.STORED, State.PUBLISHED, State.FAILED):
            return
        if entry.state is State.FAILED:
            self.ledger.settled(identity, self._put(entry.path, "failed", identity, why(entry)))
            return
        if entry.state is State.STORED:
            value = dispatch or self.feed.load(identity)
            if value is None:  # somebody erased it: it is read anew
                self.ledger.give_back(identity, self.clock())
                return
            publish = self.feed.publish if dispatch else self.feed.publish_once
            publish(value, self._warnings(value))
            self.reached("in the feed")
            self.ledger.published(identity, self.clock())
            self.reached("published")
        place = self._put(entry.path, "done", identity)
        self.reached("moved")
        self.ledger.done(identity, place, self.clock())
        self.reached("done")
        log.info("done", extra={"id": identity})

    def _warnings(self, dispatch: Dispatch) -> list[str]:
        key = likeness(dispatch)
        earlier = self.ledger.earlier(dispatch.id, key) if key else None
        if earlier is None:
            return []
        self.ledger.note_alike(dispatch.id, earlier.id)
        return [f"the same number, notation, issuer and date as {earlier.id}"]

    def _fail(self, entry: Entry, code: str, message: str) -> None:
        self.ledger.fail(entry.id, self.owner, code, message, self.clock())
        self.reached("failed")
        log.warning("failed", extra={"id": entry.id, "code": code})
        self._try_to_finish(entry.id)


def why(entry: Entry) -> dict[str, object]:
    """Return the reason of a failed file: code, message for the clerk, and what happened when."""
    return {
        "code": entry.code, "message": entry.message, "id": entry.id, "file": entry.name,
        "log": [
            {"time": _iso(entry.arrived), "event": "arrived"},
            {"time": _iso(entry.changed), "event": "failed", "tries": entry.claims},
        ],
    }  # fmt: skip


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def likeness(dispatch: Dispatch) -> str | None:
    """Return number, notation, issuer and date as one key; null where one is not known."""
    number, issuer = dispatch.number, dispatch.issuer
    if not number or not number.text or not issuer or not dispatch.date:
        return None
    return "|".join((number.text, issuer.name.casefold(), dispatch.date))


def is_dead(owner: str) -> bool:
    """Say whether an owner (`host:pid:start`) of this machine runs no more; others keep leases."""
    host, pid, start = owner.rsplit(":", 2)
    return host == os.uname().nodename and process_start(int(pid)) != start


def owner_name() -> str:
    """Return the name of this process as an owner of files."""
    return f"{os.uname().nodename}:{os.getpid()}:{process_start(os.getpid())}"
