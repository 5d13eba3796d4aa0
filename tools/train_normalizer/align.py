"""Align what was printed with what was read: words first, then letters, by their likeness."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ingest.evaluation.errors import distance
from normalizers.letters import plain

Pair = tuple[str, str]
_UNREAD = 0.45  # lines (and words, at twice that) less like than that say nothing
_JOIN = 0.35  # what it costs to take two words for one, beside their letters


def word_pairs(gold: list[str], found: list[str]) -> Iterator[Pair]:
    """Yield the pairs of a line; where a space was lost or put in, two words stand for one."""
    cost = [[math.inf] * (len(found) + 1) for _ in range(len(gold) + 1)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    cost[0][0] = 0.0
    for i in range(len(gold) + 1):
        for j in range(len(found) + 1):
            for di, dj, more in (
                (1, 1, 0.0),
                (1, 0, 1.0),
                (0, 1, 1.0),
                (2, 1, _JOIN),
                (1, 2, _JOIN),
            ):
                if i < di or j < dj:
                    continue
                new = cost[i - di][j - dj] + more
                if di and dj:
                    new += _unlikeness(" ".join(gold[i - di : i]), " ".join(found[j - dj : j]))
                if new < cost[i][j]:
                    cost[i][j], back[i, j] = new, (di, dj)
    pairs, i, j = [], len(gold), len(found)
    while i or j:
        di, dj = back[i, j]
        pairs.append((" ".join(gold[i - di : i]), " ".join(found[j - dj : j])))
        i, j = i - di, j - dj
    yield from reversed(pairs)


def printed_and_read(lines: Path) -> Iterator[Pair]:
    """Yield the word pairs of a file that `pages` wrote, without what was not read at all."""
    for line in lines.read_text().splitlines():
        row = json.loads(line)
        found = " ".join(word for word, _ in row["words"]).split()
        if not found or _unlikeness(row["gold"], " ".join(found)) > _UNREAD:
            continue
        for gold, read in word_pairs(row["gold"].split(), found):
            if gold and read and _unlikeness(gold, read) < 2 * _UNREAD:
                yield gold, read


@lru_cache(maxsize=200_000)
def _unlikeness(gold: str, found: str) -> float:
    first, second = plain(gold.replace(" ", "")).lower(), plain(found.replace(" ", "")).lower()
    return 2 * distance(first, second) / (len(first) + len(second) + 1)


Operation = tuple[str, str]  # letters printed, letters read: 1-2 to 0-3, or none to 1
_SHAPES = [(1, n) for n in range(4)] + [(0, 1), (2, 1), (2, 2), (2, 3)]
_FIRST = {
    (1, 1): 3.0,
    (1, 0): 5.0,
    (0, 1): 5.0,
    (1, 2): 4.5,
    (1, 3): 8.0,
    (2, 1): 5.0,
    (2, 2): 9.0,
    (2, 3): 10.0,
}


def operations(pairs: Counter[Pair], rounds: int) -> Counter[Operation]:
    """Count the letter operations of word pairs; each round aligns by the counts of the last."""
    costs: dict[Operation, float] = {}
    counts: Counter[Operation] = Counter()
    for _ in range(rounds):
        counts = Counter()
        for (gold, found), times in pairs.items():
            for operation in best_path(gold, found, costs):
                counts[operation] += times
        costs = costed(counts)
    return counts


def best_path(gold: str, found: str, costs: dict[Operation, float]) -> list[Operation]:
    """Return the cheapest row of operations that turns what was printed into what was read."""
    size = len(found) + 1
    cost = [0.0] + [math.inf] * ((len(gold) + 1) * size - 1)
    back: list[Operation] = [("", "")] * len(cost)
    for i in range(len(gold) + 1):
        for j in range(size):
            here = cost[i * size + j]
            if here == math.inf:
                continue
            for di, dj in _SHAPES:
                if i + di > len(gold) or j + dj >= size:
                    continue
                operation = gold[i : i + di], found[j : j + dj]
                to = (i + di) * size + j + dj
                new = here + _cost(operation, costs)
                if new < cost[to]:
                    cost[to], back[to] = new, operation
    path, at = [], len(cost) - 1
    while at:
        path.append(back[at])
        at -= len(back[at][0]) * size + len(back[at][1])
    return path[::-1]


def _cost(operation: Operation, costs: dict[Operation, float]) -> float:
    known = costs.get(operation)
    if known is not None:
        return known
    gold, found = operation
    first = _FIRST[len(gold), len(found)]
    if len(gold) == len(found) == 1:
        if gold == found:
            first = 0.1
        elif plain(gold).lower() == plain(found).lower():
            first = 0.7
    return first + (6.0 if costs else 0.0)


def costed(counts: Counter[Operation]) -> dict[Operation, float]:
    """Return the cost of each operation: how rarely the letters printed were read so."""
    totals: Counter[str] = Counter()
    for (gold, _), count in counts.items():
        totals[gold] += count
    letters = sum(count for gold, count in totals.items() if gold)
    totals[""] = letters
    singles: Counter[str] = Counter()
    for (gold, _), count in counts.items():
        for letter in gold:
            singles[letter] += count
    return {
        (gold, found): -math.log(
            count / (totals[gold] if len(gold) < 2 else min(map(singles.__getitem__, gold)))
        )
        + (1.0 if len(gold) == 2 else 0.0)
        for (gold, found), count in counts.items()
    }
