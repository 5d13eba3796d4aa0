"""Ruled tables (bảng): header, rows and caption; a table that runs on over pages is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import regex
from unidecode import unidecode

from extractors.beginnings import is_addressees
from extractors.contract import Table
from extractors.finding import Finding, Part
from extractors.grids import Place, Sheet, sheets
from extractors.language import data
from extractors.letterhead import find_letterhead
from extractors.reading import Reading, Row
from extractors.title import find_title
from extractors.totals import is_total
from normalizers import Span

_FIGURE = regex.compile(r"[-+]?\d[\d.,/ ]*%?")


def find(reading: Reading) -> Iterator[Finding[Table]]:
    """Yield every table in the order of the text; number column and total row are kept.

    The frame of a stamp beside the letterhead is none.
    """
    top = _top(reading)
    for run in _joined(reading, sheets(reading)):
        if run[0].start >= top:
            yield _table(reading, run)


def _top(reading: Reading) -> int:
    """Return where the title, or else the addressees, stand: no table is above them."""
    letterhead = find_letterhead(reading)
    title = find_title(reading, letterhead) if letterhead.right else None
    if title is not None:
        return title.place.start
    to = next((line for line in letterhead.below if is_addressees(line)), None)
    return to.start if to is not None and letterhead.right else 0


def _table(reading: Reading, run: Sequence[Sheet]) -> Finding[Table]:
    first = run[0]
    head = _header_rows(reading, first)
    header = [
        _heading(reading, column) for column in zip(*_filled(reading, first)[:head], strict=True)
    ]
    rows = _filled(reading, first)[head:]
    for sheet in run[1:]:
        again = _repeats(reading, sheet, header)
        rows += _filled(reading, sheet)[again:]
    rows = [_totaled(reading, row) for row in rows if _says(reading, row)]
    table = Table(
        pages=list(dict.fromkeys(sheet.page for sheet in run)),
        caption=None,
        header=header,
        rows=[[_words(reading, place) for place in row] for row in rows],
    )
    caption, parts = _caption(reading, first), _parts(rows)
    if caption:
        start, end = caption
        table = table.model_copy(
            update={"caption": " ".join(reading.text.value[start:end].split())}
        )
        parts["/caption"] = Part(caption)
    return Finding(table, first.start, run[-1].end, 0.93 if first.ruled else 0.9, "table", parts)


def _parts(rows: Sequence[Sequence[Place]]) -> dict[str, Part]:
    return {
        f"/rows/{i}/{j}": Part(place)
        for i, row in enumerate(rows)
        for j, place in enumerate(row)
        if place
    }


def _words(reading: Reading, place: Place) -> str:
    return " ".join(reading.text.value[place[0] : place[1]].split()) if place else ""


def _says(reading: Reading, row: Sequence[Place]) -> bool:
    return any(_words(reading, place) for place in row)


def _heading(reading: Reading, column: Sequence[Place]) -> str:
    words = [_words(reading, place) for place in column]
    return " / ".join(dict.fromkeys(word for word in words if word))


def _header_rows(reading: Reading, sheet: Sheet) -> int:
    """Return how many rows are the header: up to the first row with a number of its own."""
    rows = [[_words(reading, place) for place in row] for row in sheet.rows]
    if len(rows) < 2 or _is_data(rows[0]):
        return 0
    head = sheet.head
    while head < min(len(rows) - 1, 4) and not rows[head][0] and not _is_data(rows[head]):
        head += 1
    return min(head, len(rows))


def _is_data(row: Sequence[str]) -> bool:
    return any(_FIGURE.fullmatch(cell) for cell in row)


def _filled(reading: Reading, sheet: Sheet) -> list[tuple[Place, ...]]:
    """Return the rows; where only tabs part the cells, those that are merged are filled.

    An empty cell of the first row belongs to the one on its left, one below to that above it; so
    does the name that several rows share.
    """
    if sheet.ruled:
        return list(sheet.rows)
    head = _header_rows(reading, sheet)
    done: list[tuple[Place, ...]] = []
    for i, row in enumerate(sheet.rows):
        if i >= head:
            done.append(_shared(reading, done[-1], row) if i > head else row)
            continue
        cells: list[Place] = []
        for j, place in enumerate(row):
            near = done[-1][j] if done else cells[-1] if cells else place
            cells.append(place if _words(reading, place) else near)
        done.append(tuple(cells))
    return done


def _shared(reading: Reading, last: tuple[Place, ...], row: tuple[Place, ...]) -> tuple[Place, ...]:
    """Repeat number and name where a cell reaches down: `1 | Huyện A | Lúa | 5`, ` | | Ngô | 3`."""
    words = [_words(reading, place) for place in row]
    empty = next((i for i, word in enumerate(words) if word), 0)
    numbered = _FIGURE.fullmatch(_words(reading, last[0])) is not None
    named = words[empty : empty + 1] and not _FIGURE.fullmatch(words[empty])
    if empty < 1 + numbered or not named or is_total(words[empty]):
        return row
    return (*last[:empty], *row[empty:])


def _totaled(reading: Reading, row: tuple[Place, ...]) -> tuple[Place, ...]:
    """Repeat `Tổng cộng` over the empty cells that it is printed across."""
    if _words(reading, row[0]).casefold() not in data("tables")["totals"]["words"]:
        return row
    cells = list(row)
    for i in range(1, len(cells)):
        if _words(reading, cells[i]):
            break
        cells[i] = cells[0]
    return tuple(cells) if i < len(cells) - 1 or _words(reading, cells[-1]) else row


def _joined(reading: Reading, found: Sequence[Sheet]) -> Iterator[list[Sheet]]:
    """Yield the runs of sheets that are one table on following pages."""
    run: list[Sheet] = []
    for sheet in found:
        if run and not _runs_on(reading, run[-1], sheet):
            yield run
            run = []
        run.append(sheet)
    if run:
        yield run


def _runs_on(reading: Reading, last: Sheet, sheet: Sheet) -> bool:
    if sheet.page - last.page != 1 or sheet.width != last.width:
        return False
    between = reading.text.value[last.end : sheet.start]
    return regex.fullmatch(r"[\s\d.–-]*", between) is not None


def _repeats(reading: Reading, sheet: Sheet, header: Sequence[str]) -> int:
    """Return how many rows of a following page repeat the header."""
    for head in range(min(4, len(sheet.rows)), 0, -1):
        columns = zip(*_filled(reading, replace(sheet, head=head))[:head], strict=True)
        if [_heading(reading, column) for column in columns] == list(header):
            return head
    return 0


def _caption(reading: Reading, sheet: Sheet) -> Span | None:
    """Return the place of the title above a table: capitals, or what stands under `Phụ lục`."""
    above = [row for row in reading.rows if row.end <= sheet.start and row.page == sheet.page]
    title: list[Row] = []
    inside = False  # in a bracket that runs over lines
    for row in reversed(above[-14:]):
        text = reading.line(row).strip()
        inside = (inside or text.endswith((")", ")./."))) and not text.startswith("(")
        if "\t" in text or (not text and title):
            break
        if not text or inside or _is_note(text):
            continue
        if _is_label(text):
            return _place(title)
        title.append(row)
    capitals = list(takewhile(lambda row: _is_capital(reading.line(row)), title))
    return _place(capitals)


def _place(title: Sequence[Row]) -> Span | None:
    return (title[-1].start, title[0].end) if title else None


def _is_note(text: str) -> bool:
    skip = tuple(unidecode(word) for word in data("tables")["caption"]["skip"])
    return text.startswith("(") or unidecode(text.casefold()).lstrip("( *").startswith(skip)


def _is_label(text: str) -> bool:
    labels = tuple(data("tables")["caption"]["labels"])
    return text.casefold().startswith(labels) and len(text) < 25


def _is_capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) > 0.8 * max(len(letters), 1)
