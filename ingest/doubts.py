"""Doubtful lines read again by themselves, a little larger and smaller: the better is kept.

Only parts of lines that are doubtful as a whole are looked at, the least sure first, so that a page
that was read well costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.alone import read_alone
from ingest.page import Line, Page, Pixels, Word
from ingest.reading import Engine

_ONE_LINE = 7  # Tesseract's mode
_DOUBTFUL = 0.6  # a part of a line that is less sure is read again
_SCALES = (1.25, 0.85)
_MOST = 6  # parts of lines of one page
_PARTED = 2.0  # a gap of so many line heights parts a line: another column
_BETTER = 1.03  # how much more must speak for the new words
_AROUND = 0.35  # of a line's height, shown above and below it


@dataclass(frozen=True, slots=True)
class Part:
    """Neighboring words of a line of the page, by their places in it."""

    line: int
    first: int
    last: int
    words: tuple[Word, ...]

    @property
    def box(self) -> Pixels:
        """The smallest box around the words."""
        return Line(self.words).box

    @property
    def doubt(self) -> float:
        """How many letters are in doubt, by the confidence they lack; none in a sure part."""
        letters = sum(map(_letters, self.words))
        lacking = letters - worth(self.words)
        return lacking if lacking > (1 - _DOUBTFUL) * letters else 0.0


def reread(page: Page, engine: Engine) -> Page:
    """Return the page with its doubtful lines read again where that makes them surer."""
    if page.image is None:
        return page
    parts = [part for number, line in enumerate(page.lines) for part in _parts(number, line)]
    doubtful = sorted((part for part in parts if part.doubt > 0), key=lambda part: -part.doubt)
    better: dict[tuple[int, int], tuple[Part, tuple[Word, ...]]] = {}
    for part in doubtful[:_MOST]:
        fresh = max((_read(page, part, engine, scale) for scale in _SCALES), key=worth)
        if worth(fresh) > _BETTER * worth(part.words):
            better[part.line, part.first] = part, fresh
    if not better:
        return page
    lines = tuple(_mended(number, line, better) for number, line in enumerate(page.lines))
    notes = page.notes | {"lines_again": f"{len(better)} of {len(doubtful[:_MOST])} were surer"}
    return replace(page, lines=lines, notes=notes)


def worth(words: Sequence[Word]) -> float:
    """Return how much speaks for a reading: the confidence of its letters and digits."""
    return sum(_letters(word) * word.confidence for word in words)


def _letters(word: Word) -> int:
    return sum(char.isalnum() for char in word.text)


def _parts(number: int, line: Line) -> Iterator[Part]:
    """Yield the parts of a line between its wide gaps."""
    if line.kind == "table":
        return
    height = line.word_height
    first = 0
    for at, (before, after) in enumerate(pairwise(line.words), 1):
        if after.box[0] - before.box[2] > _PARTED * height:
            yield Part(number, first, at, line.words[first:at])
            first = at
    yield Part(number, first, len(line.words), line.words[first:])


def _read(page: Page, part: Part, engine: Engine, scale: float) -> tuple[Word, ...]:
    left, top, right, bottom = part.box
    slack = round(_AROUND * Line(part.words).word_height)
    box = (left - slack, top - slack, right + slack, bottom + slack)
    seen = read_alone(page, box, engine, _ONE_LINE, scale=scale)
    return tuple(word for line in seen for word in line.words)


def _mended(
    number: int, line: Line, better: dict[tuple[int, int], tuple[Part, tuple[Word, ...]]]
) -> Line:
    words: list[Word] = []
    at = 0
    while at < len(line.words):
        if (number, at) in better:
            part, fresh = better[number, at]
            words += fresh
            at = part.last
        else:
            words.append(line.words[at])
            at += 1
    return replace(line, words=tuple(words))
