"""What a cell says: its words put in order, and several readings of it held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import regex

from ingest.merging import form
from ingest.page import Word

Piece = Sequence[Word]  # words of a cell that the OCR saw on one line

_FIGURE = regex.compile(r"\d{1,3}(?:\.\d{3}){0,5}(?:,\d{1,4})?|\d{1,12}(?:,\d{1,4})?")
_DIRT = "|[]_.,:;'`´‘’"  # no word by themselves
_TINY = 0.45  # heights of the words beside it: a lower sign is a mark of theirs read by itself


def ordered(pieces: Sequence[Piece]) -> list[Word]:
    """Return words in reading order: lines from top to bottom, words from left to right.

    Pieces that were seen on one line stay together, whatever their boxes say.
    """
    lines: list[list[Word]] = []
    for piece in sorted((list(piece) for piece in pieces if piece), key=_middle):
        if lines and _is_beside(lines[-1], piece):
            lines[-1] += piece
        else:
            lines.append(piece)
    words = [word for line in lines for word in sorted(line, key=lambda word: word.box[0])]
    return list(_without_dirt(words))


def _middle(piece: Piece) -> float:
    return sum(word.box[1] + word.box[3] for word in piece) / (2 * len(piece))


def _is_beside(line: Piece, piece: Piece) -> bool:
    low = abs(_middle(line) - _middle(piece))
    return low < 0.5 * line[-1].height and not any(_is_over(a, b) for a in line for b in piece)


def _is_over(one: Word, other: Word) -> bool:
    over = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    return over > 0.5 * min(one.box[2] - one.box[0], other.box[2] - other.box[0])


def _without_dirt(words: Sequence[Word]) -> Iterator[Word]:
    usual = median(word.height for word in words) if words else 0
    for word in words:
        lone = len(word.text) == 1 and word.text.isalnum() and word.height < _TINY * usual
        if word.text.strip(_DIRT) and not lone:
            yield word


def agreed(readings: Sequence[list[Word]]) -> list[Word]:
    """Return the reading for which most speaks, those that say the same taken together."""
    said = [" ".join(_bare(word.text) for word in reading) for reading in readings]
    votes = dict.fromkeys(said, 0.0)
    for text, reading in zip(said, readings, strict=True):
        votes[text] += _weight(reading)
    best = max(said, key=lambda text: votes[text])
    return max((r for r, text in zip(readings, said, strict=True) if text == best), key=_weight)


def _weight(words: Sequence[Word]) -> float:
    """Return how much speaks for a reading of a cell: its letters' confidence; more for a figure.

    The sum, and not the mean, prefers `0,5` to `05`. What is written like no word counts less:
    a space was lost in it, or a letter misread.
    """
    total = sum(len(_bare(word.text)) * word.confidence * form(word.text) for word in words)
    figure = len(words) == 1 and _FIGURE.fullmatch(_bare(words[0].text))
    return total * 1.5 if figure else total


def _bare(text: str) -> str:
    return text.strip("|[]_.,;:'„“” ")


def sureness(words: Sequence[Word]) -> float:
    """Return the least confidence of the words that hold a letter or a digit.

    One that is written like no word is less sure.
    """
    return min(
        (w.confidence * form(w.text) for w in words if any(c.isalnum() for c in w.text)),
        default=0.0,
    )
