"""A compact table from 64-bit keys to small numbers, fixed once built, fast to look up in bulk.

Three places of an array are read for each key, and their XOR is the answer: a fingerprint, which
tells a key of the table from a stranger, and the value. (A Bloomier filter, as Chazelle and
others described it in 2004; the strangers taken for members are one in two to the fingerprint's
bits.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
_ROUNDS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))  # splitmix64


def mixed(keys: Keys, seed: int) -> Keys:
    """Return the keys well stirred, so that near keys fall far apart."""
    stirred: Keys = keys + np.uint64(seed * 0x9E3779B97F4A7C15 % 2**64)
    for shift, factor in _ROUNDS:
        stirred = (stirred ^ (stirred >> np.uint64(shift))) * np.uint64(factor)
    return stirred ^ (stirred >> np.uint64(31))


@dataclass(frozen=True, slots=True)
class Table:
    """Slots of the table; `value_bits` of each answer are the value, the rest the fingerprint."""

    slots: NDArray[Any]
    seed: int
    value_bits: int

    def look_up(self, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the value of every key, and whether the table knows it."""
        stirred = mixed(keys, self.seed)
        first, second, third = places(stirred, len(self.slots))
        answer = (self.slots[first] ^ self.slots[second] ^ self.slots[third]).astype(np.int64)
        known = (answer >> self.value_bits) == fingerprints(stirred, self.fingerprint_bits)
        return answer & ((1 << self.value_bits) - 1), known

    @property
    def fingerprint_bits(self) -> int:
        """How many bits tell members from strangers."""
        return int(self.slots.dtype.itemsize * 8 - self.value_bits)


def places(stirred: Keys, size: int) -> list[NDArray[np.int64]]:
    """Return the three places of every key, one in each third of the slots."""
    third, low, bits = np.uint64(size // 3), np.uint64(2**21 - 1), np.uint64(21)
    parts = (stirred & low, (stirred >> bits) & low, (stirred >> np.uint64(42)) & low)
    return [
        (((part * third) >> bits) + third * np.uint64(n)).astype(np.int64)
        for n, part in enumerate(parts)
    ]


def fingerprints(stirred: Keys, bits: int) -> NDArray[np.int64]:
    """Return the fingerprint of every key."""
    spread = stirred * np.uint64(0xD6E8FEB86659FD93)
    return (spread >> np.uint64(64 - bits)).astype(np.int64)
