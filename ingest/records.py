"""What a ledger holds and tells: its tables, the entry of a file, and all questions about them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from ingest.errors import ErrorCode, IngestError

SHORTEST = 6  # letters of an id that name a file
WHOLE = 64  # letters of a whole id
_DRIVERS = dict.fromkeys(("postgresql", "postgres", "postgresql+psycopg"), "postgresql+psycopg")


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
    tries: int = 0
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


META = sa.MetaData()
FILES = sa.Table(
    "files",
    META,
    sa.Column("id", sa.String(WHOLE), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("path", _PathColumn, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("claims", sa.Integer, nullable=False, default=0),
    sa.Column("arrived", sa.Float, nullable=False),
    sa.Column("changed", sa.Float, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, default=0),  # how often it was put off
    sa.Column("not_before", sa.Float, nullable=False, default=0.0),
    sa.Column("owner", sa.Text, index=True),
    sa.Column("lease", sa.Float, nullable=False, default=0.0),
    sa.Column("code", sa.String(32)),
    sa.Column("message", sa.Text),
    sa.Column("likeness", sa.Text, index=True),  # number, notation, issuer and date as one key
    sa.Column("pages", sa.Integer, nullable=False, default=0),
)
ALIKE = sa.Table(
    "alike",
    META,
    sa.Column("id", sa.String(WHOLE), primary_key=True),
    sa.Column("earlier", sa.String(WHOLE), nullable=False),
)
COPIES = sa.Table(  # where else the content of a file lies, or is about to lie
    "copies",
    META,
    sa.Column("path", _PathColumn, primary_key=True),
    sa.Column("id", sa.String(WHOLE), nullable=False, index=True),
)


class Records:
    """The files of one inbox, as the database tells of them."""

    def __init__(self, url: str | sa.URL) -> None:
        self._engine = engine_for(url)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def files(self) -> list[Path]:
        """Return the files that SQLite keeps on the disk; none for another database."""
        base = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or not base:
            return []
        return [Path(base + end).absolute() for end in ("", "-wal", "-shm", "-journal")]

    def find(self, identity: str) -> Entry | None:
        """Return the entry of a file; the beginning of its id is enough where it is unique."""
        if len(identity) < SHORTEST:
            return None
        same = FILES.c.id == identity
        if len(identity) < WHOLE:
            same = FILES.c.id.startswith(identity, autoescape=True)
        found = self._entries(sa.select(FILES).where(same).limit(2))
        return found[0] if len(found) == 1 else None

    def entries(self, *states: State) -> list[Entry]:
        """Return the files in the given states, oldest first; all where none is given."""
        query = sa.select(FILES).order_by(FILES.c.arrived, FILES.c.id)
        return self._entries(query.where(FILES.c.state.in_(states)) if states else query)

    def owners(self) -> list[str]:
        """Return who holds files now."""
        query = sa.select(FILES.c.owner).where(FILES.c.owner.is_not(None)).distinct()
        with self._engine.connect() as connection:
            return [row.owner for row in connection.execute(query)]

    def held(self, owner: str, now: float) -> list[Entry]:
        """Return what an owner has not brought to its end, and may try again now."""
        return self._entries(sa.select(FILES).where(FILES.c.owner == owner, is_due(now)))

    def earlier(self, identity: str, likeness: str) -> Entry | None:
        """Return the first other file of the same number, notation, issuer and date."""
        same = sa.and_(FILES.c.likeness == likeness, FILES.c.id != identity)
        found = self._entries(sa.select(FILES).where(same).order_by(FILES.c.arrived).limit(1))
        return found[0] if found else None

    def alike(self) -> list[tuple[str, str, str]]:
        """Return the files published with a warning: id, name, and the id of the earlier one."""
        query = sa.select(ALIKE.c.id, FILES.c.name, ALIKE.c.earlier).join_from(
            ALIKE, FILES, ALIKE.c.id == FILES.c.id
        )
        with self._engine.connect() as connection:
            return [(row.id, row.name, row.earlier) for row in connection.execute(query)]

    def copies(self, identity: str) -> list[Path]:
        """Return where else the content of a file lies, or was about to lie."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(COPIES).where(COPIES.c.id == identity))
            return [row.path for row in rows]

    def counts(self) -> dict[State, int]:
        """Return how many files are in each state."""
        query = sa.select(FILES.c.state, sa.func.count()).group_by(FILES.c.state)
        with self._engine.connect() as connection:
            found = {State(state): int(count) for state, count in connection.execute(query)}
        return {state: found.get(state, 0) for state in State}

    def warned(self) -> int:
        """Return how many files were published with a warning."""
        with self._engine.connect() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(ALIKE)) or 0)

    def since(self, start: float) -> tuple[int, int]:
        """Return how many files, with how many pages, are done since a time."""
        query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(FILES.c.pages), 0))
        with self._engine.connect() as connection:
            row = connection.execute(
                query.where(FILES.c.state == State.DONE, FILES.c.changed > start)
            ).one()
        return int(row[0]), int(row[1])

    def oldest(self) -> Entry | None:
        """Return the file that has waited longest."""
        waiting = FILES.c.state.in_((State.WAITING, State.READING))
        found = self._entries(sa.select(FILES).where(waiting).order_by(FILES.c.arrived).limit(1))
        return found[0] if found else None

    def _entries(self, query: sa.Select[Any]) -> list[Entry]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [Entry(**{**row, "state": State(row["state"])}) for row in rows]


def is_due(now: float, *, longest: float = 600.0) -> sa.ColumnElement[bool]:
    """Say that a file need not wait; nobody waits longer than `longest`, so a clock went back."""
    return sa.or_(FILES.c.not_before <= now, FILES.c.not_before > now + longest)


def engine_for(url: str | sa.URL) -> sa.Engine:
    """Return the database of a URL; nothing is asked of it yet.

    Raises:
        IngestError: `database` for a URL of no database that is known here.
    """
    try:
        address = sa.make_url(url)
        driver = _DRIVERS.get(address.drivername, address.drivername)
        engine = sa.create_engine(address.set(drivername=driver), pool_pre_ping=True)
    except ImportError as error:
        message = "the database's driver is missing: pip install 'ingest[postgresql]'"
        raise IngestError(ErrorCode.TOOL_MISSING, message) from error
    except sa.exc.ArgumentError as error:
        message = "no URL of a database: give sqlite:////PATH or postgresql://USER@HOST/NAME"
        raise IngestError(ErrorCode.DATABASE, message) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def said_by_database(error: sa.exc.DBAPIError) -> str:
    """Return what the database itself says of an error, in one line without the values."""
    return (str(error.orig).strip().splitlines() or ["it does not answer"])[0]


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Make SQLite survive a power cut, wait for others, and overwrite what is deleted."""
    for pragma in (
        "busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
