"""Count abbreviations with a D or Đ, and the initials of words that stand beside each other."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import regex

from normalizers.language import keyed_words
from normalizers.letters import is_syllable, plain

_FORM = regex.compile(r"(?<![\p{L}\d])[A-ZĐ]{2,9}(?![\p{L}\d])")
_LEAST, _SHARE = 3, 0.8  # how often, and how much oftener than its rival, a known form stands
_LITTLE = 1.2  # how much oftener words in đ must stand than words in d


def count(texts: Iterable[str], out: Path) -> None:
    """Write the abbreviations known and the odds of Đ by the letters beside it."""
    forms: Counter[str] = Counter()
    initials: Counter[str] = Counter()
    for text in texts:
        if not text.isupper():
            forms.update(form for form in _FORM.findall(text) if plain(form).count("D"))
        row = "".join(map(_initial, keyed_words(text)))
        for size in (2, 3):
            initials.update(row[at : at + size] for at in range(len(row) - size + 1))
    data = {"known": sorted(_known(forms)), "odds": _odds(initials)}
    out.write_text(json.dumps(data, ensure_ascii=False) + "\n")


def _initial(word: str) -> str:
    """Return the letter that a syllable gives an abbreviation; a space for anything else."""
    if not word.isalpha() or not is_syllable(word):
        return " "
    return "Đ" if word[0] == "đ" else plain(word[0]).upper()


def _known(forms: Counter[str]) -> Iterable[str]:
    totals: Counter[str] = Counter()
    for form, often in forms.items():
        totals[plain(form)] += often
    for form, often in forms.items():
        if often >= _LEAST and often >= _SHARE * totals[plain(form)]:
            yield form


def _odds(initials: Counter[str]) -> dict[str, float]:
    letters = sorted({key for key in "".join(initials) if key.isalpha()} | {"-"})
    odds = {}
    for left in letters:
        for right in letters:
            chances = [_often(initials, left, letter, right) for letter in "ĐD"]
            odds[plain(left + right)] = round(math.log(chances[0] / chances[1] / _LITTLE), 2)
    return {beside: value for beside, value in odds.items() if value > 0}


def _often(initials: Counter[str], left: str, letter: str, right: str) -> float:
    """Return how often words with these initials stand side by side, smoothed by pairs."""
    first = 1 if left == "-" else initials[left + letter]
    second = 1 if right == "-" else initials[letter + right]
    whole = 0 if "-" in (left, right) else initials[left + letter + right]
    return whole + 0.01 * math.sqrt(first * second) + 0.01
