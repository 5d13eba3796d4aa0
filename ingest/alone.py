"""A part of a page read by itself: what the OCR misreads or passes over among the rest."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ingest.page import Line, Page, Pixels, Word
from ingest.reading import Engine, Mode

_MARGIN = 12  # white around the part, in pixels


def read_alone(
    page: Page, box: Pixels, engine: Engine, mode: Mode, *, scale: float = 1.0
) -> tuple[Line, ...]:
    """Return the lines that the OCR sees in a box of the page, shown larger or smaller by a scale.

    Their words stand where they are on the page. A box that lies outside of it shows none.
    """
    left, top, right, bottom = (max(0, side) for side in box)
    crop = page.image[top:bottom, left:right] if page.image is not None else np.empty((0, 0))
    if not crop.size:
        return ()
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=way) if scale != 1 else crop
    padded = np.ascontiguousarray(np.pad(sized, _MARGIN, constant_values=255))
    seen = engine.read(np.asarray(padded, np.uint8), page.dpi, mode)
    corner = (left, top)
    return tuple(Line(tuple(_placed(w, corner, scale) for w in line.words)) for line in seen)


def _placed(word: Word, corner: tuple[int, int], scale: float) -> Word:
    left, top, right, bottom = (round((side - _MARGIN) / scale) for side in word.box)
    across, down = corner
    return replace(word, box=(left + across, top + down, right + across, bottom + down))
