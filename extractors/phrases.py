"""The fixed phrases of a dispatch, read through noise: the national title, the motto, stamps."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

import regex

from extractors.distance import distance_to_beginning
from extractors.keys import key
from extractors.words import any_of, keyed

WIDEST = 160  # letters in a line of the letterhead
_SPECKS = regex.compile(r"\W{0,3}")
_FEWEST = 18  # capitals in the national title, some of them lost


def is_nation(text: str) -> bool:
    """Whether a line holds the national title."""
    return phrase_start("nation", text) is not None


def is_motto(text: str) -> bool:
    """Whether a line holds the motto."""
    return phrase_start("motto", text) is not None


@lru_cache(maxsize=4096)
def phrase_start(entry: str, text: str) -> int | None:
    """Where a fixed phrase begins in a line, read through noise; null where it is not there.

    `Péc 1ap - Tw do - Hanh phic` is the motto.
    """
    if len(text) > WIDEST or not _alike(entry, text):
        return None
    if entry == "nation" and sum(map(str.isupper, text)) < _FEWEST:
        return None
    found = [
        (far, match.start())
        for phrase in keyed("letterhead", entry)
        for match in regex.finditer(r"(?<!\S)\S", text)
        if (far := _distance(phrase, text[match.start() :])) <= len(phrase) // 4
    ]
    return min(found)[1] if found else None


def _distance(phrase: str, text: str) -> int:
    return distance_to_beginning(phrase, key(text), len(phrase) // 4)


def _alike(entry: str, text: str) -> bool:
    """Whether a line shares half of the pairs of letters of one of the phrases."""
    found = _pairs(key(text))
    return any(len(pairs & found) * 2 >= len(pairs) for pairs in _phrases(entry))


@cache
def _phrases(entry: str) -> tuple[frozenset[str], ...]:
    return tuple(_pairs(phrase) for phrase in keyed("letterhead", entry))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text))


@lru_cache(maxsize=2048)
def is_foreign(text: str) -> bool:
    """Whether a line comes from a digital signature, a received stamp or a copy's stamp."""
    start = _SPECKS.match(text)
    at = start.end() if start else 0
    if not text[at : at + 1].isupper():
        return False
    words, capitals = _foreign()
    stamped = capitals.match(key(text), at)
    if stamped is not None and text[at : stamped.end()].isupper():
        return True
    return words.match(key(text), at) is not None


@cache
def _foreign() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    words, capitals = any_of("letterhead", "foreign"), any_of("letterhead", "foreign_capitals")
    return regex.compile(rf"{words}(?=\W|$)"), regex.compile(rf"{capitals}(?=\W|$)")
