"""The time that a report covers as a whole: its opening sentence says, or else its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractors import periods, timing
from extractors.head import Head
from extractors.periods import Time
from extractors.reading import Reading
from extractors.structure import Paragraph, passages

_REPORTS = regex.compile(r"(?:.*(?<!\p{L}))?báo cáo(?!\p{L})", regex.IGNORECASE)
_COUNTED = regex.compile(r"\((?:số liệu|tính)[^()]* đến [^()]+\)")  # (số liệu từ … đến …)
_TOLD = 400  # characters at the end of the opening paragraph: what was to be reported


def time(reading: Reading, head: Head, body: Sequence[Paragraph], *, titled: bool) -> Time | None:
    """Return the time of all figures that state none; a day that is still to come is none.

    `titled` tells that the title counts too: that of a report.
    """
    opening = _opening(body)
    counted = _COUNTED.search(opening)
    told = _first(periods.find(counted[0] if counted else opening, head.year), head)
    title = " ".join(one.text for one in passages(reading) if one.zone == "head")
    reports = titled or ((told is not None or bool(opening)) and _reports(title))
    if not reports or (told and not told.broad):
        return told
    return _first(periods.find(title, head.year), head) or told


def _reports(title: str) -> bool:
    """Whether a letter's subject is a report: `V/v báo cáo kết quả … năm 2024`."""
    return "báo cáo" in title.casefold()[:40]


def _first(times: Sequence[Time], head: Head) -> Time | None:
    """Return the first time; of `tháng 10 và 10 tháng đầu năm` the longer one."""
    past = [one for one in times if not (one.as_of and head.date and one.as_of > head.date)]
    if not past:
        return None
    same = (one for one in past if one.period and timing.day(one) == timing.day(past[0]))
    return min(same, key=_start, default=past[0])


def _start(one: Time) -> str:
    return (one.period and one.period.start) or ""


def _opening(body: Sequence[Paragraph]) -> str:
    """Return what the opening says that is reported: `… báo cáo kết quả 9 tháng như sau:`."""
    for paragraph in _before_labels(body):
        if paragraph.leads_in and (match := _REPORTS.match(paragraph.text)):
            return paragraph.text[max(match.end(), len(paragraph.text) - _TOLD) :]
    return ""


def _before_labels(body: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in body:
        if paragraph.label is not None:
            return
        yield paragraph
