"""Ruled lines and the grids that they make: where the cells of a table are on the picture.

Lines are found on a sketch of the page at about 100 dots an inch, where a thin rule survives
because each point takes the darkest of its neighbors. Rules may be broken, bent or a little
askew: all are straightened by the longest of them before they are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.axes import Axis, axis_of, settled
from ingest.page import Block, Image, Pixels, Ruling

SKETCH_DPI = 100
_ACROSS, _DOWN = 34, 20  # the shortest rule, in points of the sketch: longer than any letter
_REACH = 7  # a rule ends at another that is so near
_LEAST = (200, 40)  # the smallest table, in points of the sketch: wider than seal and signature


@dataclass(frozen=True, slots=True)
class Sketch:
    """The ink of a page at low resolution; a point of it stands for `step` x `step` pixels."""

    ink: Image
    step: int


def sketch(gray: Image, dpi: int) -> Sketch:
    """Return the ink of a page at about 100 dots an inch, no thin line lost."""
    step = max(1, round(dpi / SKETCH_DPI))
    small = (
        cv2.erode(gray, np.ones((step, step), np.uint8), anchor=(0, 0))[::step, ::step]
        if step > 1
        else gray
    )
    ink = cv2.adaptiveThreshold(
        np.ascontiguousarray(small), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 14
    )
    return Sketch(np.asarray(ink, np.uint8), step)


def without(page: Sketch, rules: Image) -> Sketch:
    """Return the ink of a page without its rules."""
    wide = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    return Sketch(np.asarray(cv2.subtract(page.ink, wide), np.uint8), page.step)


def find_rulings(page: Sketch) -> tuple[tuple[Ruling, ...], Image]:
    """Return the grids of the ruled tables on a page, and where their rules are on the sketch."""
    across = _lines(page.ink, (_ACROSS, 1))
    down = _lines(page.ink, (1, _DOWN))
    joined = cv2.dilate(across | down, np.ones((_REACH, _REACH), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found, rules = [], np.zeros_like(page.ink)
    for label in range(1, count):
        left, top, wide, high, _ = (int(value) for value in stats[label])
        if wide < _LEAST[0] or high < _LEAST[1]:
            continue
        window = np.s_[top : top + high, left : left + wide]
        inside = (labels[window] == label).astype(np.uint8) * 255
        ruling = _grid(across[window] & inside, down[window] & inside)
        if ruling is not None:
            found.append(_moved(ruling, left, top, page.step))
            rules[window] |= (across | down)[window] & inside
    return tuple(sorted(found, key=lambda ruling: ruling.box[1])), rules


def _lines(ink: Image, kernel: tuple[int, int]) -> Image:
    """Return the runs of ink at least as long as the kernel, small breaks closed."""
    thick = (3, 1) if kernel[0] == 1 else (1, 3)
    bridged = cv2.dilate(ink, np.ones(thick[::-1], np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
    return np.asarray(runs, np.uint8)


def _grid(across: Image, down: Image) -> Ruling | None:
    """Return the grid that rules make, in points of the sketch; null where they make none."""
    rows, columns = axis_of(across), axis_of(np.ascontiguousarray(down.T))
    if rows is None or columns is None:
        return None
    rows, columns = settled(rows, columns)
    high, wide = len(rows.places) - 1, len(columns.places) - 1
    if high < 2 or wide < 2:
        return None
    blocks = [
        Block(row, column, tall, broad, _box(rows, columns, (row, column, tall, broad)))
        for row, column, tall, broad in _merged(rows, columns)
    ]
    if len(blocks) < 4 or max(block.rows * block.columns for block in blocks) > 0.7 * high * wide:
        return None
    box = _box(rows, columns, (0, 0, high, wide))
    return Ruling(box, tuple(blocks), high, wide)


def _merged(rows: Axis, columns: Axis) -> Iterator[tuple[int, int, int, int]]:
    """Yield the cells (row, column, rows, columns): unit cells joined where no rule parts them."""
    high, wide = len(rows.places) - 1, len(columns.places) - 1
    owner = np.arange(high * wide).reshape(high, wide)
    for row in range(high):
        for column in range(wide):
            top, left = rows.places[row : row + 2], columns.places[column : column + 2]
            if row and not rows.ruled(row, *left):
                _join(owner, owner[row - 1, column], owner[row, column])
            if column and not columns.ruled(column, *top):
                _join(owner, owner[row, column - 1], owner[row, column])
    for label in np.unique(owner):
        ys, xs = np.nonzero(owner == label)
        yield int(ys[0]), int(xs.min()), int(np.ptp(ys)) + 1, int(np.ptp(xs)) + 1


def _join(owner: NDArray[np.int64], one: int, other: int) -> None:
    """Give all cells of the rectangle around two joined cells to one owner."""
    while True:
        ys, xs = np.nonzero((owner == one) | (owner == other))
        window = owner[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
        strangers = set(np.unique(window).tolist()) - {int(one)}
        if not strangers:
            return
        owner[np.isin(owner, list(strangers))] = one


def _box(rows: Axis, columns: Axis, cell: tuple[int, int, int, int]) -> Pixels:
    row, column, tall, broad = cell
    top, bottom = rows.places[row], rows.places[row + tall]
    left, right = columns.places[column], columns.places[column + broad]
    down, along = rows.off((left + right) / 2), columns.off((top + bottom) / 2)
    return round(left + along), round(top + down), round(right + along), round(bottom + down)


def _moved(ruling: Ruling, left: int, top: int, step: int) -> Ruling:
    def place(box: Pixels) -> Pixels:
        x0, y0, x1, y1 = box
        return (x0 + left) * step, (y0 + top) * step, (x1 + left) * step, (y1 + top) * step

    blocks = [Block(b.row, b.column, b.rows, b.columns, place(b.box)) for b in ruling.blocks]
    return Ruling(place(ruling.box), tuple(blocks), ruling.rows, ruling.columns)
