"""Gaps of the letterhead as small pictures for the recognizer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.reading import HandField
from ingest.hand.anchors import Anchor
from ingest.hand.digits import BASELINE, EM, TALL, Ink, ink_of
from ingest.page import Image

Gray = NDArray[np.uint8]
LOOKS = ((0.55, 0.85), (0.25, 0.45), (0.95, 1.25))  # the cuts' edges, moved out by ems


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between printed words where something may be written.

    `left` and `right` are its edges, `base` the print's baseline, `em` its size in pixels.
    `text` is what the OCR saw there and `confidence` how sure it was (1 where it saw nothing).
    `sure` is false where an edge was inferred. `plain` is true where what the OCR saw is as high
    and as wide as print and was read surely: nobody need look at the picture.
    """

    field: HandField
    left: float
    right: float
    base: float
    em: float
    text: str
    confidence: float
    sure: bool
    plain: bool = False


def dark_of(image: Image) -> Gray:
    """Return a gray picture in which blue and black ink are dark and red is as light as paper."""
    return image if image.ndim == 2 else image[:, :, 0]


def baseline(gray: Gray, anchors: Sequence[Anchor], em: float) -> float | None:
    """Return the row on which printed words stand: where most of their letters end."""
    feet: list[float] = []
    for anchor in anchors:
        if anchor.word is not None:
            feet += letter_feet(gray, anchor, em)
    return float(np.median(feet)) if feet else None


def letter_feet(gray: Gray, anchor: Anchor, em: float) -> list[float]:
    """Return the lowest rows of an anchor's letters."""
    left, right = max(int(anchor.left), 0), int(anchor.right)
    top, bottom = max(int(anchor.middle - 0.9 * em), 0), int(anchor.middle + 0.9 * em)
    part = gray[top:bottom, left:right]
    if part.size == 0:
        return []
    _, ink = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    stats = cv2.connectedComponentsWithStats(ink)[2][1:]
    letters = [s for s in stats if 0.3 * em < s[3] < em and s[2] < em]
    return [float(top + s[1] + s[3]) for s in letters]


def look(gray: Gray, gap: Gap) -> list[Ink]:
    """Return a gap's picture, cut in several ways."""
    return [cut(gray, gap, *edges) for edges in LOOKS]


def cut(gray: Gray, gap: Gap, left: float, right: float) -> Ink:
    """Return one cut of a gap, scaled so that its print has the recognizer's size."""
    scale = EM / gap.em
    top = gap.base - BASELINE / scale
    x0, x1 = gap.left - left * gap.em, gap.right + right * gap.em
    wide = max(16, round((x1 - x0) * scale))
    part = patch(gray, x0, top, x1, top + TALL / scale)
    small = cv2.resize(part, (wide, TALL), interpolation=cv2.INTER_AREA)
    return ink_of(np.asarray(small, np.uint8))


def patch(gray: Gray, x0: float, y0: float, x1: float, y1: float) -> Gray:
    """Return a part of the page; what lies outside is paper."""
    left, top, right, bottom = round(x0), round(y0), round(x1), round(y1)
    part = gray[max(top, 0) : max(bottom, 1), max(left, 0) : max(right, 1)]
    out = np.full((max(bottom - top, 1), max(right - left, 1)), 255, np.uint8)
    y, x = max(-top, 0), max(-left, 0)
    out[y : y + part.shape[0], x : x + part.shape[1]] = part[: out.shape[0] - y, : out.shape[1] - x]
    return out
