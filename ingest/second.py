"""A second look at regions that were read badly: the signature block under its seal.

A bilevel scan keeps the seal over the print, and the OCR takes the whole block for a picture.
Looking for scattered words there (Tesseract's sparse mode) finds the position and the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns import foot
from ingest.page import Line, Page, Pixels, Word
from ingest.reading import Engine

SCATTERED = 11  # Tesseract's mode for words in no order
_SURE = 0.5  # scattered words below it are strokes of the seal or of the pen
_BLOCK = (0.40, 0.26)  # where the block begins across the page, and how deep it may be


def look_again(page: Page, engine: Engine) -> Page:
    """Read the signature block again where the first look saw next to nothing of it."""
    zone = foot(page.lines, page.width)
    if page.image is None or zone is None or _letters(zone.right) >= 12:
        return page
    top = max(0, zone.top - page.height // 100)
    bottom = min(page.height, top + round(_BLOCK[1] * page.height))
    left = round(_BLOCK[0] * page.width)
    region = (left, top, page.width, bottom)
    seen = engine.read(page.image[top:bottom, left:], page.dpi, SCATTERED)
    found = [moved for line in seen if (moved := _moved(line, region, page.lines))]
    notes = page.notes | {"second_look": f"signature block: {len(found)} lines"}
    return replace(page, lines=(*page.lines, *found), notes=notes)


def _letters(lines: Sequence[Line]) -> float:
    return sum(
        len(w.text) * w.confidence for line in lines for w in line.words if w.confidence > _SURE
    )


def _moved(line: Line, region: Pixels, known: Sequence[Line]) -> Line | None:
    """Return the line in the page's coordinates, without dirt and without what is known."""
    left, top = region[:2]
    words = tuple(
        replace(
            word, box=(word.box[0] + left, word.box[1] + top, word.box[2] + left, word.box[3] + top)
        )
        for word in line.words
        if word.confidence >= _SURE
    )
    fresh = tuple(word for word in words if not _is_known(word, known))
    if sum(char.isalpha() for word in fresh for char in word.text) < 3:
        return None
    return replace(line, words=fresh)


def _is_known(word: Word, lines: Sequence[Line]) -> bool:
    across, down = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return any(
        box[0] <= across <= box[2] and box[1] <= down <= box[3]
        for line in lines
        for box in (seen.box for seen in line.words)
    )
