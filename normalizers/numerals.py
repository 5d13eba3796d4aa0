"""Numerals that a wrong model misread by their place: labels of items, Roman ones, shares."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from normalizers.spots import Line
from normalizers.text import Edit

_SURE, _LIKELY = 0.95, 0.8
_ITEM = regex.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){0,2}(?P<sign>,)(?=\s+\p{Lu}\p{Ll})")  # 4, Đề nghị
_HEADING = regex.compile(r"^\s*(?P<sign>[\p{L}1|\]]{2,4})(?=[.,]\s+\p{Lu}{2})")  # TH. NHIEM VU
_QUARTER = regex.compile(r"(?<=\b[Qq]u[yýỳỷ]\s)(?P<sign>1)(?=/20\d\d)")  # quý 1/2024 for I/2024
_SHARE = regex.compile(r"(?<=\b\d{1,3})\.(?=\d{1,2}%)")
_COMMA = regex.compile(r"\d,\d{1,2}%")


@dataclass(frozen=True, slots=True)
class Numerals:
    """Roman numerals by what a wrong model reads for them at the head of a line of capitals."""

    roman: dict[str, str]

    @classmethod
    def load(cls, file: Path) -> Numerals:
        """Read the list."""
        return cls(tomllib.loads(file.read_text())["roman"])

    def edits(self, lines: Sequence[Line]) -> Iterator[Edit]:
        """Yield the repairs on lines that are surely garbled."""
        commas = any(_COMMA.search(line.text) for line in lines)
        for line in lines:
            if line.surely_garbled:
                yield from self._of(line, commas=commas)

    def _of(self, line: Line, *, commas: bool) -> Iterator[Edit]:
        """Yield the repairs of a line; `commas` says that the document writes shares so."""
        item, heading = _ITEM.search(line.text), _HEADING.search(line.text)
        if item:
            yield _edit(line, item, ".", _SURE)
        elif heading and line.capitals and heading["sign"] in self.roman:
            yield _edit(line, heading, self.roman[heading["sign"]], _SURE)
        for match in _QUARTER.finditer(line.text):
            yield _edit(line, match, "I", _LIKELY)
        for match in _SHARE.finditer(line.text) if commas else ():
            yield Edit(line.start + match.start(), line.start + match.end(), ",", _SURE, "numeral")


def _edit(line: Line, match: regex.Match[str], new: str, sure: float) -> Edit:
    return Edit(
        line.start + match.start("sign"), line.start + match.end("sign"), new, sure, "numeral"
    )
