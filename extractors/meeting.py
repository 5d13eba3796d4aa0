"""When and where an invitation convenes (thời gian, địa điểm)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

import regex

from extractors import date, document_type, subject
from extractors.contract import Meeting
from extractors.finding import Finding, Part
from extractors.foot import find_foot
from extractors.keys import key
from extractors.labels import read_label
from extractors.letterhead import find_letterhead
from extractors.pieces import Piece
from extractors.reading import Reading
from extractors.words import any_of, table

_CLOCK = regex.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-4]) \s? (?: gio | h | g | : )"
    r" (?: \s? (?P<minute>[0-5]\d) (?!\d) )? (?: \s? phut | ' )?",
    regex.VERBOSE,
)
_DAY = regex.compile(
    r"(?<!\d)(?P<day>[0-3]?\d) \s? (?: [/.-] | \s thang \s ) \s? (?P<month>[01]?\d)"
    r" (?: \s? (?: [/.-] | \s nam \s ) \s? (?P<year>20\d\d) )? (?!\d)",
    regex.VERBOSE,
)
_RANGE = regex.compile(r"\b(?:den|ket thuc)\b|[-–—]")
_LONGEST = 4  # lines of one entry


def find(reading: Reading) -> Iterator[Finding[Meeting]]:
    """Yield the meeting of an invitation. Deadlines and past meetings are not meant."""
    if not _convenes(reading):
        return
    lines = _body(reading)
    time = _labelled(lines, "time") or _prose(lines)
    place = _labelled(lines, "place") or _place_in(time)
    when = _moments(time[0], _issued(reading)) if time else []
    where = _cleaned(place[0]) if place else None
    if not when:
        return
    value = Meeting(start=when[0], end=when[1] if len(when) > 1 else None, place=where)
    spans = [entry[1] for entry in (time, place) if entry]
    parts = {"/start": Part(time[1])} if time else {}
    parts |= {"/place": Part(place[1])} if place else {}
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    yield Finding(value, start, end, 0.9, "meeting/labels", parts)


Entry = tuple[str, tuple[int, int]]


def _convenes(reading: Reading) -> bool:
    """Whether the dispatch is an invitation, or a letter whose subject invites."""
    kind = next(document_type.find(reading), None)
    if kind is None or kind.value.name not in table("meeting")["types"]:
        return False
    if kind.value.name in table("meeting")["invitations"]:
        return True
    about = next(subject.find(reading), None)
    pattern = r"\b" + any_of("meeting", "subjects") + r"\b"
    return about is not None and regex.search(pattern, key(about.value)) is not None


def _body(reading: Reading) -> list[Piece]:
    letterhead = find_letterhead(reading)
    foot = find_foot(reading, letterhead)
    end = foot.label.start if foot.label else len(reading.text.value)
    return [line for line in letterhead.below if line.start < end and line.text]


def _labelled(lines: list[Piece], entry: str) -> Entry | None:
    """Return what stands after a label such as `Thời gian:`, with the lines that go on with it."""
    between = rf"(?:\s+{any_of('meeting', 'between')})*"
    number = r"(?:\d+(?:\.\d+)*\s*[.)/-]+\s*|[a-z]\)\s*)?"
    label = any_of("meeting", entry)
    pattern = regex.compile(rf"\W{{0,4}}{number}{label}{between}\s*(?P<mark>[:.]?)\s*")
    for at, line in enumerate(lines):
        match = pattern.match(line.key)
        if match is None or (
            entry == "place" and not match["mark"] and not line.text[match.end() :][:1].isupper()
        ):
            continue
        text, last = line.text[match.end() :], line
        for following in lines[at + 1 : at + _LONGEST]:
            if last.text.endswith((".", ";")) or _begins(following):
                break
            text, last = f"{text} {following.text}", following
        if entry == "place" or _DAY.search(key(text)) or _CLOCK.search(key(text)):
            return text, (line.start + match.end(), last.end)
    return None


def _begins(line: Piece) -> bool:
    """Whether a line begins an entry of its own."""
    label = any_of("meeting", "time"), any_of("meeting", "place")
    if read_label(line.text) or regex.match(rf"\W*(?:{label[0]}|{label[1]})\b", line.key):
        return True
    return regex.match(r"[\p{Lu}][^:]{2,30}:", line.text) is not None


def _prose(lines: list[Piece]) -> Entry | None:
    """Return a sentence that gives the hour and the day: `vào lúc 14 giờ 00 ngày 16/01/2018`."""
    for at in range(len(lines)):
        group = lines[at : at + 3]
        text = " ".join(line.text for line in group)
        clock = _CLOCK.search(group[0].key)
        if clock and (day := _DAY.search(key(text))) and abs(day.start() - clock.start()) < 60:
            return text, (group[0].start, group[-1].end)
    return None


def _place_in(time: Entry | None) -> Entry | None:
    """Return the place in the sentence that gives the time: `tại Hội trường A`."""
    match = time and regex.search(
        r"(?<=\btại\s)(?P<where>\p{Lu}[^;\n]{4,160}?)(?=[.;]|$|\.\s)", time[0]
    )
    return (match["where"], time[1]) if time and match else None


def _moments(text: str, issued: str | None) -> list[str]:
    """Return the start and, where given, the end, in local time."""
    days = [day for match in _DAY.finditer(key(text)) if (day := _date(match, issued))]
    if not days:
        return []
    clocks = [_time(match) for match in _CLOCK.finditer(key(text))]
    start = days[0] + (f"T{clocks[0]}" if clocks else "")
    if len(days) > 1 and days[1] > days[0]:
        return [start, days[1] + (f"T{clocks[1]}" if len(clocks) > 1 else "")]
    if len(clocks) > 1 and clocks[1] > clocks[0] and _RANGE.search(key(text)):
        return [start, f"{days[0]}T{clocks[1]}"]
    return [start]


def _time(match: regex.Match[str]) -> str:
    return f"{int(match['hour']):02}:{int(match['minute'] or 0):02}"


def _date(match: regex.Match[str], issued: str | None) -> str | None:
    """Return the day in ISO 8601; a day without a year is the first one after the date of issue."""
    year = match["year"] or (issued or "")[:4]
    if not year:
        return None
    try:
        day = Date(int(year), int(match["month"]), int(match["day"]))
        if not match["year"] and issued and day.isoformat()[: len(issued)] < issued:
            day = day.replace(year=day.year + 1)
    except ValueError:
        return None
    return day.isoformat()


def _issued(reading: Reading) -> str | None:
    found = next(date.find(reading), None)
    return found.value if found else None


def _cleaned(text: str) -> str:
    return regex.sub(r"\s+", " ", text).strip(" .;,:-–")
