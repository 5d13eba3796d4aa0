"""Build a `normalizers.table.Table`: find for every key a place that it alone decides."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from normalizers.table import Keys, Table, fingerprints, mixed, places


def build(keys: Keys, values: NDArray[np.int64], value_bits: int, dtype: type) -> Table:
    """Return the table of distinct keys; tries seeds until the keys can be peeled off."""
    size = (int(len(keys) * 1.24) // 3 + 64) * 3
    for seed in range(1, 100):
        table = Table(np.zeros(size, dtype), seed, value_bits)
        stirred = mixed(keys, seed)
        answers = values | fingerprints(stirred, table.fingerprint_bits) << value_bits
        order = _peeled(np.stack(places(stirred, size)), size)
        if order is not None:
            return Table(
                _filled(order, np.stack(places(stirred, size)), answers, size, dtype),
                seed,
                value_bits,
            )
    raise ValueError("no seed peels these keys: are they distinct?")


def _peeled(at: NDArray[np.int64], size: int) -> list[tuple[Any, Any]] | None:
    """Take off, round by round, the keys that have a place to themselves."""
    degree = np.bincount(at.ravel(), minlength=size)
    owner = np.zeros(size, np.int64)  # XOR of the keys at a place: the key itself when alone
    for row in at:
        np.bitwise_xor.at(owner, row, np.arange(at.shape[1]))
    rounds, left = [], at.shape[1]
    while left:
        free = np.flatnonzero(degree == 1)
        keys, first = np.unique(owner[free], return_index=True)
        if not len(keys):
            return None
        rounds.append((keys, free[first]))
        left -= len(keys)
        for row in at[:, keys]:
            np.subtract.at(degree, row, 1)
            np.bitwise_xor.at(owner, row, keys)
    return rounds


def _filled(
    order: list[tuple[Any, Any]], at: NDArray[np.int64], answers: Any, size: int, dtype: type
) -> NDArray[Any]:
    slots = np.zeros(size, np.int64)
    for keys, own in reversed(order):
        first, second, third = at[:, keys]
        slots[own] = answers[keys] ^ slots[first] ^ slots[second] ^ slots[third] ^ slots[own]
    return slots.astype(dtype)
