"""The rules of one direction: pieces of lines put together, straightened and told apart.

All are straightened by the longest of them, so that a page may be bent or a little askew. Letters,
underlines and strokes of a seal are left out: a short rule runs from one rule to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.page import Image

_GAP = 15  # a rule broken by less is one rule
_NEAR = 5  # a short rule begins and ends so near to others
_APART = 5  # rules of one direction are at least so far apart
_OPEN = 18  # how far rules stand out over the last one where the outer border is missing
_OPENING = 0.4  # the share of them that must
_THICK = 9  # a rule is thinner: ink for each point of its length
_BOW = 3.0  # and no more bent than so many points,
_STRAIGHT_ANYWAY = 150  # unless it is so long: paper bends, too
_COVERED = 0.5  # the share of a cell's side that must be ruled
_LONG = 0.3  # a rule that runs over so much of the longest one needs no other evidence
_MANY, _PARTED = 8, 0.25  # rows of a table in which a column is to be, and the share that it parts
_SHORTEST_SPLIT = 40  # a shorter column rule must be a long one: letters stand in a row, too

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


def axis_of(runs: Image) -> Axis | None:
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
    """Return the axis with the outer borders that the other direction's rules stand out for.

    A stroke or a bent rule may do so by itself: a good part of them must.
    """
    runs = [run for runs in other.covered for run in runs]
    places, covered = list(axis.places), list(axis.covered)
    before = [low for low, _ in runs if places[0] - low > _OPEN]
    after = [high for _, high in runs if high - places[-1] > _OPEN]
    if len(before) >= _OPENING * len(runs):
        places.insert(0, min(before))
        covered.insert(0, ())
    if len(after) >= _OPENING * len(runs):
        places.append(max(after))
        covered.append(())
    return Axis(tuple(places), tuple(covered), axis.bend)


def _parting(columns: Axis, rows: Axis) -> Axis:
    """Return the columns whose rules part cells in more than a few rows.

    What parts the header alone is the stroke of a seal, or of a pen.
    """
    spans = list(pairwise(rows.places))
    if len(spans) < _MANY:
        return columns
    return columns.chosen(
        [
            number
            for number in range(len(columns.places))
            if sum(columns.ruled(number, *span) for span in spans) >= _PARTED * len(spans)
        ]
    )


def settled(rows: Axis, columns: Axis) -> tuple[Axis, Axis]:
    """Return both directions without false rules, their missing outer borders supplied."""
    long_rows, long_columns = rows.long_ones(_LONG), columns.long_ones(_LONG)
    rows = _closed(_anchored(rows, long_rows, long_columns, 0), long_columns)
    columns = _closed(_anchored(columns, long_columns, long_rows, _SHORTEST_SPLIT), long_rows)
    return rows, _parting(columns, rows)
