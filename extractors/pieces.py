"""Lines and their columns: `ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI …` is two pieces on one line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from extractors.keys import key
from extractors.phrases import WIDEST, phrase_start
from extractors.reading import Box, Column, Mark, Reading, Row
from extractors.words import keyed

_BLANKS = 3  # that part two columns in a plain text
_LONGEST = 2000  # letters of a line that are looked at
_EDGE = " \t|¦_~`ˆ'‘’\"“”*•·.,:;-–—=<>[]{}()\\/"

# `Tứ Kỳ, ngày 14 tháng 11 năm 2023`, the gaps as wide as a pen needs them; each of the three words
# may have lost one letter to the scan.
DATE = regex.compile(
    r"""
    (?: \b (?: ngay | \Sgay | n\Say | ng\Sy | nga\S | gay )
      | (?<= [^\W\d] [.,] ) (?= \s? [^\s\p{L}] \S{0,3} \s? thang )  # lost but for its place
    )
    (?|
      (?P<day> [^\p{L}]{0,12} | (?: (?! \s (?: ng | gay ) ) . ){0,9}? )
      (?: thang | \Shang | th\Sng | tha\Sg | than\S ) (?P<month> [^\p{L}]{0,10} | .{0,5}? )
      (?: nam | \Sam | n\Sm | na\S ) (?P<year> [^\p{L}\n]{0,10} | .{0,6}? )
    | \s? (?P<day> \d{1,2} ) \s? [/.-] \s? (?P<month> \d{1,2} ) \s? [/.-] \s? (?P<year> \d{4} )
    )
    \W{0,3} (?: \s \S )? $
    """,
    regex.VERBOSE,
)
_PLACE = regex.compile(
    r"""
    (?: (?: Thành\ phố | Thị\ xã | Thị\ trấn | TP\.? | Tp\.? ) \s* )?
    (?<! [\p{L}/-] ) \p{Lu} [\p{Ll}'’]* (?! \p{Lu} )
    (?: (?: \s | \s?-\s? ) \p{Lu} [\p{Ll}'’]* (?! \p{Lu} ) ){0,4} [\W_]* $
    """,
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line that stands in one column, without the specks at its edges."""

    start: int
    end: int
    row: Row
    column: Column
    text: str
    place: Box | None = None  # its own box, where it is a part of a line

    @property
    def key(self) -> str:
        """The text without case and marks, as long as the text."""
        return key(self.text)

    @property
    def box(self) -> Box | None:
        """The box of the piece, or of the line that it stands in."""
        return self.place or self.row.box

    @property
    def middle(self) -> float | None:
        """The middle from left to right, as a share of the page's width."""
        return (self.box[0] + self.box[2]) / 2 if self.box else None


def piece(reading: Reading, row: Row, span: tuple[int, int], column: Column) -> Piece:
    """Return the stretch of the reading's text as a piece, blanks at its edges left out."""
    start, end = span[0], min(span[1], span[0] + _LONGEST)
    value = reading.text.value
    while start < end and value[start].isspace():
        start += 1
    while end > start and value[end - 1].isspace():
        end -= 1
    return Piece(start, end, row, column, value[start:end])


def segments(reading: Reading, whole: Piece, widest: float = 0.045) -> list[Piece]:
    """Part a line where a gap is wider than words leave: columns that were read as one line."""
    marks = reading.marks_in(whole.start, whole.end)
    groups: list[list[Mark]] = []
    for mark in marks:
        if groups and 0 <= mark.box[0] - groups[-1][-1].box[2] < widest:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    if len(groups) < 2:
        return [whole]
    starts = [_value_at(reading, group[0].start, whole) for group in groups]
    ends = [*starts[1:], whole.end]
    cut = (piece(reading, whole.row, span, whole.column) for span in zip(starts, ends, strict=True))
    return [
        replace(part, place=_around(group))
        for part, group in zip(cut, groups, strict=True)
        if part.text
    ]


def wide_gap(reading: Reading, whole: Piece) -> int | None:
    """Where the right column begins in a plain text's line: after the last gap of three blanks."""
    found = None
    for match in regex.finditer(r"[ \t]", whole.text):
        first, last = reading.text.raw_span(whole.start + match.start(), whole.start + match.end())
        if (last - first >= _BLANKS or match[0] == "\t") and match.start() > 0:
            found = match.end()
    return found


def boxed(reading: Reading, part: Piece) -> Piece:
    """Return a part of a line with the box of its own words."""
    marks = list(reading.marks_in(part.start, part.end))
    return replace(part, place=_around(marks)) if marks else part


def _value_at(reading: Reading, raw: int, whole: Piece) -> int:
    """Return where in the value a position of the raw text stands."""
    origins = reading.text.origins
    at = bisect_left(origins, raw, whole.start, whole.end, key=lambda origin: origin[0])
    return whole.start if at == whole.start else at


def _around(marks: list[Mark]) -> Box:
    boxes = [mark.box for mark in marks]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return left, top, max(box[2] for box in boxes), max(box[3] for box in boxes)


def within(whole: Piece, start: int, end: int) -> Piece:
    """Return a stretch of a piece, by positions inside of its text."""
    return Piece(
        whole.start + start,
        whole.start + end,
        whole.row,
        whole.column,
        whole.text[start:end],
        whole.place,
    )


def trimmed(whole: Piece) -> Piece:
    """Return the piece without specks, dashes and points at its edges."""
    lead = len(whole.text) - len(whole.text.lstrip(_EDGE))
    tail = len(whole.text.rstrip(_EDGE))
    return within(whole, min(lead, tail), tail)


def head_pieces(reading: Reading, row: Row) -> Iterator[Piece]:
    """Part a line of the letterhead at what belongs to the right column only."""
    whole = piece(reading, row, (row.start, row.end), row.column)
    cut = _right_start(whole)
    if cut and row.box is None and row.column == "full":
        cut = _after_gap(reading, whole, cut)
    if row.column == "right" or cut is None:
        yield whole
        return
    if cut > 0:
        left = piece(reading, row, (whole.start, whole.start + cut), "left")
        yield left
    yield piece(reading, row, (whole.start + cut, whole.end), "right")


def _after_gap(reading: Reading, whole: Piece, cut: int) -> int:
    """Where the place begins that a wide gap parts from the left column; else the place given.

    `tại Sơn La      Mai Sơn, ngày …`: the gap knows better than the capitals.
    """
    gap = wide_gap(reading, within(whole, 0, cut + len(whole.text[cut:].split(",")[0])))
    return gap if gap is not None and _PLACE.fullmatch(whole.text[gap:].split(",")[0]) else cut


def _right_start(whole: Piece) -> int | None:
    """Where the right column begins in a line of the letterhead; null where none does."""
    if len(whole.text) > WIDEST:
        return None
    for entry in ("nation", "motto"):
        start = phrase_start(entry, whole.text)
        if start is not None:
            return start
    match = DATE.search(whole.key)
    if match is None or (match.start() == 0 and whole.column == "left"):  # a date in the subject
        return None
    return place_start(whole.text[: match.start()])


def place_start(before: str) -> int:
    """Where the place begins in what stands before `ngày`: the known name, or all capitals.

    `V/v thực hiện các Tứ Kỳ,` gives the start of `Tứ Kỳ`.
    """
    match = _PLACE.search(before)
    if match is None:
        return len(before.rstrip())
    starts = [match.start()]
    starts += [match.start() + space.end() for space in regex.finditer(r"\s+", match[0].rstrip())]
    known = keyed("casing", "places")
    for start in starts:
        if key(before[start:]).strip(" ,.;:") in known:
            return int(start)
    return int(starts[0])


def is_rule(text: str) -> bool:
    """Whether a line is a drawn rule or specks alone: it holds no two letters or digits."""
    return sum(map(str.isalnum, text)) < 2
