"""Figures in tables: every number cell of a unit's row, and of the total row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extractors import arithmetic, columns, periods, timing
from extractors.columns import Column, read_cell
from extractors.contract import Amount, Figure, Period, Table, Unit
from extractors.finding import Finding, Remark
from extractors.language import data
from extractors.owners import Around
from extractors.quantity import Quantity
from extractors.reading import Reading
from extractors.scene import Kind, Scene
from extractors.timing import When
from extractors.units import look_up

_MEASURE = regex.compile(r"(?:[ĐDđ]ơn v[ịi](?: t[íi]nh)?|[ĐD]VT)\s*:\s*([^\n()\t]{1,30})")
_MOST = 300  # percent
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
    measure = _uncapped(named[1].strip(" .;*")) if named else None
    when = _when(f"{caption} {_above(reading, found)}", scene)
    board = _Board(
        found,
        unit,
        columns.number_columns(table, unit, usual, measure, scene.year),
        columns.measure_column(table),
        *(when or (scene.as_of, scene.period)),
    )
    rows = [(i, _unit(row, board, around)) for i, row in enumerate(table.rows)]
    for i, owner in rows:
        if owner is not None:
            yield from _row(board, i, owner[0], total=owner[1])


_NOTES = regex.compile(r"\(([^()]*)\)")


def _above(reading: Reading, found: Finding[Table]) -> str:
    """Return the notes above a table: `(Số liệu tính đến 30/9/2024)`, not `(Kèm theo …)`."""
    lines = reading.text.value[max(0, found.start - 300) : found.start]
    notes = (match[1] for match in _NOTES.finditer(lines))
    return " ".join(note for note in notes if "kèm theo" not in note.casefold())


def _when(text: str, scene: Scene) -> When | None:
    """Return the day that a caption tells, or else the stretch: a mere year tells nothing new."""
    times = periods.find(text, scene.year)
    day = next((time.as_of for time in times if time.as_of), None)
    if day:
        return day, None
    return next(((None, one.period) for one in times if one.period and not one.broad), None)


_TOTAL = regex.compile(
    r"(?:tổng|cộng|toàn)(?!\p{L})(?!\s(?:công\sty|cục|đài|liên\sđoàn|kho))", regex.IGNORECASE
)


def _is_total(name: str) -> bool:
    words = name.casefold()
    return words in data("tables")["totals"]["words"] or _TOTAL.match(words) is not None


def _uncapped(measure: str) -> str:
    """Return a measure as it stands in a sentence: `Triệu đồng` is `triệu đồng`, TTHC stays."""
    return measure[0].lower() + measure[1:] if measure[1:2].islower() else measure


def _unit(row: Sequence[str], board: _Board, around: Around) -> tuple[Unit | None, bool] | None:
    """Return the unit of a row, and whether the row is the total; none for any other row."""
    name = row[board.unit]
    if _is_total(name or row[0]):
        return around.own, True
    if len(name) < 2 or not name[0].isupper():
        return None
    told = _level(board.found.value.header[board.unit].casefold())
    unit = look_up(name, around.place, level="village" if told == "village" else None)
    if unit.level is None:
        unit = unit.model_copy(update={"level": told or around.below or "agency"})
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
        cell = read_cell(board.found.value.rows[i][column.at])
        if cell is None:
            continue
        if column.role == "rank" and last == column.at - 1:
            made[-1] = _ranked(made[-1], cell)
            continue
        last = column.at
        figure = _figure(board, i, column, unit, cell)
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
    cells = [read_cell(row[column.at] or "0") for row in rows[: i + 1]]
    values = [cell.value for cell in cells if cell and cell.value is not None and not cell.share]
    if len(values) < len(cells):
        return None
    *parts, printed = values
    return arithmetic.total(printed, parts)


def _figure(
    board: _Board, i: int, column: Column, unit: Unit | None, cell: Quantity
) -> Finding[Figure]:
    if column.role == "rank":
        cell = Quantity(cell.whole, cell.at, rank=_whole(cell.value), rank_of=None)
    value = cell.value
    if value is not None and column.falls and column.kind == "change":
        value = -abs(value)
    row = board.found.value.rows[i]
    measure = row[board.measures] if board.measures is not None else column.measure
    as_of, period = _time(board, column)
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
    parts = board.found.parts
    place, name = parts.get(f"/rows/{i}/{column.at}"), parts.get(f"/rows/{i}/{board.unit}")
    start, end = place.span if place else (board.found.start, board.found.end)
    spans = {path: name for path in ("/unit/name", "/unit/level", "/unit/code") if name}
    return Finding(figure, start, end, _confidence(board, figure), "table", spans)


def _time(board: _Board, column: Column) -> When:
    """Return when a column's figures hold; a target has only the day by which it is to be met."""
    time = column.time
    if column.kind == "target":
        return (timing.day(time) if time else board.as_of), None
    return (time.as_of, time.period) if time else (board.as_of, board.period)


def _confidence(board: _Board, figure: Figure) -> float:
    """Return how sure a cell's figure is: a share of 975% has lost its comma, rather."""
    lost = figure.measure == "%" and figure.value is not None and abs(figure.value) > _MOST
    return 0.5 if lost else board.found.confidence


def _ranked(finding: Finding[Figure], cell: Quantity) -> Finding[Figure]:
    rank, of = (cell.numerator, cell.denominator) if cell.value is None else (cell.value, None)
    ranked = {"rank": _whole(rank), "rank_of": _whole(of)}
    return replace(finding, value=finding.value.model_copy(update=ranked))


def _whole(number: Amount | None) -> int | None:
    return None if number is None else int(number)
