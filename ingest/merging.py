"""Two readings of one picture put together: where they differ, the likelier words are kept.

A broken stroke is whole in a softened picture, and a small mark is gone from it: neither reading
is the better one everywhere. Words are held against each other by their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import regex

from ingest.columns import foot
from ingest.page import Image, Line, Pixels, Word
from normalizers.letters import is_syllable

_SAME = 0.3  # the share of the narrower of two words that both cover, if they are one
_FAR = 1.5  # so many line heights from its words, a word belongs to another line
_SURE = 0.6  # a word that only the second reading has must be so sure
_LOST, _DOUBTFUL = 0.6, 0.925  # between them, how sure a reading is that a second one will help
_BROKEN = 0.955  # the same of black and white, in which strokes are broken
_UNSURE = 0.9  # a word that is read with less is read once more
_UNSURE_LINE = 0.94  # the same of a line of letterhead or foot
_ABOVE = 0.3  # line heights around what is read once more
_SPECK, _ALONE = 4, 12  # pixels a speck is wide, and to the next print: a full stop is nearer
_DISPUTED = 0.7  # what the confidence counts of a word that the readings do not agree on
_STRANGE = 0.75  # what a word counts that is written like no Vietnamese word and no figure
_RULED = regex.compile(
    r"""[(\["“]* (?:
        \d+ (?:[.,/:-]\d+)* (?:%|/\d+)?               # 97,5%  31/10/2023
      | (?:\d+[a-zđ]?/)* [A-ZĐ]{1,6}[a-z]? (?:[-/&][A-ZĐ]{1,8}[a-z]?)*  # 15/UBND  TTr-STC
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


Read = Callable[[Image], tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines read, and a note on the other ways."""

    lines: tuple[Line, ...]
    notes: dict[str, str]


def read_well(image: Image, read: Read, *, bilevel: bool = False, head: int = 0) -> Reading:
    """Return the lines of a picture as it is read best; what was read in doubt is read again.

    Of the letterhead, which ends `head` pixels down, and of the foot, whole lines are read again
    and, in black and white, in two ways: a letter of them counts for more. What was hardly read at
    all is left to other remedies.
    """
    lines = read(shown(image, bilevel=bilevel))
    doubtful = _BROKEN if bilevel else _DOUBTFUL
    if not _LOST < likely([word for line in lines for word in line.words]) < doubtful:
        return Reading(lines, {})
    zone = foot(lines, image.shape[1])
    body = range(head, zone.top if zone else image.shape[0])
    ways = []
    if bilevel and (parts := list(_ends(lines, body))):
        below = None if zone else head  # where nothing more is shown
        lines = merged(lines, read(_only(_thickened(image[:below]), parts)))
        ways.append("letterhead and foot thickened")
    parts = [*_ends(lines, body), *(part for line in lines for part in _doubted(line, body))]
    if parts:
        lines = merged(lines, read(_only(_sharpened(image), parts)))
        ways.append("sharpened")
    return Reading(lines, {"also_read": ", ".join(ways)} if ways else {})


def shown(image: Image, *, bilevel: bool) -> Image:
    """Return a picture as it is read first, and its cells and doubtful lines by themselves."""
    return _softened(image) if bilevel else image


def _ends(lines: Sequence[Line], body: range) -> Iterator[Pixels]:
    """Yield the boxes of the lines of letterhead and foot that were read in doubt."""
    for line in lines:
        left, top, right, bottom = line.box
        if likely(line.words) < _UNSURE_LINE and (bottom <= body.start or top >= body.stop):
            above, before = round(_ABOVE * line.word_height), round(line.word_height)
            yield left - before, top - above, right + before, bottom + above


def _doubted(line: Line, body: range) -> Iterator[Pixels]:
    """Yield the boxes around a body's words in doubt and their neighbors."""
    if line.box[3] <= body.start or line.box[1] >= body.stop:
        return
    words = sorted(line.words, key=lambda word: word.box[0])
    doubted = [likely([word]) < _UNSURE for word in words]
    shown = [any(doubted[max(0, at - 1) : at + 2]) for at in range(len(words))]
    above, before = round(_ABOVE * line.word_height), round(line.word_height)
    for at, word in enumerate(words):
        if not shown[at]:
            continue
        left = (words[at - 1].box[2] + word.box[0]) // 2 if at else word.box[0] - before
        after = words[at + 1].box[0] if at + 1 < len(words) else word.box[2] + 2 * before
        yield left, word.box[1] - above, (word.box[2] + after) // 2, word.box[3] + above


def _only(image: Image, parts: Sequence[Pixels]) -> Image:
    """Return a picture of some parts alone, so that the others are not read once more."""
    bare = np.full_like(image, 255)
    for left, top, right, bottom in parts:
        down, across = slice(max(0, top), bottom), slice(max(0, left), max(0, right))
        bare[down, across] = image[down, across]
    return bare


def _softened(image: Image) -> Image:
    """Return black and white as a lens would show it: strokes a little fuller, no dust."""
    blurred = 255 - cv2.GaussianBlur(_dusted(image), (0, 0), 0.7)
    return np.asarray(255 - cv2.convertScaleAbs(blurred, alpha=1.6), np.uint8)


def _dusted(image: Image) -> Image:
    """Return black and white without specks; one that stands near print may be part of it."""
    ink = (image < 128).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    small = (sides <= _SPECK).astype(np.uint8)[labels]
    around = np.ones((2 * _ALONE + 1, 2 * _ALONE + 1), np.uint8)
    near = cv2.dilate(cv2.subtract(ink, small), around)
    return np.asarray(cv2.bitwise_or(image, cv2.subtract(small, near) * np.uint8(255)), np.uint8)


def _thickened(image: Image) -> Image:
    return np.asarray(cv2.erode(image, np.ones((2, 2), np.uint8)), np.uint8)


def _sharpened(image: Image) -> Image:
    soft = cv2.GaussianBlur(image, (0, 0), 1.5)
    return np.asarray(cv2.addWeighted(image, 2.0, soft, -1.0, 0), np.uint8)


def merged(one: Sequence[Line], other: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of the first reading with the likelier words of both."""
    mates: list[list[Word]] = [[] for _ in one]
    for word in (word for line in other for word in line.words):
        at = _owner(word, one)
        if at is not None:
            mates[at].append(word)
    return tuple(
        replace(line, words=tuple(w for place in _places(line.words, own) for w in _chosen(place)))
        for line, own in zip(one, mates, strict=True)
    )


def _owner(word: Word, lines: Sequence[Line]) -> int | None:
    """Return the line to which a word of the other reading belongs; null where there is none."""
    middle = (word.box[1] + word.box[3]) / 2
    near = [
        (_gap(own, word) / own.height, at)
        for at, line in enumerate(lines)
        for own in line.words
        if own.box[1] <= middle <= own.box[3]
    ]
    gap, at = min(near, default=(_FAR, 0))
    return at if gap < _FAR else None


def _gap(one: Word, other: Word) -> int:
    """Return how far two words are apart along the line; the less, the more they overlap."""
    return max(one.box[0] - other.box[2], other.box[0] - one.box[2])


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
        return [word for word in place.other if word.confidence > _SURE and _is_more(word)]
    best = max(place.one, place.other, key=likely)
    if [word.text for word in place.one] == [word.text for word in place.other]:
        return best
    return [replace(word, confidence=_DISPUTED * word.confidence) for word in best]


def _is_more(word: Word) -> bool:
    """Say whether a word is more than a speck or a piece of a rule may look like."""
    return sum(char.isalnum() for char in word.text) > 1 and form(word.text) == 1.0


def likely(words: Sequence[Word]) -> float:
    """Return how likely words of a line are: their confidence, less where they are no words."""
    letters = sum(len(word.text) for word in words)
    return sum(len(w.text) * w.confidence * form(w.text) for w in words) / max(1, letters)


def form(text: str) -> float:
    """Return how much a text is written like a word, a figure or a symbol: 1, or less."""
    found = _WORD.fullmatch(text)
    if _RULED.fullmatch(text) or (found and is_syllable(found[1].lower())):
        return 1.0
    return _STRANGE
