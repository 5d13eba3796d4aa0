"""What may stand where a word was read, and how well each candidate explains the reading."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from normalizers.channel import Candidate, Channel, cased
from normalizers.language import NUMBER, UNKNOWN, Language
from normalizers.lattice import Place
from normalizers.letters import one_placement, plain
from normalizers.tokens import FIGURE

JOINED = "joined"  # the kind of a word whose halves stood apart: it cannot stay as read
_MOST = 24  # candidates of a word
_INNER = 2.5  # what a capital inside a word costs
_BRIEF = 3  # letters of a word that may look like capitals by accident
_TALL, _MIXED = 0.5, 0.1  # how doubtful a word must be for its capitals to be doubted
_FIGURE = 2.5  # what it costs to take a figure for a word
_ABBREVIATION = -11.0  # an abbreviation that is not in the list
_DIGITS = -3.0  # of all numbers, how often this one
_SPELLING = {
    "figure": -6.0,
    "part": -20.0,
    "english": -8.0,
    "either": -9.0,
    "both": -9.0,
    "unknown": -14.0,
    "noise": -16.0,
}


_FINE = -9.0  # a word explained as well as that is not split
_NO_SYLLABLE = 4.0  # a name or a foreign word is hardly ever what another one was
_REACH = 9.0  # candidates further below the best, by channel and frequency, are left out
_FAR = 12.0  # the same of a sound word that our own OCR read: only its company can speak against

Row = tuple[float, int, str]  # score, the language's number, how it is written


@dataclass(frozen=True, slots=True)
class Opened:
    """A word that may be wrong: its place in the lattice and how its candidates are written."""

    place: Place
    surfaces: tuple[str, ...]
    rank: float  # how well the best of them explains the reading, its frequency counted in


class Setting(NamedTuple):
    """How a word stands on the page: what its letters say, how doubtful it is, its case."""

    kind: str
    doubt: float
    capitals: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Emitter:
    """Opens words: candidates of the channel, weighed by case and by the gate."""

    language: Language
    numbers: dict[str, int]
    surfaces: tuple[str, ...]  # the spellings that the channel's trie numbers
    keys: tuple[int, ...]  # the language's number of each spelling
    syllable: tuple[bool, ...]  # whether each spelling is a Vietnamese syllable
    channel: Channel
    figures: dict[str, list[str]]  # figures, and the words that they are read for
    cache: dict[tuple[str, Setting], Opened] = field(default_factory=dict)

    def opened(self, word: str, setting: Setting) -> Opened:
        """Return what may stand where a word was read."""
        known = self.cache.get((word, setting))
        if known is None:
            known = self._opened(word, setting)
            if len(self.cache) < 50_000:
                self.cache[word, setting] = known
        return known

    def _opened(self, word: str, setting: Setting) -> Opened:
        found = self._candidates(word, setting)
        rows = [self._row(word, candidate, setting) for candidate in found]
        rows += [self._figure(word, other, setting) for other in self.figures.get(word, ())]
        if all(surface != word for _, _, surface in rows) and not (setting.kind == JOINED and rows):
            rows.append(self._kept(word, setting))
        ranks = [score + 0.7 * float(self.language.single[key]) for score, key, _ in rows]
        best = max(ranks)
        reach = _FAR if setting.kind == "marked" else _REACH
        rows = [
            row
            for rank, row in sorted(zip(ranks, rows, strict=True), reverse=True)
            if rank > best - reach or row[2] == word
        ]
        scores, keys, surfaces = zip(*rows, strict=True)
        return Opened(Place(keys, scores), surfaces, best)

    def halves(
        self, word: str, setting: Setting, least: float
    ) -> tuple[int, Opened, Opened] | None:
        """Return where a word is best taken for two, if that explains it better than `least`."""
        if setting.doubt < 0.5 or least > _FINE:
            return None
        best, found = least, None
        parts = Setting("part", setting.doubt, setting.capitals, first=False)
        for at in range(1, len(word)):
            one = self.opened(word[:at], setting)
            two = self.opened(word[at:], parts)
            if one.rank + two.rank > best:
                best, found = one.rank + two.rank, (at, one, two)
        return found

    def _candidates(self, word: str, setting: Setting) -> list[Candidate]:
        found = list(self.channel.candidates(word, _MOST))
        inner = word[:1] + word[1:].lower()
        brief = len(word) <= _BRIEF and not setting.capitals and setting.doubt > _TALL
        if (
            inner != word and (brief or not word.isupper()) and setting.doubt > _MIXED
        ):  # dAu, SO: the mark made the letter look tall
            found += [
                candidate._replace(cost=candidate.cost + _INNER)
                for candidate in self.channel.candidates(inner, _MOST)
            ]
        return found

    def _row(self, word: str, candidate: Candidate, setting: Setting) -> Row:
        surface = cased(self.surfaces[candidate.word], candidate.case)
        key = self.keys[candidate.word]
        score = math.log(setting.doubt) - candidate.cost
        if surface == word:
            score = float(np.logaddexp(score, math.log(1 - setting.doubt + 1e-9)))
        elif not self.syllable[candidate.word] and plain(surface) != word:
            score -= _NO_SYLLABLE
        return score + self._case(candidate.word, key, candidate.case, setting), key, surface

    def _figure(self, word: str, other: str, setting: Setting) -> Row:
        """Take a figure for the word that it is known to be read for; S6 opens with a capital."""
        surface = other.capitalize() if setting.first or word[0].isupper() else other
        return math.log(setting.doubt) - _FIGURE, self.numbers[other], surface

    def _kept(self, word: str, setting: Setting) -> Row:
        """Keep the word as it was read: a name, a foreign word, a figure that is one."""
        class_ = self.numbers[NUMBER if setting.kind == FIGURE else UNKNOWN]
        key = self.numbers.get(one_placement(word.lower()), class_)
        spelling = _DIGITS if word.isdigit() else _SPELLING.get(setting.kind, -12.0)
        if word.isupper() and 2 < len(word) < 6 and not setting.capitals:
            spelling = max(spelling, _ABBREVIATION)
        return math.log(1 - 0.5 * setting.doubt) + spelling, key, word

    def _case(self, word: int, key: int, case: int, setting: Setting) -> float:
        if setting.capitals:
            return (-4.0, -3.0, -0.05)[case]
        titled = min(max(float(self.language.titled[key]), 0.08), 0.98)
        if setting.first:
            titled = max(titled, 0.7)
        capitals = 0.002 if self.syllable[word] else 0.2
        return math.log((1 - titled, titled, capitals)[case])
