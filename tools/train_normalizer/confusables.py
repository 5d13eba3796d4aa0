"""The words that each word is taken for: the same letters with other marks, or near readings."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from normalizers.channel import likeliest_readings
from normalizers.emission import Emitter
from normalizers.letters import plain

_CLASSES = 3  # ends of sentences, unknown words and numbers
_READINGS = 40  # candidates of the likeliest reading of a word that are looked at


def confusables(emitter: Emitter, many: int) -> NDArray[np.int64]:
    """Return for each word of the language its likeliest rivals, best first; 0 where none is."""
    words, single = emitter.language.words, emitter.language.single
    alike = defaultdict(list)
    for number, word in enumerate(words[_CLASSES:], _CLASSES):
        alike[plain(word)].append(number)
    readings = str.maketrans(likeliest_readings())
    table = np.zeros((len(words), many), np.int64)
    for number, word in enumerate(words[_CLASSES:], _CLASSES):
        rivals = {other: float(single[other]) for other in alike[plain(word)]}
        for candidate in emitter.channel.candidates(word.translate(readings), _READINGS):
            other = emitter.keys[candidate.word]
            score = float(single[other]) - candidate.cost
            rivals[other] = max(rivals.get(other, score), score)
        rivals.pop(number, None)
        best = sorted(rivals, key=lambda other: -rivals[other])[:many]
        table[number, : len(best)] = best
    return table
