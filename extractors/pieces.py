"""Lines and their columns: `ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI …` is two pieces on one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractors.keys import key
from extractors.reading import Column, Reading, Row
from extractors.words import any_of, keyed

_EDGE = " \t|¦_~`'‘’\"“”*•·.,:;-–—=<>[]{}()\\/"

# Read through noise: `Péc 1ap - Tw do - Hanh phic` is the motto.
_NATION = regex.compile(
    r"\b(?:cong hoa xa hoi chu nghia viet nam|dang cong san viet nam){e<=6}", regex.BESTMATCH
)
_MOTTO = regex.compile(r"\b(?:doc lap - tu do - hanh phuc){e<=7}", regex.BESTMATCH)

# `Tứ Kỳ, ngày 14 tháng 11 năm 2023`, the gaps as wide as a pen needs them.
DATE = regex.compile(
    r"""
    \b (?: ngay | ng[aà]y? | (?:ngay){s<=1} ) (?P<day> [^\p{L}]{0,12} | .{0,6}? )
    (?: thang ){e<=1} (?P<month> [^\p{L}]{0,10} | .{0,5}? )
    (?: nam ){s<=1} (?P<year> [^\p{L}\n]{0,10} | .{0,6}? ) \W{0,3} (?: \s \S )? $
    """,
    regex.VERBOSE,
)
_PLACE = regex.compile(
    r"""
    (?: (?: Thành\ phố | Thị\ xã | Thị\ trấn | TP\.? | Tp\.? ) \s* )?
    \p{Lu} [\p{L}'’]* (?: [\s-]{1,3} \p{Lu} [\p{L}'’]* ){0,4} \s* [,.;:]? \s* $
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

    @property
    def key(self) -> str:
        """The text without case and marks, as long as the text."""
        return key(self.text)

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """The box of the whole line."""
        return self.row.box


def piece(reading: Reading, row: Row, span: tuple[int, int], column: Column) -> Piece:
    """Return the stretch of the reading's text as a piece, blanks at its edges left out."""
    start, end = span
    value = reading.text.value
    while start < end and value[start].isspace():
        start += 1
    while end > start and value[end - 1].isspace():
        end -= 1
    return Piece(start, end, row, column, value[start:end])


def within(whole: Piece, start: int, end: int) -> Piece:
    """Return a stretch of a piece, by positions inside of its text."""
    return Piece(
        whole.start + start, whole.start + end, whole.row, whole.column, whole.text[start:end]
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
    if row.column == "right" or cut is None:
        yield whole
        return
    if cut > 0:
        left = piece(reading, row, (whole.start, whole.start + cut), "left")
        yield left
    yield piece(reading, row, (whole.start + cut, whole.end), "right")


def _right_start(whole: Piece) -> int | None:
    """Where the right column begins in a line of the letterhead; null where none does."""
    if len(whole.text) > 160:
        return None
    for pattern in (_NATION, _MOTTO):
        match = pattern.search(whole.key)
        if match and match.end() >= len(whole.key) - 6:
            return int(match.start())
    match = DATE.search(whole.key)
    return place_start(whole.text[: match.start()]) if match else None


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


def is_nation(text: str) -> bool:
    """Whether a line holds the national title."""
    return len(text) <= 160 and _NATION.search(key(text)) is not None


def is_motto(text: str) -> bool:
    """Whether a line holds the motto."""
    return len(text) <= 160 and _MOTTO.search(key(text)) is not None


def is_foreign(text: str) -> bool:
    """Whether a line comes from a digital signature, a received stamp or a copy's stamp."""
    pattern = r"\W{0,3}" + any_of("letterhead", "foreign") + r"(?:\W|$)"
    return regex.match(pattern, key(text)) is not None


def is_rule(text: str) -> bool:
    """Whether a line is a drawn rule or specks alone: it holds no two letters or digits."""
    return sum(map(str.isalnum, text)) < 2
