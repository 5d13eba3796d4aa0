"""Two readings of one picture put together: where they differ, the likelier words are kept.

A broken stroke is whole in a thickened picture, and a full letter runs full in it: neither
reading is the better one everywhere. Words are held against each other by their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from ingest.page import Line, Word
from normalizers.letters import is_syllable

_SAME = 0.3  # the share of the narrower of two words that both cover, if they are one
_SURE = 0.6  # a word that only the second reading has must be so sure
_STRANGE = 0.75  # what a word counts that is written like no Vietnamese word and no figure
_RULED = regex.compile(
    r"""[(\["“]* (?:
        \d+ (?:[.,/:-]\d+)* (?:%|/\d+)?               # 97,5%  31/10/2023
      | \d*[A-ZĐÂĂÊÔƠƯ]{1,6} (?:[-/][A-ZĐÂĂÊÔƠƯ]{1,8})*  # VT  UBND  TTr-STC
      | [IVX]{1,5} | \d{1,3}[a-zđ]? | [a-zđ] | [-–+•&]
    ) [)\]"”]* [.,;:)]{0,2}""",
    regex.VERBOSE,
)
_WORD = regex.compile(r"[(\[\"“]*(\p{L}+)[)\]\"”]*[.,;:?!]{0,1}(?:/\.)?")


@dataclass(slots=True)
class Place:
    """What both readings have at one place of a line."""

    left: int
    right: int
    one: list[Word]
    other: list[Word]


def merged(one: Sequence[Line], other: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of the first reading with the likelier words of both."""
    loose = [word for line in other for word in line.words]
    lines = []
    for line in one:
        mates = [word for word in loose if _on(line, word)]
        words = tuple(word for place in _places(line.words, mates) for word in _chosen(place))
        lines.append(replace(line, words=words))
    return tuple(lines)


def _on(line: Line, word: Word) -> bool:
    """Say whether a word stands on a line, bent or askew as it may be."""
    middle = (word.box[1] + word.box[3]) / 2
    near = min(line.words, key=lambda own: _gap(own, word))
    return near.box[1] <= middle <= near.box[3] and _gap(near, word) < 3 * near.height


def _gap(one: Word, other: Word) -> int:
    return max(0, one.box[0] - other.box[2], other.box[0] - one.box[2])


def _places(one: Sequence[Word], other: Sequence[Word]) -> Iterator[Place]:
    """Yield the places of a line from left to right, each with its words of both readings."""
    place: Place | None = None
    tagged = [(word, True) for word in one] + [(word, False) for word in other]
    for word, first in sorted(tagged, key=lambda pair: pair[0].box[0]):
        left, _, right, _ = word.box
        if place and min(place.right, right) - left > _SAME * min(
            right - left, place.right - place.left
        ):
            place.right = max(place.right, right)
        else:
            if place:
                yield place
            place = Place(left, right, [], [])
        (place.one if first else place.other).append(word)
    if place:
        yield place


def _chosen(place: Place) -> list[Word]:
    if not place.other:
        return place.one
    if not place.one:
        return [word for word in place.other if word.confidence > _SURE]
    return max(place.one, place.other, key=likely)


def likely(words: Sequence[Word]) -> float:
    """Return how likely words of a line are: their confidence, less where they are no words."""
    letters = sum(len(word.text) for word in words)
    return sum(len(w.text) * w.confidence * _form(w.text) for w in words) / max(1, letters)


def _form(text: str) -> float:
    found = _WORD.fullmatch(text)
    if _RULED.fullmatch(text) or (found and is_syllable(found[1].lower())):
        return 1.0
    return _STRANGE
