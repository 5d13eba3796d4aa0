"""The columns of a table of units: which one names the unit, what the others measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import regex

from extractors import measures, periods, quantities
from extractors.contract import Table
from extractors.language import data
from extractors.numbers import NUMBER, amount
from extractors.periods import Time
from extractors.quantity import Quantity
from extractors.scene import Kind
from extractors.totals import is_total
from extractors.units import Place, look_up

Role = Literal["figure", "rank"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: its indicator and measure as headed, and the kind of its figures."""

    at: int
    role: Role
    indicator: str
    measure: str | None
    kind: Kind
    falls: bool  # headed `giảm`: what is printed without a sign is a loss
    time: Time | None  # when its figures hold, where the heading says so
    printed: bool = False  # whether the heading has the measure in a bracket


def unit_column(table: Table, place: Place) -> int | None:
    """Return the column that names the unit of each row; none in a table of tasks or persons.

    Of several it is the one whose names tell the rows apart best: that of the communes beside
    their districts, that of the units beside their fields of work.
    """
    found = list(_unit_columns(table, place))
    return max(found, key=lambda at: _fitness(table, at, place), default=None)


def _fitness(table: Table, at: int, place: Place) -> tuple[int, bool, int]:
    names = [row[at] for row in table.rows if row[at] and not is_total(row[at])]
    known = _is_of_villages(table, at) or _names_units(table, at, place, agencies=True)
    return len(set(names)), known, -_width(table, at, place)


def _is_of_villages(table: Table, at: int) -> bool:
    return _has(table.header[at].casefold(), data("tables")["units"]["villages"])


def _unit_columns(table: Table, place: Place) -> Iterator[int]:
    words = data("tables")["units"]
    for at, heading in enumerate(table.header):
        small = heading.casefold()
        if holds_numbers(table, at) or measures.is_of(table, at):
            continue
        if _names_units(table, at, place):
            yield at
        elif _has(small, words["tasks"]):
            return
        elif _names_units(table, at, place, agencies=True) or _has(small, words["words"]):
            yield at


_WIDTHS = {"village": 0, "agency": 1, "commune": 1, "district": 2, "province": 3}


def _width(table: Table, at: int, place: Place) -> int:
    """Return how wide the units of a column are."""
    if _is_of_villages(table, at):
        return 0
    levels = [look_up(row[at], place).level or "" for row in table.rows if row[at]]
    usual = max(set(levels), key=levels.count, default="")
    return _WIDTHS.get(usual, 3)


def label_column(table: Table) -> int | None:
    """Return the first column of words: it says what each row is about."""
    for at, heading in enumerate(table.header):
        small = heading.casefold()
        if not holds_numbers(table, at) and not _has(small, data("tables")["numbering"]["words"]):
            return None if _has(small, data("tables")["plain"]["persons"]) else at
    return None


def has_indicators(table: Table, label: int) -> bool:
    """Whether each row is an indicator: so headed (`Chỉ tiêu`), or with a measure of its own."""
    said = _has(table.header[label].casefold(), data("tables")["units"]["indicators"])
    return said or measures.column(table) is not None


def number_columns(
    table: Table, unit: int, usual: Kind, measure: str | None, year: int | None
) -> list[Column]:
    """Return the columns whose numbers are figures; `measure` is that of the whole table."""
    found = []
    for at, heading in enumerate(table.header):
        small = heading.casefold()
        last = small.rsplit(" / ", 1)[-1].strip(" *")
        if at <= unit or last in data("tables")["plain"]["words"] or not holds_numbers(table, at):
            continue
        if _has(last, data("tables")["numbering"]["words"]):
            continue
        role: Role = "rank" if _has(last, data("tables")["ranks"]["words"]) else "figure"
        indicator, printed = parted(heading)
        found.append(
            Column(
                at=at,
                role=role,
                indicator=indicator,
                measure=printed or told(indicator) or measure,
                kind=_kind(indicator.casefold(), usual, shares=printed == "%"),
                falls=_FALLS.match(indicator.rsplit(" / ", 1)[-1]) is not None,
                time=next(iter(periods.find(indicator, year, plans=True)), None),
                printed=printed is not None,
            )
        )
    return _shared(found)


def _shared(found: Sequence[Column]) -> list[Column]:
    """Give columns that name no measure that of the count before: `Tổng số hồ sơ`, `Đúng hạn`."""
    done: list[Column] = []
    counted: str | None = None
    for column in found:
        if column.measure is None and column.role == "figure":
            column = replace(column, measure=counted)
        elif column.measure not in ("%", "điểm"):
            counted = column.measure
        done.append(column)
    return done


_FALLS = regex.compile(r"[Gg]iảm(?!\s*/|,|\s*\()")
_BRACKET = regex.compile(r"\s*\((?P<measure>%.?|[^()\d=]{1,30})\)")
_ASIDE = regex.compile(
    r"trong đó|bao gồm|gồm|nếu có|kèm|so với|lũy kế|theo|đến|chi tiết", regex.IGNORECASE
)


def parted(heading: str) -> tuple[str, str | None]:
    """Part `Diện tích (ha)` into indicator and measure; the last bracket is the measure."""
    found = [m for m in _BRACKET.finditer(heading) if not _ASIDE.search(m["measure"])]
    for match in reversed(found):
        heading = heading[: match.start()] + heading[match.end() :]
    measure = found[-1]["measure"].strip() if found else None
    if measure and measure[1:2].islower():
        measure = measure[0].lower() + measure[1:]
    return heading.strip(), "%" if measure and measure.startswith("%") else measure


def told(indicator: str) -> str | None:
    """Return the measure that an indicator tells: `Tỷ lệ …`, `Số hồ sơ …`, `Điểm …`."""
    last = indicator.rsplit(" / ", 1)[-1]
    if last.endswith("%") or last.casefold().startswith(("tỷ lệ", "tỉ lệ", "% ")):
        return "%"
    match = _things().match(last) or _things().match(indicator)
    return match["thing"].casefold() if match else None


@cache
def _things() -> regex.Pattern[str]:
    words = data("quantities")["measures"]
    return regex.compile(
        r"(?:(?:tổng\s)?số\s(?:lượng\s)?(?P<thing>\L<things>)|(?P<thing>\L<alone>))(?!\p{L})",
        regex.IGNORECASE,
        things=words["counted"] + ["điểm"],
        alone=[
            one
            for one in (*words["counted"], "điểm")
            if one not in data("tables")["plain"]["verbs"]
        ],
    )


def _kind(small: str, usual: Kind, *, shares: bool) -> Kind:
    """Return what a column's heading tells: `So sánh (%)` is a share of another number."""
    if shares and "so sánh" in small:
        return "actual"
    words = data("tables")["kinds"]
    kinds: tuple[Kind, ...] = ("change", "forecast", "actual", "target")
    for kind in kinds:
        if kind == "change" and "tăng trưởng" in small:
            continue
        if _has(small, words[kind]):
            return kind
    return usual


def _names_units(table: Table, at: int, place: Place, *, agencies: bool = False) -> bool:
    names = [row[at] for row in table.rows if row[at]]
    return len(known_units(names, place, agencies=agencies)) > 0.5 * max(len(names), 1)


def known_units(names: Sequence[str], place: Place, *, agencies: bool) -> list[str]:
    """Return the names that are units of the gazetteer, or agencies by how they begin."""
    found = [(name, look_up(name, place)) for name in names]
    levels = ("agency", "village") if agencies else ()
    return [name for name, unit in found if unit.code or unit.level in levels]


_NUMBER_CELL = regex.compile(
    rf"""(?P<sign> [-+–]? ) \s? (?P<number> {NUMBER} ) [.,]?
        (?: \s?/\s? (?P<of> {NUMBER} ) )? \s? (?P<share> %? )""",
    regex.VERBOSE,
)


def read_cell(cell: str) -> Quantity | None:
    """Return what a cell of a column of numbers says; none where it is words, or more than one."""
    match = _NUMBER_CELL.fullmatch(cell)
    if match is None:
        found = quantities.find(cell) if len(cell) < 40 and any(map(str.isdigit, cell)) else []
        return found[0] if len(found) == 1 and found[0].measure else None
    value = amount(match["number"])
    value = -value if match["sign"] in ("-", "–") else value
    quantity = Quantity(match.span(), match.span("number"), measure=match["share"] or None)
    if match["of"]:
        return replace(quantity, numerator=value, denominator=amount(match["of"]))
    return replace(quantity, value=value)


def holds_numbers(table: Table, at: int) -> bool:
    """Whether most of a column's cells are numbers."""
    cells = [row[at] for row in table.rows if row[at].strip("-–/ ")]
    numbers = [cell for cell in cells if _NUMBER_CELL.fullmatch(cell) or read_cell(cell)]
    return len(numbers) > 0.5 * max(len(cells), 1)


def _has(small: str, words: Sequence[str]) -> bool:
    return _any_of(tuple(words)).search(small) is not None


@cache
def _any_of(words: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(r"(?<!\p{L})(?:\L<words>)(?!\p{L})", words=words)
