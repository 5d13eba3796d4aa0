"""The gazetteer: provinces, districts and communes with their official codes, era by era.

Its data file is built by `tools/build_gazetteer.py`, which names the sources; the manifest beside
it says what is in it. It is loaded when the first name is looked up.
"""

from __future__ import annotations

import lzma
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from importlib.resources import files
from typing import Literal

import regex

Level = Literal["province", "district", "commune"]

_DATA = files("extractors") / "data"
_TONE = regex.compile(r"([\u0300\u0301\u0303\u0309\u0323])([^\s\t]+)")  # ò of hòa: to its end
_LONE_Y = regex.compile(r"(?<=[hklmst])y(?=[\u0300\u0301\u0303\u0309\u0323]?(?!\S))")  # Kỳ, Kì


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit of the gazetteer; a commune's parent is a district, or a province since July 2025."""

    code: str
    parent: str
    kind: str
    eras: str
    name: str

    @property
    def level(self) -> Level:
        """The level, which the length of the code tells."""
        return {2: "province", 3: "district", 5: "commune"}[len(self.code)]  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All units by their folded name (as lines of the data file), and the districts' provinces."""

    lines: dict[str, list[str]]
    provinces: dict[str, str]

    def named(self, name: str, eras: str) -> Iterator[Entry]:
        """Yield the units of these eras that bear the bare name (`Cộng Lạc`)."""
        for line in self.lines.get(_bare(fold(name)), ()):
            entry = Entry(*line.split("\t"))
            if set(eras) & set(entry.eras):
                yield entry

    def province_of(self, entry: Entry) -> str:
        """Return the code of the province that the unit lies in; of a province, its own."""
        return self.provinces.get(entry.parent, entry.parent) or entry.code


def fold(name: str) -> str:
    """Return a key that spellings of one name share: `Hoà Bình`, `HÒA BÌNH`; `Bắc Kạn`."""
    text = unicodedata.normalize("NFD", name.casefold().replace("’", "'"))
    return _LONE_Y.sub("i", _TONE.sub(r"\2\1", text))


def _bare(key: str) -> str:
    return key.lstrip("0") or key  # Phường 05


@cache
def load() -> Gazetteer:
    """Return the gazetteer, read from its data file once."""
    text = lzma.decompress((_DATA / "units.tsv.xz").read_bytes()).decode()
    printed = text.split("\n")
    lines: dict[str, list[str]] = defaultdict(list)
    for line, folded in zip(printed, fold(text).split("\n"), strict=True):
        lines[_bare(folded[folded.rindex("\t") + 1 :])].append(line)
    districts = (line.split("\t", 2) for line in printed if line.index("\t") == 3)
    return Gazetteer(dict(lines), {code: parent for code, parent, _ in districts})


@cache
def _provinces() -> tuple[Entry, ...]:
    lines = (line for listed in load().lines.values() for line in listed)
    return tuple(Entry(*line.split("\t")) for line in lines if line.index("\t") == 2)


def province(found: frozenset[str], day: Date | None) -> Entry | None:
    """Return the one province of some codes, as it was on a day; none where there are several."""
    eras = set(eras_on(day))
    known = [one for one in _provinces() if one.code in found and eras & set(one.eras)]
    return known[0] if len(known) == 1 else None


_MARKS = regex.compile(r"[\u0300-\u036f\s'-]")


def alike(name: str, eras: str) -> Iterator[Entry]:
    """Yield the units whose names differ from one in marks and spaces alone: `Đạ Tẻh`, `Da Teh`."""
    for key in _unmarked().get(_plain(_bare(fold(name))), ()):
        yield from load().named(key, eras)


@cache
def _unmarked() -> dict[str, tuple[str, ...]]:
    """Return the folded names by what is left of them without marks and spaces."""
    found: dict[str, tuple[str, ...]] = {}
    keys = list(load().lines)
    for key, plain in zip(keys, (_plain(key) for key in keys), strict=True):
        found[plain] = (*found.get(plain, ()), key)
    return found


def _plain(folded: str) -> str:
    return _MARKS.sub("", folded).replace("đ", "d")


@cache
def _eras() -> tuple[tuple[str, Date, Date], ...]:
    table = tomllib.loads((_DATA / "eras.toml").read_text(encoding="utf-8"))["eras"]
    return tuple((era, span["from"], span["until"]) for era, span in table.items())


def eras_on(day: Date | None) -> str:
    """Return the eras whose names a dispatch of that day uses; all where it is unknown."""
    return "".join(era for era, start, end in _eras() if day is None or start <= day <= end)


def codes(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the distinct codes of some entries."""
    return frozenset(entry.code for entry in entries)
