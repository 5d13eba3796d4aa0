"""Places that stayed in doubt are weighed once more, by the wider company of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from normalizers.company import Company
from normalizers.lattice import Floats
from normalizers.spots import LIKELY, Spot

_END = 0
_CLASSES = 3  # ends of sentences, unknown words and numbers: the network cannot tell them apart
_SURE = 0.98  # a place surer than that is not weighed again
_LEAST = 1e-6
_COMPANY = 0.5  # how much the network counts against the lattice


class _Doubt(NamedTuple):
    sentence: int
    spot: int
    place: int  # in the row of all words
    told: list[int]  # which candidates the network may tell apart


def reconsider(
    company: Company, sentences: Sequence[Sequence[Spot]], weighed: Sequence[list[Floats]]
) -> None:
    """Weigh the places in doubt again; the words around are taken as the likeliest."""
    row: list[int] = []
    doubts: list[_Doubt] = []
    for at, (spots, chances) in enumerate(zip(sentences, weighed, strict=True)):
        for n, (spot, shares) in enumerate(zip(spots, chances, strict=True)):
            best = int(shares.argmax())
            doubt = shares[best] < _SURE and spot.least <= LIKELY
            told = _told(spot, shares) if doubt else []
            if len(told) > 1:
                doubts.append(_Doubt(at, n, len(row), told))
            row.append(spot.place.words[best])
        if row and row[-1] != _END:
            row.append(_END)
    places = np.array([doubt.place for doubt in doubts], np.int64)
    words = [
        [sentences[doubt.sentence][doubt.spot].place.words[n] for n in doubt.told]
        for doubt in doubts
    ]
    scores = company.scores(np.array(row, np.int64), places, words)
    for doubt, score in zip(doubts, scores, strict=True):
        chances = weighed[doubt.sentence]
        chances[doubt.spot] = _mixed(chances[doubt.spot], doubt.told, score)


def _told(spot: Spot, shares: Floats) -> list[int]:
    """Return which candidates of a spot are words, and not out of the question."""
    return [n for n, word in enumerate(spot.place.words) if word >= _CLASSES and shares[n] > _LEAST]


def _mixed(shares: Floats, told: list[int], score: Floats) -> Floats:
    """Deal the share of the candidates told apart out anew among them."""
    logs = np.log(shares[told]) + _COMPANY * score
    weights = np.exp(logs - logs.max())
    result = shares.copy()
    result[told] = shares[told].sum() * weights / weights.sum()
    return result
