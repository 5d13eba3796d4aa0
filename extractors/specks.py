"""Specks within a line that the OCR took for letters or signs: `các biện pháp Ì bảo đảm`."""

from __future__ import annotations

from statistics import median

import regex

from extractors.keys import is_syllable
from extractors.pieces import Piece
from extractors.reading import Reading

_SIGNS = regex.compile(r"[|¦_~`ˆ‘’'*•·.,:;=<>\\°^]{1,2}")
_UNSURE = 0.5  # the OCR's confidence in letters that make no word
_LOW = 0.6  # of a usual word's height: no capital is so low
_LETTERS = 2  # of the longest speck


def without_specks(reading: Reading, line: Piece) -> str:
    """Return a line's text without its specks; a plain text has none.

    A speck is a lone sign, letters that make no word and were read in great doubt, or a capital
    by itself that is much lower than the words around it.
    """
    usual = median(_high(reading, line, 0, len(line.text)) or [0.0])
    if not usual:
        return line.text
    words = regex.finditer(r"\S+", line.text)
    return " ".join(word[0] for word in words if not _is_speck(reading, line, word, usual))


def _is_speck(reading: Reading, line: Piece, word: regex.Match[str], usual: float) -> bool:
    letters = regex.sub(r"[\W\p{Lm}]", "", word[0])
    if not letters:
        return _SIGNS.fullmatch(word[0]) is not None
    if len(letters) > _LETTERS or any(map(str.isdigit, letters)):
        return False
    if not is_syllable(letters):
        marks = reading.marks_in(line.start + word.start(), line.start + word.end())
        abbreviated = len(letters) > 1 and letters.isupper()
        return not abbreviated and all(mark.confidence < _UNSURE for mark in marks)
    high = _high(reading, line, *word.span())
    return len(letters) == 1 and letters.isupper() and max(high, default=usual) < _LOW * usual


def _high(reading: Reading, line: Piece, start: int, end: int) -> list[float]:
    marks = reading.marks_in(line.start + start, line.start + end)
    return [mark.box[3] - mark.box[1] for mark in marks]
