"""The sheet on the picture: photographed on a desk from a side, or scanned with dark borders.

Each side of the sheet is a straight step from dark to bright, seen from outside. A side that is not
seen is the picture's own edge. What lies outside is no part of the page.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.geometry import Shape, Warp, shape_of
from ingest.page import Image, Page

_SIZE = 400  # pixels of the longer side of the picture on which the sheet is looked for
_REACH = 0.3  # a side lies within this share of the picture from its edge
_STEP = 18  # grays by which the sheet is brighter than what is beside it
_ROWS = 48  # places along a side that are looked at
_NEAR = 1.6  # pixels that they may be off the line
_INSIDE = 1.6  # pixels that are taken off: the edge of the sheet itself
_ON_LINE = 0.5  # the share of them that must lie on it
_LEAST = 0.004  # the share of the picture that lies outside, for it to matter
_A4 = (8.27, 11.69)  # inches
_SHEET = (1.33, 1.5)  # how much longer than wide a whole sheet looks

Floats = NDArray[np.float64]


def lay_out(page: Page) -> tuple[Page, Warp | None]:
    """Return the sheet alone, seen from straight above, and the way there.

    Of a sheet that was photographed, the resolution is reckoned from its size.
    """
    if page.image is None:
        return page, None
    corners = _corners(page.image)
    if corners is None:
        return page, None
    wide = (_far(corners[0], corners[1]) + _far(corners[3], corners[2])) / 2
    high = (_far(corners[0], corners[3]) + _far(corners[1], corners[2])) / 2
    size = round(wide), round(high)
    flat = np.array([[0, 0], [size[0], 0], size, [0, size[1]]], np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), flat), np.float64)
    dpi = _dpi_of(size, page.dpi)
    warp = Warp(matrix, shape_of(page), Shape(*size, dpi))
    share = wide * high / (page.width * page.height)
    notes = page.notes | {"sheet": f"{share:.0%} of the picture at {dpi} dpi"}
    return replace(page.showing(warp.of(page.image)), dpi=dpi, notes=notes), warp


def _dpi_of(size: tuple[int, int], dpi: int) -> int:
    """Return the resolution of a sheet of that size in pixels; what was told, if nearly that."""
    short, long = sorted(size)
    reckoned = (short / _A4[0] + long / _A4[1]) / 2
    plausible = _SHEET[0] < long / max(1, short) < _SHEET[1] and 0.5 < reckoned / dpi < 0.95
    return round(reckoned) if plausible else dpi


def _corners(image: Image) -> Floats | None:
    """Return the sheet's corners, clockwise from the top left; null if it fills the picture."""
    scale = _SIZE / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    gray = small if small.ndim == 2 else small.max(axis=2)
    calm = cv2.medianBlur(np.ascontiguousarray(gray), 5).astype(np.int16)
    left, right = _side(calm), _side(calm[:, ::-1])
    top, bottom = _side(calm.T), _side(calm.T[:, ::-1])
    if not any((left, right, top, bottom)):
        return None
    high, wide = calm.shape
    upright = [left or (0.0, 0.0), _mirrored(right or (0.0, 0.0), wide)]
    level = [top or (0.0, 0.0), _mirrored(bottom or (0.0, 0.0), high)]
    places = [(0, 0), (1, 0), (1, 1), (0, 1)]
    corners = np.array([_crossing(upright[x], level[y]) for x, y in places])
    outside = 1 - cv2.contourArea(corners.astype(np.float32)) / (wide * high)
    return corners / scale if outside > _LEAST else None


Side = tuple[float, float]  # where it begins, and how much it falls inward along its run


def _side(gray: NDArray[np.int16]) -> Side | None:
    """Return the left side of the sheet: where it is in the first row, and its drift a row."""
    high, wide = gray.shape
    rows = np.linspace(0.04 * high, 0.96 * high, _ROWS).astype(int)
    depth = round(_REACH * wide)
    steps = gray[rows, 4 : depth + 4] - gray[rows, :depth]
    bold = steps > _STEP
    found = bold.any(axis=1)
    if found.sum() < _ON_LINE * _ROWS:
        return None
    first = bold.argmax(axis=1)
    ahead = np.minimum(first[:, None] + np.arange(4), depth - 1)
    places = first + np.take_along_axis(steps, ahead, axis=1).argmax(axis=1) + 2.0
    line = _line(rows[found].astype(float), places[found])
    if line is None or not _is_dark_outside(gray, line):
        return None
    return line


def _line(along: Floats, places: Floats) -> Side | None:
    """Return the line on which most places lie; null where too few of the looked at do."""
    best, most = None, _ON_LINE * _ROWS
    for one, other in combinations(range(0, len(along), 2), 2):
        drift = (places[other] - places[one]) / (along[other] - along[one])
        start = places[one] - drift * along[one]
        near = np.abs(places - start - drift * along) < _NEAR
        if near.sum() > most:
            drift, start = np.polyfit(along[near], places[near], 1)
            best, most = (float(start) + _INSIDE, float(drift)), near.sum()
    return best


def _is_dark_outside(gray: NDArray[np.int16], line: Side) -> bool:
    """Say whether all beside the sheet is darker than the sheet: no margin with print in it."""
    high, wide = gray.shape
    edge = line[0] + line[1] * np.arange(high)[:, None]
    across = np.arange(wide)[None, :]
    outside = gray[across < edge - 2]
    inside = gray[(across > edge + 2) & (across < edge + 12)]
    if not outside.size or not inside.size:
        return False
    return bool(np.percentile(outside, 80) < np.median(inside) - _STEP)


def _mirrored(side: Side, length: int) -> Side:
    return length - side[0], -side[1]


def _crossing(upright: Side, level: Side) -> tuple[float, float]:
    """Return where an upright side, x by y, crosses a level one, y by x."""
    x = (upright[0] + upright[1] * level[0]) / (1 - upright[1] * level[1])
    return x, level[0] + level[1] * x


def _far(one: Floats, other: Floats) -> float:
    return float(np.hypot(*(one - other)))
