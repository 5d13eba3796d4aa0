"""How a file leaves: its dispatch stored, then published, and only then its original moved.

Each step is written down, so that a crash between any two of them loses and doubles nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from extractors.contract import Dispatch
from ingest.feed import Feed
from ingest.identity import identity_of
from ingest.ledger import Entry, Ledger, State
from ingest.places import Places

STEPS = (
    "admitted", "claimed", "read", "written", "stored", "in the feed", "published", "noted",
    "moved", "done", "failed",
)  # fmt: skip
_BACK_OFF = (5.0, 30.0, 120.0, 600.0)  # seconds between tries of what may pass
log = logging.getLogger("ingest.inbox")


@dataclass(frozen=True, slots=True)
class Leaving:
    """The way out of an inbox, for what one owner holds.

    `reached` is called at every step by its name (`STEPS`): tests crash the program there.
    """

    ledger: Ledger
    feed: Feed
    places: Places
    owner: str
    clock: Callable[[], float]
    reached: Callable[[str], None] = lambda _: None

    def publish(self, entry: Entry, dispatch: Dispatch) -> None:
        """Store a dispatch and bring its file to the end; a full disk lets it wait."""
        known = self.feed.file(dispatch.id).exists()  # then it may stand in the feed already
        try:
            self.feed.store(dispatch)
        except OSError as error:  # the disk is full or away: it may pass
            self.put_off(entry, error.strerror)
            return
        self.reached("written")
        if self.store(dispatch):
            self.try_to_finish(entry.id, None if known else dispatch)

    def store(self, dispatch: Dispatch) -> bool:
        """Write down that a dispatch is on the disk; false where it was forgotten meanwhile."""
        key, pages = likeness(dispatch), len(dispatch.pages)
        if self.ledger.stored(dispatch.id, self.owner, key, pages, self.clock()):
            self.reached("stored")
            return True
        if self.ledger.find(dispatch.id) is None:
            self.feed.file(dispatch.id).unlink(missing_ok=True)
        return False

    def fail(self, entry: Entry, code: str, message: str) -> None:
        """Write down why a file cannot be read, and move it to where the clerk sees it."""
        self.ledger.fail(entry.id, self.owner, code, message, self.clock())
        self.reached("failed")
        log.warning("failed", extra={"id": entry.id, "code": code})
        self.try_to_finish(entry.id)

    def put_off(self, entry: Entry, why: str | None) -> None:
        """Let a file wait, each time longer, for what may pass."""
        wait = _wait_of(entry)
        self.ledger.put_off(entry.id, self.clock(), wait=wait)
        log.warning("put off", extra={"id": entry.id, "why": why, "wait": wait})

    def try_to_finish(self, identity: str, fresh: Dispatch | None = None) -> None:
        """Finish a file; what the disk does not let through now is tried again, later each time.

        `fresh` is its dispatch where it cannot stand in the feed yet.
        """
        entry = self.ledger.find(identity)
        if entry is None:
            return
        try:
            self._finish(entry, fresh)
        except OSError as error:
            wait = _wait_of(entry)
            self.ledger.delay(identity, self.clock(), wait=wait)
            log.warning("put off", extra={"id": identity, "why": error.strerror, "wait": wait})

    def _finish(self, entry: Entry, fresh: Dispatch | None) -> None:
        if entry.state is State.FAILED:
            place = self.put(entry.path, "failed", entry.id, why(entry))
            self.ledger.settled(entry.id, place)
        elif entry.state is State.PUBLISHED or (
            entry.state is State.STORED and self._to_the_feed(entry.id, fresh)
        ):
            place = self.put(entry.path, "done", entry.id)
            self.reached("moved")
            self.ledger.done(entry.id, place, self.clock())
            self.reached("done")
            log.info("done", extra={"id": entry.id})

    def _to_the_feed(self, identity: str, fresh: Dispatch | None) -> bool:
        """Give a stored dispatch its line in the feed; false where there is nothing to tell."""
        dispatch = fresh or self.feed.load(identity)
        if dispatch is None:  # somebody erased it: it is read anew
            self.ledger.give_back(identity, self.clock())
            return False
        publish = self.feed.publish if fresh else self.feed.publish_once
        publish(dispatch, self._warnings(dispatch))
        self.reached("in the feed")
        if not self.ledger.published(identity, self.clock()):
            if self.ledger.find(identity) is None:  # it was forgotten meanwhile
                self.feed.retract(identity)
            return False
        self.reached("published")
        return True

    def _warnings(self, dispatch: Dispatch) -> list[str]:
        key = likeness(dispatch)
        earlier = self.ledger.earlier(dispatch.id, key) if key else None
        if earlier is None:
            return []
        self.ledger.note_alike(dispatch.id, earlier.id)
        return [f"the same number, notation, issuer and date as {earlier.id}"]

    def put(
        self, path: Path, place: str, identity: str, reason: dict[str, object] | None = None
    ) -> Path:
        """Move a file to its place and return where it lies; other content stays: it is new.

        The ledger knows of the place before the file moves.
        """
        if identity_of(path) != identity:
            return self.whereabouts(identity) or path
        with self.feed.alone():
            target = self.places.target(path, place, identity)
            self.ledger.note_copy(identity, target)
            self.reached("noted")
            self.places.put(path, target, reason)
        return target

    def whereabouts(self, identity: str) -> Path | None:
        """Return where a file's content lies, other than where it arrived; null for nowhere."""
        copies = self.ledger.copies(identity)
        return next((path for path in copies if identity_of(path) == identity), None)


def _wait_of(entry: Entry) -> float:
    return _BACK_OFF[min(entry.tries, len(_BACK_OFF) - 1)]


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
