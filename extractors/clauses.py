"""Where a figure's sentence, clause and bracket begin and end."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

import regex

from normalizers import Span

_STOP = regex.compile(r"""[.!?…](?:["”)])?\s+(?=["“(]?\p{Lu})|(?<=\p{Ll}{3})\.\s+(?=\d)|\./\.""")
_SHORT = regex.compile(r"(?:\b(?:TP|TX|TT|P|Q|H|T|TS|ThS|GS|PGS|BS|KT|TM|TL|ĐT|Tp|St|v\.v)|\d)$")


_PAUSE = regex.compile(r"[,;](?!\d)")
_FAR = 1000  # characters: no clause is longer


@dataclass(frozen=True, slots=True)
class Clauses:
    """A text, with the starts of its sentences and the depth of brackets at each character."""

    text: str
    stops: tuple[int, ...]
    depth: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Clauses:
        """Return the clauses of a text; the point of `TP. Chí Linh` ends no sentence."""
        stops = [
            match.end()
            for match in _STOP.finditer(text)
            if not _SHORT.search(text, max(0, match.start() - 5), match.start())
            or text[match.start() - 1].isdigit()
        ]
        steps = ((letter == "(") - (letter == ")") for letter in text)
        return cls(text, tuple(stops), tuple(max(level, 0) for level in accumulate(steps)))

    def sentence(self, at: int) -> Span:
        """Return the sentence around a position."""
        i = bisect_right(self.stops, at)
        start = self.stops[i - 1] if i else 0
        return start, self.stops[i] if i < len(self.stops) else len(self.text)

    def clause(self, at: int, marks: str = ";,:") -> int:
        """Return where the clause of a position begins: after a mark of its own bracket."""
        start = self.sentence(at)[0]
        depth = self.depth[at]
        for i in range(at - 1, max(start, at - _FAR) - 1, -1):
            if self.depth[i] < depth or (self.text[i] == "(" and self.depth[i] == depth):
                return i + 1
            if self.depth[i] == depth and self.text[i] in marks and self._parts(i):
                return i + 1
        return start

    def _parts(self, at: int) -> bool:
        """Whether a mark parts clauses: the comma of `98,7` and the colon of `8:30` do not."""
        return not (self.text[at - 1 : at].isdigit() and self.text[at + 1 : at + 2].isdigit())

    def past(self, last: int, until: int) -> int:
        """Return where the words of what ends at `last` end: at the first comma or semicolon."""
        mark = _PAUSE.search(self.text, last, min(until, self.sentence(last)[1])) if last else None
        return mark.start() if mark else last

    def reaches(self, start: int, end: int) -> bool:
        """Whether what stands at `start` is still open at `end`: no bracket has closed on it."""
        return min(self.depth[start : end + 1], default=0) >= self.depth[start]
