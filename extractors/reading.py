"""What the extractors read: the text of a dispatch and the place of every line of it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

from normalizers import Span, Text, normalize

Box = tuple[float, float, float, float]  # left, top, right, bottom as shares of the page, 0 to 1
Column = Literal["full", "left", "right"]
HandField = Literal["sequence", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line: its span in the text's value, and its place on the page.

    `column` is `left` or `right` in the two-column letterhead and foot. `size` is the height of
    the letters in points. Plain text has neither box nor size nor confidence. `kind` tells the
    body from lines that a ruled table or a stamp brought.
    """

    start: int
    end: int
    page: int
    box: Box | None = None
    column: Column = "full"
    size: float | None = None
    confidence: float | None = None
    kind: Literal["text", "table", "stamp"] = "text"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word as it was seen: its span in the text's **raw** string, its box, how sure (0 to 1)."""

    start: int
    end: int
    page: int
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Hand:
    """Handwriting in a gap of the letterhead: `Số: (1532) /UBND-VP`, `ngày (14) tháng`.

    `readings` are what it may say with their probabilities, best first; empty when nobody read
    it. A gap without ink (a draft) has `blank` set.
    """

    field: HandField
    page: int
    box: Box
    readings: tuple[tuple[str, float], ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled table: its first row and column, its extent, its span in the text."""

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on one page; merged cells stand once, with their extent."""

    page: int
    box: Box
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page as it was read: its size in pixels (null for plain text), how sure its words are."""

    number: int
    width: int | None
    height: int | None
    confidence: float | None


@dataclass(frozen=True, slots=True, eq=False)  # equal to itself alone: found fast in a cache
class Reading:
    """A dispatch as it was read: the text of all pages in reading order, a line to a row.

    The rows stand in the order of the text, parted by one line feed each, so that row `i` is
    line `i` of `text.value`. A reading of handwriting less likely than `enough` is withheld.
    """

    text: Text
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...] = ()
    hands: tuple[Hand, ...] = ()
    grids: tuple[Grid, ...] = ()
    pages: tuple[PageSize, ...] = field(default=())
    enough: float = 0.75

    @classmethod
    def of(cls, text: str) -> Reading:
        """Return the reading of a plain text; form feeds part its pages."""
        parts = text.split("\f")
        normal = normalize("\n".join(parts))
        counts = [part.count("\n") + 1 for part in parts]
        numbers = [page for page, count in enumerate(counts, 1) for _ in range(count)]
        spans = line_spans(normal.value)
        rows = tuple(Row(*span, page) for span, page in zip(spans, numbers, strict=True))
        sizes = tuple(PageSize(page, None, None, None) for page in range(1, len(parts) + 1))
        return cls(normal, rows, pages=sizes)

    def line(self, row: Row) -> str:
        """Return the words of a row."""
        return self.text.value[row.start : row.end]

    def row_at(self, position: int) -> Row:
        """Return the row in which a position of the text's value lies."""
        at = bisect_left(self.rows, position, key=lambda row: row.end)
        return self.rows[min(at, len(self.rows) - 1)]

    def marks_in(self, start: int, end: int) -> tuple[Mark, ...]:
        """Return the words seen behind `value[start:end]`."""
        if not self.marks:
            return ()
        first, last = self.text.raw_span(start, end)
        at = bisect_left(self.marks, first + 1, key=lambda mark: mark.end)
        found = []
        while at < len(self.marks) and self.marks[at].start < last:
            found.append(self.marks[at])
            at += 1
        return tuple(found)


def line_spans(value: str) -> list[Span]:
    """Return the span of every line of a text, without its line feed."""
    spans, start = [], 0
    for line in value.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans
