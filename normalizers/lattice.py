"""Which words stand there: every place has candidates, and the language weighs their company.

All sentences of a text are worked through side by side, first with pairs of words over all
candidates, then with triples over the few that are left. The answer is the probability of each
candidate at its place, given everything around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalizers.document import Document
from normalizers.language import Ids, Language, Pairs

Floats = NDArray[np.float32]
_HOPELESS = 1e-3  # candidates less likely by pairs are not weighed by triples
_NEVER = np.float32(-1e9)
_BATCH = 600  # places weighed at a time: they fit a small memory


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a sentence: the words that may stand there and their scores (natural logs)."""

    words: Sequence[int]
    scores: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Places in one row, two sentence ends before each sentence; `-1e9` where no candidate is."""

    words: Ids
    scores: Floats
    steps: list[NDArray[np.int64]]  # the n-th places of all sentences that have one


def weigh(
    language: Language,
    sentences: Sequence[Sequence[Place]],
    *,
    scale: float,
    few: int,
    document: Document | None = None,
) -> list[list[Floats]]:
    """Return the probability of every candidate; `scale` is the weight of the language.

    `document`, where given, is what the document's own words add to the language.
    """
    return [
        chances
        for batch in _batches(sentences)
        for chances in _weigh(language, batch, scale, few, document)
    ]


def _batches(sentences: Sequence[Sequence[Place]]) -> Iterator[list[Sequence[Place]]]:
    """Yield the sentences in batches, so that memory stays small."""
    batch: list[Sequence[Place]] = []
    count = 0
    for places in sentences:
        batch.append(places)
        count += len(places)
        if count > _BATCH:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _weigh(
    language: Language,
    sentences: Sequence[Sequence[Place]],
    scale: float,
    few: int,
    document: Document | None,
) -> list[list[Floats]]:
    rows = _rows(sentences)
    pairs, between = _pair_scores(language, rows, scale, document)
    chances = _pair_chances(rows, between)
    kept = np.argsort(-chances, axis=1, kind="stable")[:, :few]
    hopeless = np.take_along_axis(chances, kept, axis=1) < _HOPELESS
    fine = _triple_chances(language, rows, pairs, kept, hopeless, scale, document)
    result = np.zeros_like(chances)
    np.put_along_axis(result, kept, fine, axis=1)
    return _by_sentence(result, sentences)


def _rows(sentences: Sequence[Sequence[Place]]) -> _Rows:
    most = max((len(place.words) for sentence in sentences for place in sentence), default=1)
    total = sum(len(sentence) + 2 for sentence in sentences)
    words = np.zeros((total, most), np.int64)
    scores = np.full((total, most), _NEVER)
    starts = np.cumsum([0] + [len(sentence) + 2 for sentence in sentences[:-1]])
    for start, sentence in zip(starts, sentences, strict=True):
        scores[start : start + 2, 0] = 0
        for at, place in enumerate(sentence, start + 2):
            words[at, : len(place.words)] = place.words
            scores[at, : len(place.words)] = place.scores
    lengths = np.array([len(sentence) + 2 for sentence in sentences])
    steps = [starts[lengths > step] + step for step in range(int(lengths.max()))]
    return _Rows(words, scores, steps)


def _pair_scores(
    language: Language, rows: _Rows, scale: float, document: Document | None
) -> tuple[Pairs, Floats]:
    """Score each candidate after each one of the place before."""
    count, most = rows.words.shape
    there = rows.scores > _NEVER / 2
    before = np.roll(there, 1, axis=0)
    at = np.flatnonzero((before[:, :, None] & there[:, None, :]).ravel())
    first = np.roll(rows.words, 1, axis=0)[at // (most * most), at // most % most]
    second = rows.words[at // (most * most), at % most]
    found = language.score_pairs(first, second)
    shape = (count, most, most)
    score, weight = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    known = np.zeros(shape, np.bool_)
    score.ravel()[at], weight.ravel()[at], known.ravel()[at] = (
        found.score,
        found.weight,
        found.known,
    )
    between = score
    if document:
        between = np.zeros(shape, np.float32)
        between.ravel()[at] = document.mixed(found.score, first, second)
    return Pairs(score, weight, known), between * np.float32(scale)


def _pair_chances(rows: _Rows, between: Floats) -> Floats:
    forward, backward = rows.scores.copy(), np.zeros_like(rows.scores)
    for at in rows.steps[1:]:
        forward[at] += _summed(forward[at - 1][:, :, None] + between[at], 1)
    for at in reversed(rows.steps[1:]):
        backward[at - 1] = _summed(between[at] + (backward[at] + rows.scores[at])[:, None, :], 2)
    return _shares(forward + backward)


def _triple_chances(
    language: Language,
    rows: _Rows,
    pairs: Pairs,
    kept: Ids,
    hopeless: NDArray[np.bool_],
    scale: float,
    document: Document | None,
) -> Floats:
    words = np.take_along_axis(rows.words, kept, axis=1)
    scores = np.where(hopeless, _NEVER, np.take_along_axis(rows.scores, kept, axis=1))
    between = _triple_scores(
        language, words, scores, _narrowed(pairs, kept), document
    ) * np.float32(scale)
    few = kept.shape[1]
    forward = np.full((len(words), few, few), _NEVER)
    backward = np.zeros_like(forward)
    forward[rows.steps[1], 0, 0] = 0
    for at in rows.steps[2:]:
        forward[at] = _summed(forward[at - 1][..., None] + between[at], 1) + scores[at][:, None, :]
    for at in reversed(rows.steps[2:]):
        after = (backward[at] + scores[at][:, None, :])[:, None]
        backward[at - 1] = _summed(between[at] + after, 3)
    return _shares(_summed(forward + backward, 1))


def _narrowed(pairs: Pairs, kept: Ids) -> Pairs:
    row = np.arange(len(kept))[:, None, None]
    return _at(pairs, (row, np.roll(kept, 1, axis=0)[:, :, None], kept[:, None, :]))


def _triple_scores(
    language: Language, words: Ids, scores: Floats, pairs: Pairs, document: Document | None
) -> Floats:
    count, few = words.shape
    shape = (count, few, few, few)
    there = scores > _NEVER / 2
    earlier, before = np.roll(there, 2, axis=0), np.roll(there, 1, axis=0)
    valid = earlier[:, :, None, None] & before[:, None, :, None] & there[:, None, None, :]
    place, zeroth, first, second = np.nonzero(valid)
    left = _at(pairs, (place - 1, zeroth, first))
    right = _at(pairs, (place, first, second))
    result = np.zeros(shape, np.float32)
    two, three = words[place - 1, first], words[place, second]
    found = language.score_triples(words[place - 2, zeroth], left, two, right, three)
    result[place, zeroth, first, second] = document.mixed(found, two, three) if document else found
    return result


def _at(pairs: Pairs, at: tuple[Ids, ...]) -> Pairs:
    return Pairs(pairs.score[at], pairs.weight[at], pairs.known[at])


def _summed(logs: Floats, axis: int) -> Floats:
    """Return the logarithm of the sum of probabilities along an axis."""
    top = logs.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(logs - top).sum(axis=axis)) + top.squeeze(axis)
    return total


def _shares(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _by_sentence(shares: Floats, sentences: Sequence[Sequence[Place]]) -> list[list[Floats]]:
    result, at = [], 0
    for sentence in sentences:
        at += 2
        result.append([shares[at + n, : len(place.words)] for n, place in enumerate(sentence)])
        at += len(sentence)
    return result
