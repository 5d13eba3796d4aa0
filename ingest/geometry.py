"""Geometry: how the page lies on the picture, and the picture with the page laid straight.

Everything is read on the straight picture; `Warp` brings what was read back to where it is on
the page as it was drawn, so that a box always lies on the scan that a person sees.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading import Box
from ingest.page import Block, Image, Line, Page, Pixels, Ruling
from ingest.rules import Sketch, sketch

READ_DPI = 200
_LARGE_DPI = 240  # a page of a higher resolution is shrunk
_STEEPEST = 8.0  # degrees of skew that are looked for; a page askew by more is laid anew by hand
_COARSE, _FINE = 0.5, 0.05  # steps in degrees
_SKEWED = 0.5  # degrees; OCR and layout bear less than that
_MARGIN = 0.04  # the share of the page along its edges that is left out: borders, holes, staples
_BAND = 128  # rows laid flat at a time
_POINTS = 40_000  # the ink looked at

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a picture in pixels, and its resolution."""

    width: int
    height: int
    dpi: int


@dataclass(frozen=True, slots=True)
class Bend:
    """How far lines fall below the straight, in shares of the page's width: a bent sheet's curve.

    The terms are u, u², u³, uv, u²v and u³v of a place's shares u across and v down the page,
    from its middle.
    """

    weights: tuple[float, ...]

    def at(self, x: Any, y: Any, shape: Shape) -> Any:
        """Return how many pixels lower a place's line is than it should be."""
        terms = bend_terms(x / shape.width, y / shape.height)
        return shape.width * sum(w * t for w, t in zip(self.weights, terms, strict=True))


def bend_terms(u: Any, v: Any) -> tuple[Any, ...]:
    """Return the terms of a bend at a place, given in shares of the page."""
    u, v = u - 0.5, v - 0.5
    return u, u * u, u * u * u, u * v, u * u * v, u * u * u * v


@dataclass(frozen=True, slots=True)
class Warp:
    """The way from the page as drawn to another picture of it, and the shapes of both."""

    matrix: Matrix
    drawn: Shape
    shown: Shape
    bend: Bend | None = None

    def of(self, image: Image) -> Image:
        """Return the other picture of a page, from its picture as drawn."""
        size = (self.shown.width, self.shown.height)
        white = (255, 255, 255)
        if not np.array_equal(self.matrix, np.eye(3)):
            moved = cv2.warpPerspective(image, self.matrix, size, borderValue=white)
            image = np.asarray(moved, np.uint8)
        if self.bend is None:
            return image
        tops = range(0, size[1], _BAND)
        bands = [self._flat(image, self.bend, top, min(top + _BAND, size[1])) for top in tops]
        return np.concatenate(bands)

    def _flat(self, image: Image, bend: Bend, top: int, bottom: int) -> Image:
        """Return some rows of the flat picture, so that no map of the whole page is held."""
        across = np.arange(self.shown.width, dtype=np.float32)
        xs, ys = np.meshgrid(across, np.arange(top, bottom, dtype=np.float32))
        fallen = (ys + bend.at(xs, ys, self.shown)).astype(np.float32)
        white = (255, 255, 255)
        return np.asarray(cv2.remap(image, xs, fallen, cv2.INTER_LINEAR, borderValue=white))

    def box_back(self, box: Pixels) -> Pixels:
        """Return where a box of the other picture is on the page as drawn."""
        left, top, right, bottom = box
        if self.bend is not None:
            fall = self.bend.at((left + right) / 2, (top + bottom) / 2, self.shown)
            top, bottom = round(top + float(fall)), round(bottom + float(fall))
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], float)
        back = cv2.perspectiveTransform(corners[None], np.linalg.inv(self.matrix))[0]
        (x0, y0), (x1, y1) = back.min(axis=0), back.max(axis=0)
        wide, high = self.drawn.width, self.drawn.height
        return (
            round(min(max(x0, 0), wide)), round(min(max(y0, 0), high)),
            round(min(max(x1, 0), wide)), round(min(max(y1, 0), high)),
        )  # fmt: skip

    def after(self, first: Warp | None) -> Warp:
        """Return both ways as one, the other one first."""
        if first is None:
            return self
        return replace(self, matrix=self.matrix @ first.matrix, drawn=first.drawn)

    def before(self, shrunk: Warp | None) -> Warp:
        """Return the same way for the page before it was shrunk."""
        if shrunk is None:
            return self
        factor = shrunk.drawn.dpi / shrunk.shown.dpi
        scale = np.diag([factor, factor, 1.0])
        matrix = scale @ self.matrix @ np.linalg.inv(scale)
        shown = self.shown
        size = (round(shown.width * factor), round(shown.height * factor))
        return replace(
            self, matrix=matrix, drawn=shrunk.drawn, shown=Shape(*size, shrunk.drawn.dpi)
        )


def shape_of(page: Page) -> Shape:
    """Return the shape of a page's picture."""
    return Shape(page.width, page.height, page.dpi)


def shrink(page: Page) -> tuple[Page, Warp | None]:
    """Return the page at the resolution at which print is read best, and the way there.

    Letters of 12 points are read best, and a fifth faster, where capitals are some 22 pixels high.
    """
    if page.image is None or page.dpi <= _LARGE_DPI:
        return page, None
    factor = READ_DPI / page.dpi
    size = (round(page.width * factor), round(page.height * factor))
    small = cv2.resize(page.image, size, interpolation=cv2.INTER_AREA)
    matrix = np.diag([size[0] / page.width, size[1] / page.height, 1.0])
    warp = Warp(matrix, shape_of(page), Shape(*size, READ_DPI))
    return replace(page.showing(np.asarray(small, np.uint8)), dpi=READ_DPI), warp


def skew_of(page: Sketch) -> float:
    """Return how many degrees the lines of a page fall to the right; negative where they rise."""
    high, wide = page.ink.shape
    edge = round(_MARGIN * min(high, wide))
    ys, xs = np.nonzero(page.ink[edge : high - edge, edge : wide - edge])
    if len(xs) < 500:
        return 0.0
    step = max(1, len(xs) // _POINTS)
    xs, ys = xs[::step].astype(np.float32), ys[::step].astype(np.float32)

    def sharpness(degrees: float) -> float:
        rows = ys - xs * np.float32(np.tan(np.radians(degrees)))
        counts = np.bincount((rows - rows.min()).astype(np.int32))
        return float((counts.astype(np.float64) ** 2).sum())

    coarse = np.arange(-_STEEPEST, _STEEPEST + _COARSE, _COARSE)
    best = max(coarse, key=sharpness)
    fine = np.arange(best - _COARSE, best + _COARSE + _FINE, _FINE)
    return float(max(fine, key=sharpness))


def turned(shape: Shape, degrees: float) -> Warp:
    """Return the way to lay a page straight whose lines fall by so many degrees."""
    turn = cv2.getRotationMatrix2D((shape.width / 2, shape.height / 2), degrees, 1.0)
    return Warp(np.vstack([turn, [0, 0, 1]]), shape, shape)


def quarter(page: Page, quarters: int) -> tuple[Page, Warp | None]:
    """Return the page turned left by quarters of a turn, and the way there."""
    if page.image is None or quarters % 4 == 0:
        return page, None
    wide, high = page.width, page.height
    matrix = {
        1: [[0, 1, 0], [-1, 0, wide - 1], [0, 0, 1]],
        2: [[-1, 0, wide - 1], [0, -1, high - 1], [0, 0, 1]],
        3: [[0, -1, high - 1], [1, 0, 0], [0, 0, 1]],
    }[quarters % 4]
    image = np.ascontiguousarray(np.rot90(page.image, quarters))
    shown = Shape(image.shape[1], image.shape[0], page.dpi)
    notes = page.notes | {"turned": f"{90 * (quarters % 4)} degrees to the left"}
    warp = Warp(np.array(matrix, float), shape_of(page), shown)
    return replace(page.showing(image), notes=notes), warp


def straighten(page: Page) -> tuple[Page, Warp | None]:
    """Return the page laid straight, and the way there; none where it lies straight already."""
    if page.image is None:
        return page, None
    degrees = skew_of(sketch(page.image, page.dpi))
    if abs(degrees) < _SKEWED:
        return page, None
    warp = turned(shape_of(page), degrees)
    notes = page.notes | {"skew": f"{degrees:.2f} degrees"}
    return replace(page.showing(warp.of(page.image)), notes=notes), warp


def back(page: Page, warp: Warp | None) -> Page:
    """Return the page with everything read on it where it is on the page as drawn."""
    if warp is None:
        return page
    lines = tuple(_line_back(line, warp) for line in page.lines)
    rulings = tuple(_ruling_back(ruling, warp) for ruling in page.rulings)
    hands = tuple(replace(hand, box=_share_back(hand.box, warp)) for hand in page.hands)
    drawn = warp.drawn
    return replace(
        page, lines=lines, rulings=rulings, hands=hands,
        width=drawn.width, height=drawn.height, dpi=drawn.dpi,
    )  # fmt: skip


def _share_back(box: Box, warp: Warp) -> Box:
    wide, high = warp.shown.width, warp.shown.height
    left, top, right, bottom = box
    pixels = round(left * wide), round(top * high), round(right * wide), round(bottom * high)
    x0, y0, x1, y1 = warp.box_back(pixels)
    wide, high = warp.drawn.width, warp.drawn.height
    return round(x0 / wide, 4), round(y0 / high, 4), round(x1 / wide, 4), round(y1 / high, 4)


def _line_back(line: Line, warp: Warp) -> Line:
    words = tuple(replace(word, box=warp.box_back(word.box)) for word in line.words)
    return replace(line, words=words, frame=line.frame and warp.box_back(line.frame))


def _ruling_back(ruling: Ruling, warp: Warp) -> Ruling:
    blocks = tuple(
        Block(b.row, b.column, b.rows, b.columns, warp.box_back(b.box)) for b in ruling.blocks
    )
    return replace(ruling, box=warp.box_back(ruling.box), blocks=blocks)
