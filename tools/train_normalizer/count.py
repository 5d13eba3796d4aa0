"""Count words and runs of words in text: the raw material of the language table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from normalizers.language import END, NUMBER, UNKNOWN, keyed_words
from normalizers.letters import is_syllable, plain

_BARE_SHARE = 0.004  # of a word's marked sisters, what a word without marks must reach

Ids = NDArray[np.int64]


def vocabulary(texts: Iterable[str], size: int, *, least: int) -> list[str]:
    """Return the commonest words, syllables first taken at a third of the count of others."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in keyed_words(text) if word not in (END, NUMBER))
    best: Counter[str] = Counter()  # of the syllables that only differ in marks, the commonest
    for word, count in counts.items():
        best[plain(word)] = max(best[plain(word)], count)
    kept = [word for word, count in counts.most_common() if _belongs(word, count, best, least)]
    return [END, UNKNOWN, NUMBER, *kept[: size - 3]]


def _belongs(word: str, count: int, best: Counter[str], least: int) -> bool:
    """Whether a word is no accident: `khong` stands in bad text for `không`, and is none."""
    if word.isascii() and count < _BARE_SHARE * best[word]:
        return False
    return count >= (least if is_syllable(word) else 3 * least)


def encoded(texts: Iterable[str], ids: dict[str, int]) -> Ids:
    """Return the texts as word numbers, each text opened by the end of a sentence."""
    return np.concatenate([np.zeros(3, np.int64), *rows(texts, ids)])


def rows(texts: Iterable[str], ids: dict[str, int]) -> Iterator[Ids]:
    """Yield each text as word numbers, closed by the end of a sentence."""
    unknown = ids[UNKNOWN]
    for text in texts:
        yield np.array([*(ids.get(word, unknown) for word in keyed_words(text)), 0], np.int64)


def runs(ids: Ids, order: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return every run of `order` words as one number (15 bits a word) and how often it stands."""
    size = len(ids) - order + 1
    keys = np.zeros(size, np.uint64)
    for at in range(order):
        keys = keys << np.uint64(15) | ids[at : at + size].astype(np.uint64)
    return np.unique(keys, return_counts=True)
