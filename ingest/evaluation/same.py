"""When a value counts as the gold's: what paper and people write in more than one way is equal.

`docs/evaluation.md` gives the definitions.
"""

from __future__ import annotations

import unicodedata

import regex

from ingest.evaluation.errors import distance

TOLERANCE = 0.03  # long texts count as right up to this share of wrong letters

# A tone on the first or the second vowel of oa, oe, uy is one and the same: hòa, hoà.
_TONE = regex.compile(r"(?<=[ou])([\u0300\u0301\u0303\u0309\u0323])([aey])")

_LOOSE = regex.compile(
    r"""
    (?<= \d ) [.,/:-] (?= \d )      # keeps the marks inside 09/2025, 103,89, 2015-2020
    (*SKIP)(*FAIL)
    | (?<! \w ) - (?= \d )          # keeps a minus sign: -2
    (*SKIP)(*FAIL)
    | [^\p{L}\p{M}\p{N}%]
    """,
    regex.VERBOSE,
)
_DASH = regex.compile(r"[\p{Pd}\u2212]")
_ABOUT = regex.compile(r"^\s*(?:v\s?/\s?v|về\s+việc|về)\b[\s:]*", regex.IGNORECASE)


def fold(text: str) -> str:
    """Return what is compared of a text: no case, spaces, dashes, punctuation; marks stay."""
    decomposed = unicodedata.normalize("NFD", _DASH.sub("-", text).casefold())
    return unicodedata.normalize("NFC", _LOOSE.sub("", _TONE.sub(r"\2\1", decomposed)))


def same(said: object, gold: object) -> bool:
    """Whether two scalars are equal: texts folded, numbers as numbers."""
    if isinstance(said, str) and isinstance(gold, str):
        return fold(said) == fold(gold)
    return said == gold


def nearly(said: object, gold: object) -> bool:
    """Whether two texts are equal but for a few letters in a hundred."""
    if not (isinstance(said, str) and isinstance(gold, str)):
        return said == gold
    one, other = fold(said), fold(gold)
    allowed = int(TOLERANCE * len(other))
    return one == other or (
        abs(len(one) - len(other)) <= allowed and distance(other, one) <= allowed
    )


def same_subject(said: object, gold: object) -> bool:
    """Whether two subjects are equal; the words that lead in (`V/v`, `Về việc`) do not count."""
    return nearly(about(said), about(gold))


def exact_subject(said: object, gold: object) -> bool:
    """Whether two subjects are equal to the letter, but for the words that lead in."""
    return same(about(said), about(gold))


def about(subject: object) -> object:
    """Return a subject without the words that lead in."""
    return _ABOUT.sub("", subject) if isinstance(subject, str) else subject


def same_authority(said: object, gold: object) -> bool:
    """Whether two chains of authority have the same links in the same order."""
    return links(said) == links(gold)


def links(chain: object) -> list[tuple[str, str]]:
    """Return a chain of authority as it is compared."""
    given = chain if isinstance(chain, list) else []
    return [(str(link.get("mode")), fold(str(link.get("of")))) for link in given]
