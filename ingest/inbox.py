"""The inbox that loses nothing: claim, read, store, publish, and only then move the original.

After a crash at any step the next start goes on from what the ledger says: nothing is lost,
nothing stands in the feed twice, nothing is half-written.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from extractors.contract import Dispatch
from ingest.arrivals import Arrivals
from ingest.errors import ErrorCode
from ingest.feed import Feed
from ingest.ledger import MOST_CLAIMS, Entry, Ledger, State
from ingest.names import shown
from ingest.places import Places
from ingest.runner import Outcome

LEASE = 900.0  # seconds after which a silent owner is taken for dead
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
    _tries: int = 0

    def start(self) -> None:
        """Take up what an earlier run left: files it held, and dispatches half-way out."""
        self.feed.open()
        self.ledger.release(self.owner, self.clock())
        dead = [owner for owner in self.ledger.owners() if owner == self.owner or is_dead(owner)]
        for entry in self.ledger.abandoned(dead, self.clock()):
            log.info("recovered", extra={"id": entry.id, "state": entry.state})
            self._recover(entry)
        for entry in self.ledger.entries(State.FAILED):
            self._show_failure(entry)

    def _recover(self, entry: Entry) -> None:
        stored = self.feed.load(entry.id) if entry.state is State.READING else None
        if stored:
            self.ledger.stored(entry.id, likeness(stored), len(stored.pages), self.clock())
        elif entry.state is State.READING and entry.claims >= MOST_CLAIMS:
            message = f"the service stopped {entry.claims} times while reading it: scan it again"
            self.ledger.fail(entry.id, ErrorCode.WORKER_DIED, message, self.clock())
            return
        elif entry.state is State.READING:
            self.ledger.give_back(entry.id, self.clock())
            return
        self._try_to_finish(entry)

    def turn(self) -> int:
        """Look for arrivals, read a batch, settle it; return how many files ended."""
        for path in self.arrivals.look(self.clock()):
            self._admit(path)
        self._resume()
        return self._work()

    def unfinished(self) -> bool:
        """Say whether any file is still on its way."""
        return bool(
            self.ledger.entries(State.WAITING, State.READING, State.STORED, State.PUBLISHED)
        )

    def _resume(self) -> None:
        """Try again to publish and to move what the disk or the share did not let through."""
        for entry in self.ledger.entries(State.STORED, State.PUBLISHED):
            if entry.owner == self.owner:
                self._try_to_finish(entry)

    def _admit(self, path: Path) -> None:
        identity = _identity(path)
        if identity is None:
            self.arrivals.give_again(path)
            return
        first = self.ledger.admit(identity, shown(path.name), path, self.clock())
        self.reached("admitted")
        if first is None:
            log.info("arrived", extra={"id": identity, "file": shown(path.name)})
        elif first.path != path and first.path.exists():
            self._duplicate(path, first)
        elif first.state in (State.WAITING, State.READING) and first.path != path:
            self.ledger.moved(identity, path)  # the first one was moved before it was read
        elif first.state is State.DONE and first.path != path:
            self._duplicate(path, first)

    def _duplicate(self, path: Path, first: Entry) -> None:
        reason: dict[str, object] = {
            "code": "duplicate",
            "message": f"the same content arrived before as {first.name}",
            "first": first.id,
        }
        if not self.places.leave:
            self.places.settle(path, "duplicates", reason)
            log.info("duplicate", extra={"id": first.id, "file": shown(path.name)})

    def _work(self) -> int:
        claimed = self.ledger.claim(self.owner, self.clock(), lease=LEASE, most=BATCH)
        self.reached("claimed")
        present = [entry for entry in claimed if entry.path.exists()]
        for entry in claimed:
            if entry not in present:
                self.ledger.forget(entry.id)  # taken out of the inbox before it was read
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

    def _settle(self, entry: Entry, outcome: Outcome) -> None:
        self.reached("read")
        if outcome.error and outcome.error.code is ErrorCode.NOT_FOUND:
            self.ledger.give_back(entry.id, self.clock(), wait=_BACK_OFF[0])
        elif outcome.error:
            self._fail(entry, outcome.error.code, outcome.error.message)
        elif outcome.dispatch and outcome.dispatch.id != entry.id:
            self.ledger.forget(entry.id)  # rewritten while it was read: it arrives anew
        elif outcome.dispatch:
            self._publish(entry, outcome.dispatch, len(outcome.pages))

    def _publish(self, entry: Entry, dispatch: Dispatch, pages: int) -> None:
        try:
            self.feed.store(dispatch)
        except OSError as error:  # the disk is full or away: it may pass
            wait = _BACK_OFF[min(self._tries, len(_BACK_OFF) - 1)]
            self._tries += 1
            self.ledger.give_back(entry.id, self.clock(), wait=wait)
            log.warning("put off", extra={"id": entry.id, "why": error.strerror, "wait": wait})
            return
        self._tries = 0
        self.reached("written")
        self.ledger.stored(entry.id, likeness(dispatch), pages, self.clock())
        self.reached("stored")
        self._try_to_finish(entry, dispatch)

    def _try_to_finish(self, entry: Entry, dispatch: Dispatch | None = None) -> None:
        """Finish a file; what the disk does not let through now is tried again at each turn."""
        try:
            self._finish(entry, dispatch)
        except OSError as error:
            log.warning("put off", extra={"id": entry.id, "why": error.strerror})

    def _finish(self, entry: Entry, dispatch: Dispatch | None = None) -> None:
        """Take a stored dispatch its last steps: into the feed, the original to its place."""
        known = self.ledger.find(entry.id)
        if known and known.state is State.STORED:
            value = dispatch or self.feed.load(entry.id)
            if value is None:  # somebody erased it: it is read anew
                self.ledger.give_back(entry.id, self.clock())
                return
            publish = self.feed.publish if dispatch else self.feed.publish_once
            publish(value, self._warnings(value))
            self.reached("in the feed")
            self.ledger.published(entry.id, self.clock())
            self.reached("published")
        place = self.places.settle(entry.path, "done")
        self.reached("moved")
        self.ledger.done(entry.id, place, self.clock())
        self.reached("done")
        log.info("done", extra={"id": entry.id})

    def _warnings(self, dispatch: Dispatch) -> list[str]:
        key = likeness(dispatch)
        earlier = self.ledger.earlier(dispatch.id, key) if key else None
        if earlier is None:
            return []
        self.ledger.note_alike(dispatch.id, earlier.id)
        return [f"the same number, notation, issuer and date as {earlier.id}"]

    def _fail(self, entry: Entry, code: str, message: str) -> None:
        self.ledger.fail(entry.id, code, message, self.clock())
        self.reached("failed")
        log.warning("failed", extra={"id": entry.id, "code": code})
        failed = self.ledger.find(entry.id)
        if failed:
            self._show_failure(failed)

    def _show_failure(self, entry: Entry) -> None:
        """Move a failed original to its place, with the reason beside it."""
        if entry.path.exists() and self.arrivals.folder / "failed" not in entry.path.parents:
            reason: dict[str, object] = {"code": entry.code, "message": entry.message,
                                         "id": entry.id, "claims": entry.claims}  # fmt: skip
            self.ledger.moved(entry.id, self.places.settle(entry.path, "failed", reason))


def likeness(dispatch: Dispatch) -> str | None:
    """Return number, notation, issuer and date as one key; null where one is not known."""
    number, issuer = dispatch.number, dispatch.issuer
    if not number or not number.text or not issuer or not dispatch.date:
        return None
    return "|".join((number.text, issuer.name.casefold(), dispatch.date))


def _identity(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None  # gone, or not ours to read yet: the next look will tell


def is_dead(owner: str) -> bool:
    """Say whether an owner (`host:pid:start`) of this machine runs no more; others keep leases."""
    host, pid, start = owner.rsplit(":", 2)
    return host == os.uname().nodename and process_start(int(pid)) != start


def process_start(pid: int) -> str | None:
    """Return when a process started, in clock ticks since the boot; null where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[19]


def owner_name() -> str:
    """Return the name of this process as an owner of files."""
    return f"{os.uname().nodename}:{os.getpid()}:{process_start(os.getpid())}"
