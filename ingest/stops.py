"""The stop after a word, told by its form: commas are taken for full stops, and dust for either.

A comma reaches below the line on which the letters stand; so does a semicolon, and a colon does
not. Before a word in small letters there is no full stop: it was a comma whose tail was lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from statistics import median

import cv2
import numpy as np
import regex

from ingest.page import Image, Line, Page, Word
from normalizers.letters import is_syllable

_STOPPED = regex.compile(r"(.*[\p{L}\d)%”\"])([.:])")
_ENDS = frozenset('0123456789%)”"')  # of what is no abbreviation,
_LABEL = 2  # and no label if it is longer
_SMALL = regex.compile(r"\p{Ll}{2,}[,;.]?")
Form = tuple[float, float]  # how high a stop is, how low it reaches; in heights of a word
_TAILED = {".": ",", ":": ";"}
_HANGING = frozenset("gjpqyQ,;()/|_-–:ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ")
_MATES = 3  # words beside it that tell where the line is
# The least that a comma is: whole, or broken as in black and white.
_WHOLE, _BROKEN = (0.25, 0.1), (0.17, 0.03)
_SPECK = 0.1  # no stop is less high
_ROOM = 0.36  # where a stop is: so far from the word's right end, and so wide at the most,
_HIGHEST, _OVER = 0.5, 0.35  # so high at the most, and so far over the line


def with_stops(page: Page, *, bilevel: bool = False) -> Page:
    """Return the page with the stops of its words as their form tells them."""
    if page.image is None:
        return page
    comma = _BROKEN if bilevel else _WHOLE
    return replace(page, lines=tuple(_told(line, page.image, comma) for line in page.lines))


def _told(line: Line, image: Image, comma: Form) -> Line:
    words = []
    for word, after in zip_longest(line.words, line.words[1:]):
        found = _STOPPED.fullmatch(word.text)
        foot = _foot(word, line.words) if found else None
        if found is None or foot is None:
            words.append(word)
            continue
        form = _form(word, image, foot, line.word_height)
        text = _stopped((found[1], found[2]), after, form, comma)
        words.append(replace(word, text=text))
    return replace(line, words=tuple(words))


def _stopped(seen: tuple[str, str], after: Word | None, form: Form, comma: Form) -> str:
    """Return a word with the stop that its form tells; abbreviations and labels keep theirs."""
    said, stop = seen
    small = after is not None and _SMALL.fullmatch(after.text) is not None
    whole = is_syllable(said.lower()) or (said[-1] in _ENDS and len(said) > _LABEL)
    within = small and whole and stop == "."
    if within and form[0] < _SPECK:
        return said
    tailed = form[0] > comma[0] and form[1] > comma[1]
    return said + (_TAILED[stop] if within or tailed else stop)


def _foot(word: Word, words: Sequence[Word]) -> float | None:
    """Return where the letters of a line stand, near a word; null where no word tells."""
    standing = [w for w in words if len(w.text) > 1 and not _HANGING & set(w.text)]
    near = sorted(standing, key=lambda mate: abs(mate.box[0] - word.box[0]))[:_MATES]
    return float(median(mate.box[3] for mate in near)) if near else None


def _form(word: Word, image: Image, foot: float, em: float) -> Form:
    """Return how high a stop is, and how far it reaches below the line; nothing is 0 high."""
    left, top, right, bottom = word.box
    top = max(0, top - 2)
    crop = image[top : bottom + 6, max(0, left) : right + 3]
    if not crop.size:
        return 0.0, 0.0
    ink = (crop < (int(crop.min()) + int(crop.max())) // 2).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    stops = [
        (area, high, y + top + high - foot)
        for x, y, wide, high, area in stats[1:].tolist()
        if x + wide / 2 > right - left - _ROOM * em and wide < _ROOM * em
        and high < _HIGHEST * em and y + top > foot - _OVER * em
    ]  # fmt: skip
    _, high, low = max(stops, default=(0, 0, 0))
    return high / em, low / em
