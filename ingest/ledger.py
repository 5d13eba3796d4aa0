"""What happens to each file, in a database: nothing is lost and nothing is done twice.

A file is its SHA-256. Every change of state is one transaction, and the state says what is left
to do after a crash:

    waiting -> reading -> stored -> published -> done
       ^          |
       +--(retry)-+----------------------------> failed

SQLite (WAL) by default; PostgreSQL by its URL, where several machines share one inbox.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingest.records import ALIKE, COPIES, FILES, META, Entry, Records, State, is_due

__all__ = ["MOST_CLAIMS", "Entry", "Ledger", "State"]
MOST_CLAIMS = 5  # a file that was claimed so often and never finished stops the service
SUSPECT = 2  # from so many on it is read alone, so that no other file is blamed for it
_CLEAN = {"claims": 0, "tries": 0, "not_before": 0.0, "owner": None, "lease": 0.0}
_GAVE_UP_CLAIM = {"state": State.WAITING, "owner": None, "claims": FILES.c.claims - 1}


class Ledger(Records):
    """The files of one inbox and their states."""

    def open(self) -> Ledger:
        """Make the tables where they are missing."""
        META.create_all(self._engine)
        return self

    def admit(self, identity: str, name: str, path: Path, now: float) -> Entry | None:
        """Write down a file that arrived; null when it is new, else the entry of the first."""
        values = {"id": identity, "name": name, "path": path, "state": State.WAITING,
                  "arrived": now, "changed": now, "pages": 0, **_CLEAN}  # fmt: skip
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(FILES).values(values))
        except sa.exc.IntegrityError:
            return self.find(identity)
        return None

    def claim(self, owner: str, now: float, *, lease: float, most: int) -> list[Entry]:
        """Take up to `most` files that wait, oldest first; nobody else gets them.

        A file that was claimed before and never finished is taken alone.
        """
        change = {"state": State.READING, "owner": owner, "lease": now + lease,
                  "claims": FILES.c.claims + 1, "changed": now}  # fmt: skip
        suspects = self._ready(now, 1)
        if suspects and suspects[0].claims >= SUSPECT:
            return self._take(suspects, change)
        taken: list[Entry] = []
        innocent = FILES.c.claims < SUSPECT
        while len(taken) < most and (ready := self._ready(now, most - len(taken), innocent)):
            taken += self._take(ready, change)
        return taken

    def _ready(self, now: float, most: int, *which: sa.ColumnElement[bool]) -> list[Entry]:
        query = sa.select(FILES).where(FILES.c.state == State.WAITING, is_due(now), *which)
        return self._entries(query.order_by(FILES.c.arrived, FILES.c.id).limit(most))

    def _take(self, entries: Iterable[Entry], change: dict[str, Any]) -> list[Entry]:
        waiting = (State.WAITING,)
        return [entry for entry in entries if self._change(entry.id, change, only=waiting)]

    def renew(self, owner: str, until: float) -> None:
        """Keep what an owner holds from being taken for abandoned."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(FILES)
                .where(FILES.c.owner == owner, FILES.c.state == State.READING)
                .values(lease=until)
            )

    def take_over(
        self, owner: str, dead: Sequence[str], now: float, *, lease: float
    ) -> list[Entry]:
        """Take what dead owners held, or silent ones whose lease ran out; nobody else gets it."""
        held = FILES.c.owner.is_not(None)
        left = sa.or_(FILES.c.lease < now, FILES.c.owner.in_(dead))
        taken = []
        for entry in self._entries(sa.select(FILES).where(held, left)):
            change = {"owner": owner, "lease": now + lease}
            if self._change(entry.id, change, only=(entry.state,), owner=entry.owner):
                taken.append(entry)
        return taken

    def give_back(self, identity: str, now: float) -> None:
        """Let a file wait again."""
        change = {"state": State.WAITING, "owner": None, "changed": now}
        self._change(identity, change, only=(State.READING, State.STORED))

    def put_off(self, identity: str, now: float, *, wait: float) -> None:
        """Let a file wait that could not be taken now; it is not to blame for that."""
        change = {"tries": FILES.c.tries + 1, "not_before": now + wait, "changed": now}
        self._change(identity, change | _GAVE_UP_CLAIM, only=(State.READING,))

    def delay(self, identity: str, now: float, *, wait: float) -> None:
        """Let an owner wait before it tries again to bring a file to its end."""
        change = {"tries": FILES.c.tries + 1, "not_before": now + wait}
        self._change(identity, change, only=tuple(State))

    def release(self, owner: str, now: float) -> int:
        """Give back all that an owner still reads, as if it had not been claimed."""
        query = sa.update(FILES).where(FILES.c.owner == owner, FILES.c.state == State.READING)
        with self._engine.begin() as connection:
            change = {"changed": now} | _GAVE_UP_CLAIM
            return int(connection.execute(query.values(change)).rowcount)

    def stored(
        self, identity: str, owner: str, likeness: str | None, pages: int, now: float
    ) -> bool:
        """Write down that the dispatch is on the disk, with the key that tells it from others.

        False when the file is not this owner's any more.
        """
        change = {"state": State.STORED, "likeness": likeness, "pages": pages, "changed": now,
                  "tries": 0, "not_before": 0.0}  # fmt: skip
        return self._change(identity, change, only=(State.READING,), owner=owner)

    def published(self, identity: str, now: float) -> bool:
        """Write down that the dispatch stands in the feed; false when it was forgotten."""
        change = {"state": State.PUBLISHED, "changed": now}
        return self._change(identity, change, only=(State.STORED,))

    def done(self, identity: str, path: Path, now: float) -> None:
        """Write down where the original ended."""
        change = {"state": State.DONE, "path": path, "changed": now} | _CLEAN
        self._change(identity, change, only=(State.PUBLISHED,))

    def fail(self, identity: str, owner: str, code: str, message: str, now: float) -> None:
        """Write down why a file cannot be read; its owner still has to move it."""
        change = {"state": State.FAILED, "code": code, "message": message, "changed": now,
                  "tries": 0, "not_before": 0.0}  # fmt: skip
        self._change(identity, change, only=(State.READING,), owner=owner)

    def settled(self, identity: str, path: Path) -> None:
        """Write down where a failed file lies: nobody has to do anything about it now."""
        self._change(identity, {"path": path, "owner": None}, only=(State.FAILED,))

    def moved(self, identity: str, path: Path) -> None:
        """Write down where a file lies now."""
        self._change(identity, {"path": path}, only=tuple(State))

    def retry(self, identities: Iterable[str], now: float) -> int:
        """Let failed files wait again with a clean slate; return how many."""
        change = {"state": State.WAITING, "code": None, "message": None, "changed": now} | _CLEAN
        return sum(self._change(each, change, only=(State.FAILED,)) for each in identities)

    def note_alike(self, identity: str, earlier: str) -> None:
        """Remember that a file was published with a warning."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(ALIKE).where(ALIKE.c.id == identity))
            connection.execute(sa.insert(ALIKE).values(id=identity, earlier=earlier))

    def note_copy(self, identity: str, path: Path) -> None:
        """Remember where the content of a file lies as well, or is about to lie."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(COPIES).where(COPIES.c.path == path))
            connection.execute(sa.insert(COPIES).values(path=path, id=identity))

    def forget(self, identity: str) -> None:
        """Erase a file from the ledger."""
        alike = sa.or_(ALIKE.c.id == identity, ALIKE.c.earlier == identity)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(ALIKE).where(alike))
            connection.execute(sa.delete(COPIES).where(COPIES.c.id == identity))
            connection.execute(sa.delete(FILES).where(FILES.c.id == identity))

    def scrub(self) -> None:
        """Let nothing that was forgotten stand in the database's files."""
        sqlite = self._engine.dialect.name == "sqlite"
        orders = ["PRAGMA wal_checkpoint(TRUNCATE)"] if sqlite else [
            f"VACUUM FULL {table.name}" for table in META.sorted_tables]  # fmt: skip
        with self._engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            for order in orders:
                alone.execute(sa.text(order))

    def _change(
        self, identity: str, values: dict[str, Any], *,
        only: Sequence[State], owner: str | None = None,
    ) -> bool:  # fmt: skip
        query = sa.update(FILES).where(FILES.c.id == identity, FILES.c.state.in_(only))
        if owner is not None:
            query = query.where(FILES.c.owner == owner)
        with self._engine.begin() as connection:
            return bool(connection.execute(query.values(values)).rowcount)
