"""The paragraphs of a text that stand nearest to dispatches, by their words: counted oftener."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
_CLASSES = 3  # ends of sentences, unknown words and numbers say nothing
_SHORT = 8  # words that a short paragraph is taken to have besides its own


def leanings(own: Ids, texts: Sequence[Ids], size: int) -> NDArray[np.float64]:
    """Return for each word how much more it belongs to the own lines than to all texts.

    The roots of the counts are compared, since the own lines repeat themselves.
    """
    near = np.sqrt(np.bincount(own, minlength=size)) + 0.2
    often = np.sqrt(sum(np.bincount(text, minlength=size) for text in texts)) + 1
    lean = np.log(near / near.sum()) - np.log(often / often.sum())
    lean[:_CLASSES] = 0
    return lean


def nearest(paragraphs: Sequence[Ids], lean: NDArray[np.float64], share: float) -> list[Ids]:
    """Return the paragraphs that lean most to dispatches: this share of all the words."""
    scores = [lean[words].sum() / (len(words) + _SHORT) for words in paragraphs]
    room, chosen = share * sum(map(len, paragraphs)), []
    for at in np.argsort(scores)[::-1]:
        room -= len(paragraphs[at])
        if room < 0:
            break
        chosen.append(paragraphs[at])
    return chosen
