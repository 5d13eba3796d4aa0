"""The number and notation (số, ký hiệu) of the dispatch: `1532/UBND-VP`, `09/2025/QĐ-TTg`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.abbreviations import Told, agreeing
from extractors.contract import Number, ReviewCode
from extractors.evidence import confirmed, seen
from extractors.finding import LIKELY, Finding, Part, Remark
from extractors.hands import SURE, Gap, gap_of
from extractors.keys import key
from extractors.letterhead import NUMBER, Letterhead, find_letterhead
from extractors.mending import mended
from extractors.notation import Notation, read_notation
from extractors.pieces import Piece, within
from extractors.reading import Reading
from extractors.title import find_title

_SEQUENCE = regex.compile(r"(?P<digits> \d{1,5} ) \s? (?P<suffix> [a-zđA-Z] )?", regex.VERBOSE)

_ARCHIVE = regex.compile(r"\W{0,4}luu\s?[:;.,]?\s?(?:vt|vp|hs|ho so|van thu)\b")


def find(reading: Reading) -> Iterator[Finding[Number]]:
    """Yield the number of the letterhead. Cited numbers and received stamps are not meant.

    Where the digits are written by hand and not read surely, or the gap is blank, the number is
    null and the notation stays.
    """
    letterhead = find_letterhead(reading)
    line = letterhead.number
    if line is None:
        return
    label = NUMBER.match(line.key)
    notation = read_notation(line.text, label.end() if label else 0)
    if notation is None:
        if label and letterhead.right:
            yield _unread(reading, line, label.end())
        return
    title = find_title(reading, letterhead)
    told = Told(title.code if title else None, _names(letterhead), _units(reading))
    notation = agreeing(notation, told, seen(reading, line.start, line.end))
    start, end = notation.gap
    gap = gap_of(reading, "sequence", line, start, end)
    match = _SEQUENCE.fullmatch(gap.value or "")
    if match:
        yield _number(line, notation, gap, match)
    else:
        yield _withheld(line, notation, gap)


def _names(letterhead: Letterhead) -> list[str]:
    """Return the names of the bodies over the number, a line each."""
    number = letterhead.number
    lines = [line for line in letterhead.left if number is None or line.start < number.start]
    return [mended(line.text) for line in lines]


def _units(reading: Reading) -> list[str]:
    """Return the units' letters of the archive line: `Lưu: VT, TCHC` names who wrote it."""
    lines = (reading.line(row) for row in reading.rows)
    archive = next((line for line in lines if _ARCHIVE.match(key(line))), "")
    return regex.findall(r"\b\p{Lu}[\p{L}&]{0,8}\p{Lu}\b", archive[:60])


def _number(line: Piece, notation: Notation, gap: Gap, match: regex.Match[str]) -> Finding[Number]:
    suffix = (match["suffix"] or "").lower() or None
    sequence = match["digits"] + (suffix or "")
    text = notation.written(sequence)
    value = Number(
        text=text,
        sequence=int(match["digits"]),
        suffix=suffix,
        year=notation.year,
        notation=notation.value,
    )
    parts, remarks = _parts(line, notation, gap), _remarks(line, gap, notation)
    sure = min(gap.confidence, notation.confidence)
    parts["/text"] = confirmed([line], sure)
    if notation.confidence < LIKELY <= gap.confidence:
        value, sure = value.model_copy(update={"text": None, "notation": None}), gap.confidence
        parts[""] = parts["/sequence"]
        message = "the notation is more likely wrong than right"
        remarks = (*remarks, Remark(ReviewCode.DOUBTFUL, message, "/notation", (notation.value,)))
    return Finding(value, line.start, line.end, sure, f"number/{gap.rule}", parts, remarks)


def _withheld(line: Piece, notation: Notation, gap: Gap) -> Finding[Number]:
    value = Number(
        text=None, sequence=None, suffix=None, year=notation.year, notation=notation.value
    )
    parts = _parts(line, notation, gap)
    remarks = _remarks(line, gap, notation)
    return Finding(
        value, line.start, line.end, notation.confidence, f"number/{gap.rule}", parts, remarks
    )


def _unread(reading: Reading, line: Piece, start: int) -> Finding[Number]:
    """Return a label and nothing legible after it: neither number nor notation."""
    value = Number(text=None, sequence=None, suffix=None, year=None, notation=None)
    blank = not reading.marks and not any(map(str.isalnum, line.text[start:]))
    code = ReviewCode.BLANK if blank else ReviewCode.UNREADABLE
    remark = Remark(code, "the number and its notation were not read", "/text")
    return Finding(value, line.start, line.end, SURE, "number/unread", {}, (remark,))


def _parts(line: Piece, notation: Notation, gap: Gap) -> dict[str, Part]:
    code = within(line, *notation.span)
    place = Part((line.start + gap.start, line.start + gap.end), gap.confidence, gap.box)
    sure = confirmed([code], notation.confidence)
    parts = {"": sure, "/notation": sure, "/year": sure}
    if gap.value is not None:
        parts |= {"/sequence": place, "/suffix": place}
    return parts


def _remarks(line: Piece, gap: Gap, notation: Notation) -> tuple[Remark, ...]:
    if gap.code is None:
        return ()
    texts = tuple(notation.written(candidate) for candidate in gap.candidates)
    return (Remark(gap.code, gap.message, "/text", texts, gap.place(line) if gap.box else None),)
