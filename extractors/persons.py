"""Names of persons: a surname and the names after it, without degrees."""

from __future__ import annotations

from functools import cache

import regex

from extractors.gazetteer import fold
from extractors.keys import key
from extractors.words import table

_WORD = r"\p{Lu}[\p{Ll}'’]{0,7}"
_NAME = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<name>{_WORD}(?:\s{_WORD}){{1,4}})\W{{0,4}}(?:\s\W{{1,3}})?$"
)
_CAPITALS = regex.compile(r"(?P<name>\p{Lu}{2,7}(?:\s\p{Lu}{1,7}){1,4})")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(key(name) for name in table("positions")["names"]["surnames"])


@cache
def _degrees() -> regex.Pattern[str]:
    words = sorted(table("positions")["names"]["degrees"], key=len, reverse=True)
    word = "|".join(map(regex.escape, words))
    return regex.compile(rf"^\W*(?:(?:{word})(?:[.,:;\s-]+|(?=\p{{Lu}}))){{1,3}}")


def without_degree(text: str) -> str:
    """Return a name without the degree or rank before it: `ThS. Trần An` is `Trần An`."""
    rest = _degrees().sub("", text)
    return rest if len(rest.split()) >= 2 else text


def name_start(text: str) -> int | None:
    """Where a person's name begins that ends the line; null where there is none.

    `- Lưu: VT. Đào Văn Soái` gives the place of `Đào`. The surname must be a known one.
    """
    lead = len(text) - len(text.lstrip(" .,:;|'`~-–—_*·•/\\[]{}()<>\"“”‘’°^=+"))
    degree = _degrees().match(text, lead) or _degrees().match(text)
    begin = degree.end() if degree else 0
    match = _NAME.search(text, begin)
    if match is None:
        return None
    words = list(regex.finditer(r"\S+", match["name"]))
    offset = match.start("name")
    for at, word in enumerate(words[:-1]):
        if key(word[0]) in _surnames() and len(words) - at <= 5:
            start = offset + word.start()
            return 0 if start <= max(lead, begin) else start
    return None


def name_in(text: str) -> str | None:
    """Return the person's name that a line holds by itself, in title case, or null."""
    bare = without_degree(text.strip(" .,:;|'`~-–—_*·•/\\[]{}()<>\"“”‘’°^=+"))
    match = _NAME.search(bare)
    if match and match.start() <= 3:
        return str(match["name"])
    capitals = _CAPITALS.fullmatch(bare)
    if capitals and key(bare.split()[0]) in _surnames():
        return bare.title()
    return None


def has_surname(name: str) -> bool:
    """Whether a name begins with a known surname, its marks as printed or lost."""
    first = name.split()[0]
    known = {fold(surname) for surname in table("positions")["names"]["surnames"]}
    return fold(first) in known or key(first) in _surnames()
