"""The source of a sample: what is printed, written and stamped on the paper."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of the first page; an empty `number`, `day` or `month` is a blank gap."""

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    notation: str
    place: str
    day: str
    month: str
    year: str
    about: str = ""
    urgency: str = ""
    urgency_slant: float = 0
    secrecy: str = ""
    arrival: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Foot:
    """Recipients (Nơi nhận) on the left, the signature on the right; `second` signs on the left."""

    recipients: tuple[str, ...]
    chain: tuple[str, ...]
    name: str
    seal: str = ""
    signed: bool = True
    second: Foot | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; `<` joins a cell with its left neighbor, `^` with the one above."""

    name: str
    widths: tuple[float, ...]
    align: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None
    open: bool = False
    size: float = 12


@dataclass(frozen=True, slots=True)
class Annex:
    """A part that begins on a page of its own after the foot."""

    text: str
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A dispatch as it is to be drawn; `bound` are other documents in the same file."""

    slug: str
    hand: tuple[str, ...]
    letterhead: Letterhead
    to: tuple[str, ...]
    body: str
    foot: Foot
    tables: Mapping[str, Table]
    annexes: tuple[Annex, ...]
    bound: tuple[Dispatch, ...]
    commit: tuple[str, ...]
    blank: int


def load(folder: Path) -> Dispatch:
    """Read the source in a sample's folder."""
    return dispatch(folder.name, tomllib.loads((folder / "dispatch.toml").read_text()))


def dispatch(slug: str, data: Mapping[str, Any]) -> Dispatch:
    """Build a dispatch, and those bound into it, from its TOML tables."""
    bound = enumerate(data.get("bound", []), 1)
    head = frozen(data["letterhead"])
    to, body = (head.pop(key, data.get(key, ())) for key in ("to", "body"))  # as TOML groups them
    return Dispatch(
        slug=slug,
        hand=tuple(data.get("hand", ())),
        letterhead=Letterhead(**head),
        to=to,
        body=body.strip(),
        foot=foot(data["foot"]),
        tables={table["name"]: ruled(table) for table in data.get("table", [])},
        annexes=tuple(Annex(**annex) for annex in data.get("annex", [])),
        bound=tuple(dispatch(f"{slug}-{place}", other) for place, other in bound),
        commit=tuple(data.get("commit", ())),
        blank=data.get("blank", 0),
    )


def foot(data: Mapping[str, Any]) -> Foot:
    """Build a foot; one that signs second needs no recipients."""
    parts = {"recipients": [], **data}
    if "second" in parts:
        parts["second"] = foot(parts["second"])
    return Foot(**frozen(parts))


def ruled(data: Mapping[str, Any]) -> Table:
    """Build a table and check that every row has as many cells as there are widths."""
    table = Table(**{key: grid(value) for key, value in data.items()})
    for row in table.header + table.rows:
        if not len(row) == len(table.widths) == len(table.align):
            raise ValueError(f"table {table.name}: a row has {len(row)} cells: {row}")
    return table


def grid(value: Any) -> Any:
    """Turn lists, and lists of lists, into tuples."""
    return tuple(map(grid, value)) if isinstance(value, list) else value


def frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the lists of a TOML table into tuples."""
    return {key: grid(value) for key, value in data.items()}
