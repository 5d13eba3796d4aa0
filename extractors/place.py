"""The place of issue (địa danh): `Tứ Kỳ` of `Tứ Kỳ, ngày 14 tháng 11 năm 2023`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.casing import title_case
from extractors.evidence import confirmed
from extractors.finding import Finding
from extractors.gazetteer import load
from extractors.keys import key, upper_share
from extractors.letterhead import Letterhead, find_letterhead
from extractors.mending import are_near, nearest
from extractors.pieces import DATE, place_start, trimmed, within
from extractors.reading import Reading
from extractors.words import keyed

_UNIT = regex.compile(
    r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s"
    r"(?P<name>(?:\p{Lu}\S*\s?){1,4})",
)


def find(reading: Reading) -> Iterator[Finding[str]]:
    """Yield the place before the date of issue."""
    letterhead = find_letterhead(reading)
    line = letterhead.date
    match = DATE.search(line.key) if line else None
    if line is None or match is None:
        return
    before = line.text[: match.start()]
    start = 0 if line.column == "right" else place_start(before)
    named = trimmed(within(line, start, len(before)))
    letters = sum(map(str.isalpha, named.text))
    if letters < 2 or any(map(str.isdigit, named.text)):
        return
    name = named.text.title() if upper_share(named.text) > 0.9 and letters > 3 else named.text
    issuers = " ".join(part.text for part in letterhead.left)
    known = nearest(name, tuple(keyed("casing", "places").values()), issuers)
    known = known or _of_issuer(name, letterhead)
    sure = 0.97 if known and key(known) == key(name) else 0.9
    parts = {"": confirmed([named], sure)} if known else {}
    yield Finding(known or name, named.start, named.end, sure, "place/before-date", parts)


def _of_issuer(name: str, letterhead: Letterhead) -> str | None:
    """Return the unit's name of the issuing body, where the place is the same but for a letter.

    Only where there is a unit of that name, and none of the name as it was read.
    """
    if is_unit(name):
        return None
    number = letterhead.number
    above = [line for line in letterhead.left if number is None or line.start < number.start]
    for match in _UNIT.finditer(title_case(" ".join(line.text for line in above))):
        other = match["name"].strip()
        if is_unit(other) and are_near(name, other):
            return other
    return None


def is_unit(name: str) -> bool:
    """Whether there is, or was, an administrative unit of that bare name."""
    return next(load().named(name, "abc"), None) is not None
