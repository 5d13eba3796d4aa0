"""What a document's own words say of its doubtful ones: it repeats its names and its terms.

The words repaired surely are counted, alone and in pairs, and mixed with the language; then the
places that stayed in doubt are weighed again, between neighbors that stand fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalizers.language import Ids, Scores, packed

UNSETTLED = -1  # stands for a place whose word is not known surely enough to be counted
_SHARE = 0.2  # how much the document's own words weigh against the language
_SHORT = 100  # words of a document that is too short to say much
_CLASSES = 3  # ends of sentences, unknown words and numbers are not counted
_REACH = 2  # neighbors that a place is weighed by: the language knows runs of three


@dataclass(frozen=True, slots=True)
class Document:
    """How often each word stands in a document, and how often after which other."""

    lift: Scores  # how much likelier than the language says each word is, by number
    opening: Scores  # how often each word has a known one after it
    pairs: NDArray[np.uint64]  # sorted
    counts: Scores  # of the pairs

    @classmethod
    def counted(cls, runs: Sequence[Sequence[int]], single: Scores) -> Document:
        """Count the word numbers of runs; `UNSETTLED` parts them.

        `single` is what the language says of each word alone.
        """
        row = np.array([number for run in runs for number in (*run, UNSETTLED)], np.int64)
        known = row >= _CLASSES
        first, second = (words[known[:-1] & known[1:]] for words in (row[:-1], row[1:]))
        share = np.bincount(row[known], minlength=len(single)) / (known.sum() + _SHORT)
        lift = np.log1p(_SHARE * share / np.exp(single))
        opening = np.bincount(first, minlength=len(single))
        pairs, counts = np.unique(packed(first, second), return_counts=True)
        return cls(_scores(lift), _scores(opening), pairs, _scores(counts))

    def mixed(self, score: Scores, first: Ids, second: Ids) -> Scores:
        """Return the language's scores of second words after first ones, with its own mixed in."""
        seen = self._pairs(first, second) / (self.opening[first] + 1)
        lifted = np.exp(score + self.lift[second])
        return _scores(np.log((1 - _SHARE) * lifted + _SHARE * seen))

    def _pairs(self, first: Ids, second: Ids) -> Scores:
        if not len(self.pairs):
            return np.zeros(len(second), np.float32)
        keys = packed(first, second)
        at = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1)
        return _scores(np.where(self.pairs[at] == keys, self.counts[at], 0))


def stretches(doubtful: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a sentence to weigh again: places in doubt and their neighbors."""
    start = end = -1
    for at in (at for at, doubt in enumerate(doubtful) if doubt):
        if at - _REACH > end >= 0:
            yield start, end
            start = -1
        start = max(at - _REACH, 0) if start < 0 else start
        end = min(at + _REACH + 1, len(doubtful))
    if end >= 0:
        yield start, end


def _scores(values: NDArray[np.floating] | NDArray[np.integer]) -> Scores:
    scores: Scores = values.astype(np.float32)
    return scores
