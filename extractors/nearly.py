"""The position that letters stand for when some of them were misread or lost under a seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex
from rapidfuzz.distance import Levenshtein

from extractors.keys import key
from extractors.words import keyed

_SHORTEST = 5  # letters that can stand for a position
_MISREAD = 5  # of so many letters of a position one may be misread
_LOST = 4  # and of so many, one may be misread, or lost at its beginning
_LOSS = 0.25  # what a letter lost there counts, of one misread
_CLEAR = 1.0  # how much better than any other position one must fit


@dataclass(frozen=True, slots=True)
class Near:
    """A position, how many of its letters were misread, and how many lost before the rest."""

    name: str
    misread: int
    lost: int

    @property
    def cost(self) -> float:
        """How badly the letters fit the position."""
        return self.misread + _LOSS * self.lost

    @property
    def sure(self) -> float:
        """How sure the position is: the less, the more of it had to be mended."""
        return 0.9 - 0.1 * self.misread - 0.05 * self.lost


@cache
def _compact() -> dict[str, str]:
    """Return the positions by their letters alone."""
    return {word.replace(" ", ""): name for word, name in keyed("positions", "positions").items()}


def nearest(text: str) -> Near | None:
    """Return the position that a text nearly is; null where another one may be meant as well.

    `NH VĂN PHÒNG` is the end of `CHÁNH VĂN PHÒNG`, and no misread `PHÓ VĂN PHÒNG`; `T TRƯỞNG` may
    be anybody's. A position that is the end of another one is not held against it: what may stand
    before it is another question.
    """
    letters = regex.sub(r"[^a-z]", "", key(text))
    if len(letters) < _SHORTEST:
        return None
    fits = sorted(_fits(letters), key=lambda fit: (fit[0].cost, -len(fit[1])))
    if not fits:
        return None
    best, whole = fits[0]
    rivals = [word for near, word in fits if near.cost <= best.cost + _CLEAR]
    if best.misread > len(whole) // _MISREAD or best.misread + best.lost > len(whole) // _LOST:
        return None
    if not all(_ends(word, whole) for word in rivals):
        return None
    return best


def _fits(letters: str) -> Iterator[tuple[Near, str]]:
    """Yield how the letters fit each position, those left out that they do not fit at all."""
    for whole, name in _compact().items():
        most = len(whole) // _MISREAD + 1
        near = [
            Near(name, misread, lost)
            for lost in range(len(whole))
            if (misread := Levenshtein.distance(letters, whole[lost:], score_cutoff=most)) <= most
        ]
        if near:
            yield min(near, key=lambda fit: fit.cost), whole


def _ends(one: str, other: str) -> bool:
    """Whether one position is the end of the other."""
    return one.endswith(other) or other.endswith(one)
