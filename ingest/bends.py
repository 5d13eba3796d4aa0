"""How the lines of a page are bent, told by its ink: a sheet that is curled, or was photographed.

Print stands in rows: the flatter a page is laid, the more its ink gathers in few of them. Tesseract
loses the ends of bent lines, or reads them twice; what is nearly flat it reads best as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.geometry import Bend, Warp, bend_terms, shape_of, straighten
from ingest.page import Page
from ingest.rules import Sketch, sketch

_MARGIN = 0.04  # the share of the page along its edges that is left out: borders, holes, staples
_POINTS = 16_000  # the ink looked at
_LITTLE = 500  # less of it tells nothing
# By what share of the page's width lines must be bent, and how much sharper the rows must be on the
# flat page: that of a scan is hardly ever bent, but a seal or a signature may look so.
_SCANNED, _PHOTOGRAPHED = (0.011, 1.15), (0.004, 1.01)
_TURNS, _CURLS = np.arange(-0.02, 0.021, 0.004), np.arange(-0.16, 0.161, 0.016)
_COARSE = 4  # rows of the sketch taken together in the first search
_STEPS = np.array([0.002, 0.008, 0.016, 0.004, 0.016, 0.03])  # of the bend's terms
_FINEST = 0.00015  # of the first step

Values = NDArray[np.float32]


def lay_flat(page: Page) -> tuple[Page, Warp | None]:
    """Return the page laid straight and flat, and the way there; none where it lies so already."""
    straight, turn = straighten(page)
    if straight.image is None:
        return straight, turn
    photographed = {"sheet", "uneven_light"} <= page.notes.keys()
    least, sharper = _PHOTOGRAPHED if photographed else _SCANNED
    bend = bend_of(sketch(straight.image, straight.dpi), sharper)
    if bend is None or _reach(bend) < least:
        return straight, turn
    shape = shape_of(straight)
    warp = Warp(np.eye(3), shape, shape, bend)
    notes = straight.notes | {"bent": "laid flat"}
    return replace(straight.showing(warp.of(straight.image)), notes=notes), warp.after(turn)


def _reach(bend: Bend) -> float:
    """Return by how much a line of the page is bent at the most, in shares of its width."""
    across, down = np.meshgrid(np.linspace(0, 1, 11), np.linspace(0, 1, 5))
    falls = np.tensordot(bend.weights, np.stack(bend_terms(across, down)), 1)
    return float(np.ptp(falls, axis=1).max())


def bend_of(page: Sketch, sharper: float) -> Bend | None:
    """Return how the lines of a page are bent; null where they are straight, or it is empty."""
    high, wide = page.ink.shape
    edge = round(_MARGIN * min(high, wide))
    ys, xs = np.nonzero(page.ink[edge : high - edge, edge : wide - edge])
    if len(xs) < _LITTLE:
        return None
    step = max(1, len(xs) // _POINTS)
    ys, xs = (ys[::step] + edge).astype(np.float32), (xs[::step] + edge).astype(np.float32)
    terms = wide * np.stack(bend_terms(xs / wide, ys / high))
    start = max(_curls(), key=lambda curl: _sharpness(ys, terms[:2], curl[:2], _COARSE))
    weights, sharpness = _climbed(ys, terms, start)
    straight = _sharpness(ys, terms, np.zeros(len(_STEPS)))
    return Bend(tuple(weights.tolist())) if sharpness > sharper * straight else None


def _curls() -> Iterator[NDArray[np.float64]]:
    """Yield the weights of pages that are turned a little and curled."""
    for turn in _TURNS:
        for curl in _CURLS:
            yield np.array([turn, curl, 0, 0, 0, 0])


def _sharpness(
    ys: Values, terms: Values, weights: NDArray[np.float64], height: float = 1.0
) -> float:
    """Return how much the ink gathers in few rows of that height, laid flat by the weights."""
    rows = ((ys - weights.astype(np.float32) @ terms) / height).astype(np.int32)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(counts @ counts)


def _climbed(
    ys: Values, terms: Values, weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Return the best weights near to some, a step in one of them at a time, and how sharp."""
    best, steps = _sharpness(ys, terms, weights), _STEPS
    while steps[0] > _FINEST:
        before = best
        for move in np.concatenate([np.diag(steps), -np.diag(steps)]):
            sharpness = _sharpness(ys, terms, weights + move)
            if sharpness > best:
                weights, best = weights + move, sharpness
        if best == before:
            steps = steps / 2
    return weights, best
