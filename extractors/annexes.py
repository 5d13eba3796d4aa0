"""Figures in tables: every number cell of a unit's row, and of the total row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extractors import arithmetic, columns, periods
from extractors.columns import NUMBER_CELL, Column
from extractors.contract import Figure, Period, Table, Unit
from extractors.finding import Finding, Remark
from extractors.language import data
from extractors.numbers import amount
from extractors.owners import Around
from extractors.reading import Reading
from extractors.scene import Kind, Scene
from extractors.units import look_up

_MEASURE = regex.compile(r"(?:Đơn vị tính|ĐVT|Đơn vị|đơn vị tính)\s*:\s*([^\n()\t]{1,30})")
_TARGET = regex.compile(r"chỉ tiêu|kế hoạch|mục tiêu|dự toán", regex.IGNORECASE)
_RESULT = regex.compile(r"kết quả|thực hiện|tình hình|tổng hợp|thống kê", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Board:
    """A table of units, understood: its columns, and what holds for all of its figures."""

    found: Finding[Table]
    unit: int
    columns: list[Column]
    measures: int | None
    as_of: str | None
    period: Period | None


def find(reading: Reading, found: Finding[Table], scene: Scene) -> Iterator[Finding[Figure]]:
    """Yield the figures of one table; a table whose rows name no units has none."""
    table, around = found.value, scene.around
    unit = columns.unit_column(table, around.place)
    if unit is None:
        return
    caption = table.caption or ""
    usual: Kind = "target" if _TARGET.search(caption) else scene.usual
    if _RESULT.search(caption):
        usual = "actual"
    named = _MEASURE.search(reading.text.value, max(0, found.start - 300), found.start)
    measure = named[1].strip(" .;*") if named else None
    times = periods.find(caption, scene.year)
    board = _Board(
        found,
        unit,
        columns.number_columns(table, unit, usual, measure, scene.year),
        columns.measure_column(table),
        next((time.as_of for time in times if time.as_of), None),
        next((one.period for one in times if one.period and not one.broad), scene.period),
    )
    rows = [(i, _unit(row, board, around)) for i, row in enumerate(table.rows)]
    for i, owner in rows:
        if owner is not None:
            yield from _row(board, i, owner[0], total=owner[1])


def _unit(row: Sequence[str], board: _Board, around: Around) -> tuple[Unit | None, bool] | None:
    """Return the unit of a row, and whether the row is the total; none for any other row."""
    name = row[board.unit]
    totals = data("tables")["totals"]["words"]
    if name.casefold() in totals or (not name and row[0].casefold() in totals):
        return around.own, True
    if not any(map(str.isalpha, name)) or len(name) < 2:
        return None
    unit = look_up(name, around.place)
    if unit.level is None:
        heading = board.found.value.header[board.unit].casefold()
        unit = unit.model_copy(update={"level": _level(heading) or around.below or "agency"})
    return unit, False


def _level(heading: str) -> str | None:
    levels = {
        "commune": ("xã", "phường", "thị trấn"),
        "district": ("huyện", "quận"),
        "village": ("thôn", "tổ dân phố", "ấp", "khu phố"),
        "agency": ("lĩnh vực", "cơ quan", "sở", "phòng"),
    }
    return next(
        (
            level
            for level, words in levels.items()
            if any(word in heading.split(",")[0].split(" / ")[-1] for word in words)
        ),
        None,
    )


def _row(board: _Board, i: int, unit: Unit | None, *, total: bool) -> Iterator[Finding[Figure]]:
    made: list[Finding[Figure]] = []
    last = -1  # the column of the figure before
    for column in board.columns:
        cell = board.found.value.rows[i][column.at]
        match = NUMBER_CELL.fullmatch(cell)
        if match is None:
            continue
        if column.role == "rank" and last == column.at - 1:
            made[-1] = _ranked(made[-1], match)
            continue
        last = column.at
        figure = _figure(board, i, column, unit, match)
        remark = _sum_of(board, i, column) if total else None
        made.append(replace(figure, remarks=(remark,)) if remark else figure)
    yield from made


def _sum_of(board: _Board, i: int, column: Column) -> Remark | None:
    """Return a remark where the rows above a total do not sum to it; shares have no sum."""
    rows = board.found.value.rows
    if column.measure in ("%", "điểm") or column.role == "rank" or not i:
        return None
    if not all(row[0].strip(".").isdigit() for row in rows[:i]):
        return None  # rows of groups stand between
    cells = [NUMBER_CELL.fullmatch(row[column.at] or "0") for row in rows[: i + 1]]
    if not all(cell and not cell["of"] and not cell["share"] for cell in cells):
        return None
    *parts, printed = [amount(cell["number"].rstrip(".,")) for cell in cells if cell]
    return arithmetic.total(printed, parts)


def _figure(
    board: _Board, i: int, column: Column, unit: Unit | None, match: regex.Match[str]
) -> Finding[Figure]:
    rank = column.role == "rank"
    value = amount(match["number"].rstrip(".,"))
    of = amount(match["of"].rstrip(".,")) if match["of"] else None
    if match["sign"] in ("-", "–") or (column.falls and column.kind == "change"):
        value = -value
    row = board.found.value.rows[i]
    period = column.time.period if column.time else board.period
    measure = row[board.measures] if board.measures is not None else column.measure
    figure = Figure(
        unit=unit,
        indicator=column.indicator or None,
        value=None if rank or of is not None else value,
        measure=None if rank else "%" if match["share"] else measure,
        numerator=None if rank or of is None else value,
        denominator=None if rank else of,
        rank=int(value) if rank else None,
        rank_of=int(of) if rank and of is not None else None,
        kind=column.kind,
        comparison="=",
        as_of=column.time.as_of if column.time else board.as_of,
        period=None if column.kind == "target" else period,
    )
    parts = board.found.parts
    cell = parts.get(f"/rows/{i}/{column.at}")
    name = parts.get(f"/rows/{i}/{board.unit}")
    start, end = cell.span if cell else (board.found.start, board.found.end)
    spans = {path: name for path in ("/unit/name", "/unit/level", "/unit/code") if name}
    return Finding(figure, start, end, board.found.confidence, "table", spans)


def _ranked(finding: Finding[Figure], match: regex.Match[str]) -> Finding[Figure]:
    of = int(match["of"]) if match["of"] and match["of"].isdigit() else None
    if not match["number"].isdigit():
        return finding
    ranked = {"rank": int(match["number"]), "rank_of": of}
    return replace(finding, value=finding.value.model_copy(update=ranked))
