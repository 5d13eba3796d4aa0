"""The cells of a ruled table, read: the words seen on the whole page, and each doubtful cell again.

A cell without ink is empty. The table becomes one line of the page's text for each of its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ingest.alone import read_alone
from ingest.decimals import with_commas
from ingest.page import Block, Image, Line, Page, Pixels, Ruling, Word, shared
from ingest.reading import Engine
from ingest.rules import Sketch
from ingest.typeface import checked
from ingest.votes import Piece, agreed, ordered, sureness

_ONE_LINE, _LINES = 7, 6  # Tesseract's modes
_SURE = 0.85  # a cell whose words are less sure is read again
_SURE_ALONE = 0.97  # a reading of a cell by itself that needs no other beside it
_SCALES = (1.0, 0.82, 1.23)  # of the page: a lone digit is read well at one size, not at another
_TALL = 1.7  # heights of the other words: a higher one stands on two lines
_EDGE = 2  # points of the sketch along a cell's border that belong to its rules
_LEAST_INK = 4  # the least ink, in points of the sketch, that is a sign and no speck
_STAMP = (0.38, 0.52)  # shares of the page's width: how wide a stamp is, how far right it reaches


@dataclass(frozen=True, slots=True)
class Ruled:
    """A page whose rules are wiped off, with what is needed to read its cells."""

    page: Page
    ink: Sketch  # without the rules
    engine: Engine


def wiped(image: Image, rules: Image, step: int) -> Image:
    """Return the picture with its rules painted over in white."""
    size = (rules.shape[1] * step, rules.shape[0] * step)
    mask = cv2.resize(rules, size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.max(image, mask[: image.shape[0], : image.shape[1]]), np.uint8)


def read_tables(ruled: Ruled) -> Page:
    """Return the page with its tables read: a line for each row, no word in the text twice.

    What stands in the frame of a received stamp is set apart.
    """
    page = _without_stamps(ruled.page)
    tables: list[list[list[Word]]] = []
    again = 0
    for ruling in page.rulings:
        seen = _by_block(page.lines, ruling)
        read = [_cell(ruled, block, said) for block, said in zip(ruling.blocks, seen, strict=True)]
        again += sum(fresh for _, fresh in read)
        tables.append([words for words, _ in read])
    told, other = checked(page, ruled.ink.step, tables)
    rows: list[Line] = []
    for number, (ruling, cells) in enumerate(zip(page.rulings, told, strict=True)):
        rows += _rows(ruling, number, with_commas(ruling, cells))
    outside = [kept for line in page.lines if (kept := _outside(line, page.rulings))]
    note = (
        f"{len(page.rulings)} ruled; {again} cells read by themselves, {other} told by their type"
    )
    return replace(page, lines=(*outside, *rows), notes=page.notes | {"tables": note})


def _without_stamps(page: Page) -> Page:
    """Return the page with the frames of received stamps (dấu đến) as what they are: no tables.

    They are narrow, and stand at the left of the page's upper half.
    """
    stamps = [r for r in page.rulings if _is_stamp(r.box, page)]
    if not stamps:
        return page
    lines: list[Line] = []
    for line in page.lines:
        inside = [w for w in line.words if any(_center_in(w.box, r.box) for r in stamps)]
        rest = [word for word in line.words if word not in inside]
        lines += [replace(line, words=tuple(rest))] if rest else []
        lines += [replace(line, words=tuple(inside), kind="stamp")] if inside else []
    tables = tuple(ruling for ruling in page.rulings if ruling not in stamps)
    return replace(page, lines=tuple(lines), rulings=tables)


def _is_stamp(box: Pixels, page: Page) -> bool:
    left, top, right, _ = box
    narrow, near = (share * page.width for share in _STAMP)
    return right - left < narrow and right < near and top < 0.5 * page.height


def _center_in(box: Pixels, frame: Pixels) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= across <= frame[2] and frame[1] <= down <= frame[3]


def _outside(line: Line, rulings: Sequence[Ruling]) -> Line | None:
    words = tuple(
        word for word in line.words if not any(_center_in(word.box, r.box) for r in rulings)
    )
    return replace(line, words=words) if words else None


def _by_block(lines: Sequence[Line], ruling: Ruling) -> list[list[Piece]]:
    """Return the words of each cell by the lines that they stand in."""
    seen: list[list[Piece]] = [[] for _ in ruling.blocks]
    for line in lines:
        inside = [word for word in line.words if _center_in(word.box, ruling.box)]
        for number, block in enumerate(ruling.blocks if inside else ()):
            words = [word for one in inside if (word := _in_cell(one, block.box))]
            if words:
                seen[number].append(words)
    return seen


def _in_cell(word: Word, cell: Pixels) -> Word | None:
    """Return a word as it belongs to a cell; one over a border is doubtful on both sides of it."""
    part = shared(word.box, cell)
    if part > 0.75:
        return word
    return replace(word, confidence=0.0) if part > 0.2 else None


def _cell(ruled: Ruled, block: Block, seen: Sequence[Piece]) -> tuple[list[Word], bool]:
    """Return the words of a cell in reading order, and whether it was read by itself."""
    ink = _ink_in(ruled.ink, block.box)
    if ink is None:
        return [], False
    words = ordered(seen)
    if words and sureness(words) >= _SURE and _holds(words, ink) and _is_even(words):
        return words, False
    readings = [[word for word in words if word.confidence > 0]]
    for scale in _SCALES:
        readings.append(ordered(_read_alone(ruled, block.box, ink, scale)))
        if sureness(readings[-1]) >= _SURE_ALONE:
            break
    return agreed(readings), True


def _ink_in(ink: Sketch, box: Pixels) -> Pixels | None:
    """Return the box around the ink of a cell, in pixels of the page; null where it is empty."""
    left, top, right, bottom = (side // ink.step for side in box)
    inner = ink.ink[
        top + _EDGE : max(top, bottom - _EDGE + 1), left + _EDGE : max(left, right - _EDGE + 1)
    ]
    if not inner.size:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(inner))
    signs = [stats[n] for n in range(1, count) if stats[n][4] >= _LEAST_INK]
    if not signs:
        return None
    x0, y0 = min(s[0] for s in signs) + left + _EDGE, min(s[1] for s in signs) + top + _EDGE
    x1 = max(s[0] + s[2] for s in signs) + left + _EDGE
    y1 = max(s[1] + s[3] for s in signs) + top + _EDGE
    step = ink.step
    return int(x0) * step, int(y0) * step, int(x1) * step, int(y1) * step


def _is_even(words: Sequence[Word]) -> bool:
    """Say whether no word is far higher than the others: two, on lines over each other, in one."""
    return max(word.height for word in words) < _TALL * Line(tuple(words)).word_height


def _holds(words: Sequence[Word], ink: Pixels) -> bool:
    """Say whether the words reach over the ink of their cell: none of it was passed over."""
    left, right = min(w.box[0] for w in words), max(w.box[2] for w in words)
    top, bottom = min(w.box[1] for w in words), max(w.box[3] for w in words)
    slack = 0.8 * Line(tuple(words)).word_height
    return (
        left - ink[0] < slack and ink[2] - right < slack
        and top - ink[1] < slack and ink[3] - bottom < slack
    )  # fmt: skip


def _read_alone(ruled: Ruled, box: Pixels, ink: Pixels, scale: float) -> list[Piece]:
    """Return the lines of words that the OCR sees on a cell by itself, scaled."""
    left, top = max(box[0], ink[0] - 6), max(box[1], ink[1] - 6)
    part = (left, top, min(box[2], ink[2] + 6), min(box[3], ink[3] + 6))
    mode = _ONE_LINE if ink[3] - ink[1] < ruled.page.dpi * 0.22 else _LINES
    return [line.words for line in read_alone(ruled.page, part, ruled.engine, mode, scale=scale)]


def _rows(ruling: Ruling, number: int, words: Sequence[Sequence[Word]]) -> list[Line]:
    """Return a line for each row; a merged cell's words stand where it begins."""
    said = {(b.row, b.column): (b.box, w) for b, w in zip(ruling.blocks, words, strict=True)}
    lines = []
    for row in range(ruling.rows):
        place = _row_box(ruling, row)
        cells = [_words_of(said.get((row, column)), place) for column in range(ruling.columns)]
        counts = tuple(len(cell) for cell in cells)
        lines.append(
            Line(
                tuple(word for cell in cells for word in cell),
                kind="table", cells=counts, grid=number, frame=place,
            )
        )  # fmt: skip
    return lines


def _words_of(cell: tuple[Pixels, Sequence[Word]] | None, row: Pixels) -> list[Word]:
    if cell is None:
        return [Word("", (row[0], row[1], row[0], row[3]), 1.0)]
    box, words = cell
    return list(words) or [Word("", box, 1.0)]


def _row_box(ruling: Ruling, row: int) -> Pixels:
    here = [block for block in ruling.blocks if block.row <= row < block.row + block.rows]
    top = max(block.box[1] for block in here if block.row == max(b.row for b in here))
    low = min(block.row + block.rows for block in here)
    bottom = min(block.box[3] for block in here if block.row + block.rows == low)
    return ruling.box[0], top, ruling.box[2], max(bottom, top + 1)
