"""Figures of tables that lie crosswise: a row for each indicator, a column for each unit."""

from __future__ import annotations

from collections.abc import Iterator

from extractors import columns
from extractors.board import Board, unit_of
from extractors.columns import read_cell
from extractors.contract import Figure, Table, Unit
from extractors.finding import Finding
from extractors.scene import Scene
from extractors.totals import is_total


def find(board: Board, scene: Scene) -> Iterator[Finding[Figure]]:
    """Yield the figures of a table whose header names units; none where it names none."""
    table = board.found.value
    label = columns.label_column(table)
    owners = _owners(table, scene)
    if label is None or not owners:
        return
    for i, row in enumerate(table.rows):
        for at, owner in owners.items():
            figure = _figure(board, i, label, at, owner)
            if figure and row[label] != row[at]:
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
    board: Board, i: int, label: int, at: int, owner: Unit | None
) -> Finding[Figure] | None:
    cell = read_cell(board.found.value.rows[i][at])
    if cell is None or cell.rank is not None:
        return None
    row = board.found.value.rows[i]
    indicator, printed = columns.parted(row[label])
    measure = (row[board.measures] if board.measures is not None else None) or printed
    figure = Figure(
        unit=owner,
        indicator=indicator or None,
        value=cell.value,
        measure=cell.measure or measure or columns.told(indicator) or board.measure,
        numerator=cell.numerator,
        denominator=cell.denominator,
        rank=None,
        rank_of=None,
        kind=board.usual,
        comparison="=",
        as_of=board.as_of,
        period=None if board.usual == "target" else board.period,
    )
    place = board.found.parts.get(f"/rows/{i}/{at}")
    start, end = place.span if place else (board.found.start, board.found.end)
    name = board.found.parts.get(f"/rows/{i}/{label}")
    parts = {"/indicator": name} if name else {}
    return Finding(figure, start, end, 0.85 * board.found.confidence, "table", parts)
