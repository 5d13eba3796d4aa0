"""What a printed word may be read as: letter operations learned from pages, read back.

A candidate is a word of the vocabulary in a case (lower, title, capitals) and the cost of its
having been read as what stands there: the negative logarithm of the channel's probability.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from normalizers.letters import plain

LOWER, TITLE, UPPER = 0, 1, 2
_CASES = (str, str.capitalize, str.upper)
_BEAM = 8.0  # nats beyond the best at the same letter
_WIDTH = 48  # states kept at a letter
_LONGEST = 24  # no word is longer
_PRIOR = 0.7  # how much a word's frequency counts against the reading
_READ = 3  # letters read at most in one operation

Node = dict[str, Any]  # letter -> node; "" -> the word's number


class Candidate(NamedTuple):
    """A word that may have been printed, its case, and the cost of the reading."""

    word: int
    case: int
    cost: float


@dataclass(slots=True)
class Costs:
    """What may have been printed for the same letters read: one letter, two letters, nothing."""

    single: dict[str, float] = field(default_factory=dict)
    double: dict[str, dict[str, float]] = field(default_factory=dict)  # first, second letter
    nothing: float | None = None
    least: float = math.inf  # of the single letters


@dataclass(frozen=True, slots=True)
class Operations:
    """For letters read: what may have been printed, in small letters and in capitals."""

    lower: dict[str, Costs]
    upper: dict[str, Costs]

    @classmethod
    def load(cls, file: Path) -> Operations:
        """Read the costs that `tools/train_normalizer` learned: `{printed: {read: cost}}`."""
        sides: tuple[dict[str, Costs], dict[str, Costs]] = {}, {}
        for printed, readings in json.loads(file.read_text()).items():
            for side in sides if not printed else (sides[printed.isupper()],):
                for read, cost in readings.items():
                    _enter(side.setdefault(read, Costs()), printed.lower(), cost)
        return cls(*sides)

    @classmethod
    def bare(cls, letters: Iterable[str]) -> Operations:
        """Return the operations that strip every letter of its marks, and do nothing else."""
        sides: tuple[dict[str, Costs], dict[str, Costs]] = {}, {}
        for letter in letters:
            _enter(sides[0].setdefault(plain(letter), Costs()), letter, 0.0)
            _enter(sides[1].setdefault(plain(letter).upper(), Costs()), letter, 0.0)
        return cls(*sides)


def likeliest_readings() -> dict[str, str]:
    """Return what an English model most likely reads for each single letter with marks."""
    table = json.loads((Path(__file__).parent / "data" / "garbled.json").read_text())
    return {
        printed: min(readings, key=readings.__getitem__)
        for printed, readings in table.items()
        if len(printed) == 1 and not printed.isascii()
    }


def _enter(costs: Costs, printed: str, cost: float) -> None:
    if len(printed) == 2:
        costs.double.setdefault(printed[0], {})[printed[1]] = cost
    elif printed:
        costs.single[printed] = cost
        costs.least = min(costs.least, cost)
    else:
        costs.nothing = cost


def trie_of(words: Iterable[tuple[int, str]]) -> Node:
    """Return the words as a tree of letters."""
    root: Node = {}
    for number, word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = number
    return root


@dataclass(frozen=True, slots=True)
class Channel:
    """Finds the words that may have been read as a token."""

    operations: Operations
    trie: Node
    single: Sequence[float] = ()  # the logarithm of how often each word of the trie stands
    cache: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def candidates(self, token: str, most: int) -> tuple[Candidate, ...]:
        """Return the likeliest words behind a token, best first; nothing for a long one."""
        found = self.cache.get(token)
        if found is None:
            found = tuple(self._searched(token)[:most]) if len(token) <= _LONGEST else ()
            if len(self.cache) < 100_000:
                self.cache[token] = found
        return found

    def _searched(self, token: str) -> list[Candidate]:
        agendas: list[dict[tuple[int, int], tuple[float, Node]]] = [
            {} for _ in range(len(token) + 1)
        ]
        for case in (LOWER, TITLE, UPPER):
            agendas[0][id(self.trie), case] = 0.0, self.trie
        for at, agenda in enumerate(agendas[:-1]):
            self._step(token, at, agenda, agendas)
        last = min((cost for cost, _ in agendas[-1].values()), default=0.0)
        self._unread(agendas[-1], agendas[-1], last + _BEAM)
        done = [
            Candidate(node[""], case, cost)
            for (_, case), (cost, node) in agendas[-1].items()
            if "" in node and node is not self.trie
        ]
        return sorted(done, key=self._surprise)

    def _surprise(self, candidate: Candidate) -> float:
        """Return how unlikely a candidate is, by the reading and by how rare the word is."""
        return candidate.cost - (_PRIOR * self.single[candidate.word] if self.single else 0.0)

    def _step(self, token: str, at: int, agenda: Any, agendas: Any) -> None:
        limit = min((cost for cost, _ in agenda.values()), default=0.0) + _BEAM
        self._unread(agenda, agenda, limit)
        states = sorted(
            ((cost, case, node) for (_, case), (cost, node) in agenda.items() if cost <= limit),
            key=lambda state: state[0],
        )[:_WIDTH]
        for size in range(1, min(_READ, len(token) - at) + 1):
            read, target = token[at : at + size], agendas[at + size]
            lower, upper = self.operations.lower.get(read), self.operations.upper.get(read)
            if lower or upper:
                for cost, case, node in states:
                    capital = case == UPPER or (case == TITLE and node is self.trie)
                    costs = upper if capital else lower
                    if costs:
                        _extend(target, node, case, cost, costs)

    def _unread(self, agenda: Any, target: Any, limit: float) -> None:
        """Let a letter go that was printed and not read, once at each place."""
        sides = self.operations.lower.get(""), self.operations.upper.get("")
        for (_, case), (cost, node) in list(agenda.items()):
            costs = sides[case == UPPER or (case == TITLE and node is self.trie)]
            if costs and cost + costs.least < limit:
                _lose(target, node, case, cost, costs.single, limit)


def _extend(target: Any, node: Node, case: int, cost: float, costs: Costs) -> None:
    single, doubles = costs.single, costs.double
    for letter, after in node.items():
        more = single.get(letter)
        if more is not None:
            _reach(target, after, case, cost + more)
        seconds = doubles.get(letter)
        if seconds:
            for second, more in seconds.items():
                if second in after:
                    _reach(target, after[second], case, cost + more)
    if costs.nothing is not None:
        _reach(target, node, case, cost + costs.nothing)


def _lose(
    target: Any, node: Node, case: int, cost: float, single: dict[str, float], limit: float
) -> None:
    for letter, after in node.items():
        more = single.get(letter)
        if more is not None and cost + more < limit:
            _reach(target, after, case, cost + more)


def _reach(target: Any, node: Node, case: int, cost: float) -> None:
    key = id(node), case
    known = target.get(key)
    if known is None or cost < known[0]:
        target[key] = cost, node


def cased(word: str, case: int) -> str:
    """Return a word in a case."""
    return word.title() if case == TITLE else (word.upper() if case == UPPER else word)
