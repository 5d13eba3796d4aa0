"""What happened to each file, in a database: nothing is lost and nothing is done twice.

A file is its SHA-256. Every change of state is one transaction, and the state says what is left
to do after a crash:

    waiting -> reading -> stored -> published -> done
       ^          |
       +--(retry)-+----------------------------> failed

SQLite (WAL) by default; PostgreSQL by its URL, where several machines share one inbox.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

MOST_CLAIMS = 5  # a file that was claimed so often and never finished stops the service
SUSPECT = 2  # from so many on it is read alone, so that no other file is blamed for it
SHORTEST = 6  # letters of an id that name a file


class State(StrEnum):
    """How far a file has come."""

    WAITING = "waiting"
    READING = "reading"
    STORED = "stored"
    PUBLISHED = "published"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the ledger; times are seconds since 1970."""

    id: str
    name: str
    path: Path
    state: State
    claims: int
    arrived: float
    changed: float
    not_before: float = 0.0
    owner: str | None = None
    lease: float = 0.0
    code: str | None = None
    message: str | None = None
    likeness: str | None = None
    pages: int = 0


class _PathColumn(sa.types.TypeDecorator[Path]):
    """A path as its bytes: names in any encoding come back as they were."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Path | None, dialect: sa.Dialect) -> bytes | None:  # noqa: ARG002
        return None if value is None else os.fsencode(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Path | None:  # noqa: ARG002
        return None if value is None else Path(os.fsdecode(bytes(value)))


_META = sa.MetaData()
_FILES = sa.Table(
    "files",
    _META,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("path", _PathColumn, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("claims", sa.Integer, nullable=False, default=0),
    sa.Column("arrived", sa.Float, nullable=False),
    sa.Column("changed", sa.Float, nullable=False),
    sa.Column("not_before", sa.Float, nullable=False, default=0.0),
    sa.Column("owner", sa.Text),
    sa.Column("lease", sa.Float, nullable=False, default=0.0),
    sa.Column("code", sa.String(32)),
    sa.Column("message", sa.Text),
    sa.Column("likeness", sa.Text, index=True),  # number, notation, issuer and date as one key
    sa.Column("pages", sa.Integer, nullable=False, default=0),
)
_LIKE = sa.Table(
    "alike",
    _META,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("earlier", sa.String(64), nullable=False),
)
_COPIES = sa.Table(  # where the same content lies that arrived again
    "copies",
    _META,
    sa.Column("path", _PathColumn, primary_key=True),
    sa.Column("id", sa.String(64), nullable=False, index=True),
)


class Ledger:
    """The files of one inbox and their states."""

    def __init__(self, url: str | sa.URL) -> None:
        self._engine = sa.create_engine(url, pool_pre_ping=True)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)

    def open(self) -> Ledger:
        """Make the tables where they are missing."""
        _META.create_all(self._engine)
        return self

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def admit(self, identity: str, name: str, path: Path, now: float) -> Entry | None:
        """Write down a file that arrived; null when it is new, else the entry of the first."""
        values = {"id": identity, "name": name, "path": path, "state": State.WAITING,
                  "claims": 0, "arrived": now, "changed": now, "not_before": 0.0,
                  "lease": 0.0, "pages": 0}  # fmt: skip
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(_FILES).values(values))
        except sa.exc.IntegrityError:
            return self.find(identity)
        return None

    def claim(self, owner: str, now: float, *, lease: float, most: int) -> list[Entry]:
        """Take up to `most` files that wait, oldest first; nobody else gets them.

        A file that was claimed before and never finished is taken alone.
        """
        taken: list[Entry] = []
        while len(taken) < most and (ready := self._ready(now, most - len(taken))):
            innocent = list(takewhile(lambda entry: entry.claims < SUSPECT, ready))
            if taken and not innocent:
                break
            for entry in innocent or ready[:1]:
                change = {"state": State.READING, "owner": owner, "lease": now + lease,
                          "claims": entry.claims + 1, "changed": now}  # fmt: skip
                if self._change(entry.id, change, only=(State.WAITING,)):
                    taken.append(entry)
            if taken and not innocent:
                break
        return taken

    def _ready(self, now: float, most: int) -> list[Entry]:
        query = (
            sa.select(_FILES)
            .where(_FILES.c.state == State.WAITING, _FILES.c.not_before <= now)
            .order_by(_FILES.c.arrived, _FILES.c.id)
            .limit(most)
        )
        return self._entries(query)

    def renew(self, owner: str, until: float) -> None:
        """Keep what an owner holds from being taken for abandoned."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(_FILES)
                .where(_FILES.c.owner == owner, _FILES.c.state == State.READING)
                .values(lease=until)
            )

    def owners(self) -> list[str]:
        """Return who holds files now."""
        query = sa.select(_FILES.c.owner).where(_FILES.c.owner.is_not(None)).distinct()
        with self._engine.connect() as connection:
            return [row.owner for row in connection.execute(query)]

    def held(self, owner: str) -> list[Entry]:
        """Return what an owner has not brought to its end."""
        return self._entries(sa.select(_FILES).where(_FILES.c.owner == owner))

    def take_over(
        self, owner: str, dead: Sequence[str], now: float, *, lease: float
    ) -> list[Entry]:
        """Take what dead owners held, or silent ones whose lease ran out; nobody else gets it."""
        held = _FILES.c.owner.is_not(None)
        left = sa.or_(_FILES.c.lease < now, _FILES.c.owner.in_(dead))
        taken = []
        for entry in self._entries(sa.select(_FILES).where(held, left)):
            change = {"owner": owner, "lease": now + lease}
            if self._change(entry.id, change, only=(entry.state,), owner=entry.owner):
                taken.append(entry)
        return taken

    def give_back(self, identity: str, now: float, *, wait: float = 0.0) -> None:
        """Let a file wait again, for `wait` seconds at least."""
        change = {"state": State.WAITING, "owner": None, "not_before": now + wait, "changed": now}
        self._change(identity, change, only=(State.READING, State.STORED))

    def put_off(self, identity: str, now: float, *, wait: float) -> None:
        """Let a file wait that could not be taken now; it is not to blame for that."""
        change = {"state": State.WAITING, "owner": None, "claims": _FILES.c.claims - 1,
                  "not_before": now + wait, "changed": now}  # fmt: skip
        self._change(identity, change, only=(State.READING,))

    def release(self, owner: str, now: float) -> int:
        """Give back all that an owner still reads, as if it had not been claimed."""
        query = sa.update(_FILES).where(_FILES.c.owner == owner, _FILES.c.state == State.READING)
        change = {"state": State.WAITING, "owner": None, "claims": _FILES.c.claims - 1,
                  "changed": now}  # fmt: skip
        with self._engine.begin() as connection:
            return int(connection.execute(query.values(change)).rowcount)

    def stored(
        self, identity: str, owner: str, likeness: str | None, pages: int, now: float
    ) -> bool:
        """Write down that the dispatch is on the disk, with the key that tells it from others.

        False when the file is not this owner's any more.
        """
        change = {"state": State.STORED, "likeness": likeness, "pages": pages, "changed": now}
        return self._change(identity, change, only=(State.READING,), owner=owner)

    def published(self, identity: str, now: float) -> None:
        """Write down that the dispatch stands in the feed."""
        self._change(identity, {"state": State.PUBLISHED, "changed": now}, only=(State.STORED,))

    def done(self, identity: str, path: Path, now: float) -> None:
        """Write down where the original ended."""
        change = {"state": State.DONE, "path": path, "owner": None, "changed": now}
        self._change(identity, change, only=(State.PUBLISHED,))

    def fail(self, identity: str, owner: str, code: str, message: str, now: float) -> None:
        """Write down why a file cannot be read; its owner still has to move it."""
        change = {"state": State.FAILED, "code": code, "message": message, "changed": now}
        self._change(identity, change, only=(State.READING,), owner=owner)

    def settled(self, identity: str, path: Path) -> None:
        """Write down where a failed file lies: nobody has to do anything about it now."""
        self._change(identity, {"path": path, "owner": None}, only=(State.FAILED,))

    def moved(self, identity: str, path: Path) -> None:
        """Write down where a file lies now."""
        self._change(identity, {"path": path}, only=tuple(State))

    def retry(self, identities: Iterable[str], now: float) -> int:
        """Let failed files wait again with a clean slate; return how many."""
        change = {"state": State.WAITING, "claims": 0, "code": None, "message": None,
                  "owner": None, "not_before": 0.0, "changed": now}  # fmt: skip
        return sum(self._change(each, change, only=(State.FAILED,)) for each in identities)

    def earlier(self, identity: str, likeness: str) -> Entry | None:
        """Return the first other file of the same number, notation, issuer and date."""
        same = sa.and_(_FILES.c.likeness == likeness, _FILES.c.id != identity)
        found = self._entries(sa.select(_FILES).where(same).order_by(_FILES.c.arrived).limit(1))
        return found[0] if found else None

    def note_alike(self, identity: str, earlier: str) -> None:
        """Remember that a file was published with a warning."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_LIKE).where(_LIKE.c.id == identity))
            connection.execute(sa.insert(_LIKE).values(id=identity, earlier=earlier))

    def alike(self) -> list[tuple[str, str]]:
        """Return the pairs of files that carry the same number, notation, issuer and date."""
        with self._engine.connect() as connection:
            return [(row.id, row.earlier) for row in connection.execute(sa.select(_LIKE))]

    def note_copy(self, identity: str, path: Path) -> None:
        """Remember where the same content lies that arrived again."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_COPIES).where(_COPIES.c.path == path))
            connection.execute(sa.insert(_COPIES).values(path=path, id=identity))

    def copies(self, identity: str) -> list[Path]:
        """Return where the same content lies that arrived again."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_COPIES).where(_COPIES.c.id == identity))
            return [row.path for row in rows]

    def forget(self, identity: str) -> None:
        """Erase a file from the ledger."""
        alike = sa.or_(_LIKE.c.id == identity, _LIKE.c.earlier == identity)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_LIKE).where(alike))
            connection.execute(sa.delete(_COPIES).where(_COPIES.c.id == identity))
            connection.execute(sa.delete(_FILES).where(_FILES.c.id == identity))

    def scrub(self) -> None:
        """Let nothing that was forgotten stand in SQLite's write-ahead log."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def find(self, identity: str) -> Entry | None:
        """Return the entry of a file; the beginning of its id is enough where it is unique."""
        if len(identity) < SHORTEST:
            return None
        same = _FILES.c.id.startswith(identity, autoescape=True)
        found = self._entries(sa.select(_FILES).where(same).limit(2))
        return found[0] if len(found) == 1 else None

    def entries(self, *states: State) -> list[Entry]:
        """Return the files in the given states, oldest first; all where none is given."""
        query = sa.select(_FILES).order_by(_FILES.c.arrived, _FILES.c.id)
        return self._entries(query.where(_FILES.c.state.in_(states)) if states else query)

    def counts(self) -> dict[State, int]:
        """Return how many files are in each state."""
        query = sa.select(_FILES.c.state, sa.func.count()).group_by(_FILES.c.state)
        with self._engine.connect() as connection:
            found = {State(state): int(count) for state, count in connection.execute(query)}
        return {state: found.get(state, 0) for state in State}

    def since(self, start: float) -> tuple[int, int]:
        """Return how many files, with how many pages, are done since a time."""
        query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(_FILES.c.pages), 0))
        with self._engine.connect() as connection:
            row = connection.execute(
                query.where(_FILES.c.state == State.DONE, _FILES.c.changed > start)
            ).one()
        return int(row[0]), int(row[1])

    def oldest(self) -> Entry | None:
        """Return the file that has waited longest."""
        waiting = _FILES.c.state.in_((State.WAITING, State.READING))
        found = self._entries(sa.select(_FILES).where(waiting).order_by(_FILES.c.arrived).limit(1))
        return found[0] if found else None

    def _change(
        self, identity: str, values: dict[str, Any], *,
        only: Sequence[State], owner: str | None = None,
    ) -> bool:  # fmt: skip
        query = sa.update(_FILES).where(_FILES.c.id == identity, _FILES.c.state.in_(only))
        if owner is not None:
            query = query.where(_FILES.c.owner == owner)
        with self._engine.begin() as connection:
            return bool(connection.execute(query.values(values)).rowcount)

    def _entries(self, query: sa.Select[Any]) -> list[Entry]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [Entry(**{**row, "state": State(row["state"])}) for row in rows]


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Make SQLite survive a power cut, wait for others, and overwrite what is deleted."""
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "secure_delete=ON",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
