"""Rows of a signature as they are shown to the OCR: laid straight, with room, larger or smaller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import cv2
import numpy as np

from extractors.authority import read_lines
from extractors.deputies import head_of
from ingest.claims import Claim, claims_of
from ingest.lights import Block
from ingest.page import Image, Line, Word
from ingest.reading import Engine
from ingest.rows import TALL, Strip, cut_out

Look = tuple[Block, Strip]  # a row as it lies in one light

HEIGHTS = (30.0, 42.0)  # of a word as it is shown, in pixels
_ONE_LINE = 7  # Tesseract's mode
_MARGIN = 12  # white around a row, in pixels
_UP = (1.0, 1.15, 1.3)  # word heights from a deputy's position to the head's, that it runs into
_LOW = 1.6  # word heights that are shown of that line
_ENDS = (1.5, 1.0)  # and room at its ends
_SEVERAL = 2  # readings that must say the same


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture of a row, and where it was cut out."""

    picture: Image
    look: Look
    before: float


def show(look: Look, ends: tuple[float, float], tall: float = TALL) -> Shown:
    """Return a row's picture with so much room before and after it, in word heights."""
    block, strip = look
    crop = cut_out(block.picture, strip, block.em, before=ends[0], after=ends[1], tall=tall)
    return Shown(crop, look, ends[0])


def read(shown: Shown, height: float, engine: Engine) -> tuple[Word, ...]:
    """Return the words that the OCR sees in a row whose words are made so high."""
    block, strip = shown.look
    scale = height / block.em
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    sized = cv2.resize(shown.picture, None, fx=scale, fy=scale, interpolation=way)
    seen = engine.read(np.pad(sized, _MARGIN, constant_values=255), block.dpi, _ONE_LINE)
    left = strip.left - shown.before * block.em + block.corner[0]
    return tuple(_placed(word, left, shown.look, scale) for line in seen for word in line.words)


def _placed(word: Word, left: float, look: Look, scale: float) -> Word:
    """Return a word where it stands on the page."""
    block, strip = look
    x0, x1 = ((side - _MARGIN) / scale + left for side in (word.box[0], word.box[2]))
    middle = strip.middle((x0 + x1) / 2 - block.corner[0]) + block.corner[1]
    half = (word.box[3] - word.box[1]) / scale / 2
    return replace(word, box=(round(x0), round(middle - half), round(x1), round(middle + half)))


def head_over(deputy: Line, row: Sequence[Look], engine: Engine) -> Line | None:
    """Return the head's position over a deputy's, where the one stamp was put into the other.

    Letters of two lines that touch make no rows. What the line says is known: it is only looked
    for, and must be read more than once.
    """
    heads = {head_of(said.text) for said in read_lines(deputy.text) if said.mode is None}
    found: list[Claim] = []
    for (block, strip), up, height in product(row, _UP, HEIGHTS):
        over = replace(strip, level=strip.level - up * block.em)
        words = read(show((block, over), _ENDS, _LOW), height, engine)
        said = list(read_lines(" ".join(word.text for word in words)))
        if said and said[-1].text in heads:
            found += claims_of(words, weight=1)
    best = max(found, key=lambda claim: claim.vote, default=None)
    return Line(best.words) if best is not None and len(found) >= _SEVERAL else None
