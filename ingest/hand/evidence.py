"""Gather what a file says of its own date, and weigh the handwriting of its first page by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date as Date
from itertools import chain

import regex

from ingest.hand.find import find_gaps
from ingest.hand.weigh import Facts, weigh
from ingest.page import Page

# A document that is cited: "Công văn số 2417/UBND-VP ngày 22/5/2024".
_CITED = regex.compile(
    r"""
    \b[Ss]ố \s? [:]? \s? [\p{L}\d./-]{3,30} \s      # its number
    ngày \s (?P<day>\d{1,2}) (?:/|\stháng\s)       # 22/5/2024, 22 tháng 5 năm 2024
    (?P<month>\d{1,2}) (?:/|\snăm\s) (?P<year>(?:19|20)\d\d)
    """,
    regex.VERBOSE,
)
# The number again, above an annex: "(Kèm theo Quyết định số 12/QĐ-UBND ngày 5/3/2024 ...".
_COPY = regex.compile(r"[Kk]èm theo .{0,60}?số ?:? ?(?P<number>\d{1,5}[a-zđ]?) ?/")


def weigh_pages(
    pages: Sequence[Page], *, created: str | None = None, signed: Sequence[str] = ()
) -> tuple[Page, ...]:
    """Return the pages, the first one's handwriting weighed by all that the file says.

    `created` is the PDF's creation date, `signed` the days of its digital signatures (ISO).
    """
    if not pages or not pages[0].hands:
        return tuple(pages)
    first, lines = pages[0], [line.text for page in pages for line in page.lines]
    printed = printed_parts(first)
    facts = Facts(
        created=Date.fromisoformat(created) if created else None,
        signed=Date.fromisoformat(min(signed)) if signed else None,
        cited=latest_cited(lines),
        copies=tuple(dict.fromkeys(copies(lines))),
        day=printed.get("day"),
        month=printed.get("month"),
        year=printed.get("year"),
    )
    return (replace(first, hands=weigh(first.hands, facts)), *pages[1:])


def printed_parts(page: Page) -> dict[str, int]:
    """Return the parts of the date that are printed and were read."""
    written = {hand.field for hand in page.hands}
    said = {gap.field: gap.text.split()[-1:] for gap in find_gaps(page)}
    return {
        name: int(text[0])
        for name, text in said.items()
        if name not in written and text and regex.fullmatch(r"\d{1,4}", text[0])
    }


def latest_cited(lines: Iterable[str]) -> Date | None:
    """Return the latest date of a document that the lines cite."""
    dates = (_date(match) for match in chain.from_iterable(map(_CITED.finditer, lines)))
    return max((date for date in dates if date), default=None)


def copies(lines: Iterable[str]) -> Iterable[str]:
    """Return the numbers that the headings of annexes repeat."""
    return (match["number"] for match in chain.from_iterable(map(_COPY.finditer, lines)))


def _date(match: regex.Match[str]) -> Date | None:
    try:
        return Date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
