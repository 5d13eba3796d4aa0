"""Safe repairs inside codes: `QD-UBND` is `QĐ-UBND`, `1532JUBND` is `1532/UBND`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from normalizers.spots import Line
from normalizers.text import Edit
from normalizers.tokens import CODE, KEPT, WORD

_PART = regex.compile(r"[^/&–-]+")
_SURE = 0.98


@dataclass(frozen=True, slots=True)
class Codes:
    """The repairs of codes, by part, by pair, and of abbreviations that stand alone."""

    parts: dict[str, str]
    pairs: dict[str, str]
    alone: dict[str, str]
    bent: regex.Pattern[str]  # a slash that was read as a letter, or set apart

    @classmethod
    def load(cls, file: Path) -> Codes:
        """Read the lists."""
        data = tomllib.loads(file.read_text())
        heads = "|".join(map(regex.escape, data["bodies"]["heads"]))
        bent = regex.compile(rf"(?<=\b\d{{1,5}}[a-zđ]?)(?: ?[JI|l1\\] ?| /|/ | / )(?={heads})")
        return cls(data["parts"], data["pairs"], data["alone"], bent)

    def edits(self, line: Line) -> Iterator[Edit]:
        """Yield the repairs of a line's codes; what stands alone is touched on garbled lines."""
        for match in self.bent.finditer(line.text):
            yield Edit(line.start + match.start(), line.start + match.end(), "/", _SURE, "code")
        for token in line.tokens:
            if token.kind == CODE and not token.text.isdigit():
                yield from self._inside(line.start + token.start, token.text)
            elif token.kind in (WORD, KEPT) and line.garbled and token.text in self.alone:
                start = line.start + token.start
                new = self.alone[token.text]
                yield Edit(start, start + len(token.text), new, _SURE, "abbreviation")

    def _inside(self, start: int, code: str) -> Iterator[Edit]:
        for wrong, right in self.pairs.items():
            at = code.find(wrong)
            if at >= 0:
                end = at + right.index("-")
                yield Edit(start + at, start + end, right[: right.index("-")], _SURE, "code")
        for match in _PART.finditer(code):
            new = self.parts.get(match[0])
            if new:
                yield Edit(start + match.start(), start + match.end(), new, _SURE, "code")
