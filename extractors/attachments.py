"""Other documents bound into the same file, each with a letterhead of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import regex

from extractors import date, document_type, issuer, number, signatory, subject
from extractors.contract import Attachment
from extractors.finding import Finding, Part
from extractors.keys import key, upper_share
from extractors.letterhead import find_letterhead
from extractors.notation import read_notation
from extractors.phrases import is_nation
from extractors.reading import Reading, Row
from extractors.title import find_title
from extractors.words import any_of
from normalizers import Text

_MOST = 60  # national titles that are looked at
_TALLEST = 120  # lines of a first page
_DEEPEST = 10  # lines of a page over its national title
_FIELDS: dict[str, Any] = {
    "document_type": document_type,
    "number": number,
    "date": date,
    "issuer": issuer,
    "subject": subject,
    "signatory": signatory,
}


def split(reading: Reading) -> tuple[Reading, tuple[Reading, ...]]:
    """Part the dispatch from the documents bound in after it.

    The dispatch is the beginning of the reading: its positions stay. An annex or a form without
    an issuing body and a number of its own belongs to what stands before it.
    """
    starts = list(_starts(reading))
    if not starts:
        return reading, ()
    ends = [*starts[1:], len(reading.rows)]
    others = tuple(part(reading, *span) for span in zip(starts, ends, strict=True))
    return part(reading, 0, starts[0]), others


def find(reading: Reading) -> Iterator[Finding[Attachment]]:
    """Yield the documents bound in after the dispatch, with what their letterheads say."""
    for at, other in zip(_starts(reading), split(reading)[1], strict=True):
        yield _described(other, reading.rows[at].start)


def _described(other: Reading, offset: int) -> Finding[Attachment]:
    found = {name: next(module.find(other), None) for name, module in _FIELDS.items()}
    values = {name: finding.value if finding else None for name, finding in found.items()}
    pages = sorted({row.page for row in other.rows})
    parts: dict[str, Part] = {}
    for name, finding in found.items():
        if finding is not None:
            span = (finding.start + offset, finding.end + offset)
            parts[f"/{name}"] = Part(span, finding.confidence)
            parts |= {
                f"/{name}{path}": replace(it, span=(it.span[0] + offset, it.span[1] + offset))
                for path, it in finding.parts.items()
            }
    end = offset + len(other.text.value)
    remarks = tuple(
        replace(remark, path=f"/{name}{remark.path}")
        for name, finding in found.items()
        if finding is not None
        for remark in finding.remarks
    )
    value = Attachment(pages=pages, **values)
    first = other.rows[0]
    place = (first.page, first.box) if first.box else None
    parts["/pages"] = parts[""] = Part((offset, offset + first.end), 0.95, place)
    return Finding(
        value, offset, min(end, offset + first.end), 0.9, "attachment/letterhead", parts, remarks
    )


def _starts(reading: Reading) -> Iterator[int]:
    """Yield the rows at which other documents begin."""
    first = next((at for at, row in enumerate(reading.rows) if reading.line(row).strip()), 0)
    own, looked, last = True, 0, first
    for at, row in enumerate(reading.rows):
        if looked >= _MOST:
            return
        if row.kind == "table" or not is_nation(reading.line(row)):
            continue
        if own and (row.page == reading.rows[first].page or _near_top(reading, at, first)):
            own = False
            continue
        looked += 1
        start = _page_start(reading, at)
        if start > last and _is_document(reading, start, at):
            last = start
            yield start


def _near_top(reading: Reading, at: int, first: int) -> bool:
    return sum(bool(reading.line(row).strip()) for row in reading.rows[first:at]) <= _DEEPEST


def _page_start(reading: Reading, at: int) -> int:
    """Return the first row of the letterhead: its page's first, or the title's own."""
    page = reading.rows[at].page
    start = at
    while start > 0 and reading.rows[start - 1].page == page and at - start < 2 * _DEEPEST:
        start -= 1
    near = [row for row in reading.rows[start:at] if reading.line(row).strip()]
    at_top = start == 0 or reading.rows[start - 1].page != page
    return start if at_top and len(near) <= _DEEPEST + 4 else at


def _is_document(reading: Reading, start: int, at: int) -> bool:
    """Whether the letterhead has an issuing body, and a number or a type: no form, no annex."""
    above = reading.rows[start:at]
    if any(_is_form(reading, row) for row in above):
        return False
    page = reading.rows[at].page
    rows = reading.rows[start : start + _TALLEST]
    other = part(reading, start, start + sum(row.page == page for row in rows))
    letterhead = find_letterhead(other)
    body = next(issuer.find(other), None)
    if body is None or regex.search(r"\b(?:ten|don vi|co quan)\b|[.…]{3}", key(body.value.name)):
        return False
    line = letterhead.number
    title = find_title(other, letterhead)
    numbered = line is not None and read_notation(line.text, 2) is not None
    return numbered or (title is not None and title.code is not None)


def _is_form(reading: Reading, row: Row) -> bool:
    line = reading.line(row)
    pattern = r"\W{0,3}(?:" + any_of("letterhead", "annexes") + r"|mau(?: so)?|bieu(?: so)?)\b"
    named = regex.match(pattern, key(line)) is not None
    return named and (upper_share(line) > 0.5 or line.lower().lstrip().startswith(("mẫu", "biểu")))


def part(reading: Reading, first: int, last: int) -> Reading:
    """Return the rows from `first` up to `last` as a reading of their own."""
    rows = reading.rows[first:last]
    start, end = rows[0].start, rows[-1].end
    text = reading.text
    low, high = text.raw_span(start, end) if start < end else (0, 0)
    low = 0 if start == 0 else low
    pages = {row.page for row in rows}
    return Reading(
        _sliced(text, (start, end), (low, high)),
        tuple(replace(row, start=row.start - start, end=row.end - start) for row in rows),
        tuple(
            replace(mark, start=mark.start - low, end=mark.end - low)
            for mark in reading.marks
            if low <= mark.start and mark.end <= high
        ),
        tuple(hand for hand in reading.hands if hand.page in pages),
        _grids(reading, pages, start, end),
        tuple(size for size in reading.pages if size.number in pages),
        reading.enough,
    )


def _sliced(text: Text, span: tuple[int, int], raw: tuple[int, int]) -> Text:
    (start, end), (low, high) = span, raw
    origins = tuple((a - low, b - low) for a, b in text.origins[start:end])
    repairs = tuple(
        replace(it, span=(it.span[0] - low, it.span[1] - low))
        for it in text.repairs
        if low <= it.span[0] and it.span[1] <= high
    )
    return Text(text.value[start:end], text.raw[low:high], origins, repairs)


def _grids(reading: Reading, pages: set[int], start: int, end: int) -> tuple[Any, ...]:
    return tuple(
        replace(
            grid,
            cells=tuple(
                replace(cell, start=cell.start - start, end=cell.end - start) for cell in grid.cells
            ),
        )
        for grid in reading.grids
        if grid.page in pages
        and all(start <= cell.start and cell.end <= end for cell in grid.cells)
    )
