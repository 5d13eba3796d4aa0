"""The rings of a round seal, taken off the letters that they cross."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.page import Image

_RADIUS = (0.52, 0.95)  # inches; the seals of offices are 32 to 42 mm wide
_HALF = 2  # circles are looked for on a picture so much smaller
_ROUND = 0.55  # the share of a ring that is inked
_VOTES = 0.3  # the share of a circle's edge that must speak for it
_THICK = 0.06  # inches; a longer stroke away from the middle is no part of a ring
_DARK = 128
_ANGLES = 720
_OFF = 8  # pixels that a circle's middle may be off when it is found
_MOST = 2  # seals on one block

Rings = NDArray[np.bool_]


def without_rings(picture: Image, dpi: int) -> Image:
    """Return a gray picture without the rings of its seals; letters that cross them stay."""
    clear = picture
    for center, radius in _seals(picture, dpi):
        rings = _unrolled(255 - clear, center, radius) > _DARK
        drawn = _thin(_inked(rings), rings, max(3, round(_THICK * dpi)))
        if drawn.any():
            clear = np.where(_rolled(drawn, picture.shape, center, radius), 255, clear)
            clear = clear.astype(np.uint8)
    return clear


def _seals(picture: Image, dpi: int) -> Iterator[tuple[tuple[float, float], float]]:
    small = cv2.resize(picture, None, fx=1 / _HALF, fy=1 / _HALF, interpolation=cv2.INTER_AREA)
    least, most = (round(inches * dpi / _HALF) for inches in _RADIUS)
    votes = _VOTES * 2 * np.pi * least / 4
    circles = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT, 2, minDist=2 * least, param1=200, param2=votes,
        minRadius=least, maxRadius=most,
    )  # fmt: skip
    if circles is None:
        return
    for x, y, radius in np.asarray(circles, np.float64)[0][:_MOST]:
        wide = float(radius) * _HALF
        yield _centered(255 - picture, (float(x) * _HALF, float(y) * _HALF), wide), wide


def _centered(ink: Image, near: tuple[float, float], radius: float) -> tuple[float, float]:
    """Return the middle of a seal, near to which it is: the one that has the fullest ring."""
    steps = range(-_OFF, _OFF + 1, 2)
    around = [(near[0] + right, near[1] + down) for right in steps for down in steps]
    rings = {center: _unrolled(ink, center, radius, _ANGLES // 4) for center in around}
    return max(around, key=lambda center: _fullest(rings[center]))


def _fullest(flat: Image) -> float:
    """Return how full the fullest ring is, the seal's very middle left out."""
    outer = flat[:, flat.shape[1] // 2 :]
    return float((outer > _DARK).mean(axis=0).max())


def _unrolled(
    picture: Image, center: tuple[float, float], radius: float, angles: int = _ANGLES
) -> Image:
    """Return the seal with its middle as the left edge: a row for each angle."""
    wide = round(1.15 * radius)
    flags = cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS
    flat = cv2.warpPolar(picture, (wide, angles), center, wide, flags)
    return np.asarray(flat, np.uint8)


def _inked(rings: Rings) -> NDArray[np.bool_]:
    """Return at which distances from the middle a ring is drawn."""
    inked = rings.mean(axis=0) > _ROUND
    inked[: len(inked) // 2] = False
    return np.asarray(inked)


def _thin(inked: NDArray[np.bool_], rings: Rings, thick: int) -> Rings:
    """Return the ink of the rings where it is no thicker than a ring: no letter crosses it."""
    mask = rings.astype(np.uint8)
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, thick), np.uint8))
    near = cv2.dilate(inked.astype(np.uint8)[None, :], np.ones((1, 5), np.uint8))
    return np.asarray(rings & (np.asarray(across) == 0) & (np.asarray(near) > 0))


def _rolled(
    drawn: Rings, shape: tuple[int, ...], center: tuple[float, float], radius: float
) -> NDArray[np.bool_]:
    wide = round(1.15 * radius)
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP | cv2.WARP_FILL_OUTLIERS
    flat = cv2.dilate(drawn.astype(np.uint8), np.ones((3, 3), np.uint8))
    back = cv2.warpPolar(flat, (shape[1], shape[0]), center, wide, flags)
    return np.asarray(back) > 0
