"""Red stamps of urgency and secrecy, straight or at a slant, read on the red ink alone.

The frame of the stamp, a box or an arrow, tells the slant. What is read there counts only where
it is nearly one of the words that stand on such stamps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from extractors.keys import key
from extractors.words import table
from ingest.page import Image, Line, Page, Pixels, Word
from ingest.reading import Engine

_BLOCK, _SCATTERED = 6, 11  # Tesseract's modes
_DEPTH = 0.55  # the share of the first page that is looked at
_RED = 45  # how much redder than green and blue a pixel of the stamp is
_LEAST, _MOST = (0.6, 0.22), (4.5, 3.0)  # inches a stamp is wide and high
_OBLONG = 1.25  # seals are round, stamps are not
_SLANTS = 3  # so many directions of a frame's edges are tried
_STEEPEST = 50  # degrees
_APART = 5  # degrees between two directions
_ALIKE = 0.8  # how alike what was read must be to a word of the stamps
_SURE = 0.5  # how surely a word must have been read to count
_SOFT = 10  # the edge of the stronger ink, in grays
_LONGEST = 12  # words of a line that are looked through
_RULE = (0.45, 0.28)  # inches across and down; a longer stroke is the frame


def find_stamps(page: Page, engine: Engine) -> tuple[Line, ...]:
    """Return the stamped words of urgency and secrecy at the top of a first page in color."""
    if page.image is None or page.image.ndim == 2 or page.number != 1:
        return ()
    ink = red_ink(page.image[: round(_DEPTH * page.height)])
    found = []
    for box in _regions(ink, page.dpi):
        left, top, right, bottom = box
        crop = ink[top:bottom, left:right]
        said = list(_readings(crop, page.dpi, engine))
        said = said or list(_readings(_strongest(crop), page.dpi, engine))
        text, sure = max(said, key=lambda word: word[1], default=("", 0.0))
        if sure >= _SURE:
            found.append(Line(_words(text, box, sure), kind="stamp"))
    return tuple(found)


def red_ink(image: Image) -> Image:
    """Return the red ink of a picture in color as black on white."""
    red, green, blue = cv2.split(image)
    redness = cv2.subtract(red, cv2.max(green, blue))
    strong = cv2.convertScaleAbs(redness, alpha=2.2)
    return np.asarray(255 - np.where(np.asarray(redness) > _RED // 2, strong, 0), np.uint8)


def _regions(ink: Image, dpi: int) -> Iterator[Pixels]:
    """Yield the boxes around red ink that has the size and the shape of a stamp."""
    mask = (ink < 255 - _RED).astype(np.uint8)
    reach = max(3, dpi // 14)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    for label in range(1, count):
        left, top, wide, high, area = (int(value) for value in stats[label])
        if area < 0.02 * dpi * dpi:
            continue
        ys, xs = np.nonzero(labels[top : top + high, left : left + wide] == label)
        points = np.stack([xs, ys], axis=1).astype(np.float32)
        short, long = sorted(side / dpi for side in cv2.minAreaRect(points)[1])
        if long < _OBLONG * short or not (_LEAST[1] <= short <= _MOST[1]):
            continue
        if _LEAST[0] <= long <= _MOST[0]:
            yield left, top, left + wide, top + high


def _readings(crop: Image, dpi: int, engine: Engine) -> Iterator[tuple[str, float]]:
    """Yield what a stamp may say with how sure that is, in each direction of its edges."""
    for slant in _slants(crop, dpi):
        straight = _without_frame(_turned(crop, slant), dpi)
        for mode in (_BLOCK, _SCATTERED):
            for line in engine.read(straight, dpi, mode):
                said = known_word(line.text)
                if said:
                    sure = sum(word.confidence for word in line.words) / len(line.words)
                    yield said[0], said[1] * sure


def _strongest(crop: Image) -> Image:
    """Return the stronger one of two inks that lie over each other, say two stamps."""
    inked = crop[crop < 255 - _RED].reshape(-1, 1)
    if not inked.size:
        return crop
    between, _ = cv2.threshold(inked, 0, 255, cv2.THRESH_OTSU)
    return np.where(crop < between + _SOFT, crop, 255).astype(np.uint8)


def _slants(crop: Image, dpi: int) -> list[float]:
    """Return the directions of the longest edges in degrees, the commonest first."""
    mask = (crop < 255 - _RED).astype(np.uint8) * 255
    edges = cv2.HoughLinesP(
        mask, 1, np.pi / 180, threshold=dpi // 5, minLineLength=dpi // 3, maxLineGap=dpi // 40
    )
    if edges is None:
        return [0.0]
    x0, y0, x1, y1 = np.asarray(edges, np.float64).reshape(-1, 4).T
    lengths = np.hypot(x1 - x0, y1 - y0)
    degrees = (np.degrees(np.arctan2(y1 - y0, x1 - x0)) + 90) % 180 - 90
    return _commonest(degrees, lengths) or [0.0]


def _commonest(degrees: NDArray[np.float64], lengths: NDArray[np.float64]) -> list[float]:
    weights = np.where(np.abs(degrees) <= _STEEPEST, lengths, 0.0)
    chosen: list[float] = []
    while len(chosen) < _SLANTS and weights.max(initial=0.0) > 0:
        near = [weights[np.abs(degrees - d) < _APART].sum() for d in degrees]
        best = float(degrees[int(np.argmax(np.where(weights > 0, near, 0.0)))])
        around = np.abs(degrees - best) < _APART
        chosen.append(float(np.average(degrees[around], weights=lengths[around])))
        weights = np.where(around, 0.0, weights)
    return chosen


def _turned(crop: Image, degrees: float) -> Image:
    """Return a picture turned so that lines which fall by so many degrees lie straight."""
    high, wide = crop.shape
    side = int(np.hypot(high, wide)) + 20
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    turn[:, 2] += ((side - wide) / 2, (side - high) / 2)
    return np.asarray(cv2.warpAffine(crop, turn, (side, side), borderValue=255), np.uint8)


def _without_frame(crop: Image, dpi: int) -> Image:
    """Return a stamp without its frame: the letters are no large piece and no long stroke."""
    mask = (crop < 255 - _RED).astype(np.uint8)
    across, down = (round(inches * dpi) for inches in _RULE)
    rules = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, across), np.uint8))
    upright = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((down, 1), np.uint8))
    rules = cv2.dilate(cv2.max(rules, upright), np.ones((5, 5), np.uint8))
    rest = np.asarray(np.where(np.asarray(rules) > 0, 0, mask), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest)
    large = (stats[:, 2] > across) | (stats[:, 3] > across)
    large[0] = True
    return np.where(large[labels], 255, crop).astype(np.uint8)


def known_word(text: str) -> tuple[str, float] | None:
    """Return the word of the stamps that a reading is nearly, and how nearly, from 0 to 1."""
    parts = text.split()[:_LONGEST]
    said = [" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)]
    spellings = [
        word
        for entry in ("urgency", "secrecy")
        for words in table("stamps")[entry].values()
        for word in words
    ]
    pairs = (
        (word, _alike(word, some))
        for word in spellings
        for some in (said if " " in word else [text])  # a short word is all that stands there
    )
    best = max(pairs, key=lambda pair: (pair[1], len(pair[0])), default=("", 0.0))
    return best if best[1] >= _ALIKE else None


def _alike(word: str, said: str) -> float:
    return Levenshtein.normalized_similarity(_letters(word), _letters(said))


def _letters(text: str) -> str:
    return "".join(char for char in key(text) if char.isalpha())


def _words(text: str, box: Pixels, sure: float) -> tuple[Word, ...]:
    """Return the words of a stamp, each in its share of the stamp's box."""
    left, top, right, bottom = box
    parts = text.split()
    step = (right - left) / len(parts)
    return tuple(
        Word(part, (round(left + i * step), top, round(left + (i + 1) * step), bottom), sure)
        for i, part in enumerate(parts)
    )


def with_stamps(page: Page, stamps: tuple[Line, ...]) -> Page:
    """Return the page with its stamps set apart: after the letterhead, before the text."""
    if not stamps:
        return page
    said = ", ".join(line.text for line in stamps)
    notes = page.notes | {"stamp": said}
    return replace(page, lines=tuple(set_apart(page.lines, stamps)), notes=notes)


def set_apart(lines: Sequence[Line], stamps: Sequence[Line]) -> list[Line]:
    """Return the lines with those of stamps after the letterhead, before the text."""
    at = next((i for i, line in enumerate(lines) if line.column == "full"), len(lines))
    return [*lines[:at], *stamps, *lines[at:]]
