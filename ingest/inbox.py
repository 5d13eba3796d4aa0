"""The inbox that loses nothing: claim, read, store, publish, and only then move the original.

After a crash at any step the next start goes on from what the ledger says: nothing is lost,
nothing stands in the feed twice, nothing is half-written.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ingest.arrivals import Arrivals
from ingest.errors import ErrorCode
from ingest.faults import internal
from ingest.identity import identity_of, oddity
from ingest.leaving import Leaving
from ingest.ledger import MOST_CLAIMS, Entry, State
from ingest.names import shown
from ingest.owners import is_dead
from ingest.runner import Outcome

BATCH = 8  # files claimed at a time
MAY_PASS = (ErrorCode.NOT_FOUND, ErrorCode.NO_ROOM, ErrorCode.TOOL_MISSING)
log = logging.getLogger("ingest.inbox")

Reader = Callable[[Iterable[Path]], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class Inbox:
    """One inbox: what arrives is read, and leaves.

    `read` gives the outcome of each file in order (`Runner.outcomes`). `lease` is after how many
    seconds a silent owner is taken for dead: no file takes so long. `ticks` gives seconds that
    only rise: files stand still by them, whatever happens to the clock.
    """

    arrivals: Arrivals
    leaving: Leaving
    read: Reader
    lease: float = 7200.0
    stopping: Callable[[], bool] = lambda: False
    dead: Callable[[str], bool] = lambda owner: is_dead(owner)
    ticks: Callable[[], float] = lambda: time.monotonic()

    def start(self) -> None:
        """Take up what this process held before the database went away."""
        out = self.leaving
        out.feed.open()
        self.arrivals.give_all_again()
        out.ledger.open().release(out.owner, out.clock())

    def turn(self) -> int:
        """Look for arrivals, read a batch, settle it; return how many files ended."""
        out = self.leaving
        for path in self.arrivals.look(self.ticks()):
            if self.stopping():
                return 0
            self._try_to_admit(path)
        self._take_over()
        for entry in out.ledger.held(out.owner, out.clock()):
            out.try_to_finish(entry.id)
        return self._work()

    def unfinished(self) -> bool:
        """Say whether any file is still on its way."""
        counts = self.leaving.ledger.counts()
        return counts[State.DONE] + counts[State.FAILED] < sum(counts.values())

    def _take_over(self) -> None:
        """Take up what others left that run no more: files they held, dispatches half-way out."""
        out = self.leaving
        others = (owner for owner in out.ledger.owners() if owner != out.owner)
        dead = [owner for owner in others if self.dead(owner)]
        for entry in out.ledger.take_over(out.owner, dead, out.clock(), lease=self.lease):
            log.info("recovered", extra={"id": entry.id, "state": entry.state})
            if entry.state is State.READING:
                self._recover(entry)

    def _recover(self, entry: Entry) -> None:
        """Go on with a file in whose reading an owner died."""
        out = self.leaving
        if entry.claims >= MOST_CLAIMS and not out.feed.file(entry.id).exists():
            message = f"the service stopped {entry.claims} times reading it: scan it again"
            out.fail(entry, ErrorCode.WORKER_DIED, message)
        else:
            out.ledger.give_back(entry.id, out.clock())

    def _try_to_admit(self, path: Path) -> None:
        """Take a file in; one whose place cannot be written holds up no other."""
        try:
            self._admit(path)
        except OSError as error:
            self.arrivals.give_later(path, self.ticks())
            log.warning("put off", extra={"file": shown(path.name), "why": error.strerror})

    def _admit(self, path: Path) -> None:
        out, identity = self.leaving, identity_of(path)
        if identity is None:
            self.arrivals.give_again(path)
            return
        first = out.ledger.admit(identity, shown(path.name), path, out.clock())
        out.reached("admitted")
        if first is None:
            log.info("arrived", extra={"id": identity, "file": shown(path.name)})
        elif first.path == path:
            self._settle_again(first)
        elif first.state is State.DONE or identity_of(first.path) == identity:
            self._duplicate(path, first)
        elif first.state in (State.WAITING, State.FAILED):
            self._follow(path, first)
        else:  # it is in hand, and was moved: the next look tells
            self.arrivals.give_again(path)

    def _follow(self, path: Path, first: Entry) -> None:
        """Go on with a file that was moved here: before it was read, or back from `failed/`."""
        out = self.leaving
        out.ledger.moved(first.id, path)
        out.ledger.retry([first.id], out.clock())
        out.places.drop_reason(first.path)

    def _settle_again(self, entry: Entry) -> None:
        """Move a file that ended while its place was out of reach: a share that was away."""
        place = {State.DONE: "done", State.FAILED: "failed"}.get(entry.state)
        if place and entry.owner is None:
            self.leaving.ledger.moved(entry.id, self.leaving.put(entry.path, place, entry.id))

    def _duplicate(self, path: Path, first: Entry) -> None:
        """Move a file whose content arrived before; the ledger knows of it before it moves."""
        message = f"the same content arrived before as {first.name}"
        if first.state is State.FAILED:
            message += f", which could not be read ({first.message}): move that one back to try"
        self.leaving.put(path, "duplicates", first.id, {
            "code": "duplicate", "message": message, "id": first.id, "first": first.name,
        })  # fmt: skip
        log.info("duplicate", extra={"id": first.id, "file": shown(path.name)})

    def _work(self) -> int:
        out = self.leaving
        claimed = out.ledger.claim(out.owner, out.clock(), lease=self.lease, most=BATCH)
        out.reached("claimed")
        present = [entry for entry in claimed if self._is_to_read(entry)]
        ended = len(claimed) - len(present)
        outcomes = iter(self.read([entry.path for entry in present]))
        for entry in present:
            if self.stopping():
                break
            self._settle_or_fail(entry, next(outcomes))
            out.ledger.renew(out.owner, out.clock() + self.lease)
            ended += 1
        out.ledger.release(out.owner, out.clock())
        return ended

    def _is_to_read(self, entry: Entry) -> bool:
        """Say whether a file is still to be read; what is known of it already is settled here."""
        out = self.leaving
        if identity_of(entry.path) is None:
            self._come_again(entry)
            return False
        odd = oddity(entry.path)
        if odd:
            out.fail(entry, odd.code, odd.message)
            return False
        stored = out.feed.load(entry.id)
        if stored and out.store(stored):  # it was read before a crash, or the database went away
            out.try_to_finish(entry.id)
        return stored is None

    def _settle_or_fail(self, entry: Entry, outcome: Outcome) -> None:
        """Settle a file; a fault of ours costs this file alone, not the service."""
        try:
            self._settle(entry, outcome)
        except (OSError, SQLAlchemyError):
            raise
        except Exception as error:
            wrong = internal(error)
            self.leaving.fail(entry, wrong.code, wrong.message)

    def _settle(self, entry: Entry, outcome: Outcome) -> None:
        out, error = self.leaving, outcome.error
        out.reached("read")
        if not error and not outcome.dispatch:
            return  # told to stop
        if error and error.code is ErrorCode.WORKER_DIED and self.stopping():
            return
        log.info("read", extra={"id": entry.id, "pages": len(outcome.pages)})
        if identity_of(entry.path) != entry.id:  # rewritten or taken away while it was read
            self._come_again(entry)
        elif error and error.code in MAY_PASS:
            out.put_off(entry, error.message)
        elif error:
            out.fail(entry, error.code, error.message)
        elif outcome.dispatch:
            out.publish(entry, outcome.dispatch)

    def _come_again(self, entry: Entry) -> None:
        """Go on with a file that is not where it was: with a copy, or when it arrives anew."""
        out, settled = self.leaving, self.leaving.places.is_settled(entry.path)
        copy = out.whereabouts(entry.id)
        if copy:
            out.ledger.moved(entry.id, copy)
        elif settled and identity_of(entry.path) is None:
            message = f"it does not lie in {entry.path.parent.name}/ any more: put it back there"
            out.fail(entry, ErrorCode.NOT_FOUND, f"{message}, or `ingest forget` it")
        else:
            out.ledger.forget(entry.id)
            self.arrivals.give_again(entry.path)
            if settled:  # other content lies there by now
                out.places.bring_back(entry.path)
