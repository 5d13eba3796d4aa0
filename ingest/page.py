"""A page: the picture, and the words seen on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extractors.reading import Column, Hand

Image = NDArray[np.uint8]  # height x width (gray) or height x width x 3 (RGB)
Pixels = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the page


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the OCR saw it; `confidence` from 0 to 1."""

    text: str
    box: Pixels
    confidence: float

    @property
    def height(self) -> int:
        """The height of the word's box in pixels."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, in reading order; `column` as in the letterhead.

    A row of a ruled table says how many words stand in each of its `cells` (an empty cell holds
    one empty word), to which of the page's grids it belongs, and where its row is.
    """

    words: tuple[Word, ...]
    column: Column = "full"
    kind: str = "text"
    cells: tuple[int, ...] = ()
    grid: int = 0
    frame: Pixels | None = None

    @property
    def text(self) -> str:
        """The words, parted by spaces, and by tabs between cells."""
        if not self.cells:
            return " ".join(word.text for word in self.words)
        texts = iter(word.text for word in self.words)
        return "\t".join(" ".join(islice(texts, count)) for count in self.cells)

    @property
    def box(self) -> Pixels:
        """The smallest box around all words; of a table's row, the row's."""
        if self.frame:
            return self.frame
        return around([word.box for word in self.words])

    @property
    def word_height(self) -> float:
        """The median height of its words."""
        return float(median(word.height for word in self.words))


def around(boxes: Sequence[Pixels]) -> Pixels:
    """Return the smallest box around boxes."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return left, top, max(box[2] for box in boxes), max(box[3] for box in boxes)


def shared(box: Pixels, other: Pixels) -> float:
    """Return the share of a box that lies in another."""
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / max(1, (box[2] - box[0]) * (box[3] - box[1]))


@dataclass(frozen=True, slots=True)
class Block:
    """A cell of a ruled table: its first row and column, its extent, its place on the page."""

    row: int
    column: int
    rows: int
    columns: int
    box: Pixels


@dataclass(frozen=True, slots=True)
class Ruling:
    """The grid of a ruled table: its cells row by row, and its place on the page."""

    box: Pixels
    blocks: tuple[Block, ...]
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a scan.

    `image` is RGB or gray and null once the page has been read; `lines` stand in reading order.
    `notes` say what was seen and done (skew, variant chosen, seal lifted), for the explanation.
    """

    number: int
    width: int
    height: int
    dpi: int
    image: Image | None = None
    lines: tuple[Line, ...] = ()
    rulings: tuple[Ruling, ...] = ()  # a line of kind `table` tells its grid by its place here
    hands: tuple[Hand, ...] = ()
    origin: str = "ocr"
    faults: tuple[tuple[str, str], ...] = ()  # review codes with messages: what went wrong here
    notes: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)  # by stage, for the benchmark

    def showing(self, image: Image) -> Page:
        """Return the page with another picture."""
        return replace(self, image=image, height=image.shape[0], width=image.shape[1])
