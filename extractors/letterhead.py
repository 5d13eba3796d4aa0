"""The zones at the top of a dispatch: the two columns of the letterhead, and what is below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import regex

from extractors.phrases import is_foreign, is_motto, is_nation
from extractors.pieces import DATE, Piece, head_pieces, is_rule, piece
from extractors.reading import Reading, Row
from extractors.words import any_of

_DEEPEST = 40  # lines in which the letterhead must lie
_LEVEL = 0.012  # of the page's height: two pieces of one line
_REACH = 12  # lines between the national title and the number or the date

# `Số: 1532/UBND-VP`, `Số /UBND-VP`, `Luật số: …`; the label alone.
NUMBER = regex.compile(
    r"""
    ^ [\W_]{0,4} (?: luat \s+ )?
    (?: s{1,2} [o06] | s [bdeéqgô8] (?= \s?[:;.] ) | so?' | [5§$] [o0ô] (?= \s?[:;.] ) )
    (?: \s* [:;.,?]+ \s* | \s+ | (?= \S? \d ) | (?= [/(] ) )
    """,
    regex.VERBOSE,
)
_NOTATION = regex.compile(r"[/⁄|\\]|\d\s?\p{Lu}{2,}|\p{Lu}{2,12}\s?[-–—]\s?\p{Lu}")
# `SỞ Y TẾ` is no label; `Sở 13 /BC-UBND` is one
_DEPARTMENT = regex.compile(r"\W{0,4}[Ss][ởƠơỞ]\s(?!\S{1,6}\s?/\s?\p{Lu})")
_SENTENCE = regex.compile(r"\W{0,4}s\S?\s+(?!.*[/⁄|])", regex.IGNORECASE)  # neither colon nor slash


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The letterhead's left column, its right column, and the lines that follow them."""

    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    below: tuple[Piece, ...] = ()
    number: Piece | None = None
    date: Piece | None = None


@lru_cache(maxsize=4)  # most extractors ask of one reading
def find_letterhead(reading: Reading) -> Letterhead:
    """Return the zones of the dispatch that begins with the reading; empty where it has none."""
    rows = _top_rows(reading)
    pieces = [part for row in rows for part in head_pieces(reading, row)]
    pieces = [part for part in pieces if not is_foreign(part.text) and part.row.kind != "stamp"]
    nation = _first(pieces, is_nation, is_motto)
    number = _number(pieces, nation)
    if number is not None and not _NOTATION.search(number.text):
        pairs = [pair for pair in _pairs(reading, pieces) if pair.start == number.start]
        number = _number(pairs, None) or number
    if nation is None and number is None:
        return Letterhead(below=_below(reading, 0))
    date = _date(pieces, nation, number) or _date(_pairs(reading, pieces), nation, number)
    last = max(part.row.end for part in (nation, _motto(pieces, nation), number, date) if part)
    last = max([last, *(part.row.end for part in pieces if _in_columns(part, last))])
    heads = [part for part in pieces if part.row.end <= last and not is_rule(part.text)]
    dated = (date.start, date.end) if date else (-1, -1)
    right = [
        part
        for part in heads
        if part.column == "right" or part == nation or dated[0] <= part.start < dated[1]
    ]
    left = [part for part in heads if part not in right]
    return Letterhead(tuple(left), tuple(right), _below(reading, last), number, date)


def _pairs(reading: Reading, pieces: Sequence[Piece]) -> list[Piece]:
    """Return every two neighboring lines as one: a pen's gap parts `ngày` from `tháng`."""
    value = reading.text.value
    return [
        replace(one, end=other.end, text=value[one.start : other.end])
        for one, other in pairwise(pieces)
        if one.column == other.column and one.end + 1 == other.start and _level(one, other)
    ]


def _level(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand on one line of the paper; a plain text does not tell."""
    if one.box is None or other.box is None:
        return False
    return abs(one.box[1] - other.box[1]) < _LEVEL and one.box[0] < other.box[0]


def _top_rows(reading: Reading) -> Sequence[Row]:
    """Return the first lines with words: the letterhead's, and what covers them."""
    rows = [row for row in reading.rows if row.kind != "table" and reading.line(row).strip()]
    top = rows[:_DEEPEST]
    stop = regex.compile(r"\W{0,3}" + any_of("letterhead", "addressees") + r"\s*:")
    for at, row in enumerate(top):
        if row.column == "full" and stop.match(_key(reading, row)):
            return top[:at]
    return top


def _key(reading: Reading, row: Row) -> str:
    return piece(reading, row, (row.start, row.end), row.column).key


def _first(pieces: Sequence[Piece], *tests: object) -> Piece | None:
    for test in tests:
        for part in pieces:
            if callable(test) and test(part.text):
                return part
    return None


def _motto(pieces: Sequence[Piece], nation: Piece | None) -> Piece | None:
    after = [part for part in pieces if nation and part.start >= nation.start]
    return _first(after[:_REACH], is_motto)


def _number(pieces: Sequence[Piece], nation: Piece | None) -> Piece | None:
    """Return the line of number and notation: the first whose label stands at its beginning."""
    near = [part for part in pieces if part.column != "right" and not is_nation(part.text)]
    if nation is not None:
        near = [part for part in near if abs(_lines(pieces, part, nation)) <= _REACH]
    else:
        near = near[:6]
    labelled = [part for part in near if is_number(part)]
    noted = [part for part in labelled if _NOTATION.search(part.text)]
    return next(iter(noted or labelled), None)


def is_number(part: Piece) -> bool:
    """Whether a line begins with the label of the number."""
    if len(part.text) > 60 or _DEPARTMENT.match(part.text):
        return False
    if _SENTENCE.match(part.text) and not _NOTATION.search(part.text):
        return False
    label = NUMBER.match(part.key)
    if label is None:
        return False
    colon = ":" in label[0]
    return colon or regex.match(r"\p{Ll}{2,}", part.text[label.end() :]) is None  # `Số liệu …`


def _date(pieces: Sequence[Piece], nation: Piece | None, number: Piece | None) -> Piece | None:
    """Return the line of place and date: it ends with the year and stands close under the motto."""
    anchor = nation or number
    for part in pieces:
        if anchor is None or not DATE.search(part.key) or len(part.text) > 90:
            continue
        near = -_REACH <= _lines(pieces, part, anchor) <= _REACH
        if near and (part.column == "right" or not part.text[:1].islower()):
            return part
    return None


def _lines(pieces: Sequence[Piece], one: Piece, other: Piece) -> int:
    """How many lines one piece stands below the other."""
    low, high = sorted((one.row.start, other.row.start))
    between = {part.row.start for part in pieces if low < part.row.start <= high}
    return len(between) if one.row.start >= other.row.start else -len(between)


def _in_columns(part: Piece, last: int) -> bool:
    """Whether a line in a column goes on right below the letterhead's last sure line."""
    return part.row.column != "full" and part.row.start <= last + 1


def _below(reading: Reading, last: int) -> tuple[Piece, ...]:
    after = (row for row in reading.rows if row.start >= last)
    return tuple(piece(reading, row, (row.start, row.end), row.column) for row in after)
