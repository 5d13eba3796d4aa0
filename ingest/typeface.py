"""The figures of a page's tables, checked by their type: each sign against those read surely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from ingest.glyphs import Glyph, Models, Told, glyphs_in
from ingest.page import Block, Image, Line, Page, Pixels, Word, around

Cells = Sequence[Sequence[Word]]

_FIGURE = regex.compile(r"[-–]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:[.,]\d{1,4})?|[IVX]{1,5}")
_DECIMAL = regex.compile(r"^(\d+)\.(\d{1,2}|\d{4})$")  # a point parts thousands
_NUMBER = regex.compile(r"[-–]?[\d.,]*\d[\d.,]*")
_SIGNS = regex.compile(r"[\d.,IVX–-]{1,15}")  # texts that the models are taken from
_KNOWN, _KNOWN_OUTSIDE = 0.85, 0.93  # how sure a figure must be whose signs are models
_MARKED = regex.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,4})?")
_COMMA, _POINT = ((0.3, 0.5), (0.12, 0.3)), ((0.1, 0.24), (-0.06, 0.06))  # how high, how low
_LIKE, _LIKE_MARK, _LEAD = 0.8, 0.65, 0.06  # a sign that is told surely
_TOLD = 0.93  # how sure a figure is that its type told
_BORDER = 2  # points of the sketch along a cell's border
_FEWEST = 0.5  # the share of a column's cells that are figures


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table: its column, its words and its signs."""

    column: tuple[int, int]  # the table's number and the column's
    words: Sequence[Word]
    glyphs: Sequence[Glyph]

    @property
    def text(self) -> str:
        return _text(self.words)

    @property
    def known(self) -> bool:
        """Whether its signs are models: a figure, read surely, with a sign for each letter."""
        sure = len(self.words) == 1 and self.words[0].confidence >= _KNOWN
        return sure and bool(_SIGNS.fullmatch(self.text)) and len(self.glyphs) == len(self.text)


def checked(
    page: Page, step: int, tables: Sequence[Cells]
) -> tuple[list[list[Sequence[Word]]], int]:
    """Return the words of the tables' cells, and how many figures their type told otherwise."""
    if page.image is None:
        return [list(cells) for cells in tables], 0
    cells = [
        [_cell_of(page.image, (number, block), words, _BORDER * step)
         for block, words in zip(ruling.blocks, read, strict=True)]
        for number, (ruling, read) in enumerate(zip(page.rulings, tables, strict=True))
    ]  # fmt: skip
    every = [cell for table in cells for cell in table]
    known = {n: (cell.text, cell.glyphs) for n, cell in enumerate(every) if cell.known}
    models = Models(known | dict(enumerate(_outside(page), len(every))))
    columns = _figure_columns(every)
    told = [_told(models, n, cell, figures=cell.column in columns) for n, cell in enumerate(every)]
    other = sum(_text(words) != cell.text for words, cell in zip(told, every, strict=True))
    rest = iter(told)
    return [[next(rest) for _ in table] for table in cells], other


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _cell_of(image: Image, at: tuple[int, Block], words: Sequence[Word], border: int) -> _Cell:
    number, block = at
    left, top, right, bottom = block.box
    inner = (left + border, top + border, right - border, bottom - border)
    return _Cell((number, block.column), words, glyphs_in(image, inner))


def _outside(page: Page) -> Iterator[tuple[str, Sequence[Glyph]]]:
    """Yield the figures that stand outside of the tables, with their signs."""
    assert page.image is not None  # noqa: S101
    for line in page.lines:
        for word in _figures(line, page):
            glyphs = glyphs_in(page.image, word.box)
            if len(glyphs) == len(word.text):
                yield word.text, glyphs


def _figures(line: Line, page: Page) -> Iterator[Word]:
    for word in line.words:
        sure = word.confidence >= _KNOWN_OUTSIDE and len(word.text) > 1
        if sure and _FIGURE.fullmatch(word.text) and not _in_table(word.box, page):
            yield word


def _in_table(box: Pixels, page: Page) -> bool:
    return any(r.box[1] <= box[3] and box[1] <= r.box[3] for r in page.rulings)


def _figure_columns(cells: Sequence[_Cell]) -> set[tuple[int, int]]:
    """Return the columns most of whose cells are figures."""
    filled = Counter(cell.column for cell in cells if cell.words)
    figures = Counter(cell.column for cell in cells if _FIGURE.fullmatch(cell.text))
    return {column for column, count in filled.items() if figures[column] > _FEWEST * count}


def _told(models: Models, number: int, cell: _Cell, *, figures: bool) -> Sequence[Word]:
    """Return the words of a cell, or the figure that its signs tell."""
    figure = _NUMBER.fullmatch(cell.text) is not None
    if not cell.glyphs or len(cell.glyphs) > 15 or not (figure or figures):
        return cell.words
    marked = _marked(cell)
    if marked != cell.text:
        return [replace(cell.words[0], text=marked)]
    told = [models.tell(number, glyph) for glyph in cell.glyphs]
    text = _with_marks("".join(one.sign for one in told), cell.text)
    if not all(map(_is_sure, told)) or not _FIGURE.fullmatch(text):
        return cell.words
    if not cell.words and not models.is_of_size(cell.glyphs):
        return cell.words  # a piece of a rule is a `1` of another size
    sure = max(_TOLD, *(word.confidence for word in cell.words)) if text == cell.text else _TOLD
    return [Word(text, around([glyph.box for glyph in cell.glyphs]), sure)]


def _marked(cell: _Cell) -> str:
    """Return what a cell says, with the marks that are seen among its digits: `97,5` for `975`."""
    signs = [char for char in cell.text if char not in ".,/"]
    marks = [_mark(glyph) for glyph in cell.glyphs]
    if len(cell.words) != 1 or len(signs) + sum(map(bool, marks)) != len(marks):
        return cell.text
    rest = iter(signs)
    text = "".join(mark or next(rest) for mark in marks)
    lost = "," in cell.text and "," not in text
    return text if _MARKED.fullmatch(text) and not lost else cell.text


def _mark(glyph: Glyph) -> str:
    """Return the mark that a sign is by its form: a comma reaches below the line."""
    high, _, low = glyph.form
    for mark, (height, depth) in ((",", _COMMA), (".", _POINT)):
        if height[0] <= high <= height[1] and depth[0] <= low <= depth[1]:
            return mark
    return ""


def _is_sure(told: Told) -> bool:
    return told.likeness > (_LIKE_MARK if told.sign in ".," else _LIKE) and told.lead > _LEAD


def _with_marks(text: str, seen: str) -> str:
    """Return a figure with the comma that was seen: a comma loses its tail, a point gets none."""
    if len(text) != len(seen) or not {".", ","} & set(seen):
        return _DECIMAL.sub(r"\1,\2", text)
    return "".join(b if a == "." and b == "," else a for a, b in zip(text, seen, strict=True))
