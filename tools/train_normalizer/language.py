"""Estimate the language model from counted runs: absolute discounting, pruned, quantized."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from normalizers.language import LEAST, PAIR_BITS, TRIPLE_BITS
from tools.train_normalizer.build_table import build

Keys = NDArray[np.uint64]
Values = NDArray[np.float64]
_WORD = np.uint64(2**15 - 1)
_BITS = np.uint64(15)


def write_model(
    out: Path,
    words: list[str],
    titled: Values,
    runs: list[tuple[Keys, NDArray[np.int64]]],
    *,
    triples: int,
) -> None:
    """Write the model of three words; `triples` is how many of them are kept."""
    size = len(words)
    single = _single(runs[0], runs[1], size)
    pair_keys, pair_counts = runs[1]
    pair = _discounted(pair_keys, pair_counts, single, (pair_keys & _WORD).astype(np.int64), size)
    kept, score = _best_triples(runs[2], pair_keys, pair, triples)
    context = np.searchsorted(pair_keys, kept >> _BITS)
    suffix = np.searchsorted(pair_keys, kept & np.uint64(2**30 - 1))
    pair_weight = _weights(context, score, pair[suffix], len(pair))
    chosen = (pair_counts > 1) | np.isin(np.arange(len(pair)), np.concatenate([context, suffix]))
    first = (pair_keys >> _BITS).astype(np.int64)[chosen]
    second = (pair_keys & _WORD).astype(np.int64)[chosen]
    weight = _weights(first, pair[chosen], single[second], size)
    pair_values = shut(np.log(pair[chosen]), 255) | shut(np.log(pair_weight[chosen]), 255) << 8
    pair_table = build(pair_keys[chosen], pair_values, PAIR_BITS, np.uint32)
    triple_table = build(kept, shut(np.log(score), 63), TRIPLE_BITS, np.uint16)
    np.savez(
        out,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        single=np.log(single).astype(np.float32),
        weight=np.log(weight).astype(np.float32),
        titled=np.round(titled * 255).astype(np.uint8),
        pairs=pair_table.slots,
        triples=triple_table.slots,
        seeds=np.array([pair_table.seed, triple_table.seed]),
    )


def shut(logs: Values, steps: int) -> NDArray[np.int64]:
    """Quantize logarithms."""
    return np.clip(np.round(logs * (steps / LEAST)), 0, steps).astype(np.int64)


def _single(
    ones: tuple[Keys, NDArray[np.int64]], pairs: tuple[Keys, NDArray[np.int64]], size: int
) -> Values:
    """Share a word's weight between how often it stands and after how many words."""
    often = np.zeros(size)
    often[ones[0].astype(np.int64)] = ones[1]
    after = np.bincount((pairs[0] & _WORD).astype(np.int64), minlength=size).astype(float)
    return 0.3 * (often + 0.5) / (often + 0.5).sum() + 0.7 * (after + 0.5) / (after + 0.5).sum()


def _discounted(
    keys: Keys, counts: NDArray[np.int64], lower: Values, suffix: NDArray[np.int64], size: int
) -> Values:
    """Return the probability of each run: discounted, with what is freed given to shorter runs."""
    context = (keys >> _BITS).astype(np.int64)
    if size < context.max() + 1:
        _, context = np.unique(context, return_inverse=True)
        size = int(context.max()) + 1
    total = np.bincount(context, counts, size)
    cut = np.where(counts > 2, 1.1, np.where(counts > 1, 0.9, 0.7))
    freed = np.bincount(context, cut, size)
    kept = (counts - cut) / total[context]
    return kept + (freed / np.maximum(total, 1))[context] * lower[suffix]


def _best_triples(
    triples: tuple[Keys, NDArray[np.int64]], pair_keys: Keys, pair: Values, many: int
) -> tuple[Keys, Values]:
    """Keep the triples that say most beyond their last two words."""
    keys, counts = triples
    suffix = np.searchsorted(pair_keys, keys & np.uint64(2**30 - 1))
    score = _discounted(keys, counts, pair, suffix, 0)
    gain = counts * (np.log(score) - np.log(pair[suffix]))
    gain[counts < 2] = 0
    best = np.sort(np.argsort(-np.abs(gain))[:many])
    return keys[best], score[best]


def _weights(context: NDArray[np.int64], score: Values, lower: Values, size: int) -> Values:
    """Return for each context what is left for words not kept, over what they have below."""
    left = 1 - np.bincount(context, score, size)
    below = 1 - np.bincount(context, lower, size)
    return np.clip(left, 1e-4, 1) / np.clip(below, 1e-4, None)
