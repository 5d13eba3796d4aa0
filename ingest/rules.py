"""Ruled lines and the grids that they make: where the cells of a table are on the picture.

Lines are found on a sketch of the page at about 100 dots an inch, where a thin rule survives
because each point takes the darkest of its neighbors. Rules may be broken, bent or a little
askew: all are straightened by the longest of them before they are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.page import Block, Image, Pixels, Ruling

SKETCH_DPI = 100
_ACROSS, _DOWN = 34, 20  # the shortest rule, in points of the sketch: longer than any letter
_GAP = 15  # a rule broken by less is one rule
_REACH = 7  # a rule ends at another that is so near
_NEAR = 5  # a short rule begins and ends so near to others
_APART = 5  # rules of one direction are at least so far apart
_LEAST = (60, 30)  # the smallest table, in points of the sketch
_OPEN = 18  # how far rules stand out over the last one where the outer border is missing
_THICK = 9  # a rule is thinner: ink for each point of its length
_BOW = 3.0  # and no more bent than so many points,
_STRAIGHT_ANYWAY = 150  # unless it is so long: paper bends, too
_LONG = 0.3  # a rule that runs over so much of the longest one needs no other evidence
_SHORTEST_SPLIT = 40  # a shorter column rule must be a long one: letters stand in a row, too
_COVERED = 0.5  # the share of a cell's side that must be ruled

Coordinates = NDArray[np.float64]
Points = NDArray[np.intp]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A rule or a piece of one, straightened: where it stands and from where to where it runs."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Axis:
    """The rules of one direction: their places, what each covers, and how they are bent."""

    places: tuple[float, ...]
    covered: tuple[tuple[Interval, ...], ...]
    bend: Coordinates  # how far a rule is off its place, along its run

    @classmethod
    def of(cls, groups: Sequence[Sequence[Piece]], bend: Coordinates) -> Axis:
        """Return the axis whose rules are groups of pieces."""
        places = [
            float(np.average([p.at for p in g], weights=[p.high - p.low for p in g]))
            for g in groups
        ]
        return cls(tuple(places), tuple(tuple((p.low, p.high) for p in g) for g in groups), bend)

    def chosen(self, numbers: Sequence[int]) -> Axis:
        """Return the axis with some of its rules."""
        places = tuple(self.places[n] for n in numbers)
        return Axis(places, tuple(self.covered[n] for n in numbers), self.bend)

    def long_ones(self, share: float) -> Axis:
        """Return the axis with the rules that cover a share of the longest one's length."""
        lengths = [sum(high - low for low, high in runs) for runs in self.covered]
        least = share * max(lengths)
        return self.chosen([n for n, length in enumerate(lengths) if length >= least])

    def ruled(self, number: int, low: float, high: float) -> bool:
        """Say whether a rule runs from `low` to `high`; a border that is missing counts as one."""
        if number in (0, len(self.places) - 1):
            return True
        runs = self.covered[number]
        shared = sum(max(0.0, min(high, end) - max(low, start)) for start, end in runs)
        return shared >= _COVERED * (high - low)

    def off(self, along: float) -> float:
        """Return how far a rule is off its place at a point of its run."""
        return float(self.bend[int(np.clip(along, 0, len(self.bend) - 1))])


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
    return Sketch(np.asarray(page.ink & ~cv2.dilate(rules, np.ones((3, 3), np.uint8))), page.step)


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
    rows, columns = _axis(across), _axis(np.ascontiguousarray(down.T))
    if rows is None or columns is None:
        return None
    long_rows, long_columns = rows.long_ones(_LONG), columns.long_ones(_LONG)
    rows = _closed(_anchored(rows, long_rows, long_columns, 0), long_columns)
    columns = _closed(_anchored(columns, long_columns, long_rows, _SHORTEST_SPLIT), long_rows)
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


def _axis(runs: Image) -> Axis | None:
    """Return the rules of one direction; the other one is given turned over."""
    closed = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    bow = stats[:, 3] - stats[:, 4] / stats[:, 2]  # a stroke of a seal is bent
    straight = (bow <= _BOW) | (stats[:, 2] > _STRAIGHT_ANYWAY)
    thin = np.flatnonzero(straight & (stats[:, 4] < _THICK * stats[:, 2]))
    thin = thin[thin > 0]
    if not len(thin):
        return None
    ys, xs = np.nonzero(closed)
    owners = labels[ys, xs]
    longest = owners == thin[np.argmax(stats[thin, 2])]
    bend = _bend(xs[longest], ys[longest], runs.shape[1])
    at = np.bincount(owners, weights=ys - bend[xs], minlength=count) / np.maximum(stats[:, 4], 1)
    pieces = [
        Piece(float(at[n]), float(stats[n, 0]), float(stats[n, 0] + stats[n, 2])) for n in thin
    ]
    return Axis.of(list(_grouped(pieces)), bend)


def _bend(xs: Points, ys: Points, length: int) -> Coordinates:
    """Return how far a rule is off its middle at each point of the window's length."""
    counts = np.bincount(xs, minlength=length)
    heights = np.bincount(xs, weights=ys, minlength=length)
    known = np.flatnonzero(counts)
    line = np.interp(np.arange(length), known, heights[known] / counts[known])
    slope, start = np.polyfit(known, line[known], 1)
    outside = (np.arange(length) < known[0]) | (np.arange(length) > known[-1])
    line[outside] = (slope * np.arange(length) + start)[outside]
    smooth = np.convolve(np.pad(line, 10, mode="edge"), np.full(21, 1 / 21), mode="valid")
    return np.asarray(smooth - smooth.mean(), np.float64)


def _grouped(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.at):
        if group and piece.at - group[-1].at > _APART:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _anchored(axis: Axis, long: Axis, other: Axis, least: float) -> Axis:
    """Return the axis without letters and seals: a short rule runs from rule to rule."""
    kept = [
        number
        for number, runs in enumerate(axis.covered)
        if axis.places[number] in long.places
        or any(_is_anchored(run, other.places) and run[1] - run[0] >= least for run in runs)
    ]
    return axis.chosen(kept)


def _is_anchored(run: Interval, places: Sequence[float]) -> bool:
    return any(run[0] - _NEAR <= low and high <= run[1] + _NEAR for low, high in pairwise(places))


def _closed(axis: Axis, other: Axis) -> Axis:
    """Return the axis with the outer borders that the other direction's rules stand out for."""
    runs = [run for runs in other.covered for run in runs]
    low, high = min(run[0] for run in runs), max(run[1] for run in runs)
    places, covered = list(axis.places), list(axis.covered)
    if places[0] - low > _OPEN:
        places.insert(0, low)
        covered.insert(0, ())
    if high - places[-1] > _OPEN:
        places.append(high)
        covered.append(())
    return Axis(tuple(places), tuple(covered), axis.bend)


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
