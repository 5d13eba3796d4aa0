"""Weigh the evidence: what else in the file speaks for one reading of the handwriting.

Evidence breaks ties and makes no answer: only readings that the picture makes likely are weighed,
and what they gain is taken from one another. The picture's own doubt stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from itertools import product

from extractors.reading import Hand

LEAST = 0.05  # a reading less likely by its picture is no contender
SATURDAY = 5

# What a date is worth: after the file was made, long before it, and so on. source: measured on
# real dispatches, where the file was never made before the date of issue, mostly within four days
# after it, and where one dispatch in sixty was dated on a weekend.
LATER, LONG_BEFORE, BEFORE = 0.02, 0.1, 0.3
WEEKEND, OLDER_THAN_CITED, NOT_THE_COPY = 0.3, 0.05, 0.2


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known from elsewhere; null or empty where it is not.

    `created` is the PDF's creation date, `signed` the day of the digital signature, `cited` the
    latest date that the body cites, `copies` the number as annex headings repeat it. `day`,
    `month` and `year` are the printed parts of the date.
    """

    created: Date | None = None
    signed: Date | None = None
    cited: Date | None = None
    copies: tuple[str, ...] = ()
    day: int | None = None
    month: int | None = None
    year: int | None = None


def weigh(hands: Sequence[Hand], facts: Facts) -> tuple[Hand, ...]:
    """Return the handwriting with its readings weighed again by the facts."""
    weighed = {hand.field: hand for hand in _weigh_date(hands, facts)}
    return tuple(
        _weigh_number(hand, facts) if hand.field == "sequence" else weighed.get(hand.field, hand)
        for hand in hands
    )


def _weigh_number(hand: Hand, facts: Facts) -> Hand:
    """Prefer the number that an annex's heading repeats."""
    copies = {copy.lstrip("0") for copy in facts.copies}
    contenders = {text: share for text, share in hand.readings if share >= LEAST}
    if not any(text.lstrip("0") in copies for text in contenders):
        return hand
    worth = {text: 1.0 if text.lstrip("0") in copies else NOT_THE_COPY for text in contenders}
    return _shared(hand, {text: contenders[text] * worth[text] for text in contenders})


def _weigh_date(hands: Sequence[Hand], facts: Facts) -> tuple[Hand, ...]:
    """Weigh every date that the handwritten and the printed parts make together."""
    parts = {hand.field: hand for hand in hands if hand.readings and hand.field != "sequence"}
    days = _contenders(parts.get("day"), facts.day)
    months = _contenders(parts.get("month"), facts.month)
    years = _contenders(parts.get("year"), facts.year)
    sums: dict[str, dict[str, float]] = {"day": {}, "month": {}, "year": {}}
    for day, month, year in product(days, months, years):
        chance = day[1] * month[1] * year[1] * _worth(day[0], month[0], year[0], facts)
        for name, (text, _) in zip(sums, (day, month, year), strict=True):
            sums[name][text] = sums[name].get(text, 0.0) + chance
    return tuple(_shared(hand, sums[hand.field]) for hand in parts.values())


def _contenders(hand: Hand | None, printed: int | None) -> list[tuple[str, float]]:
    """Return the readings that are weighed: by hand, or the printed one alone."""
    if hand is not None:
        return [(text, share) for text, share in hand.readings if share >= LEAST]
    return [(str(printed), 1.0)] if printed else []


def _worth(day: str, month: str, year: str, facts: Facts) -> float:
    """Return how well a date agrees with the facts: 1 is perfectly, 0 is impossible."""
    try:
        date = Date(int(year), int(month), int(day))
    except ValueError:
        return 0.0
    worth = WEEKEND if date.weekday() >= SATURDAY else 1.0
    if facts.cited and date < facts.cited:
        worth *= OLDER_THAN_CITED
    for known, near in ((facts.created, 4), (facts.signed, 1)):
        if known:
            worth *= _distance((known - date).days, near)
    return worth


def _distance(days: int, near: int) -> float:
    """Return what a date so many days before a known one is worth."""
    if days < 0:
        return LATER
    if days <= near:
        return 1.0
    return BEFORE if days <= 30 else LONG_BEFORE


def _shared(hand: Hand, weights: dict[str, float]) -> Hand:
    """Deal the contenders' probability out among them by new weights."""
    total = sum(weights.values())
    if total <= 0:
        return hand
    whole = sum(share for text, share in hand.readings if text in weights)
    dealt = ((text, _dealt(text, share, weights, whole / total)) for text, share in hand.readings)
    return replace(hand, readings=_ranked(dealt))


def _dealt(text: str, share: float, weights: dict[str, float], scale: float) -> float:
    return weights[text] * scale if text in weights else share


def _ranked(readings: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(readings, key=lambda reading: -reading[1]))
