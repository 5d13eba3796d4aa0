"""The gate: which lines are Vietnamese as it should be, garbled, half garbled, or foreign.

Each word speaks for itself by its letters; the words of a line, and a little its neighbours,
decide together. Nothing is decided for a whole document, since mixed documents exist.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from normalizers.letters import one_placement, plain

CLEAN, GARBLED, HALF, FOREIGN, BARE = range(5)
_MARKED = regex.compile(r"[^\x00-\x7Fé\P{L}]", regex.IGNORECASE)  # letters no English model writes
_START = (0.5, 0.26, 0.02, 0.2, 0.02)  # what to expect before anything is read
_FORCED = (0.1, 0.5, 0.1, 0.2, 0.1)
_WITNESSES = frozenset({"acute", "half", "stripped", "odd", "marked"})
_SURE = 0.9  # how garbled a line must be for its figures to be opened
_ABROAD = math.log(0.15)  # how likely the lines around are foreign, where that decides
_STAY = 0.97  # how likely a line is of the kind of the line before it


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of words: syllables by letters, their bare forms, English words."""

    syllables: frozenset[str]
    bare: frozenset[str]
    english: frozenset[str]

    def kind(self, word: str) -> str:
        """Return what a word's letters say of it."""
        low = one_placement(word.lower().rstrip("'’‘`"))
        if not low.isalpha():
            return "noise"
        if low in self.syllables:
            if _MARKED.search(low):
                return "marked"
            return "acute" if "é" in low else ("both" if low in self.english else "plain")
        if _MARKED.search(low):
            return "odd"
        bare = plain(low) in self.bare
        if low in self.english:
            return "either" if bare else "english"
        if bare:
            return "stripped" if low.isascii() else "half"
        return "unknown"


@dataclass(frozen=True, slots=True)
class Gate:
    """How often each kind of word stands in each kind of line."""

    shares: dict[str, tuple[float, ...]]  # logarithms, by kind of line
    doubts: dict[str, list[tuple[float, float]]]  # by confidence of our own OCR

    @classmethod
    def load(cls, file: Path) -> Gate:
        """Read the shares that were counted."""
        data = tomllib.loads(file.read_text())
        shares = {kind: tuple(map(math.log, row)) for kind, row in data["shares"].items()}
        return cls(shares, data["doubts"])

    def doubt(self, kind: str, chances: Sequence[float], sure: float | None) -> float:
        """Return how likely it is that a word of this kind on such a line was misread.

        `sure` is our own OCR's confidence, if it read the word: then that decides. In steps of
        a sixty-fourth, so that words met again are found in the cache.
        """
        share = _doubt(kind, chances) if sure is None else self._read_wrong(kind, sure)
        return round(64 * share) / 64

    def _read_wrong(self, kind: str, sure: float) -> float:
        if kind == "figure":
            return 0.0  # our own OCR reads figures as figures
        for most, share in self.doubts.get(kind, self.doubts["word"]):
            if sure <= most:
                return share
        return 0.0

    def judge(self, lines: Sequence[Sequence[str]], *, forced: bool) -> list[tuple[float, ...]]:
        """Return for each line, given the kinds of its words, how likely it is of each kind.

        `forced` holds the gate open: every line on which a word shows that marks were lost is
        expected to be garbled, and only its own letters can speak against that, or foreign lines
        on both sides.
        """
        seen = [self._likelihood(line) for line in lines]
        ahead, behind = _passed(seen), _passed(seen[::-1])[::-1]
        for at, line in enumerate(lines if forced else ()):
            if ahead[at][FOREIGN] + behind[at][FOREIGN] < _ABROAD:
                ahead[at] = behind[at] = _held_open(line)
        result = []
        for own, before, after in zip(seen, ahead, behind, strict=True):
            logs = [o + b + a for o, b, a in zip(own, before, after, strict=True)]
            top = max(logs)
            weights = [math.exp(log - top) for log in logs]
            result.append(tuple(weight / sum(weights) for weight in weights))
        return result

    def _likelihood(self, line: Sequence[str]) -> list[float]:
        totals = [0.0] * len(_START)
        for kind in line:
            for at, log in enumerate(self.shares[kind]):
                totals[at] += log
        return totals


def _held_open(line: Sequence[str]) -> list[float]:
    """Return half of what to expect of a line when the gate is held open."""
    expected = _START if _WITNESSES.isdisjoint(line) else _FORCED
    return [math.log(share) / 2 for share in expected]


def _doubt(kind: str, chances: Sequence[float]) -> float:
    if kind == "marked":
        return 0.0
    if kind == "figure":
        lost = chances[GARBLED] + chances[BARE]
        return lost if lost > _SURE else 0.0
    lost = (
        chances[GARBLED]
        + chances[BARE]
        + chances[HALF] * (0.3 if kind in ("plain", "both") else 0.8)
    )
    if kind in ("odd", "noise", "stripped", "half"):
        return max(lost, 0.9 * (1 - chances[FOREIGN]))
    return lost


def _passed(seen: list[list[float]]) -> list[list[float]]:
    """Return what the lines before each line say of it."""
    move = (1 - _STAY) / (len(_START) - 1)
    result, chance = [], list(_START)
    for own in seen:
        result.append([math.log(share) for share in chance])
        if not any(own):
            continue  # a line without words says nothing and passes the word on
        logs = [math.log(share) + log for share, log in zip(chance, own, strict=True)]
        top = max(logs)
        weights = [math.exp(log - top) for log in logs]
        chance = [
            max(_STAY * w / sum(weights) + move * (1 - w / sum(weights)), 1e-6) for w in weights
        ]
    return result
