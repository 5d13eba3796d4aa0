"""When and where an invitation convenes (thời gian, địa điểm)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

import regex

from extractors import date, document_type, subject
from extractors.beginnings import begins_body
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
    r" (?: \s? (?: [/.-] | \s nam \s ) \s? (?P<year>20\d\d) )?"
    r" (?! \d | \s? (?: gio | h | : ) (?! [a-z] ) )",  # 07h30 - 11h30
    regex.VERBOSE,
)
_RANGE = regex.compile(r"\W{0,3}(?:den|va|-|–|,)(?: het)?(?: ngay)?.{0,12}")
_UNTIL = regex.compile(r"\b(?:den|ket thuc)\b|[-–—]")
_APART = 60  # letters between the hour and its day
_LONGEST = 4  # lines of one entry


def find(reading: Reading) -> Iterator[Finding[Meeting]]:
    """Yield the meeting of an invitation. Deadlines and past meetings are not meant."""
    if not _convenes(reading):
        return
    lines = _body(reading)
    time = _labelled(lines, "time") or _prose(lines)
    place = _labelled(lines, "place") or _place_in(time)
    issued = _issued(reading)
    when = _moments(time[0], issued) if time else []
    where = _cleaned(place[0]) if place else None
    if not when or (issued and when[0][: len(issued)] < issued):
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
    if about is None or regex.search(rf"\b{any_of('meeting', 'held')}\b", key(about.value)):
        return False
    return regex.search(rf"\b{any_of('meeting', 'subjects')}\b", key(about.value)) is not None


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
    """Whether a line begins an entry of its own, or the next paragraph."""
    label = any_of("meeting", "time"), any_of("meeting", "place")
    if read_label(line.text) or regex.match(rf"\W{{0,4}}(?:{label[0]}|{label[1]})\b", line.key):
        return True
    return regex.match(r"\p{Lu}[^:]{2,30}:", line.text) is not None or begins_body(line)


def _prose(lines: list[Piece]) -> Entry | None:
    """Return a sentence that gives the hour and the day: `vào lúc 14 giờ 00 ngày 16/01/2018`."""
    for at in range(len(lines)):
        group = lines[at : at + 3]
        text = " ".join(line.text for line in group)
        clock = _CLOCK.search(group[0].key)
        if clock is None:
            continue
        days = list(_DAY.finditer(key(text)))
        near = min(days, key=lambda day: abs(day.start() - clock.start()), default=None)
        if near and abs(near.start() - clock.start()) < _APART:
            first = min(near.start(), clock.start())
            return text[first:], (group[0].start + min(first, len(group[0].text)), group[-1].end)
    return None


def _place_in(time: Entry | None) -> Entry | None:
    """Return the place in the sentence that gives the time: `tại Hội trường A`."""
    match = time and regex.search(
        r"(?:(?<=\btại\s)|(?<=Địa điểm: ?))(?P<where>[\p{L}\d][^;\n]{4,160}?)"
        r"(?=[.;]|$|\s(?:sẽ|để|nhằm|tổ chức)\s)",
        time[0],
    )
    return (match["where"], time[1]) if time and match else None


def _moments(text: str, issued: str | None) -> list[str]:
    """Return the start and, where given, the end, in local time."""
    words = key(text)
    days = list(_DAY.finditer(words))
    start = _date(days[0], issued) if days else None
    if start is None:
        return []
    clocks = [_time(match) for match in _CLOCK.finditer(words)]
    first, end = _first_of_two(words, days[0], start), None
    if first is not None:
        start, end = first, start
    elif len(days) > 1 and _RANGE.fullmatch(words[days[0].end() : days[1].start()].strip()):
        end = _date(days[1], issued)
    begun = start + (f"T{clocks[0]}" if clocks else "")
    if end is not None and end > start:
        return [begun, end + (f"T{clocks[1]}" if len(clocks) > 1 else "")]
    if len(clocks) > 1 and clocks[1] > clocks[0] and _UNTIL.search(words):
        return [begun, f"{start}T{clocks[1]}"]
    return [begun]


def _first_of_two(words: str, day: regex.Match[str], second: str) -> str | None:
    """Return the first of two days that share a month: `ngày 12 và 13/4/2025`."""
    match = regex.search(r"\bngay (\d{1,2})\s?(?:va|den|den ngay|,|-|–)\s?$", words[: day.start()])
    if match is None or int(match[1]) >= int(day["day"]):
        return None
    return f"{second[:8]}{int(match[1]):02}"


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
