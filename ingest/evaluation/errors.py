"""Word and character errors of a text against its gold: the least number of edits."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Errors:
    """How many edits part a text from its gold; `total` counts the gold's words or letters."""

    edits: int
    total: int

    @property
    def rate(self) -> float:
        """Edits for each word (or letter) of the gold; of an empty gold, 0 or 1."""
        return self.edits / self.total if self.total else float(self.edits > 0)

    def __add__(self, other: Errors) -> Errors:
        """Return the errors of both texts together."""
        return Errors(self.edits + other.edits, self.total + other.total)


def word_errors(gold: str, found: str) -> Errors:
    """Word errors of a text: words are what spaces part, compared in NFC, case and marks count."""
    words, others = _composed(gold).split(), _composed(found).split()
    return Errors(distance(words, others), len(words))


def character_errors(gold: str, found: str) -> Errors:
    """Character errors of a text, compared in NFC; any run of spaces counts as one."""
    letters, others = " ".join(_composed(gold).split()), " ".join(_composed(found).split())
    return Errors(distance(letters, others), len(letters))


def distance(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Levenshtein distance of two sequences, exact.

    A column of the table is two integers of as many bits as `first` has items (Myers 1999, in
    Hyyrö's form), so that a page of 50,000 letters takes about a second.
    """
    if not first:
        return len(second)
    places: defaultdict[Hashable, int] = defaultdict(int)
    for at, item in enumerate(first):
        places[item] |= 1 << at
    every, last, score = (1 << len(first)) - 1, 1 << (len(first) - 1), len(first)
    rises, falls = every, 0  # where the column grows, and shrinks, from one row to the next
    for item in second:
        same = places.get(item, 0)
        across = (((same & rises) + rises) ^ rises) | same
        right_up = falls | (every & ~(across | rises))
        right_down = rises & across
        score += bool(right_up & last) - bool(right_down & last)
        right_up = (right_up << 1) | 1
        free = same | falls
        rises = every & ((right_down << 1) | ~(free | right_up))
        falls = right_up & free & every
    return score


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
