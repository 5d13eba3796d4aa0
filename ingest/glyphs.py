"""The signs of a page's figures, held against each other: what no dictionary can check.

The OCR reads a lone number badly: `39` as `59`, `11` as `1`, `99,1` as `991`. But the same digits
are printed all over a table in the same type. Signs of figures that were read surely are models;
the signs of each other cell are told by the models that they look like, one sign at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.page import Image, Pixels

Shape = NDArray[np.float32]

_SIZE = (16, 24)  # of a sign's picture, across and down
_DARK = 0.55  # the share of the way from ink to paper below which a point is ink
_CONTRAST = 60  # gray levels between ink and paper, at least
_SPECK = 0.012  # the least ink of a sign, in squares of a digit's height
_TALLEST = 1.75  # a cell of one line is at most so many digits high
_OVER = 0.5  # parts of one sign lie over each other by so much of the narrower one
_FEW = 2  # a sign that is known from fewer models may be another that is not known at all,
_THE_SAME = 0.92  # unless it is so like it
_TALL = 0.8  # a sign so much as high as the highest is no mark
_SAME_SIZE = 0.2  # by so much digits of one type differ in height
_MOST = 40  # models of one sign
_TWINS = {".", ","}  # which of them it is, is told by what stands around it
_WEIGHTS = np.array([1.0, 0.5, 1.0], np.float32)  # of height, width and place in a likeness


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign: its picture, stretched to one size, and how high, how wide, and how low it stands."""

    picture: Shape
    form: tuple[float, float, float]  # in heights of a digit; the last one from the baseline down
    box: Pixels  # on the picture of the page

    @property
    def height(self) -> int:
        """The sign's height in pixels."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Told:
    """What a sign looks most like, how much, and how much more than like any other."""

    sign: str
    likeness: float
    lead: float


def glyphs_in(image: Image, box: Pixels) -> list[Glyph]:
    """Return the signs of a cell that holds one line, from left to right; none of any other."""
    crop = _inner(image, box)
    if crop.size == 0:
        return []
    low, high = float(np.min(crop)), float(np.percentile(crop, 90))
    if high - low < _CONTRAST:
        return []
    ink = (crop < low + _DARK * (high - low)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:]]
    tall = max((b - t for _, t, _, b in boxes), default=0)
    boxes = [one for one in boxes if (one[2] - one[0]) * (one[3] - one[1]) >= _SPECK * tall * tall]
    if not boxes or max(b[3] for b in boxes) - min(b[1] for b in boxes) > _TALLEST * tall:
        return []
    boxes = _whole(boxes)
    base = float(np.median([b for _, t, _, b in boxes if b - t > 0.7 * tall]))
    return [_glyph(crop, high, one, (tall, base), box) for one in boxes]


def _inner(image: Image, box: Pixels) -> Image:
    left, top, right, bottom = box
    return image[max(0, top) : bottom, max(0, left) : right]


def _whole(boxes: Sequence[Pixels]) -> list[Pixels]:
    """Return the boxes from left to right, those that lie over each other joined."""
    done: list[Pixels] = []
    for box in sorted(boxes):
        if done:
            last = done[-1]
            narrow = min(last[2] - last[0], box[2] - box[0])
            if min(last[2], box[2]) - box[0] > _OVER * narrow:
                done[-1] = (
                    last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]),
                )  # fmt: skip
                continue
        done.append(box)
    return done


def _glyph(crop: Image, paper: float, box: Pixels, line: tuple[int, float], cell: Pixels) -> Glyph:
    left, top, right, bottom = box
    tall, base = line
    part = np.clip(paper - crop[top:bottom, left:right].astype(np.float32), 0, None)
    sized = cv2.resize(part, _SIZE, interpolation=cv2.INTER_AREA).ravel()
    even = sized - sized.mean()
    picture = (even / (np.linalg.norm(even) + 1e-6)).astype(np.float32)
    form = ((bottom - top) / tall, (right - left) / tall, (bottom - base) / tall)
    on_page = (left + cell[0], top + cell[1], right + cell[0], bottom + cell[1])
    return Glyph(picture, form, on_page)


class Models:
    """Signs that are known: of each, what it looks like in the cells that were read surely."""

    def __init__(self, known: Mapping[int, tuple[str, Sequence[Glyph]]]) -> None:
        """Take the known cells: of each its text and as many signs as that has letters."""
        by_sign: dict[str, list[tuple[int, Glyph]]] = defaultdict(list)
        for cell, (text, glyphs) in known.items():
            for sign, glyph in zip(text, glyphs, strict=True):
                by_sign[sign].append((cell, glyph))
        heights = [g.height for pairs in by_sign.values() for _, g in pairs if g.form[0] > _TALL]
        self._height = float(np.median(heights)) if heights else 0.0
        self._kinds = {sign: _Kind.of(pairs[:_MOST]) for sign, pairs in by_sign.items()}

    def is_of_size(self, glyphs: Sequence[Glyph]) -> bool:
        """Whether the tallest of the signs is about as high as the digits that are known."""
        tallest = max(glyph.height for glyph in glyphs)
        return abs(tallest - self._height) < _SAME_SIZE * self._height

    def tell(self, cell: int, glyph: Glyph) -> Told:
        """Return what a sign of a cell looks like, that cell's own models left out."""
        marks = sorted(
            ((kind.mark(cell, glyph), sign) for sign, kind in self._kinds.items()), reverse=True
        )
        if not marks:
            return Told("", 0.0, 0.0)
        best, sign = marks[0]
        alike = _TWINS if sign in _TWINS else {sign}
        models = sum(self._kinds[one].models(cell) for one in alike & self._kinds.keys())
        if models < _FEW and best < _THE_SAME:
            return Told(sign, best, 0.0)
        rivals = (mark for mark, other in marks[1:] if {sign, other} != _TWINS)
        return Told(sign, best, best - next(rivals, 0.0))


@dataclass(frozen=True, slots=True)
class _Kind:
    """All models of one sign, and the cells in which they stand."""

    cells: NDArray[np.int64]
    pictures: Shape
    forms: Shape

    @classmethod
    def of(cls, pairs: Sequence[tuple[int, Glyph]]) -> _Kind:
        return cls(
            np.array([cell for cell, _ in pairs]),
            np.array([glyph.picture for _, glyph in pairs], np.float32),
            np.array([glyph.form for _, glyph in pairs], np.float32),
        )

    def models(self, cell: int) -> int:
        """Return how many models there are outside of a cell."""
        return int(np.sum(self.cells != cell))

    def mark(self, cell: int, glyph: Glyph) -> float:
        """Return how much a sign is like those of this kind: like the best two of them."""
        away = np.abs(self.forms - np.array(glyph.form, np.float32)) @ _WEIGHTS
        alike = (self.pictures @ glyph.picture - away)[self.cells != cell]
        best = np.sort(alike)[-_FEW:]
        return float(best.mean()) if best.size else -1.0
