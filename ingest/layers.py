"""Whether a page's text layer is the page's text: decided on evidence, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import regex

from ingest.columns import key
from ingest.page import Line

Verdict = Literal["none", "signature", "garbage", "good"]

# An initial consonant, a rhyme with at least one vowel, a final consonant: any syllable at all.
_SYLLABLE = regex.compile(
    r"""^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?
         [aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}
         (?:ch|ng|nh|[cmnpt])?$""",
    regex.VERBOSE | regex.IGNORECASE,
)
_MARKED = regex.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", regex.IGNORECASE
)
_ABBREVIATION = regex.compile(r"[BCDĐGHKLMNPQRSTVX]{2,6}")
_SIGNING = regex.compile(
    r"""ky\ boi | nguoi\ ky | ky\ so | thoi\ gian\ ky | co\ quan: | email: | [\w.]+@[\w.]+
        | \d\d[:.]\d\d[:.]\d\d | \+07:?00""",
    regex.VERBOSE,
)
LEAST_WORDS = 25  # a page with fewer words in its layer is read from its picture
_SIGNATURE_WORDS = 60
_GARBLED = 0.8  # how sure a word of a garbled layer is


def judge(lines: Sequence[Line], *, least: int = LEAST_WORDS) -> Verdict:
    """Say what a page's text layer is: the page's text, a digital signature's, or garbage.

    Good Vietnamese text is made of Vietnamese syllables, most of them with marks; another
    program's OCR without the language loses the marks.
    """
    words = _words(lines)
    if not words:
        return "none"
    whole = key(" ".join(line.text for line in lines))
    if len(words) <= _SIGNATURE_WORDS and _SIGNING.search(whole):
        return "signature"
    if len(words) < least:
        return "none"
    syllables, marked = _shares(words)
    return "good" if syllables > 0.85 and marked > 0.55 else "garbage"


def is_worse(seen: Sequence[Line], layer: Sequence[Line], *, picture: bool) -> bool:
    """Say whether what the OCR saw on a page is no better than a garbled text layer.

    Where no picture covers the page, the garble itself is what is drawn there, unless what is
    drawn reads well (an old font that maps its letters its own way).
    """
    if not picture:
        return judge(seen, least=1) != "good"
    return sum(_shares(_words(seen))) < sum(_shares(_words(layer)))


def doubted(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a garbled layer: no word of it is as sure as it is given."""
    return tuple(
        replace(line, words=tuple(replace(word, confidence=_GARBLED) for word in line.words))
        for line in lines
    )


def _words(lines: Sequence[Line]) -> list[str]:
    return [part for line in lines for word in line.words
            for part in regex.findall(r"\p{L}+", word.text)]  # fmt: skip


def _shares(words: Sequence[str]) -> tuple[float, float]:
    """Return the shares of words that are written as syllables, and that bear marks."""
    long = [word for word in words if len(word) > 1 and not _ABBREVIATION.fullmatch(word)]
    syllables = sum(bool(_SYLLABLE.match(word)) for word in long) / max(1, len(long))
    marked = sum(bool(_MARKED.search(word)) for word in long) / max(1, len(long))
    return syllables, marked
