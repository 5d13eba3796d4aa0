"""A page seen in more than one way, where the first look is doubtful: the best is kept.

No recipe is best everywhere, and the greatest sum of the words' confidences tells the best one;
small differences of it tell nothing. Pages that were read well are not looked at twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ingest.bends import lay_flat
from ingest.geometry import Warp, quarter
from ingest.page import Image, Page
from ingest.rules import sketch

_LOST = 0.6  # a page read with less confidence may lie on its side or upside down
_DOUBTFUL = 0.82  # a page read with less confidence is tried in other ways
_LITTLE = 0.002  # ink for so much of the page, and hardly a word read: something is wrong
_FEW_LETTERS = 40
_LONG, _FEW_WORDS = 3, 5  # words of more letters are wider than high, if there are so many
_BETTER = 1.04  # another way must be so much better

Look = Callable[[Page], Page]


@dataclass(frozen=True, slots=True)
class View:
    """A page as it was read, and the way from the page before to the picture it was read on."""

    page: Page
    warp: Warp | None = None

    @property
    def worth(self) -> float:
        """The sum of the words' confidences, by their letters."""
        return sum(len(w.text) * w.confidence for line in self.page.lines for w in line.words)

    @property
    def letters(self) -> int:
        """How many letters were read."""
        return sum(len(word.text) for line in self.page.lines for word in line.words)

    @property
    def sureness(self) -> float:
        """The mean confidence of the letters; nothing read is nothing sure."""
        return self.worth / self.letters if self.letters else 0.0


def see(page: Page, look: Look) -> View:
    """Return the page read in the way that reads it best; `look` reads a picture."""
    view = _straight(page, look)
    if page.image is None:
        return view
    if _is_sideways(view):
        view = max((_straight(page, look, quarters) for quarters in (1, 3)), key=_worth)
    elif _is_lost(view):
        turned = [_straight(page, look, quarters) for quarters in (2, 1, 3)]
        view = _better(view, *turned)
    if view.sureness < _DOUBTFUL and view.letters:
        view = _better(view, *_others(view, look))
    return view


def _straight(page: Page, look: Look, quarters: int = 0) -> View:
    upright, turn = quarter(page, quarters)
    flat, warp = lay_flat(upright)
    return View(look(flat), warp.after(turn) if warp else turn)


def _worth(view: View) -> float:
    return view.worth


def _better(view: View, *others: View) -> View:
    best = max(others, key=_worth)
    return best if best.worth > _BETTER * view.worth else view


def _is_sideways(view: View) -> bool:
    """Say whether the page lies on its side, and the words were read all the same: they stand."""
    boxes = [w.box for line in view.page.lines for w in line.words if len(w.text) > _LONG]
    standing = sum(bottom - top > right - left for left, top, right, bottom in boxes)
    return len(boxes) >= _FEW_WORDS and standing > len(boxes) / 2


def _is_lost(view: View) -> bool:
    """Say whether hardly anything can be right: not a blank page, but a page that lies wrong."""
    if view.letters >= _FEW_LETTERS:
        return view.sureness < _LOST
    page = view.page
    if page.image is None:
        return False
    ink = sketch(page.image, page.dpi).ink
    edge = min(ink.shape) // 20
    return float(np.count_nonzero(ink[edge:-edge, edge:-edge])) > _LITTLE * ink.size


def _others(view: View, look: Look) -> Iterator[View]:
    """Yield the page as other recipes show it, on the same picture."""
    page = view.page
    if page.image is None:
        return
    recipes: dict[str, Callable[[Image], Image]] = {"black and white": _binary, "median": _median}
    for name, recipe in recipes.items():
        shown = replace(page, image=recipe(page.image), lines=(), rulings=())
        yield View(look(replace(shown, notes=page.notes | {"variant": name})), view.warp)


def _binary(image: Image) -> Image:
    """Return the page in black and white, each place judged by its neighborhood."""
    calm = cv2.GaussianBlur(image, (0, 0), 0.7)
    done = cv2.adaptiveThreshold(
        calm, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 41, 12
    )
    return np.asarray(done, np.uint8)


def _median(image: Image) -> Image:
    return np.asarray(cv2.medianBlur(image, 3), np.uint8)
