"""Rows of letters on a picture where seals and pens lie over the print, straight or askew.

The OCR takes a signature under its seal for a picture. Pieces of ink that have the size of letters
and stand beside one another are a row, whatever lies around it, and each can be read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.page import Image, Pixels

# All measures in heights of a usual word of the page.
_LOW, _HIGH = 0.42, 1.8  # a letter's height
_NARROW, _WIDE = 0.1, 7.0  # its width; a bold word may be one piece of ink
_LEVEL = 0.5  # how far a letter's middle may be from its neighbors'
_WORD = 1.8  # how wide a lone piece of ink is that may be a bold word
_NEXT = 1.4  # how far the next letter may be
_APART = 4.5  # how far apart parts of one row may be, where a pen crosses it
_SHORT = 2.2  # a row's least width
TALL = 2.3  # the height of a row's picture, marks and descenders included
_CORE = 0.3  # around the middle line: what does not reach it is of another row
_LETTERS = 3  # of the shortest row
_STEEP = 0.2  # the slope of a stamp that was put down by hand
_DARK = 60  # what is darker is ink in any light

Letter = tuple[int, int, int, int]  # left, top, width, height


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of letters: where its middle line runs, and between which sides."""

    left: float
    right: float
    slope: float
    level: float  # the height of the middle line at the picture's left edge

    def middle(self, x: float) -> float:
        """Return the height of the row's middle line."""
        return self.level + self.slope * x


def find_strips(picture: Image, em: float) -> list[Strip]:
    """Return the rows of letters on a gray picture, from top to bottom; `em` is a word's height."""
    rows = [row for row in _joined(_rows(_letters(picture, em), em), em) if len(row) >= _LETTERS]
    strips = [_strip(row) for row in rows]
    wide = [strip for strip in strips if strip.right - strip.left >= _SHORT * em]
    return sorted(wide, key=lambda strip: strip.middle((strip.left + strip.right) / 2))


def cut_out(
    picture: Image, strip: Strip, em: float, *, before: float, after: float, tall: float = TALL
) -> Image:
    """Return the picture of a row laid straight, with room at its sides in heights of a word."""
    left, right = strip.left - before * em, strip.right + after * em
    wide, high = round(right - left), round(tall * em)
    middle = (left + right) / 2
    turn = cv2.getRotationMatrix2D(
        (middle, strip.middle(middle)), float(np.degrees(np.arctan(strip.slope))), 1.0
    )
    turn[:, 2] += np.array([wide / 2 - middle, high / 2 - strip.middle(middle)])
    straight = cv2.warpAffine(picture, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255)
    return _without_neighbors(np.asarray(straight, np.uint8), em)


def _without_neighbors(crop: Image, em: float) -> Image:
    """Return a row's picture without the letters of the rows over and under it."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_ink(crop))
    high, low = len(crop) / 2 - _CORE * em, len(crop) / 2 + _CORE * em
    top = stats[:, cv2.CC_STAT_TOP]
    bottom = top + stats[:, cv2.CC_STAT_HEIGHT]
    beyond = ((top == 0) & (bottom < high)) | ((bottom == len(crop)) & (top > low))
    beyond[0] = False
    spread = cv2.dilate(beyond[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(np.asarray(spread) > 0, 255, crop), np.uint8)


def _ink(picture: Image) -> Image:
    threshold, _ = cv2.threshold(picture, 0, 255, cv2.THRESH_OTSU)
    return (picture <= max(threshold, _DARK)).astype(np.uint8)


def box_of(strip: Strip, em: float) -> Pixels:
    """Return the box around a row of letters."""
    ends = strip.middle(strip.left), strip.middle(strip.right)
    top, bottom = min(ends) - 0.6 * em, max(ends) + 0.6 * em
    return round(strip.left), round(top), round(strip.right), round(bottom)


def _letters(picture: Image, em: float) -> list[Letter]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(_ink(picture))
    wide, high = stats[1:, cv2.CC_STAT_WIDTH] / em, stats[1:, cv2.CC_STAT_HEIGHT] / em
    like = (high >= _LOW) & (high <= _HIGH) & (wide >= _NARROW) & (wide <= _WIDE)
    return [(int(s[0]), int(s[1]), int(s[2]), int(s[3])) for s in stats[1:][like]]


def _rows(letters: Sequence[Letter], em: float) -> list[list[Letter]]:
    """Chain letters to their neighbors on the right."""
    rows: list[list[Letter]] = []
    for letter in sorted(letters):
        near = [
            (abs(_middle(letter) - _end(row)), row) for row in rows if _follows(row, letter, em)
        ]
        off, row = min(near, key=lambda pair: pair[0], default=(np.inf, []))
        if row and off < _LEVEL * max(em, min(letter[3], row[-1][3])):
            row.append(letter)
        else:
            rows.append([letter])
    return rows


def _follows(row: Sequence[Letter], letter: Letter, em: float) -> bool:
    gap = letter[0] - max(x + wide for x, _, wide, _ in row[-3:])
    return -0.6 * em <= gap < _NEXT * em


def _middle(letter: Letter) -> float:
    return letter[1] + letter[3] / 2


def _end(row: Sequence[Letter]) -> float:
    return float(np.median([_middle(letter) for letter in row[-3:]]))


def _joined(rows: Sequence[list[Letter]], em: float) -> Iterator[list[Letter]]:
    """Join parts of one row, between which letters are lost under a stroke."""
    parts = (row for row in rows if len(row) > 1 or row[0][2] > _WORD * em)
    left = sorted(parts, key=lambda row: row[0][0])
    while left:
        row = left.pop(0)
        while mate := next((other for other in left if _goes_on(row, other, em)), None):
            left.remove(mate)
            row = row + mate
        yield row


def _goes_on(row: Sequence[Letter], other: Sequence[Letter], em: float) -> bool:
    edge = max(x + wide for x, _, wide, _ in row)
    gap = other[0][0] - edge
    if not -0.6 * em <= gap < _APART * em:
        return False
    slope = _strip([*row, *other]).slope
    ahead = _end(row) + slope * (other[0][0] - row[-1][0])
    start = float(np.median([_middle(letter) for letter in other[:3]]))
    return abs(ahead - start) < _LEVEL * em


def _strip(row: Sequence[Letter]) -> Strip:
    xs: NDArray[np.float64] = np.array([x + wide / 2 for x, _, wide, _ in row], np.float64)
    ys = np.array([_middle(letter) for letter in row], np.float64)
    slope = float(np.polyfit(xs, ys, 1)[0]) if np.ptp(xs) > 0 else 0.0
    slope = float(np.clip(slope, -_STEEP, _STEEP))
    level = float(np.median(ys - slope * xs))
    right = max(x + wide for x, _, wide, _ in row)
    return Strip(float(min(x for x, *_ in row)), float(right), slope, level)
