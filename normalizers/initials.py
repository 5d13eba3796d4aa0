"""Abbreviations whose Đ lost its bar: known ones, and for the others the initials of words.

`QLDD` is quản lý đất đai: which words begin so beside each other says which D bears a bar.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import regex

_ABBREVIATION = regex.compile(r"[A-Z]{2,9}\d?")
_EDGE = "-"
_WHOLE = 4  # letters of an abbreviation that may end another one


@dataclass(frozen=True, slots=True)
class Initials:
    """Abbreviations with a D by their bare letters; what speaks for Đ between two letters."""

    known: dict[str, str]
    odds: dict[str, float]  # by the letters around, `-` at an end: logarithms, above 0 for Đ

    @classmethod
    def load(cls, file: Path) -> Initials:
        """Read what `tools/train_normalizer` counted."""
        data = json.loads(file.read_text())
        return cls({form.replace("Đ", "D"): form for form in data["known"]}, data["odds"])

    def barred(self, bare: str) -> str:
        """Return an abbreviation with the bars that its letters lost; anything else as it is."""
        if "D" not in bare or not _ABBREVIATION.fullmatch(bare):
            return bare
        if bare in self.known:
            return self.known[bare]
        for at in range(1, len(bare) - _WHOLE + 1):  # VPUBND ends with a known one
            if bare[at:] in self.known:
                return self.barred(bare[:at]) + self.known[bare[at:]]
        wide = f"{_EDGE}{bare}{_EDGE}"
        return "".join(
            "Đ" if letter == "D" and self.odds.get(wide[at] + wide[at + 2], 0.0) > 0 else letter
            for at, letter in enumerate(bare)
        )
