"""Lines that the first look passed over, found by their ink and read by themselves.

Tesseract loses a line now and then, above all a short one between wide gaps. What it lost stands on
the page as a row of letters where no word was read. A signature or a seal is no such row, and says
nothing when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from ingest.alone import read_alone
from ingest.columns import line_height
from ingest.merging import likely
from ingest.page import Image, Line, Page, Pixels, Word
from ingest.reading import Engine
from ingest.rules import Sketch

_ONE_LINE = 7  # Tesseract's mode
_MOST = 4  # rows of one page that are read again
_EDGE = 0.04  # the share of the page along its edges where dirt and borders are
_LETTER = (0.2, 1.4)  # how high a letter is, in heights of a word,
_WIDEST = 5.0  # and how wide a piece of print, as bold letters run together
_SPACE = 0.8  # the widest gap within a row
_ROW = (0.4, 1.7)  # how high a row is
_LEAST = 2.0  # how long it is, at the least,
_LETTERS = 4  # and how many pieces it has, and letters when read
_SURE = 0.8
_AROUND = 0.35  # heights of a word around a row that is read


def with_lost(page: Page, ink: Sketch, engine: Engine) -> Page:
    """Return the page with the lines that were passed over; `ink` is without the rules."""
    if page.image is None or not page.lines:
        return page
    em = line_height(page.lines)
    read = (_read(page, box, em, engine) for box in _rows(page, ink, em))
    found = [Line(words) for words in read if _says(words)]
    if not found:
        return page
    notes = page.notes | {"lost_lines": f"{len(found)} found again"}
    return replace(page, lines=(*page.lines, *found), notes=notes)


def _says(words: Sequence[Word]) -> bool:
    letters = sum(char.isalnum() for word in words for char in word.text)
    return letters >= _LETTERS and likely(words) > _SURE


def _rows(page: Page, ink: Sketch, em: float) -> Iterator[Pixels]:
    """Yield the longest rows of letters that no word was read in, in pixels of the page."""
    small = em / ink.step
    letters = _letters(_unread(page, ink), small)
    space = max(3, round(_SPACE * small))
    closed = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((3, space), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    for label in sorted(range(1, count), key=lambda label: -stats[label][2])[:_MOST]:
        left, top, wide, high, _ = (int(value) for value in stats[label])
        if wide < _LEAST * small or not _ROW[0] * small < high < _ROW[1] * small:
            continue
        window = np.s_[top : top + high, left : left + wide]
        inside = np.where(labels[window] == label, letters[window], 0).astype(np.uint8)
        if cv2.connectedComponents(inside)[0] > _LETTERS:
            step = ink.step
            yield left * step, top * step, (left + wide) * step, (top + high) * step


def _unread(page: Page, ink: Sketch) -> Image:
    """Return the ink of a page where no word was read, no table is, and not near its edges."""
    rest, step = ink.ink.copy(), ink.step
    boxes = [word.box for line in page.lines for word in line.words]
    for left, top, right, bottom in (*boxes, *(ruling.box for ruling in page.rulings)):
        rest[top // step - 1 : bottom // step + 2, left // step - 1 : right // step + 2] = 0
    edge = round(_EDGE * min(rest.shape))
    bare = np.zeros_like(rest)
    bare[edge:-edge, edge:-edge] = rest[edge:-edge, edge:-edge]
    return bare


def _letters(ink: Image, em: float) -> Image:
    """Return the pieces of ink that have the size of letters."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    kept = (high > _LETTER[0] * em) & (high < _LETTER[1] * em) & (wide < _WIDEST * em)
    kept[0] = False
    return np.where(kept[labels], ink, 0).astype(np.uint8)


def _read(page: Page, box: Pixels, em: float, engine: Engine) -> tuple[Word, ...]:
    around = round(_AROUND * em)
    left, top, right, bottom = box
    part = (left - around, top - around, right + around, bottom + around)
    return tuple(word for line in read_alone(page, part, engine, _ONE_LINE) for word in line.words)
