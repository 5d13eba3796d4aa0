"""The place of issue (địa danh): `Tứ Kỳ` of `Tứ Kỳ, ngày 14 tháng 11 năm 2023`."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.evidence import confirmed
from extractors.finding import Finding
from extractors.keys import key, upper_share
from extractors.letterhead import find_letterhead
from extractors.mending import nearest
from extractors.pieces import DATE, place_start, trimmed, within
from extractors.reading import Reading
from extractors.words import keyed


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
    sure = 0.97 if known and key(known) == key(name) else 0.9
    parts = {"": confirmed([named], sure)} if known else {}
    yield Finding(known or name, named.start, named.end, sure, "place/before-date", parts)
