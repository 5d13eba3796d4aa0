"""Ruled tables: on paper, and as the contract has them."""

from __future__ import annotations

from dataclasses import dataclass

from tools.render.flow import Flow, set_line
from tools.render.sheet import Rule, Sheet
from tools.render.source import Table
from tools.render.words import Word, broken, plain, words

PAD = 3.5
LEADING = 1.14
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A cell with its extent and its broken lines."""

    row: int
    column: int
    rows: int
    columns: int
    lines: list[list[Word]]


def blocks(table: Table, rows: Rows, widths: list[float], *, head: bool) -> list[Block]:
    """Return the cells that stand for themselves, with what is joined to them."""
    found = []
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell in {"<", "^"}:
                continue
            wide = extent([value == "<" for value in row[column + 1 :]])
            high = extent([below[column] == "^" for below in rows[place + 1 :]])
            room = sum(widths[column : column + wide]) - 2 * PAD
            lines = broken(words(cell, bold=head), table.size, room)
            found.append(Block(place, column, high, wide, lines))
    return found


def extent(joined: list[bool]) -> int:
    """Return one and the number of joined cells that follow without a break."""
    return 1 + next((at for at, yes in enumerate(joined) if not yes), len(joined))


def heights(count: int, cells: list[Block], size: float) -> list[float]:
    """Return the height of each row; a joined cell that needs more makes its last row higher."""
    found = [size * LEADING + 2 * PAD] * count
    for cell in sorted(cells, key=lambda cell: cell.rows):
        need = len(cell.lines) * size * LEADING + 2 * PAD
        last = cell.row + cell.rows - 1
        found[last] += max(0, need - sum(found[cell.row : last + 1]))
    return found


def together(rows: Rows) -> list[Rows]:
    """Part the rows where no cell is joined with the one above."""
    groups: list[list[tuple[str, ...]]] = []
    for row in rows:
        if groups and "^" in row:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [tuple(group) for group in groups]


def draw(flow: Flow, table: Table) -> None:
    """Print the table; where a page is full its rows run on over the next one."""
    widths = [flow.room * wide / sum(table.widths) for wide in table.widths]
    flow.y += 6
    parts = [(table.header, True)] if table.header else []
    for rows, head in parts + [(group, False) for group in together(table.rows)]:
        cells = blocks(table, rows, widths, head=head)
        high = heights(len(rows), cells, table.size)
        flow.need(sum(high) + (40 if head else 0))
        if table.name not in flow.sheet.tables:
            flow.sheet.tables.append(table.name)
        for cell in cells:
            draw_cell(flow, table, cell, widths, high, head=head)
        flow.sheet.lines += ["\t".join(text_row(row)) for row in rows]
        flow.y += sum(high)
    flow.y += 6


def text_row(row: tuple[str, ...]) -> list[str]:
    """Return the cells' texts; a joined one is empty."""
    return ["" if cell in {"<", "^"} else plain(cell) for cell in row]


def draw_cell(
    flow: Flow, table: Table, cell: Block, widths: list[float], high: list[float], *, head: bool
) -> None:
    """Print a cell's borders and its lines, in the middle of its height."""
    left = flow.left + sum(widths[: cell.column])
    right = left + sum(widths[cell.column : cell.column + cell.columns])
    top = flow.y + sum(high[: cell.row])
    bottom = top + sum(high[cell.row : cell.row + cell.rows])
    inner = (cell.column > 0, cell.column + cell.columns < len(widths))
    borders(flow.sheet, (left, top, right, bottom), inner, outer=not table.open)
    align = "c" if head or cell.columns > 1 else table.align[cell.column]
    x = {"l": left + PAD, "c": (left + right) / 2, "r": right - PAD}[align]
    text = len(cell.lines) * table.size * LEADING
    y = (top + bottom - text) / 2 + table.size * 0.9
    scratch = Sheet(0, 0, runs=flow.sheet.runs)
    for line in cell.lines:
        set_line(scratch, line, x, y, table.size, align)  # type: ignore[arg-type]
        y += table.size * LEADING


def borders(
    sheet: Sheet, box: tuple[float, float, float, float], inner: tuple[bool, bool], *, outer: bool
) -> None:
    """Rule a cell; without outer borders the table is open on the left and the right."""
    left, top, right, bottom = box
    sheet.rules += [Rule(left, top, right, top, 0.6), Rule(left, bottom, right, bottom, 0.6)]
    if inner[0] or outer:
        sheet.rules.append(Rule(left, top, left, bottom, 0.6))
    if inner[1] or outer:
        sheet.rules.append(Rule(right, top, right, bottom, 0.6))


def filled(rows: Rows) -> list[list[str]]:
    """Repeat what is joined."""
    done: list[list[str]] = []
    for row in rows:
        cells: list[str] = []
        for column, cell in enumerate(row):
            above = done[-1][column] if done else ""
            cells.append(cells[-1] if cell == "<" else above if cell == "^" else plain(cell))
        done.append(cells)
    return done


def gold(table: Table, pages: list[int]) -> dict[str, object]:
    """Return the table as the contract has it."""
    columns = zip(*filled(table.header), strict=True)
    header = [" / ".join(dict.fromkeys(cell for cell in column if cell)) for column in columns]
    return {
        "pages": pages,
        "caption": table.caption,
        "header": header,
        "rows": filled(table.rows),
    }
