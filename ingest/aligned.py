"""Tables without rules: lines whose words stand in columns, under a header, one below the other.

Three columns or more, three rows or more, and one column of figures at the least: a letterhead,
a foot, a list of names or a line of dots never has all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise
from statistics import median

from ingest.columns import line_height, middle
from ingest.page import Line, Pixels, Word
from ingest.plaintext import FIGURES, is_figure

Piece = tuple[Word, ...]  # words that stand together
Span = tuple[int, int]  # where a column begins and ends

_GAP = 0.8  # heights of a word between the pieces of a row: wider than any space
_STEP = 4.0  # heights from one row to the next, at most
_COLUMNS, _ROWS = 3, 3  # the smallest table, its header left out
_LINED = 0.9  # heights by which the left ends, right ends or middles of a column differ
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: the lines that it is printed on, and its pieces."""

    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]


def with_aligned(lines: Sequence[Line], grids: int) -> list[Line]:
    """Return the lines in their order, those of tables without rules as rows of cells.

    `grids` is the number of the tables that are known already.
    """
    high = line_height(lines)
    done: list[Line] = []
    numbers, at = count(grids), 0
    while at < len(lines):
        found = _table(lines, at, high)
        if found is None:
            done.append(lines[at])
            at += 1
            continue
        taken, rows = found
        number = next(numbers)
        done += [replace(row, grid=number) for row in rows]
        at += taken
    return done


def _table(lines: Sequence[Line], at: int, high: float) -> tuple[int, list[Line]] | None:
    """Return the table whose header begins at a line: of how many lines it is, and its rows."""
    for head in range(1, _HEAD_LINES + 1):
        header, below = lines[at : at + head], lines[at + head :]
        if not all(_is_free(line) and not _has_figure(line, high) for line in header):
            return None
        if not below or not _has_figure(below[0], high):
            continue
        rows = list(_rows(header[-1], below, high))
        columns = _columns(rows)
        if not _is_table(rows, columns, high):
            continue
        top = _header(header, columns, high)
        if top is None:
            return None
        said = [_line(_sorted(row.pieces, columns), row.lines, columns) for row in rows]
        return head + sum(len(row.lines) for row in rows), [top, *said]
    return None


def _header(lines: Sequence[Line], columns: Sequence[Span], high: float) -> Line | None:
    """Return the header as one row; null where its words do not stand over the columns."""
    cells: list[list[Word]] = [[] for _ in columns]
    for line in lines:
        pieces = _pieces(line, high)
        for owners, piece in _owned(pieces, columns):
            alone = line is lines[0] and len(pieces) == 1 and owners[:1] == [0]  # a title
            if alone or not 0 < len(owners) < len(columns) - 1:
                return None
            for owner in owners:
                cells[owner] += piece
    if sum(map(bool, cells)) < len(columns) - 1:
        return None
    return _line(cells, lines, columns)


def _owned(
    pieces: Sequence[Piece], columns: Sequence[Span]
) -> Iterator[tuple[Sequence[int], Piece]]:
    """Yield the pieces of a line of the header with the columns they head: those they stand over.

    A short one over the room beside its column heads the nearest. As many pieces as columns head
    one each.
    """
    if len(pieces) == len(columns):
        yield from (([n], piece) for n, piece in enumerate(pieces))
        return
    last = -1
    for piece in pieces:
        span = _span(piece)
        owners = [n for n, column in enumerate(columns) if _over(span, column)]
        owners = owners or [min(range(len(columns)), key=lambda n: _away(span, columns[n]))]
        yield (owners if owners[0] > last else []), piece
        last = owners[-1]


def _away(one: Span, other: Span) -> int:
    return abs(one[0] + one[1] - other[0] - other[1])


def _is_free(line: Line) -> bool:
    return line.kind == "text" and line.column == "full"


def _has_figure(line: Line, high: float) -> bool:
    return any(_is_figure(piece) for piece in _pieces(line, high))


def _is_figure(piece: Piece) -> bool:
    return len(piece) == 1 and is_figure(piece[0].text)


def _pieces(line: Line, high: float) -> tuple[Piece, ...]:
    """Return the words of a line, parted where the gap is wider than a space."""
    words = sorted(line.words, key=lambda word: word.box[0])
    cuts = [n for n, (a, b) in enumerate(pairwise(words), 1) if b.box[0] - a.box[2] > _GAP * high]
    return tuple(tuple(words[a:b]) for a, b in pairwise([0, *cuts, len(words)]))


def _rows(above: Line, lines: Sequence[Line], high: float) -> Iterator[_Row]:
    """Yield the rows that follow a header; a name may run on over the next line."""
    columns: list[Span] = []
    last: _Row | None = None
    for line in lines:
        pieces = _pieces(line, high)
        if not _is_free(line) or middle(line) - middle(above) > _STEP * high:
            break
        if not _is_row(pieces, first=last is None):
            if last is None or not _runs_on(pieces, columns):
                break
            last = _Row((*last.lines, line), (*last.pieces, *pieces))
        else:
            grown = _grown(columns, pieces)
            if grown is None:
                break
            columns = grown
            if last:
                yield last
            last = _Row((line,), pieces)
        above = line
    if last:
        yield _Row(last.lines[:1], _pieces(last.lines[0], high))


def _is_row(pieces: Sequence[Piece], *, first: bool) -> bool:
    """Whether pieces make a row; that of the total may be a name and its figure."""
    return len(pieces) >= _COLUMNS or (not first and len(pieces) == 2 and _is_figure(pieces[1]))


def _runs_on(pieces: Sequence[Piece], columns: Sequence[Span]) -> bool:
    """Whether a line goes on with names of the row above, and holds no figure of its own."""
    fits = [[c for c in columns if _over(_span(piece), c)] for piece in pieces]
    return all(len(fit) == 1 for fit in fits) and not any(map(_is_figure, pieces))


def _grown(columns: Sequence[Span], pieces: Sequence[Piece]) -> list[Span] | None:
    """Return the columns with the pieces of one more row; null where that fits none of them."""
    done = list(columns)
    taken: set[int] = set()
    for piece in pieces:
        span = _span(piece)
        mine = [n for n, column in enumerate(done) if _over(span, column)]
        if len(mine) > 1 or (mine and mine[0] in taken):
            return None
        if mine:
            done[mine[0]] = (min(span[0], done[mine[0]][0]), max(span[1], done[mine[0]][1]))
            taken.add(mine[0])
        else:
            taken.add(len(done))
            done.append(span)
    return done


def _span(piece: Piece) -> Span:
    return piece[0].box[0], piece[-1].box[2]


def _over(one: Span, other: Span) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])


def _columns(rows: Sequence[_Row]) -> list[Span]:
    columns: list[Span] = []
    for row in rows:
        columns = _grown(columns, _pieces_of_first(row)) or columns
    return sorted(columns)


def _pieces_of_first(row: _Row) -> tuple[Piece, ...]:
    return tuple(piece for piece in row.pieces if piece[0] in row.lines[0].words)


def _is_table(rows: Sequence[_Row], columns: Sequence[Span], high: float) -> bool:
    if len(rows) < _ROWS or len(columns) < _COLUMNS:
        return False
    filled = [
        [piece for row in rows for piece in _pieces_of_first(row) if _over(_span(piece), column)]
        for column in columns
    ]
    lined = sum(len(pieces) >= _ROWS and _is_lined(pieces, high) for pieces in filled)
    figures = any(
        sum(map(_is_figure, pieces)) >= max(2, FIGURES * len(pieces)) for pieces in filled[1:]
    )
    return lined >= _COLUMNS and figures


def _is_lined(pieces: Sequence[Piece], high: float) -> bool:
    """Whether the pieces of a column stand on one line: on the left, on the right, or centered."""
    spans = [_span(piece) for piece in pieces]
    for ends in ([a for a, _ in spans], [b for _, b in spans], [(a + b) / 2 for a, b in spans]):
        usual = median(ends)
        if sum(abs(end - usual) < _LINED * high for end in ends) >= 0.8 * len(ends):
            return True
    return False


def _sorted(pieces: Sequence[Piece], columns: Sequence[Span]) -> list[list[Word]]:
    """Return the words of a row by their columns."""
    return [
        [word for piece in pieces if _over(_span(piece), column) for word in piece]
        for column in columns
    ]


def _line(cells: Sequence[Sequence[Word]], lines: Sequence[Line], columns: Sequence[Span]) -> Line:
    """Return a row of a table; an empty cell holds one empty word."""
    boxes = [line.box for line in lines]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    frame: Pixels = (columns[0][0], top, columns[-1][1], bottom)
    filled = [
        list(cell) or [Word("", (left, top, right, bottom), 1.0)]
        for cell, (left, right) in zip(cells, columns, strict=True)
    ]
    words = tuple(word for cell in filled for word in cell)
    return Line(words, kind="table", cells=tuple(map(len, filled)), frame=frame)
