"""Administrative units: what a name in a dispatch stands for, with its official code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import regex

from extractors import gazetteer
from extractors.contract import Unit
from extractors.gazetteer import Entry

Level = Literal["province", "district", "commune", "village", "agency", "group"]
_LEVELS: tuple[Level, ...] = ("province", "district", "commune")  # from the widest


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a name is read: the codes of the units around it, and the day."""

    provinces: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    on: Date | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart: `UBND xã Cộng Lạc` is about `xã Cộng Lạc`, of kind `xã`."""

    printed: str
    kind: str | None
    bare: str


def resolve(
    name: str, *, level: Level | None = None, within: Iterable[str] = (), on: Date | None = None
) -> Unit:
    """Return the unit that a name stands for: `Ủy ban nhân dân huyện Tứ Kỳ` is `huyện Tứ Kỳ`.

    `within` are the names of the units around it, in any order (`tỉnh Hải Dương`, the issuer, the
    place of issue); `on` is the day of the dispatch. The code is null where these leave a doubt,
    or where the gazetteer of that day has no such unit.
    """
    return look_up(name, place(within, on), level=level)


def place(names: Iterable[str], on: Date | None = None) -> Place:
    """Return the place that the names describe, the widest units first."""
    found, names = Place(on=on), list(names)
    parted = [_part(name) for name in names if name]
    for level in _LEVELS:
        for name in parted:
            if level == "commune" and name.kind is None and _has_districts(on):
                continue  # a place of issue is a district or a province before it is a commune
            entries = [one for one in _candidates(name, found) if one.level == level]
            entries = _nearest(entries, found, known=True)
            if len(gazetteer.codes(entries)) == 1:
                found = _narrowed(found, entries[0])
    return found if found.provinces else _of_bodies(names, found)


def _has_districts(on: Date | None) -> bool:
    return gazetteer.eras_on(on) != "c"


def _of_bodies(names: Iterable[str], around: Place) -> Place:
    """Return the place with the province that a body's name ends with: `Sở Y tế Nghệ An`."""
    for name in names:
        words_of = (name or "").split()
        for first in range(1, len(words_of) - 1):
            tail = _Name("", None, " ".join(words_of[first:]))
            found = [one for one in _candidates(tail, around) if one.level == "province"]
            if len(gazetteer.codes(found)) == 1:
                return _narrowed(around, found[0])
    return around


def look_up(name: str, around: Place, *, level: Level | None = None) -> Unit:
    """Return the unit that a name stands for at a place."""
    text = _EDGES.sub("", " ".join(name.split()))
    text = _sectors().get(text.casefold().replace(" ", ""), text)
    spaced = _RUN_ON.sub(" ", text)
    if spaced != text and (unit := look_up(spaced, around, level=level)).code:
        return unit
    parted = _part(text)
    if parted.kind is None and (special := _special(text)):
        return Unit(name=text, level=special, code=None)
    entries = _candidates(parted, around)
    if level:
        entries = [entry for entry in entries if entry.level == level]
    entries = _nearest(entries, around, known=parted.kind is not None)
    one = None if entries else _misread(parted, around)
    if one and level in (None, one.level):
        return Unit(name=parted.printed, level=one.level, code=one.code)
    code = entries[0].code if len(gazetteer.codes(entries)) == 1 else None
    name = parted.printed
    if code and any(part[0].islower() for part in parted.bare.split()):
        name = parted.printed.removesuffix(parted.bare) + entries[0].name  # xã cộng Lạc
    return Unit(name=name, level=level or _level(parted, entries, around), code=code)


_RUN_ON = regex.compile(r"(?<=\p{Ll})(?=\p{Lu}\p{Ll})")  # HuyệnGioLinh
_EDGES = regex.compile(r"^[^\p{L}\d]+|[^\p{L}\d).\]]+$")  # what a scan leaves about a name


def level_of_kind(kind: str) -> Level | None:
    """Return the level of a kind of unit (`xã`: `commune`), also of its abbreviation."""
    full = _kinds().get(kind.casefold())
    return words()["kinds"][full]["level"] if full else None


@cache
def words() -> dict[str, Any]:
    """Return the word lists of units."""
    path = files("extractors") / "data" / "units.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _kinds() -> dict[str, str]:
    """Each spelling of a kind, and the kind: `tp.` is `thành phố`."""
    kinds = words()["kinds"].items()
    return {form: kind for kind, facts in kinds for form in (kind, *facts["short"])}


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(
        r"""^
        (?: (?:\L<bodies>) (?:\s+của)? \s+ )?           # Ủy ban nhân dân
        (?P<printed> (?: (?P<kind>\L<kinds>) (?! \s(?:ủy|uỷ)\b ) (?:\s+|(?<=\.)|$) )?   # huyện, TP.
        (?P<bare>.*) )$                                 # Tứ Kỳ
        """,
        regex.VERBOSE | regex.IGNORECASE,
        bodies=words()["bodies"]["words"],
        kinds=list(_kinds()),
    )


@cache
def _sectors() -> dict[str, str]:
    """Return the fields of work by their letters: `Đấtđai` has lost a space."""
    return {one.casefold().replace(" ", ""): one for one in words()["sectors"]["words"]}


def _part(name: str) -> _Name:
    match = _pattern().match(" ".join(name.split()))
    assert match  # noqa: S101 - every part of the pattern may be empty
    kind = match["kind"]
    if kind and level_of_kind(kind) == "village" and _is_name(match["printed"]):
        return _Name(match["printed"], None, match["printed"])  # Buôn Đôn, Bản Ngò
    if kind and kind.casefold() in words()["numbered"]["only"] and not match["bare"][:1].isdigit():
        return _Name(match["printed"], None, match["printed"])  # Khu vực đô thị
    return _Name(match["printed"], _kinds()[kind.casefold()] if kind else None, match["bare"])


def _is_name(name: str) -> bool:
    return any(gazetteer.load().named(name, "abc"))


def _candidates(name: _Name, around: Place) -> list[Entry]:
    """Return the units of the day that bear the name, of the kind where one is printed."""
    eras = gazetteer.eras_on(around.on)
    named = gazetteer.load().named(name.bare, eras) if name.bare else ()
    return [entry for entry in named if name.kind in (None, entry.kind)]


def _misread(name: _Name, around: Place) -> Entry | None:
    """Return the one unit of the place whose name differs in its marks alone: `Đăk Hà`."""
    if not around.provinces or len(name.bare) < 4:
        return None
    found = gazetteer.alike(name.bare, gazetteer.eras_on(around.on))
    near = _nearest([one for one in found if name.kind in (None, one.kind)], around, known=False)
    return near[0] if len(gazetteer.codes(near)) == 1 else None


def _nearest(entries: list[Entry], around: Place, *, known: bool) -> list[Entry]:
    """Return the candidates that lie in the district, else in the province, else anywhere.

    A commune of another province is taken only where no place is known, and a bare name is never
    looked for beyond the place.
    """
    province = gazetteer.load().province_of
    inner = [one for one in entries if one.parent in around.districts]
    outer = [one for one in entries if province(one) in around.provinces]
    if inner or outer:
        return inner or outer
    if not known:
        return []
    return entries if not around.provinces else [e for e in entries if e.level != "commune"]


def _narrowed(around: Place, entry: Entry) -> Place:
    """Return the place, knowing that this unit is around it too."""
    province = gazetteer.load().province_of(entry)
    if around.provinces and province not in around.provinces:
        return around
    district = {"district": entry.code, "commune": entry.parent}.get(entry.level, "")
    districts = around.districts | ({district} if len(district) == 3 else set())
    return Place(around.provinces | {province}, districts, around.on)


def _level(name: _Name, entries: list[Entry], around: Place) -> Level | None:
    levels: set[Level] = {entry.level for entry in entries}
    if len(levels) == 1:
        return levels.pop()
    if name.kind == "thành phố" and gazetteer.eras_on(around.on) == "c":
        return "province"
    return level_of_kind(name.kind) if name.kind else None


def _special(text: str) -> Level | None:
    """Return the level of what is no single unit: an agency, or a group of units."""
    small = text.casefold()
    groups = words()["groups"]
    if small in groups["whole"] or small.startswith(tuple(groups["begin"])):
        return "group"
    return "agency" if _agency().match(small) else None


@cache
def _agency() -> regex.Pattern[str]:
    agencies = words()["agencies"]
    return regex.compile(
        r"(?:\L<begin>)(?!\p{L}|\s(?:\L<but>)(?!\p{L}))",
        begin=agencies["begin"],
        but=agencies["but"],
    )
