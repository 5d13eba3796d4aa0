"""Figures in tables: every number cell of a unit's row, and of the total row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors import arithmetic, columns, crosswise
from extractors.board import Board, names_unit, unit_of
from extractors.columns import Column, read_cell
from extractors.contract import Amount, Figure, Table, Unit
from extractors.finding import Finding, Remark
from extractors.quantity import Quantity
from extractors.reading import Reading
from extractors.scene import Scene
from extractors.totals import is_total

_MOST = 300  # percent


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table of units, understood: which column names the unit, what the others measure."""

    board: Board
    unit: int
    columns: list[Column]

    @property
    def found(self) -> Finding[Table]:
        """The table itself."""
        return self.board.found


def find(reading: Reading, found: Finding[Table], scene: Scene) -> Iterator[Finding[Figure]]:
    """Yield the figures of one table; a table that names no units has none."""
    table, board = found.value, Board.of(reading, found, scene)
    unit = columns.unit_column(table, scene.around.place)
    if unit is None:
        yield from crosswise.find(board, scene)
        return
    numbers = columns.number_columns(table, unit, board.usual, board.measure, scene.year)
    rows = _Rows(board, unit, numbers)
    for i, row in enumerate(table.rows):
        if is_total(next((cell for cell in (row[unit], *row[:unit]) if cell), "")):
            yield from _row(rows, i, scene.around.own, total=True)
        elif names_unit(row[unit], scene.around):
            owner = unit_of(row[unit], scene.around, table.header[unit])
            yield from _row(rows, i, owner, total=False)


def _row(rows: _Rows, i: int, unit: Unit | None, *, total: bool) -> Iterator[Finding[Figure]]:
    made: list[Finding[Figure]] = []
    last = -1  # the column of the figure before
    for column in rows.columns:
        cell = read_cell(rows.found.value.rows[i][column.at])
        if cell is None:
            continue
        if column.role == "rank" and last == column.at - 1:
            made[-1] = _ranked(made[-1], cell)
            continue
        last = column.at
        figure = _figure(rows, i, column, unit, cell)
        remark = _sum_of(rows, i, column) if total else None
        made.append(replace(figure, remarks=(remark,)) if remark else figure)
    yield from made


def _sum_of(rows: _Rows, i: int, column: Column) -> Remark | None:
    """Return a remark where the rows above a total do not sum to it; shares have no sum."""
    above = rows.found.value.rows[: i + 1]
    if column.measure in ("%", "điểm") or column.role == "rank" or not i:
        return None
    if not all(row[0].strip(".").isdigit() for row in above[:i]):
        return None  # rows of groups stand between
    cells = [read_cell(row[column.at] or "0") for row in above]
    values = [cell.value for cell in cells if cell and cell.value is not None and not cell.share]
    if len(values) < len(cells):
        return None
    *parts, printed = values
    return arithmetic.total(printed, parts)


def _figure(
    rows: _Rows, i: int, column: Column, unit: Unit | None, cell: Quantity
) -> Finding[Figure]:
    if column.role == "rank":
        cell = Quantity(cell.whole, cell.at, rank=_whole(cell.value), rank_of=None)
    value = cell.value
    if value is not None and column.falls and column.kind == "change":
        value = -abs(value)
    row = rows.found.value.rows[i]
    measure = row[rows.board.measures] if rows.board.measures is not None else column.measure
    as_of, period = rows.board.when(column)
    figure = Figure(
        unit=unit,
        indicator=column.indicator or None,
        value=value,
        measure=None if cell.rank is not None else cell.measure or measure,
        numerator=cell.numerator,
        denominator=cell.denominator,
        rank=cell.rank,
        rank_of=cell.rank_of,
        kind=column.kind,
        comparison="=",
        as_of=as_of,
        period=period,
    )
    parts = rows.found.parts
    place, name = parts.get(f"/rows/{i}/{column.at}"), parts.get(f"/rows/{i}/{rows.unit}")
    start, end = place.span if place else (rows.found.start, rows.found.end)
    spans = {path: name for path in ("/unit/name", "/unit/level", "/unit/code") if name}
    return Finding(figure, start, end, _confidence(rows, figure), "table", spans)


def _confidence(rows: _Rows, figure: Figure) -> float:
    """Return how sure a cell's figure is: a share of 975% has lost its comma, rather."""
    lost = figure.measure == "%" and figure.value is not None and abs(figure.value) > _MOST
    return 0.5 if lost else rows.found.confidence


def _ranked(finding: Finding[Figure], cell: Quantity) -> Finding[Figure]:
    rank, of = (cell.numerator, cell.denominator) if cell.value is None else (cell.value, None)
    ranked = {"rank": _whole(rank), "rank_of": _whole(of)}
    return replace(finding, value=finding.value.model_copy(update=ranked))


def _whole(number: Amount | None) -> int | None:
    return None if number is None else int(number)
