"""The zones at the end of a dispatch: the recipients on the left, the signature on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.authority import is_continuation, starts_authority, tail_start
from extractors.keys import key, upper_share
from extractors.letterhead import Letterhead
from extractors.lists import has_bullet
from extractors.persons import name_start, read_person
from extractors.phrases import is_foreign, is_nation
from extractors.pieces import Piece, is_rule, piece, segments, wide_gap
from extractors.reading import Reading, Row
from extractors.words import any_of

_TALLEST = 70  # lines of a foot
_ABOVE = 12  # lines over `Nơi nhận` that the signature may begin on
_RISE = 0.03  # of the page's height: how far over `Nơi nhận` that may be
_WIDEST = 130  # letters in a line of a sheet
_LEFT, _RIGHT = 0.25, 0.8  # of the page's width: a line between runs over the whole print
_SHORT = 60  # letters of an archive line
_ARCHIVE = regex.compile(
    r"""
    \W{0,4} luu
    (?: \s? [:;.,]? \s? (?: vt | vp | hs | ho\ so | van\ thu ) \b  # Lưu VT
      | \s? : \s? [a-z]{2,8} \b )                                  # Lưu: VHXH
    """,
    regex.VERBOSE,
)
_HALF = 0.45  # of the page's width: where the right column begins


@dataclass(frozen=True, slots=True)
class Foot:
    """The recipients' lines, the lines of the signature, and the label `Nơi nhận`.

    `beside` are lines in the left column over the label: a second signature.
    """

    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    label: Piece | None = None
    beside: tuple[Piece, ...] = ()


@cache
def label_pattern() -> regex.Pattern[str]:
    """Return what `Nơi nhận` looks like at the beginning of a line, one or two letters lost."""
    words = any_of("letterhead", "recipients")
    return regex.compile(rf"\W{{0,4}}(?:{words}){{e<=2}}\s*(?:[:;.]|$|\W)")


def find_foot(reading: Reading, letterhead: Letterhead) -> Foot:
    """Return the foot of the dispatch: at its `Nơi nhận`, or where its signature begins."""
    body = letterhead.below[0].start if letterhead.below else 0
    rows = [row for row in reading.rows if row.kind == "text" and row.start >= body]
    lines = [reading.line(row) for row in rows]
    labels = (at for at in range(len(rows)) if _is_label(rows, lines, at))
    begun = [at for at in (next(labels, None), _archived(rows, lines)) if at is not None]
    if not begun:
        return _unlabelled(reading, rows)
    at = min(begun)  # another document may follow whose label was read
    pieces = [part for row in _zone(reading, rows, at) for part in foot_pieces(reading, row)]
    kept = [part for part in pieces if part.text and not is_foreign(part.text)]
    label = next(part for part in kept if part.row == rows[at])
    return _parted(kept, label)


def _is_label(rows: Sequence[Row], lines: Sequence[str], at: int) -> bool:
    """Whether a line begins with `Nơi nhận`; a rough one must have a list under it."""
    match = label_pattern().match(key(lines[at])) if rows[at].column != "right" else None
    if match is None:
        return False
    listed = any(has_bullet(line) for line in lines[at + 1 : at + 4])
    if sum(match.fuzzy_counts) and not listed:
        return False
    alone = len(lines[at]) <= match.end() + 3
    return alone or ":" in lines[at][: match.end() + 2] or (tail_start(lines[at]) or 0) > 0


def _archived(rows: Sequence[Row], lines: Sequence[str]) -> int | None:
    """Return the first item of the list that `Lưu: VT` ends, where its label was not read."""
    for at, line in enumerate(lines):
        if not _ARCHIVE.match(key(line)) or len(line) > _SHORT:
            continue
        if rows[at].column == "right" or not has_bullet(line):
            continue  # the stamp of who received it has such a line
        first = at
        while first > 0 and _is_item(rows[first - 1], lines[first - 1], rows[at]):
            first -= 1
        return first
    return None


def _is_item(row: Row, line: str, archive: Row) -> bool:
    short = row.box is None or row.box[0] < 0.3
    return short and row.page == archive.page and (not line.strip() or has_bullet(line))


def _zone(reading: Reading, rows: Sequence[Row], at: int) -> Iterator[Row]:
    """Yield the rows of the foot: from a little above the label to the page's end."""
    label = rows[at]
    for row in rows[_first(reading, rows, at) : at + _TALLEST]:
        if row.start > label.start and is_annex(reading.line(row)):
            return
        if row.page != label.page:
            continue
        yield row


def _first(reading: Reading, rows: Sequence[Row], at: int) -> int:
    """Where the foot begins: the signature may begin, or stand as a whole, over the recipients."""
    low = max(0, at - _ABOVE)
    low = max((near + 1 for near in range(low, at) if _is_body(reading, rows[near])), default=low)
    for near in range(low, at):
        if rows[near].page == rows[at].page and _signs(reading, rows[near], rows[at]):
            return near
    return at


def _is_body(reading: Reading, row: Row) -> bool:
    """Whether a line is the body's: in plain text a whole paragraph, else as wide as the print."""
    if row.box is None:
        return len(reading.line(row)) > _WIDEST
    broad = row.box[0] < _LEFT and row.box[2] > _RIGHT
    return broad and len(list(foot_pieces(reading, row))) == 1


def _signs(reading: Reading, row: Row, label: Row) -> bool:
    """Whether a line before the label begins a signature."""
    if any(starts_authority(part.text) for part in foot_pieces(reading, row)):
        return True
    if row.box is None or label.box is None:
        return False
    return row.box[1] > label.box[1] - _RISE and row.box[0] > _HALF


def is_annex(line: str) -> bool:
    """Whether a line is the heading of an annex or of another dispatch."""
    if is_nation(line):
        return True
    pattern = r"\W{0,3}" + any_of("letterhead", "annexes") + r"\b"
    return upper_share(line) > 0.75 and regex.match(pattern, key(line)) is not None


def _unlabelled(reading: Reading, rows: Sequence[Row]) -> Foot:
    """Without recipients the signature alone makes the foot: a position, and a name below it."""
    for at, row in enumerate(rows):
        if row.column == "left" or not starts_authority(reading.line(row)):
            continue
        low = [row for row in rows[at : at + 25] if row.page == rows[at].page]
        pieces = [part for row in low for part in foot_pieces(reading, row) if part.text]
        if any(name_start(part.text) == 0 for part in pieces[1:]):
            right = tuple(part for part in pieces if part.column != "left")
            return Foot(right=right, beside=tuple(part for part in pieces if part not in right))
    return Foot()


def _parted(pieces: Sequence[Piece], label: Piece) -> Foot:
    right: list[Piece] = []
    before: Piece | None = None
    for part in pieces:
        if _is_right(part, label, before if before in right else None):
            right.append(part)
        before = part
    left = [part for part in pieces if part.start >= label.start and part not in right]
    beside = [part for part in pieces if part.start < label.start and part not in right]
    if any(part.box for part in right):
        right.sort(key=lambda part: part.box[1] if part.box else 0.0)
    signed = tuple(part for part in right if not is_rule(part.text))
    return Foot(tuple(left), signed, label, tuple(beside))


def _is_right(part: Piece, label: Piece, before: Piece | None) -> bool:
    """Whether a piece is of the signature; `before` is the signature's line right before it."""
    if part is label or part.column == "left":
        return False
    if part.column == "right":
        return True
    if part.box is not None:
        return part.box[0] > _HALF
    if has_bullet(part.text) and part.text.rstrip().endswith(";"):
        return False  # - Ông Trần Văn Tám;
    below = before is not None and not has_bullet(part.text)
    goes_on = below and (is_continuation(part.text) or _is_name(part.text))
    return goes_on or starts_authority(part.text) or name_start(part.text) == 0


def _is_name(text: str) -> bool:
    """Whether a line ends with a person's name just as it stands, rare as the surname may be."""
    person = read_person(text)
    return person is not None and text.rstrip().endswith(person.name)


def foot_pieces(reading: Reading, row: Row) -> Iterator[Piece]:
    """Part a line of the foot before the authority, the position or the name on its right."""
    whole = piece(reading, row, (row.start, row.end), row.column)
    if row.column == "full" and row.box is not None:
        yield from segments(reading, whole)
        return
    cut = None
    if row.column == "full":
        cut = wide_gap(reading, whole) or tail_start(whole.text)
    if not cut:
        yield whole
        return
    yield piece(reading, row, (whole.start, whole.start + cut), "left")
    yield piece(reading, row, (whole.start + cut, whole.end), "right")
