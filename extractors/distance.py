"""How many letters two texts differ by: the plain way to read through noise."""

from __future__ import annotations


def distance(one: str, other: str, limit: int) -> int:
    """Return the number of letters to change, add or drop; more than the limit if it is passed."""
    row = _last_row(one, other, limit)
    return row[-1] if row else limit + 1


def distance_to_beginning(phrase: str, text: str, limit: int) -> int:
    """Return how far a phrase is from what the text begins with, however the text goes on."""
    row = _last_row(phrase, text[: len(phrase) + limit], limit)
    return min(row) if row else limit + 1


def _last_row(one: str, other: str, limit: int) -> list[int]:
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row[0] = row[0], at
        for to, match in enumerate(other, 1):
            last, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, last + (letter != match))
        if min(row) > limit:
            return []
    return row
