"""How many letters two texts differ by: the plain way to read through noise."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein


def distance(one: str, other: str, limit: int) -> int:
    """Return the number of letters to change, add or drop; more than the limit if it is passed."""
    return Levenshtein.distance(one, other, score_cutoff=limit)


def distance_to_beginning(phrase: str, text: str, limit: int) -> int:
    """Return how far a phrase is from what the text begins with, however the text goes on."""
    longest = min(len(text), len(phrase) + limit)
    ends = range(min(longest, max(0, len(phrase) - limit)), longest + 1)
    return min(distance(phrase, text[:end], limit) for end in ends)
