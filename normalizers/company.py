"""What the wider company of a word says: a small network over the words on both sides.

The language model knows runs of three words. Where it leaves a place in doubt, the network reads
the eight words before and after and the sense of some thirty beyond, and tells the candidates
apart. It was trained on the same text, with wrong words among the neighbors, to tell each word
from those that it is misread for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from normalizers.language import Ids

Floats = NDArray[np.float32]
NEAR, FAR = 8, 32  # words on each side that are read one by one, and for their sense alone
BESIDE = np.array([at for at in range(-NEAR, NEAR + 1) if at])
AROUND = np.array([at for at in range(-FAR, FAR + 1) if abs(at) > NEAR])
_BATCH = 256  # places at a time: they fit a small memory


@dataclass(frozen=True, slots=True)
class Company:
    """The network's weights: words read, two layers, words told apart."""

    words: Floats
    layers: tuple[tuple[Floats, Floats], ...]  # matrix and bias
    answers: Floats
    bias: Floats

    @classmethod
    def load(cls, file: Path) -> Company:
        """Read a network that `tools/train_normalizer` wrote: bytes and a scale for each row."""
        with np.load(file) as data:
            full = {
                name: data[name].astype(np.float32) * data[f"{name}_scale"][:, None]
                for name in ("words", "one", "two", "three", "answers")
            }
            layers = tuple(
                (np.ascontiguousarray(full[name].T), data[f"{name}_bias"])
                for name in ("one", "two", "three")
            )
            return cls(full["words"], layers, full["answers"], data["answers_bias"])

    def scores(self, row: Ids, places: Ids, candidates: Sequence[Sequence[int]]) -> list[Floats]:
        """Score the candidates (natural logs) at places of a row of words."""
        wide = np.pad(row, FAR)
        result: list[Floats] = []
        for at in range(0, len(places), _BATCH):
            sense = self._sense(wide, places[at : at + _BATCH] + FAR)
            for vector, words in zip(sense, candidates[at : at + _BATCH], strict=True):
                chosen = np.asarray(words)
                result.append(self.answers[chosen] @ vector + self.bias[chosen])
        return result

    def _sense(self, row: Ids, places: Ids) -> Floats:
        beside = self.words[row[places[:, None] + BESIDE]].reshape(len(places), -1)
        around = self.words[row[places[:, None] + AROUND]].mean(axis=1)
        one, two, three = self.layers
        hidden = np.maximum(np.concatenate([beside, around], axis=1) @ one[0] + one[1], 0)
        hidden += np.maximum(hidden @ two[0] + two[1], 0)
        sense: Floats = hidden @ three[0] + three[1]
        return sense
