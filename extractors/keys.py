"""Look-up keys: text without case and marks, letter for letter as long as the text itself."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import regex

_SYLLABLE = regex.compile(
    r"""
    (?: ngh? | nh | ch | gh | gi | kh | ph | qu | th | tr | [bcdghklmnprstvx] )?  # onset
    [aeiouy]{1,3}                                                                # vowels
    (?: ch | ng | nh | [cmnpt] )?                                                # coda
    """,
    regex.VERBOSE,
)


@cache
def _letter(letter: str) -> str:
    if letter in "đĐÐð":
        return "d"
    if unicodedata.category(letter) in ("Lm", "Sk"):
        return "'"  # a speck that the OCR takes for a lone mark: `ˆSố`
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    return bare[0]


@lru_cache(maxsize=16384)  # a line is looked at by many
def key(text: str) -> str:
    """Return the text in small letters without marks; position `i` stays position `i`."""
    return "".join(map(_letter, text))


def is_syllable(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable; `UBND` and `GAVI` cannot."""
    return _SYLLABLE.fullmatch(key(word)) is not None


def upper_share(text: str) -> float:
    """Return the share of capitals among the letters; 0 where there are no letters."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) / len(letters) if letters else 0.0
