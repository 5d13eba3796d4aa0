"""Vietnamese letters: base letter and marks, tone placement, what a written syllable looks like."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_MARKS = regex.compile(r"\p{M}+")
_TONE = regex.compile(f"[{TONES}]")
# The clerk may write the tone of an open oa, oe, uy on either letter: hòa or hoà, thủy or thuỷ.
_LATE_TONE = regex.compile(rf"(?<![qQ])(o(?=[ae])|u(?=y))(\w)([{TONES}])$", regex.IGNORECASE)
_EARLY_TONE = regex.compile(rf"(?<!q)(o|u)([{TONES}])((?<=o.)[ae]|(?<=u.)y)$")
_STOPS = ("c", "ch", "p", "t")
_SYLLABLE = regex.compile(
    r"""
    (?: ngh? | gh? | gi | kh? | ph | qu | th | tr | ch | nh | [bcdđhlmnprstvx] )?  # onset
    (?:
        [aeioơôuưyăâê] | oă | o[ae] | u[eêơâyôa] | i[êeau] | y[êe] | ưa | ươ
      | uy[aeê] | a[iouy] | â[uy] | e[o] | êu | iêu | yêu | oi | ôi | ơi | o[ae][ioy]
      | u[iâ] | uây | ui | uôi | ưi | ươi | ươu | ưu | iu | uyu | oay | oai | oao
      | oeo | uya | oo | eo
    )
    (?: ch | ng | nh | [cmnpt] )?                                                 # coda
    """,
    regex.VERBOSE,
)


def plain(letters: str) -> str:
    """Return the letters without their marks, `đ` as `d`: `Độc` gives `Doc`."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", letters))
    return bare.replace("đ", "d").replace("Đ", "D")


def toneless(letters: str) -> str:
    """Return the letters without tones: `Độc` gives `Đôc`."""
    bare = _TONE.sub("", unicodedata.normalize("NFD", letters))
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=100_000)
def one_placement(word: str) -> str:
    """Return a word with its tone placed the old way, so that `hoà` and `hòa` are one word."""
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", _LATE_TONE.sub(r"\1\3\2", apart))


def other_placement(word: str) -> str:
    """Return a word of one spelling with its tone on the last letter: `hòa` as `hoà`; else ""."""
    apart = unicodedata.normalize("NFD", word)
    late = _EARLY_TONE.sub(r"\1\3\2", apart)
    return unicodedata.normalize("NFC", late) if late != apart else ""


def is_syllable(word: str) -> bool:
    """Whether a lower-case word is written as a Vietnamese syllable.

    It bears one tone at most, and acute or dot below if it ends in a stop: `luật`, never `luat`.
    """
    tones = _TONE.findall(unicodedata.normalize("NFD", word))
    if len(tones) > 1 or (word.endswith(_STOPS) and tones not in (["\u0301"], ["\u0323"])):
        return False
    return _SYLLABLE.fullmatch(toneless(word)) is not None
