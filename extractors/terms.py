"""What a phrase of time means as a limit: day, rule or duration, with its bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Literal

import regex
from dateutil.relativedelta import relativedelta

from extractors.contract import Relative
from extractors.language import data
from extractors.limits import Phrase, part
from extractors.recurrence import clocks, periods, rules
from extractors.times import Stretch, day, stretch

Bound = Literal["before", "by", "at"]

_WEEK = regex.compile(
    r"tuần\s+(?P<which>đầu|cuối|thứ\s+(?:nhất|hai|ba|tư|\d)).*?(?P<month>tháng\s.*)$",
    regex.IGNORECASE,
)
_UNTIL = regex.compile(
    r"(?:cho\s+)?đến(?:\s+hết)?\s|\s*[-–]\s*(?!\d{1,2}-)|,\s|\svà\s", regex.IGNORECASE
)
_BEGINS = regex.compile(r"\s*,?\s*(?:bắt\s+đầu\s+|kể\s+)?từ\s+(?=ngày)", regex.IGNORECASE)
_MONTH_ALONE = regex.compile(r"\d{1,2}\s*(?:/|năm)\s*\d{4}")  # tháng 10 - 11/2025
_ITEM = regex.compile(r"(?P<day>\d{1,2})(?:/(?P<month>\d{1,2}))?(?:/(?P<year>\d{4}))?")
_SIGNS = regex.compile(r"ký (?:hợp đồng|kết|biên bản|cam kết|thỏa thuận)")  # no issue
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TEN = regex.compile(r"(thượng|trung|hạ)\s+tuần", regex.IGNORECASE)
_TENS = {"thượng": 0, "trung": 10, "hạ": 20}  # days of the month before it
_WEEKS = {"đầu": 7, "nhất": 7, "hai": 14, "ba": 21, "tư": 28, "1": 7, "2": 14, "3": 21, "4": 28}


@dataclass(frozen=True, slots=True)
class Term:
    """A time limit as it is understood; `start` and `end` are its place in the phrase."""

    kind: Literal["date", "recurring", "immediate"]
    start: int
    end: int
    bound: Bound | None = None
    first: Date | None = None
    due: Date | None = None
    rule: str | None = None
    time: str | None = None
    relative: Relative | None = None


def terms(phrase: Phrase, issued: Date | None) -> Iterator[Term]:
    """Yield what a phrase means: one term for each time of the day and each rule."""
    text, end = phrase.text, len(phrase.text)
    bound = bound_of(phrase.bound)
    if phrase.kind == "immediate":
        yield Term("immediate", 0, end)
    elif phrase.kind == "interval":
        yield from _interval(text, bound, issued)
    elif phrase.kind == "relative":
        yield _relative(text, bound, issued)
    elif phrase.kind == "periods":
        for first, last, rule in periods(text):
            yield Term("recurring", first, last, rule=rule)
    elif phrase.kind == "recurring":
        yield from _recurring(text, bound)
    elif phrase.kind == "dates":
        yield from _dates(text, bound)
    else:
        yield from _date(text, bound, issued)


def _recurring(text: str, bound: Bound | None) -> Iterator[Term]:
    """Read rules and times; `bắt đầu từ ngày` is the first day."""
    begins = _BEGINS.search(text)
    first = day(text[begins.end() :]) if begins else None
    said = text[: begins.start()] if begins else text
    for rule in rules(said):
        for time in _times(said):
            yield Term("recurring", 0, len(text), bound, first=first, rule=rule, time=time)


def bound_of(words: str | None) -> Bound | None:
    """Return what the words before a time say of it."""
    said = " ".join((words or "").lower().split())
    bounds: dict[Bound, list[str]] = data("times")["bounds"]
    return next((bound for bound, spellings in bounds.items() if said in spellings), None)


def _date(text: str, bound: Bound | None, issued: Date | None) -> Iterator[Term]:
    said = _named(text, issued)
    if said is None:
        return
    due = said.first if bound == "before" else said.last
    for time in _times(text):
        yield Term("date", 0, len(text), bound, due=due, time=time)


def _dates(text: str, bound: Bound | None) -> Iterator[Term]:
    """Read a list of days that ends with the year of all: `các ngày 21, 23 và 25/01/2023`."""
    month = year = ""
    found: list[Date] = []
    for match in reversed(list(_ITEM.finditer(part("clocks").sub(" ", text)))):
        month, year = match["month"] or month, match["year"] or year
        one = day(f"{match['day']}/{month}/{year}")
        found += [one] if one else []
    for due in reversed(found):
        for time in _times(text):
            yield Term("date", 0, len(text), bound, due=due, time=time)


def _times(text: str) -> Sequence[str | None]:
    return clocks(text) or (None,)


def _named(text: str, issued: Date | None) -> Stretch | None:
    """Return the days that a phrase names, today and the weeks of a month among them."""
    week = _WEEK.search(text)
    if week and (month := stretch(week["month"], issued)):
        last = _WEEKS.get(week["which"].lower().split()[-1])
        if last is None:
            return Stretch(month.last - timedelta(days=6), month.last)
        first = month.first + timedelta(days=last - 7)
        return Stretch(first, first + timedelta(days=6))
    found = stretch(text, issued)
    if found and (ten := _TEN.search(text)):
        first = found.first + timedelta(days=_TENS[ten[1].lower()])
        return Stretch(first, found.last if first.day > 20 else first + timedelta(days=9))
    if found is not None or issued is None:
        return found
    return _now(text.lower(), issued)


def _now(text: str, issued: Date) -> Stretch | None:
    if "mai" in text.split():
        return Stretch(issued + timedelta(days=1), issued + timedelta(days=1))
    if text.split()[-1] in ("nay", "ngày") and not {"tháng", "quý", "năm"} & set(text.split()):
        return Stretch(issued, issued)
    if "tuần" in text.split():
        return _week(text, issued)
    if "tháng" in text:
        return stretch(f"tháng {issued.month}/{issued.year}")
    if "quý" in text:
        return stretch(f"quý {(issued.month + 2) // 3}/{issued.year}")
    return stretch(f"năm {issued.year}") if "năm" in text else None


def _week(text: str, issued: Date) -> Stretch:
    """`tuần này` and `tuần sau`, from Monday to Sunday; or the one day of it that is named."""
    later = 0 if text.endswith("này") else 7
    monday = issued + timedelta(days=later - issued.weekday())
    named = part("weekday").search(text)
    if named is None:
        return Stretch(monday, monday + timedelta(days=6))
    code = data("times")["weekdays"][named[0].split()[-1]]
    one = monday + timedelta(days=_DAYS.index(code))
    return Stretch(one, one)


def _interval(text: str, bound: Bound | None, issued: Date | None) -> Iterator[Term]:
    until = _UNTIL.search(text)
    if until is None:
        first = _named(text, issued)
        for time in _times(text)[:1]:
            yield Term("date", 0, len(text), first=first.first if first else None, time=time)
        return
    ending = text[until.end() :]
    ending = (
        f"tháng {ending}" if regex.match(r"\d{1,2}\s*(?:/|\s*năm)\s*\d{4}$", ending) else ending
    )
    last = _named(ending, issued)
    if last is None:
        return
    opening = text[: until.start()]
    said = regex.search(r"\d{4}", opening) or "nay" in opening
    first = _named(opening, issued) if said else _same(opening, last.last)
    if first is None and clocks(opening):
        first = last
    begin = first.first if first else None
    at = _times(text[until.end() :])[0]
    bound = "by" if text.lower().startswith("từ") else bound
    yield Term("date", 0, len(text), bound, first=begin, due=last.last, time=at)


def _same(opening: str, last: Date) -> Stretch | None:
    """`từ ngày 01 đến ngày 15/9/2024`: the month, or the year, is said once."""
    numbers = [int(number) for number in regex.findall(r"\d+", opening)]
    if clocks(opening):
        return None
    if not numbers or "quý" in opening.lower():
        return stretch(f"{opening.strip()} năm {last.year}")
    if "tháng" in opening.lower() and len(numbers) == 1:
        return stretch(f"tháng {numbers[0]}/{last.year}")
    month = numbers[1] if len(numbers) > 1 else last.month
    found = day(f"{numbers[0]}/{month}/{last.year}")
    if found is not None and found > last:
        found = found.replace(year=found.year - 1)
    return Stretch(found, found) if found else None


def _relative(text: str, bound: Bound | None, issued: Date | None) -> Term:
    span = part("span").search(text)
    words = span[0].lower().split() if span else []
    amount = int(words[0]) if words[0].isdigit() else data("times")["numbers"][words[0]]
    spoken = regex.sub(r"\s*\([^()]*\)", "", " ".join(words[1:])).strip()
    unit = data("times")["relative"][spoken]
    since = part("since").search(text)
    event = text[since.end() :].lower() if since else ""
    events: dict[str, list[str]] = data("times")["events"]
    starts = (
        name
        for name, heads in events.items()
        if event.strip().startswith(tuple(heads)) and not _SIGNS.match(event.strip())
    )
    source = next(starts, None)
    due = _counted(issued, amount, unit) if source == "issue" and issued else None
    relative = Relative.model_validate({"amount": amount, "unit": unit, "from": source})
    ahead = since is not None and since[0].strip(", ").lower().startswith("trước")
    return Term(
        "date", 0, len(text), "before" if ahead else bound or "by", due=due, relative=relative
    )


def _counted(issued: Date, amount: int, unit: str) -> Date | None:
    if unit == "working_days":
        return _working(issued, amount)
    if unit == "hours":
        return None
    if unit == "quarters":
        unit, amount = "months", 3 * amount
    found: Date = issued + relativedelta(**{unit: amount})  # type: ignore[arg-type]
    return found


def _working(issued: Date, amount: int) -> Date:
    """Count Mondays to Fridays; public holidays are not known here."""
    found = issued
    while amount > 0:
        found += timedelta(days=1)
        amount -= found.weekday() < 5
    return found
