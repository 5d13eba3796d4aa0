"""The zones at the end of a dispatch: the recipients on the left, the signature on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.keys import key, upper_share
from extractors.letterhead import Letterhead
from extractors.persons import name_start
from extractors.pieces import Piece, is_foreign, is_nation, is_rule, piece
from extractors.reading import Reading, Row
from extractors.words import any_of, table

_TALLEST = 60  # lines of a foot
_ABOVE = 6  # lines over `Nơi nhận` that the signature may begin on
_MODE = r"\b(?:t[ ./]?m|k[ ./]?t|t[ ./]?l|t[ ./]?u[ ./]?q|q)\s?[.,:]\s*(?=[a-z])"


@dataclass(frozen=True, slots=True)
class Foot:
    """The recipients' lines after their label, and the lines of the signature."""

    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    label: Piece | None = None


@cache
def _label() -> regex.Pattern[str]:
    return regex.compile(
        r"\W{0,4}(?:" + any_of("letterhead", "recipients") + r"){e<=1}\s*(?:[:;.]|$|\W)"
    )


def is_recipients(text: str) -> bool:
    """Whether a line begins with `Nơi nhận`."""
    match = _label().match(key(text))
    if match is None:
        return False
    return ":" in text[: match.end() + 2] or len(text) <= match.end() + 3 or _has_authority(text)


def find_foot(reading: Reading, letterhead: Letterhead) -> Foot:
    """Return the foot of the dispatch: at its `Nơi nhận`, or where its signature begins."""
    rows = [row for row in reading.rows if row.kind != "table"]
    body = letterhead.below[0].start if letterhead.below else 0
    at = next(
        (i for i, row in enumerate(rows) if row.start >= body and _is_label(reading, row)), None
    )
    if at is None:
        return _unlabelled(reading, rows, body)
    above = rows[max(0, at - _ABOVE) : at]
    signed = [row for row in above if row.start >= body and starts_authority(reading.line(row))]
    first = rows.index(signed[0]) if signed else at
    pieces = [
        part
        for row in _foot_rows(reading, rows[first:], rows[at])
        for part in foot_pieces(reading, row)
    ]
    label = next(part for part in pieces if part.start >= rows[at].start and part.column != "right")
    return _parted(pieces, label)


def _is_label(reading: Reading, row: Row) -> bool:
    return row.column != "right" and is_recipients(reading.line(row))


def _foot_rows(reading: Reading, rows: Sequence[Row], label: Row) -> Iterator[Row]:
    """Yield the rows of the foot: to the end of the page, or of the next if nobody signed yet."""
    for row in rows[:_TALLEST]:
        line = reading.line(row)
        if row.page > label.page + 1 or (row.start > label.start and is_annex(line)):
            return
        if row.page == label.page or not line.strip() or row.start > label.start:
            yield row


def is_annex(line: str) -> bool:
    """Whether a line is the heading of an annex or of another dispatch."""
    if is_nation(line):
        return True
    pattern = r"\W{0,3}" + any_of("letterhead", "annexes") + r"\b"
    return upper_share(line) > 0.75 and regex.match(pattern, key(line)) is not None


def _unlabelled(reading: Reading, rows: Sequence[Row], body: int) -> Foot:
    """Without recipients the signature alone makes the foot: a position, and a name below it."""
    for at, row in enumerate(rows):
        if row.start < body or not starts_authority(reading.line(row)) or row.column == "left":
            continue
        pieces = [
            part
            for low in rows[at : at + 25]
            if low.page <= row.page + 1
            for part in foot_pieces(reading, low)
        ]
        if any(name_start(part.text) == 0 for part in pieces[1:]):
            return Foot(right=tuple(part for part in pieces if part.text))
    return Foot()


def _parted(pieces: Sequence[Piece], label: Piece) -> Foot:
    kept = [part for part in pieces if not is_foreign(part.text)]
    right = [part for part in kept if _is_right(part, label)]
    taken = {part.start for part in right}
    left = [part for part in kept if part.start >= label.start and part.start not in taken]
    return Foot(tuple(left), tuple(part for part in right if not is_rule(part.text)), label)


def _is_right(part: Piece, label: Piece) -> bool:
    if part is label or part.column == "left":
        return False
    if part.column == "right":
        return True
    return starts_authority(part.text) or name_start(part.text) == 0


def foot_pieces(reading: Reading, row: Row) -> Iterator[Piece]:
    """Part a line of the foot before the authority, the position or the name on its right."""
    whole = piece(reading, row, (row.start, row.end), row.column)
    cut = right_start(whole.text) if row.column == "full" else None
    if cut is None or cut == 0:
        yield whole
        return
    yield piece(reading, row, (whole.start, whole.start + cut), "left")
    yield piece(reading, row, (whole.start + cut, whole.end), "right")


def right_start(text: str) -> int | None:
    """Where the signature's column begins in a line of the foot; null where it does not."""
    if len(text) > 140:
        return None
    tail = regex.search(r"(?<!\S)(?:[\p{Lu}\d&.,/'’-]+\s*)+$", text)
    if tail is not None:
        match = _authority().search(key(text), tail.start())
        if match:
            return int(match.start())
    start = name_start(text)
    return start if start is not None and (start == 0 or _closed(text[:start])) else None


def _closed(left: str) -> bool:
    """Whether the left column's item ends here, so that a name may follow."""
    return regex.search(r"[;.,:)]\s*$", left) is not None or "luu" in key(left)


@cache
def _authority() -> regex.Pattern[str]:
    positions = any_of("positions", "positions")
    return regex.compile(rf"(?:{_MODE}|(?<![\w]){positions}(?!\w))")


def _has_authority(text: str) -> bool:
    start = right_start(text)
    return start is not None and start > 0


def starts_authority(text: str) -> bool:
    """Whether a line begins with a mode of authority or a position, in capitals."""
    bare = text.strip(" .,:;|'`~-–—_*")
    if upper_share(bare) < 0.85 or not 3 <= len(bare) <= 80:
        return False
    return _authority().match(key(bare)) is not None


def modes() -> dict[str, str]:
    """Spelling of a mode, as key -> the contract's value."""
    table_ = table("positions")["modes"]
    return {
        key(word).replace(".", "").replace("/", ""): mode
        for mode, words in table_.items()
        for word in words
    }
