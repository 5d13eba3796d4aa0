"""What a letterhead tells of units: the issuer's own, those it names, the place and the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

import regex

from extractors import gazetteer, mentions
from extractors.contract import Unit
from extractors.head import Head
from extractors.units import Level, Place, place

_BELOW: dict[str, Level] = {"province": "district", "district": "commune", "commune": "village"}
WIDTH = {"province": 3, "district": 2, "commune": 1}


@dataclass(frozen=True, slots=True)
class Around:
    """What the letterhead tells of units: the issuer's own, those it names, the place and day."""

    own: Unit | None
    named: tuple[Unit, ...]
    place: Place

    @classmethod
    def of(cls, head: Head, text: str = "") -> Around:
        """Return what a letterhead tells; a province named in the text helps a common name."""
        issuer = head.issuer
        printed = [issuer.name, issuer.parent or ""] if issuer else []
        around = _around([*printed, head.place or ""], text, _day(head))
        if issuer and issuer.unit and not around.provinces:
            around = _coded(issuer.unit, around)
        named = [one.unit for name in printed for one in mentions.kinded(name, around)]
        return cls(issuer.unit if issuer else None, tuple(named), around)

    @property
    def below(self) -> Level | None:
        """The level of the units under the issuer."""
        units = [self.own, *self.named]
        level = next((unit.level for unit in units if unit and unit.level in _BELOW), None)
        if level == "province" and gazetteer.eras_on(self.place.on) == "c":
            return "commune"
        return _BELOW.get(level or "")

    def self_named(self, unit: Unit) -> Unit:
        """Return the unit that `toàn huyện` means here: that of the letterhead."""
        known = [one for one in (self.own, *self.named) if one]
        if unit.name.endswith("thành phố"):  # of either level
            cities = (one for one in known if one.name.casefold().startswith(("thành phố", "tp")))
            return next(cities, unit)
        same = (one for one in known if one.level == unit.level)
        return next(same, None) or self._from_place(unit)

    def _from_place(self, unit: Unit) -> Unit:
        """Return the province in which the place of issue lies, where no letterhead names it."""
        entry = gazetteer.province(self.place.provinces, self.place.on)
        if unit.level != "province" or entry is None:
            return unit
        return Unit(name=f"{entry.kind} {entry.name}", level="province", code=entry.code)

    def is_below(self, unit: Unit) -> bool:
        """Whether the level of `của xã` is under that of the issuer: it is no unit then."""
        own = self.own.level if self.own else None
        return WIDTH.get(unit.level or "", 0) < WIDTH.get(own or "", 0)


_PROVINCE = regex.compile(r"(?<!\p{L})(?:tỉnh|thành phố)\s\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+){1,2}")


def _around(names: Sequence[str], text: str, on: Date | None) -> Place:
    around = place(names, on)
    if around.provinces or not any(names):
        return around
    for match in _PROVINCE.finditer(text[:20000]):
        hinted = place([match[0], *names], on)
        if hinted.districts:
            return hinted
    return around


def _coded(own: Unit, around: Place) -> Place:
    """Return the place that the issuer's own code tells."""
    province = gazetteer.load().provinces.get(own.code or "")
    if province:
        return replace(
            around, provinces=frozenset({province}), districts=frozenset({own.code or ""})
        )
    codes = {own.code} if own.code and own.level == "province" else set()
    return replace(around, provinces=frozenset(codes))


def _day(head: Head) -> Date | None:
    if head.issued or head.year in (None, 2025):
        return head.issued
    return Date(head.year or 1, 6, 30)
