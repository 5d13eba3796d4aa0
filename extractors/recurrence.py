"""Recurring time limits as RFC 5545 rules: `trước 15 giờ ngày thứ Sáu hằng tuần`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import regex

from extractors.language import data
from extractors.limits import part

_DAY = regex.compile(r"(?<![\d/])\d{1,2}(?![\d/]|\s*(?:giờ|h\b|phút|tháng\s+\d))", regex.IGNORECASE)
_FIRST_DAYS = regex.compile(r"(\d{1,2})\s+ngày\s+đầu", regex.IGNORECASE)
_END_OF = regex.compile(
    r"cuối(?:\s+cùng)?(?:\s+của)?(?:\s+mỗi)?\s+(tháng|quý|năm)\b", regex.IGNORECASE
)
_TIMES = regex.compile(  # mỗi năm 02 lần, 02 lần/năm
    r"""(?:(?:h[ằà]ng|mỗi|từng)\s+(?P<each>ngày|tuần|tháng|quý|năm)\s+(?P<after>\w+)\s+lần
        | (?P<before>\w+)\s+lần\s*(?:/|mỗi)\s*(?P<of>\w+))$""",
    regex.VERBOSE | regex.IGNORECASE,
)
_SEVERAL = regex.compile(r"\bcác\s+(?:ngày\s+)?(?:thứ|chủ)\s", regex.IGNORECASE)
_NOON = 12
_WORKING = "làm việc cuối"
_WORKDAYS = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
_QUARTERS = {"đầu": "1,4,7,10", "cuối": "3,6,9,12"}


def clocks(text: str) -> list[str]:
    """Return the times of the day that a phrase names, as `HH:MM`."""
    found = []
    for match in part("clock").finditer(text):
        numbers = regex.findall(r"\d+", match[0])
        hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
        if match[0].lower().endswith(("chiều", "tối")) and hour < _NOON:
            hour += _NOON
        if hour < 24 and minute < 60:
            found.append(f"{hour:02}:{minute:02}")
    return found


def rules(text: str) -> list[str]:
    """Return the rules of a phrase: one, or one for each day of the year that it names."""
    yeardays = [
        tuple(map(int, regex.findall(r"\d+", m[0]))) for m in part("yearday").finditer(text)
    ]
    if yeardays:
        return list(_yearly(yeardays))
    return [";".join(filter(None, (_frequency(text), _days(text))))]


def _frequency(text: str) -> str:
    edge = part("edge").search(text)
    end = _END_OF.search(text)
    if _SEVERAL.search(text):
        return "FREQ=WEEKLY"
    if edge or (end and end[1].lower() == "quý"):
        which = "đầu" if edge and "đầu" in edge[0].lower().split("tháng")[1] else "cuối"
        return f"FREQ=YEARLY;BYMONTH={_QUARTERS[which]}"
    every = part("every").search(text)
    if every:
        times = _TIMES.search(every[0])
        often = _often(times) if times else None
        return often or _counted(every[0].lower().split())
    if end and end[1].lower() == "năm":
        return "FREQ=YEARLY;BYMONTH=12"
    return "FREQ=MONTHLY"


def _often(said: regex.Match[str]) -> str:
    """`02 lần/năm` is every sixth month; where months do not part evenly, so often in each."""
    number = _number((said["before"] or said["after"]).lower())
    unit = (said["each"] or said["of"]).lower()
    months = {"năm": 12, "quý": 3}.get(unit, 0)
    if number == 1 or months % number or not months:
        return str(data("times")["frequencies"][unit])
    return "FREQ=MONTHLY" + (f";INTERVAL={months // number}" if months > number else "")


def _counted(words: list[str]) -> str:
    """`hằng quý`; `02 tuần một lần` is every second week."""
    rule = str(data("times")["frequencies"][words[1]])
    number = _number(words[0])
    base, _, interval = rule.partition(";INTERVAL=")
    return f"{base};INTERVAL={number * int(interval or 1)}" if number > 1 else rule


def _days(text: str) -> str:
    weekdays = [m[0].lower().split()[-1] for m in part("weekday").finditer(text)]
    if weekdays:
        return "BYDAY=" + ",".join(data("times")["weekdays"][day] for day in weekdays)
    first = _FIRST_DAYS.search(text)
    if first:
        return f"BYMONTHDAY={int(first[1])}"
    bare = part("every").sub(" ", part("clock").sub(" ", text))
    days = [int(match[0]) for match in _DAY.finditer(bare)]
    if days:
        return "BYMONTHDAY=" + ",".join(map(str, days))
    if _WORKING in text.lower():
        return _WORKDAYS
    return "BYMONTHDAY=-1" if _END_OF.search(text) or "ngày cuối" in text.lower() else ""


def _yearly(days: list[tuple[int, ...]]) -> Iterator[str]:
    """Join the months of one and the same day: 15/6 and 15/12 are one rule."""
    for day, group in groupby(sorted(days), key=lambda pair: pair[0]):
        months = ",".join(str(pair[1]) for pair in group)
        yield f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}"


def periods(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the place and the rule of each period of `định kỳ 6 tháng, năm`.

    `Định kỳ` itself belongs to the first, unless `hằng` says already that it recurs.
    """
    for at, match in enumerate(part("period").finditer(text)):
        words = match[0].lower().split()
        number = _number(words[0]) if len(words) > 1 else 1
        rule = str(data("times")["frequencies"][words[-1]])
        interval = f";INTERVAL={number}" if number > 1 else ""
        end = len(text) if text.endswith("lần") else match.end()
        recurs = at or words[0] in ("hằng", "hàng")
        yield (match.start() if recurs else 0), end, rule + interval


def _number(word: str) -> int:
    return int(word) if word.isdigit() else int(data("times")["numbers"].get(word, 1))
