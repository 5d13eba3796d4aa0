"""Plain text as other systems leave it: the cells of its tables parted by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

_ROW = regex.compile(r"[ \t]*\|(.+)\|[ \t]*")
_RULE = regex.compile(r"[ \t]*[|+][ \t:|+-]*-{3,}[ \t:|+-]*[|+][ \t]*")
_GAP = regex.compile(r" {2,}")
_FIGURE = regex.compile(r"[-–+]?\d[\d.,/]*%?")
_COLUMNS, _ROWS = 3, 4  # the smallest table of columns, its header counted
FIGURES = 0.7  # the share of a column's cells that are figures


def tabbed(text: str) -> str:
    """Return the text with tabs between cells, where bars or wide gaps part them in a table."""
    lines = [_of_bars(line) for line in text.split("\n")]
    return "\n".join(line for run in _runs([x for x in lines if x is not None]) for line in run)


def _of_bars(line: str) -> str | None:
    """Return a row between bars with tabs; none for the rule between rows."""
    if _RULE.fullmatch(line):
        return None
    row = _ROW.fullmatch(line)
    if row is None or row[1].count("|") < _COLUMNS - 1:
        return line
    return "\t".join(cell.strip() for cell in row[1].split("|"))


def _runs(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the lines; those of a table whose columns wide gaps part have tabs."""
    run: list[str] = []
    for line in lines:
        if run and len(_cells(line)) != len(_cells(run[0])):
            yield _parted(run)
            run = []
        run.append(line)
    yield _parted(run)


def _cells(line: str) -> list[str]:
    return _GAP.split(line.strip())


def _parted(run: Sequence[str]) -> Sequence[str]:
    rows = [_cells(line) for line in run]
    if len(rows) < _ROWS or len(rows[0]) < _COLUMNS or any(map(is_figure, rows[0])):
        return run
    filled = [sum(map(is_figure, column)) for column in list(zip(*rows[1:], strict=True))[1:]]
    if max(filled) < FIGURES * (len(rows) - 1):
        return run
    return ["\t".join(cells) for cells in rows]


def is_figure(cell: str) -> bool:
    """Say whether a cell holds a figure alone."""
    return _FIGURE.fullmatch(cell) is not None
