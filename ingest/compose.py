"""From the pages' lines to the reading that the extractors work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from extractors.reading import Box, Cell, Grid, Mark, PageSize, Reading, Row, line_spans
from ingest.columns import line_height
from ingest.page import Line, Page, Pixels
from normalizers import Span, Text, normalize


def compose(pages: Sequence[Page]) -> Reading:
    """Return the reading of all pages: one normalized text, a row to a line, a mark to a word."""
    placed = [(page, line) for page in pages for line in page.lines]
    raw = "\n".join(line.text for _, line in placed)
    marks = _marks(placed)
    read = {page.number for page in pages if page.origin == "ocr"}
    evidence = [(mark.start, mark.end, mark.confidence) for mark in marks if mark.page in read]
    text = normalize(Text.of(raw), evidence=evidence)
    spans = line_spans(text.value) if placed else []
    rows = tuple(
        Row(start, end, page.number, share(line.box, page), line.column, points(line, page),
            sureness([line]), _kind(line))
        for (start, end), (page, line) in zip(spans, placed, strict=True)
    )  # fmt: skip
    hands = tuple(hand for page in pages for hand in page.hands)
    sizes = tuple(PageSize(p.number, p.width, p.height, sureness(p.lines)) for p in pages)
    grids = tuple(grid for page in pages for grid in _grids(page, placed, spans, text.value))
    return Reading(text, rows, marks, hands, grids, sizes)


def _grids(
    page: Page, placed: Sequence[tuple[Page, Line]], spans: Sequence[Span], value: str
) -> Iterator[Grid]:
    """Yield the ruled tables of a page, each cell with its place in the text."""
    for number, ruling in enumerate(page.rulings):
        rows = [
            cell_spans(value, span)
            for span, (owner, line) in zip(spans, placed, strict=True)
            if owner is page and line.kind == "table" and line.grid == number
        ]
        if len(rows) == ruling.rows and all(len(row) == ruling.columns for row in rows):
            cells = tuple(
                Cell(b.row, b.column, b.rows, b.columns, *rows[b.row][b.column])
                for b in ruling.blocks
            )
            yield Grid(page.number, share(ruling.box, page), cells)


def cell_spans(value: str, span: Span) -> list[Span]:
    """Return the places of the cells of a row, which tabs part."""
    cells, start = [], span[0]
    for cell in value[span[0] : span[1]].split("\t"):
        cells.append((start, start + len(cell)))
        start += len(cell) + 1
    return cells


def _kind(line: Line) -> Literal["text", "table", "stamp"]:
    return "table" if line.kind == "table" else "stamp" if line.kind == "stamp" else "text"


def _marks(placed: Sequence[tuple[Page, Line]]) -> tuple[Mark, ...]:
    marks, at = [], 0
    for page, line in placed:
        for word in line.words:
            end = at + len(word.text)
            if word.text:
                marks.append(Mark(at, end, page.number, share(word.box, page), word.confidence))
            at = end + 1
    return tuple(marks)


def share(box: Pixels, page: Page) -> Box:
    """Return a box in shares of the page, 0 to 1, to four places."""
    left, top, right, bottom = box
    across, down = (max(1, page.width), max(1, page.height))
    return (
        _clip(left / across), _clip(top / down), _clip(right / across), _clip(bottom / down),
    )  # fmt: skip


def _clip(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)


def points(line: Line, page: Page) -> float | None:
    """Return the height of a line's words in points; null where the resolution is not known."""
    return round(line_height([line]) / page.dpi * 72, 1) if page.dpi else None


def sureness(lines: Sequence[Line]) -> float | None:
    """Return the mean confidence of the words, by their letters; null where there are none."""
    weights = [(len(word.text), word.confidence) for line in lines for word in line.words]
    letters = sum(count for count, _ in weights)
    return round(sum(n * sure for n, sure in weights) / letters, 4) if letters else None
