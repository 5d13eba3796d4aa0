"""A ruled table as rows of cells: merged cells repeated, whether rules or tabs part them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.reading import Cell, Grid, Reading, Row
from normalizers import Span

Place = Span | None  # where a cell's words stand; none for a cell that is not there


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a table on one page: their places, row by row, merged ones repeated."""

    page: int
    start: int
    end: int
    rows: tuple[tuple[Place, ...], ...]
    head: int  # how many rows the header's merged cells reach over
    ruled: bool

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.rows[0])


def sheets(reading: Reading) -> list[Sheet]:
    """Return the tables of each page in the order of the text."""
    ruled = [_of_grid(grid) for grid in reading.grids if grid.cells]
    spans = [(sheet.start, sheet.end) for sheet in ruled]
    loose = [
        sheet
        for sheet in (_of_rows(reading, rows) for rows in _tabbed(reading))
        if not any(a < sheet.end and sheet.start < b for a, b in spans)
    ]
    return sorted([*ruled, *loose], key=lambda sheet: sheet.start)


def _of_grid(grid: Grid) -> Sheet:
    height = max(cell.row + cell.rows for cell in grid.cells)
    width = max(cell.column + cell.columns for cell in grid.cells)
    rows: list[list[Place]] = [[None] * width for _ in range(height)]
    for cell in grid.cells:
        for row in rows[cell.row : cell.row + cell.rows]:
            row[cell.column : cell.column + cell.columns] = [(cell.start, cell.end)] * cell.columns
    return Sheet(
        page=grid.page,
        start=min(cell.start for cell in grid.cells),
        end=max(cell.end for cell in grid.cells),
        rows=tuple(map(tuple, rows)),
        head=_head_of(grid.cells),
        ruled=True,
    )


def _head_of(cells: Sequence[Cell]) -> int:
    """Return how far the cells of the first row reach down, and one more under a wide one."""
    first = [cell for cell in cells if cell.row == 0]
    high = max((cell.rows for cell in first), default=1)
    return max(high, 2 if any(cell.columns > 1 for cell in first) and len(first) > 1 else 1)


def _tabbed(reading: Reading) -> Iterator[list[Row]]:
    """Yield runs of lines whose cells are parted by tabs, at least two lines of two cells.

    One line is enough where it runs on from the page before.
    """
    last: list[Row] = []
    for run in _runs(reading):
        if len(run) > 1 or (last and _runs_on(reading, last[-1], run[0])):
            last = run
            yield run


def _runs(reading: Reading) -> Iterator[list[Row]]:
    run: list[Row] = []
    for row in reading.rows:
        tabs = "\t" in reading.line(row).strip(" \n")
        if tabs and (not run or run[-1].page == row.page):
            run.append(row)
            continue
        if run:
            yield run
        run = [row] if tabs else []
    if run:
        yield run


def _runs_on(reading: Reading, last: Row, row: Row) -> bool:
    """Whether a line goes on from the last one of the page before: with as many cells."""
    alike = reading.line(last).count("\t") == reading.line(row).count("\t")
    between = reading.text.value[last.end : row.start]
    return row.page == last.page + 1 and alike and not any(map(str.isalpha, between))


def _of_rows(reading: Reading, lines: Sequence[Row]) -> Sheet:
    parted = [_cells(reading.line(line), line.start) for line in lines]
    width = max(map(len, parted))
    rows: list[tuple[Place, ...]] = [
        (*cells, *[(line.end, line.end)] * (width - len(cells)))
        for cells, line in zip(parted, lines, strict=True)
    ]
    return Sheet(lines[0].page, lines[0].start, lines[-1].end, tuple(rows), 1, ruled=False)


def _cells(line: str, start: int) -> list[Span]:
    cells = []
    for text in line.split("\t"):
        cells.append((start, start + len(text)))
        start += len(text) + 1
    return cells
