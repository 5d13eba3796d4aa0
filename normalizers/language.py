"""How likely a run of Vietnamese words is: a model of three words counted from text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex
from numpy.typing import NDArray

from normalizers.letters import one_placement
from normalizers.table import Table

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]

END, UNKNOWN, NUMBER = "<s>", "<unk>", "<num>"  # word numbers 0, 1 and 2
_EDGES = ".,;:!?…()[]{}\"'“”‘’«»*_"
_STOPS = ".;:!?…"
_DASH = regex.compile(r"[-–—+•*=/]+")
_OPEN = frozenset("àáảãạèéẻẽẹỳýỷỹỵ")  # last letters of a word whose tone may stand on either

PAIR_BITS, TRIPLE_BITS = 16, 6  # value bits: probability and back-off weight; probability
_SLACK = 1.0  # what rounding and discounting may add up to
LEAST = -16.0  # natural logarithms below this are not told apart


def keyed_words(text: str) -> Iterator[str]:
    """Yield the words of a text as the language model keys them, with the ends of sentences."""
    for token in text.lower().split():
        word = token.strip(_EDGES)
        if word.isalpha():
            yield one_placement(word) if word[-1] in _OPEN else word
        elif word and not _DASH.fullmatch(word):
            yield NUMBER
        if token[-1] in _STOPS:
            yield END


@dataclass(frozen=True, slots=True)
class Pairs:
    """The scores of pairs of words, and the weight of falling back from them to the second."""

    score: Scores
    weight: Scores
    known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Language:
    """The words known, their probabilities, and those of pairs and triples (natural logs)."""

    words: tuple[str, ...]
    single: Scores
    weight: Scores
    pairs: Table
    triples: Table
    titled: Scores  # how often each word opens with a capital inside a sentence

    @classmethod
    def load(cls, file: Path) -> Language:
        """Read a model that `tools/train_normalizer` wrote."""
        with np.load(file) as data:
            pairs = Table(data["pairs"], int(data["seeds"][0]), PAIR_BITS)
            triples = Table(data["triples"], int(data["seeds"][1]), TRIPLE_BITS)
            words = tuple(bytes(data["words"]).decode().split("\n"))
            unigrams = data["single"], data["weight"]
            return cls(words, *unigrams, pairs, triples, data["titled"].astype(np.float32) / 255)

    def score_pairs(self, first: Ids, second: Ids) -> Pairs:
        """Score each second word after its first."""
        values, known = self.pairs.look_up(packed(first, second))
        falling = self.weight[first] + self.single[second]
        score = np.where(known, opened(values & 255, 255), falling).astype(np.float32)
        weight = np.where(known, opened(values >> 8, 255), 0).astype(np.float32)
        return Pairs(score, weight, known)

    def score_triples(
        self, before: Ids, left: Pairs, first: Ids, right: Pairs, second: Ids
    ) -> Scores:
        """Score each second word after the two before it, whose pairs were scored already.

        A triple counts only where both of its pairs are known and where it stands no oftener
        than its last two words: a stranger that the table takes for a member is caught so.
        """
        falling = left.weight + right.score
        both = left.known & right.known
        at = np.flatnonzero(both)
        values, known = self.triples.look_up(packed(before[at], first[at], second[at]))
        score = opened(values, 63)
        most = right.score[at] + self.single[first[at]] - self.single[before[at]] - left.score[at]
        known &= score <= most + _SLACK
        falling[at[known]] = score[known]
        return falling


def packed(*words: Ids) -> NDArray[np.uint64]:
    """Return runs of words as single keys, 15 bits a word."""
    key = words[0].astype(np.uint64)
    for word in words[1:]:
        key = key << np.uint64(15) | word.astype(np.uint64)
    return key


def opened(values: NDArray[np.int64], steps: int) -> Scores:
    """Return the logarithms behind quantized values."""
    logs: Scores = (values * (LEAST / steps)).astype(np.float32)
    return logs
