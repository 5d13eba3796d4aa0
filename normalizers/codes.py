"""Safe repairs inside codes: `QD-UBND` is `QĐ-UBND`, `1532JUBND` is `1532/UBND`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from normalizers.initials import Initials
from normalizers.spots import Line
from normalizers.text import Edit
from normalizers.tokens import CODE, KEPT, WORD

_ENDS = regex.compile(r"(?<=\w)(?:\./[,:]|,/[.,]|\. ?/$)(?=\s|$)")  # ./. closes a dispatch
_PART = regex.compile(r"[^/&–-]+")
_NO_VOWEL = regex.compile(r"[B-DF-HJ-NP-TV-XZ]{2,}\d?")
_SURE = 0.98
_SHORT = 3  # a part no longer than that may be another office's: only those named


@dataclass(frozen=True, slots=True)
class Codes:
    """The repairs of codes, by part, by pair, and of abbreviations that stand alone."""

    parts: dict[str, str]
    pairs: dict[str, str]
    alone: dict[str, str]
    barred: dict[str, str]  # parts with Đ by what a wrong model reads for it, on garbled lines
    bent: regex.Pattern[str]  # a slash that was read as a letter, or set apart
    initials: Initials

    @classmethod
    def load(cls, file: Path, initials: Initials) -> Codes:
        """Read the lists."""
        data = tomllib.loads(file.read_text())
        heads = "|".join(map(regex.escape, data["bodies"]["heads"]))
        bent = regex.compile(rf"(?<=\b\d{{1,5}}[a-zđ]?)(?: ?[JI|l1\\] ?| /|/ | / )(?={heads})")
        barred = {
            name.replace("Đ", read): name
            for name in {*data["parts"].values(), *data["barred"]["names"]}
            for read in data["barred"]["readings"]
            if len(name) > _SHORT or name in data["barred"]["names"]
        }
        return cls(data["parts"], data["pairs"], data["alone"], barred, bent, initials)

    def edits(self, line: Line) -> Iterator[Edit]:
        """Yield the repairs of a line's codes; what stands alone is touched on garbled lines."""
        for match in self.bent.finditer(line.text):
            yield Edit(line.start + match.start(), line.start + match.end(), "/", _SURE, "code")
        for match in _ENDS.finditer(line.text) if line.garbled else ():
            yield Edit(line.start + match.start(), line.start + match.end(), "./.", _SURE, "code")
        for token in line.tokens:
            if token.kind == CODE and not token.text.isdigit():
                yield from self._inside(line, line.start + token.start, token.text)
            elif token.kind in (WORD, KEPT) and line.garbled:
                start, new = line.start + token.start, self._alone(token.text, line)
                if new != token.text:
                    yield Edit(start, start + len(token.text), new, _SURE, "abbreviation")

    def _alone(self, word: str, line: Line) -> str:
        """Return an abbreviation that stands alone as it should be; any other word as it is."""
        if word in self.alone or line.capitals or not _NO_VOWEL.fullmatch(word):
            return self.alone.get(word, word)
        return self.initials.barred(word)

    def _inside(self, line: Line, start: int, code: str) -> Iterator[Edit]:
        for wrong, right in self.pairs.items():
            at = code.find(wrong)
            if at >= 0:
                end = at + right.index("-")
                yield Edit(start + at, start + end, right[: right.index("-")], _SURE, "code")
        for match in _PART.finditer(code):
            new = self.parts.get(match[0], match[0])
            if new == match[0] and line.garbled:
                new = self.barred.get(new) or self.initials.barred(new)
            if new != match[0]:
                yield Edit(start + match.start(), start + match.end(), new, _SURE, "code")
