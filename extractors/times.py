"""Days, months, quarters and years as office papers write them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date as Date

import regex

from extractors.language import data

_FULL = regex.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})")
_WORDS = regex.compile(
    r"(\d{1,2})\s+th[áa]ng\s+(\d{1,2})(?:\s*[,/]?\s*(?:n[ăâ]m\s+)?(\d{4}))?", regex.IGNORECASE
)
_SHORT = regex.compile(r"(?<![\d/])(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\d/])", regex.IGNORECASE)
_MONTH = regex.compile(
    r"th[áa]ng\s+(\d{1,2})(?:\s*[/-]\s*|\s+n[ăâ]m\s+)?(\d{4})?", regex.IGNORECASE
)
_QUARTER = regex.compile(
    r"qu[ýíy]\s+(IV|I{1,3}|0?[1-4])(?:\s*[/-]\s*|\s+n[ăâ]m\s+)?(\d{4})?", regex.IGNORECASE
)
_HALF = regex.compile(r"tháng\s+(đầu|cuối)\s+năm(?:\s+(\d{4}))?", regex.IGNORECASE)
_YEAR = regex.compile(r"\b(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time that a phrase names, from its first day to its last."""

    first: Date
    last: Date


def day(text: str, issued: Date | None = None) -> Date | None:
    """Return the day that a phrase names; one without a year is the next one after the issue."""
    for pattern in (_FULL, _WORDS, _SHORT):
        match = pattern.search(text)
        if match:
            parts = [int(part) for part in match.groups() if part]
            return _day(*parts) if len(parts) == 3 else _next(parts[0], parts[1], issued)
    return None


def iso(text: str) -> str | None:
    """Return a cited date as the contract writes it, reduced where the page gives less."""
    found = day(text)
    if found is not None:
        return found.isoformat()
    match = _MONTH.search(text)
    if match and match[2] and 1 <= int(match[1]) <= 12:
        return f"{match[2]}-{int(match[1]):02}"
    year = _YEAR.search(text)
    return year[1] if year and not _SHORT.search(text) and not _WORDS.search(text) else None


def stretch(text: str, issued: Date | None = None) -> Stretch | None:
    """Return the days of a date, month, quarter, half year or year."""
    found = day(text, issued)
    if found is not None:
        return Stretch(found, found)
    if half := _HALF.search(text):
        return _months(1 if half[1].lower() == "đầu" else 7, 6, half[2], issued)
    if quarter := _QUARTER.search(text):
        number = data("times")["quarters"][quarter[1].lower()]
        return _months(3 * number - 2, 3, quarter[2], issued)
    if month := _MONTH.search(text):
        return _months(int(month[1]), 1, month[2], issued)
    year = _YEAR.search(text)
    return _months(1, 12, year[1], issued) if year else None


def _months(first: int, count: int, year: str | None, issued: Date | None) -> Stretch | None:
    """Return `count` months; where the year is not said, the first that is not over at issue."""
    if not 1 <= first <= 12 or (not year and issued is None):
        return None
    of = int(year) if year else issued.year if issued else 0
    last = first + count - 1
    if not year and issued and Date(of, last, monthrange(of, last)[1]) < issued:
        of += 1
    return Stretch(Date(of, first, 1), Date(of, last, monthrange(of, last)[1]))


def _day(number: int, month: int, year: int) -> Date | None:
    try:
        return Date(year, month, number)
    except ValueError:
        return None


def _next(number: int, month: int, issued: Date | None) -> Date | None:
    if issued is None:
        return None
    this = _day(number, month, issued.year)
    return (
        this if this is None or (issued - this).days < 60 else _day(number, month, issued.year + 1)
    )
