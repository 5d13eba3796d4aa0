"""The column of a table that names each row's measure: `Đơn vị tính`, or `Đơn vị` for short."""

from __future__ import annotations

from functools import cache

from extractors.contract import Table
from extractors.language import data


def column(table: Table) -> int | None:
    """Return the column `Đơn vị tính`, where there is one."""
    return next((at for at in range(len(table.header)) if is_of(table, at)), None)


def is_of(table: Table, at: int) -> bool:
    """Whether a column names the measure of each row; it may be headed `Đơn vị` for short."""
    small = table.header[at].casefold()
    if small.startswith(("đơn vị tính", "đvt")):
        return True
    cells = [row[at].casefold() for row in table.rows if row[at]]
    measures = _measures()
    said = sum(cell in measures for cell in cells)
    return small in ("đơn vị", "đv", "đơn vị đo") and ("%" in cells or said > 0.5 * len(cells) > 0)


@cache
def _measures() -> frozenset[str]:
    words = data("quantities")["measures"]
    return frozenset(("%", "‰", *words["physical"], *words["money"], *words["counted"]))
