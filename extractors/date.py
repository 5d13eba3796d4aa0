"""The date of issue (ngày ban hành), from the line `Tứ Kỳ, ngày 14 tháng 11 năm 2023`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

import regex

from extractors.contract import ReviewCode
from extractors.evidence import confirmed, seen
from extractors.finding import Finding, Remark
from extractors.hands import SURE, Gap, gap_of
from extractors.keys import key
from extractors.letterhead import find_letterhead
from extractors.pieces import DATE, Piece, within
from extractors.reading import HandField, Reading

_FIELDS: tuple[HandField, ...] = ("year", "month", "day")
_YEARS = range(1945, 2100)
_CLEAR = 0.95  # a cited date must be seen so well to speak against the date of issue

# `số 17/KH-UBND ngày 04/3/2024`: a document that must be there before it is cited.
_CITED = regex.compile(
    r"""
    \b so \s \d{1,5} / [a-z0-9/&-]{2,24} ,? \s ngay \s
    (?P<day> \d{1,2} ) (?: / | \s thang \s )
    (?P<month> \d{1,2} ) (?: / | \s nam \s ) (?P<year> \d{4} )
    """,
    regex.VERBOSE,
)


def find(reading: Reading) -> Iterator[Finding[str | None]]:
    """Yield the date of issue. Cited dates, received stamps and digital signatures are not meant.

    Where the day is blank or not read, the date is reduced to its month (`2025-03`); where the
    month is not read either, to its year.
    """
    line = find_letterhead(reading).date
    match = DATE.search(line.key) if line else None
    if line is None or match is None:
        return
    gaps = [gap_of(reading, name, line, *match.span(name)) for name in _FIELDS]
    known = _leading(gaps)
    value = written(known)
    remarks = (*_remarks(line, gaps, known), *_conflicts(reading, value))
    sure = min((gap.confidence for gap in gaps[: len(known)]), default=SURE)
    part = within(line, match.start(), match.end())
    rule = "date/" + (gaps[len(known) - 1].rule if known else "unread")
    parts = {"": confirmed([part], sure)}
    yield Finding(value, part.start, part.end, sure, rule, parts, remarks)


def _leading(gaps: list[Gap]) -> list[int]:
    """Return the year, the month and the day as numbers, up to the first that is not known."""
    known: list[int] = []
    for gap in gaps:
        digits = (gap.value or "").replace(" ", "")
        if not digits.isdigit() or not _possible([*known, int(digits)]):
            break
        known.append(int(digits))
    return known


def _possible(known: list[int]) -> bool:
    """Whether there is such a year, month or day."""
    year, month, day = [*known, 1, 1][:3]
    if year not in _YEARS:
        return False
    try:
        Date(year, month, day)
    except ValueError:
        return False
    return True


def written(known: list[int]) -> str | None:
    """Write a date in ISO 8601, as precisely as it is known; null without a year."""
    return "-".join(f"{number:02}" for number in known) or None


def _remarks(line: Piece, gaps: list[Gap], known: list[int]) -> Iterator[Remark]:
    """Why the date is not whole, or that it was read from handwriting."""
    if len(known) == len(gaps):
        return
    gap = gaps[len(known)]
    code = gap.code or ReviewCode.UNREADABLE
    message = gap.message or f"there is no such {_FIELDS[len(known)]}"
    place = gap.place(line) if gap.box else None
    yield Remark(code, message, "", tuple(_candidates(gaps, known)), place)


def _candidates(gaps: list[Gap], known: list[int]) -> Iterator[str]:
    """Whole dates that the doubtful gap may give, best first."""
    rest = [gap.value for gap in gaps[len(known) + 1 :]]
    if any(value is None or not value.isdigit() for value in rest):
        return
    for text in gaps[len(known)].candidates:
        if text.isdigit():
            numbers = [*known, int(text), *(int(value) for value in rest if value)]
            if _possible(numbers):
                yield written(numbers) or ""


def _conflicts(reading: Reading, value: str | None) -> Iterator[Remark]:
    """Yield what speaks against the date: a document cited with its number that is younger."""
    if value is None or len(value) != len("2024-01-31"):
        return
    for match in _CITED.finditer(key(reading.text.value)):
        numbers = [int(match[name]) for name in ("year", "month", "day")]
        cited = written(numbers) if _possible(numbers) else None
        if cited and cited > value and seen(reading, *match.span()) >= _CLEAR:
            message = "a document is cited that is younger than the date of issue"
            yield Remark(ReviewCode.CONFLICT, message, "", (value, cited))
            return
