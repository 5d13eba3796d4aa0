"""How the lines of a page are bent, measured on the words that were read: curled or photographed.

Words without letters that hang below the line stand on it: the lower edges of their boxes show
where it runs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.geometry import Bend, Shape, bend_terms
from ingest.page import Line

_HANGING = frozenset("gjpqyQ,;()/|_ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ")
_SURE = 0.6
_WORDS = 5  # a line with fewer words says too little
_LINES = 5
LEAST = 0.011  # the share of the page's width that a bend must reach to be worth a second look
_ROUNDS = 3

Rows = NDArray[np.float64]


def bend_of(lines: Sequence[Line], shape: Shape, least: float = LEAST) -> Bend | None:
    """Return how the lines of a page are bent; null where they are straight or too few."""
    groups = [group for line in lines if len(group := _feet(line)) >= _WORDS]
    if len(groups) < _LINES:
        return None
    places = np.concatenate(groups) / [shape.width, shape.height]
    owners = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    terms = _centered(np.stack(bend_terms(places[:, 0], places[:, 1]), axis=1), owners)
    falls = _centered(places[:, 1:] * shape.height / shape.width, owners)[:, 0]
    weights = _fitted(terms, falls)
    reach = np.ptp(terms @ weights)
    return Bend(tuple(weights.tolist())) if reach > least else None


def _feet(line: Line) -> Rows:
    feet = [
        ((word.box[0] + word.box[2]) / 2, word.box[3])
        for word in line.words
        if word.confidence > _SURE and len(word.text) > 1 and not _HANGING & set(word.text)
    ]
    return np.array(feet, np.float64).reshape(-1, 2)


def _centered(values: Rows, owners: NDArray[np.intp]) -> Rows:
    """Return values less the mean of their line."""
    counts = np.bincount(owners)
    columns = [
        column - (np.bincount(owners, weights=column) / counts)[owners] for column in values.T
    ]
    return np.stack(columns, axis=1)


def _fitted(terms: Rows, falls: Rows) -> Rows:
    """Return the weights that fit best, words far off left out."""
    kept = np.ones(len(falls), bool)
    weights = np.zeros(terms.shape[1])
    for _ in range(_ROUNDS):
        weights = _solved(terms[kept], falls[kept])
        off = np.abs(falls - terms @ weights)
        kept = off <= max(3 * float(np.median(off)), 1e-4)
    return weights


def _solved(terms: Rows, falls: Rows) -> Rows:
    """Return the weights by least squares, held small where the words say little."""
    held = 1e-4 * len(falls) * np.eye(terms.shape[1])
    return np.asarray(np.linalg.solve(terms.T @ terms + held, terms.T @ falls), np.float64)
