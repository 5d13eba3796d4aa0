"""Figures of tables with a row for each indicator: of the units in the header, or the issuer's."""

from __future__ import annotations

from collections.abc import Iterator

from extractors import columns
from extractors.board import Board, unit_of
from extractors.columns import Column, read_cell
from extractors.contract import Figure, Table, Unit
from extractors.finding import Finding
from extractors.scene import Scene
from extractors.totals import is_total


def find(board: Board, scene: Scene) -> Iterator[Finding[Figure]]:
    """Yield the figures of a table whose rows are indicators; none where they are not.

    The header names the units, or tells plan and result of the issuer (`Kế hoạch`, `Thực hiện`).
    """
    table = board.found.value
    label = columns.label_column(table)
    if label is None:
        return
    numbers = columns.number_columns(table, label, board.usual, board.measure, scene.year)
    owners = _owners(table, scene)
    if not owners and columns.has_indicators(table, label):
        owners = {one.at: scene.around.own for one in numbers if one.role == "figure"}
    for i, row in enumerate(table.rows):
        for column in (one for one in numbers if one.at in owners):
            figure = _figure(board, i, label, column, owners[column.at])
            if figure and row[label] != row[column.at]:
                yield figure


def _owners(table: Table, scene: Scene) -> dict[int, Unit | None]:
    """Return the columns of numbers that are headed by units; a total is the issuer's."""
    numbers = [at for at in range(len(table.header)) if columns.holds_numbers(table, at)]
    names = {at: table.header[at].rsplit(" / ", 1)[-1] for at in numbers}
    known = columns.known_units(list(names.values()), scene.around.place, agencies=True)
    if len(known) < 2:
        return {}
    around = scene.around
    return {
        at: around.own if is_total(name) else unit_of(name, around, "")
        for at, name in names.items()
        if is_total(name) or name in known
    }


def _figure(
    board: Board, i: int, label: int, column: Column, owner: Unit | None
) -> Finding[Figure] | None:
    cell = read_cell(board.found.value.rows[i][column.at])
    if cell is None or cell.rank is not None:
        return None
    row = board.found.value.rows[i]
    indicator, printed = columns.parted(row[label])
    measure = (row[board.measures] if board.measures is not None else None) or printed
    if column.printed:  # So với kế hoạch (%)
        measure = column.measure
    as_of, period = board.when(column)
    figure = Figure(
        unit=owner,
        indicator=indicator or None,
        value=cell.value,
        measure=cell.measure or measure or columns.told(indicator) or board.measure,
        numerator=cell.numerator,
        denominator=cell.denominator,
        rank=None,
        rank_of=None,
        kind=column.kind,
        comparison="=",
        as_of=as_of,
        period=period,
    )
    place = board.found.parts.get(f"/rows/{i}/{column.at}")
    start, end = place.span if place else (board.found.start, board.found.end)
    name = board.found.parts.get(f"/rows/{i}/{label}")
    parts = {"/indicator": name} if name else {}
    return Finding(figure, start, end, 0.85 * board.found.confidence, "table", parts)
