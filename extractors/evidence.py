"""How sure a value is: by the OCR's word, or by a list that knows it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.finding import Part
from extractors.pieces import Piece
from extractors.reading import Box, Reading

_CLEAR = 0.85  # the OCR's confidence from which on it takes nothing away


def confirmed(pieces: Sequence[Piece], sure: float) -> Part:
    """Return the place of a value that more than the OCR speaks for: a known name, two readers.

    Its confidence is its own; with its box it needs no word of the OCR's.
    """
    span = (pieces[0].start, pieces[-1].end)
    boxes = [piece.box for piece in pieces if piece.box]
    return Part(span, sure, (pieces[0].row.page, around(boxes)) if boxes else None)


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around others."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return left, top, max(box[2] for box in boxes), max(box[3] for box in boxes)


def seen(reading: Reading, start: int, end: int) -> float:
    """Return how well a stretch was seen, from 0 to 1; plain text was seen well."""
    marks = reading.marks_in(start, end)
    letters = sum(mark.end - mark.start for mark in marks)
    if not letters:
        return 1.0
    mean = sum((mark.end - mark.start) * mark.confidence for mark in marks) / letters
    return min(1.0, mean / _CLEAR)
