"""A page: the picture, and the words seen on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

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
    """Words on one baseline, in reading order; `column` as in the letterhead."""

    words: tuple[Word, ...]
    column: Column = "full"
    kind: str = "text"

    @property
    def text(self) -> str:
        """The words, parted by spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Pixels:
        """The smallest box around all words."""
        boxes = [word.box for word in self.words]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        return left, top, max(box[2] for box in boxes), max(box[3] for box in boxes)


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
    hands: tuple[Hand, ...] = ()
    origin: str = "ocr"
    faults: tuple[tuple[str, str], ...] = ()  # review codes with messages: what went wrong here
    notes: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)  # by stage, for the benchmark

    def showing(self, image: Image) -> Page:
        """Return the page with another picture."""
        return replace(self, image=image, height=image.shape[0], width=image.shape[1])
