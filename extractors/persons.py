"""Names of persons: a surname and the names after it, without degrees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extractors.gazetteer import fold
from extractors.keys import is_syllable, key
from extractors.words import table

_WORD = r"\p{Lu}\p{Ll}{0,7}['’]?(?:(?<=['’])\p{Lu}?\p{Ll}{1,6})?"  # also `H'Liên`, `K'`
_NAME = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<name>{_WORD}(?:\s{_WORD}){{1,4}})\W{{0,4}}(?:\s\W{{1,3}})?$"
)
_CAPITALS = regex.compile(r"(?P<name>\p{Lu}{2,7}(?:\s\p{Lu}{1,7}){1,4})")
_EDGES = " .,:;|'`~-–—_*·•/\\[]{}()<>\"“”‘’°^=+ˆ«»"


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it was read; `whole` says that nothing of it seems to be lost."""

    name: str
    whole: bool
    sure: float


@cache
def _surnames() -> dict[str, str]:
    """Return the surnames, folded (tones kept) -> as written."""
    return {fold(name): name for name in table("positions")["names"]["surnames"]}


@cache
def _by_key() -> dict[str, set[str]]:
    """Return the surnames by their letters without marks."""
    found: dict[str, set[str]] = {}
    for name in _surnames().values():
        found.setdefault(key(name), set()).add(name)
    return found


@cache
def _position_words() -> frozenset[str]:
    """Return the words of positions that are no names: `Phó Giám` is no person."""
    return frozenset(map(fold, table("positions")["names"]["never"]))


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
    lead = len(text) - len(text.lstrip(_EDGES))
    degree = _degrees().match(text)
    begin = degree.end() if degree else 0
    match = _NAME.search(text, begin)
    if match is None:
        return None
    words = list(regex.finditer(r"\S+", match["name"]))
    for at, word in enumerate(words[:-1]):
        if key(word[0]) in _by_key() and len(words) - at <= 5:
            start = match.start("name") + word.start()
            return 0 if start <= max(lead, begin) else start
    return None


def read_person(text: str) -> Person | None:
    """Return the person that a line names by itself; null where it names none."""
    bare = without_degree(text.strip(_EDGES)).strip(_EDGES)
    bare = regex.sub(r"(?<=\p{Ll}) ?[^\p{L}\d\s'’] ?(?=\p{Lu})", " ", bare)  # a pen's stroke
    if _CAPITALS.fullmatch(bare) and fold(bare.split()[0]) in _surnames():
        bare = bare.title()
    speck = regex.match(r"\p{Lu}\p{M}? (?=\p{Lu}\p{Ll})", bare)
    if speck and len(bare.split()) > 3 and fold(bare.split()[1]) in _surnames():
        bare = bare[speck.end() :]
    match = _NAME.search(bare)
    if match is None or not _spoken(match["name"]):
        return None
    if _position_words() & set(fold(match["name"]).split()[1:]):
        return None
    name, before = match["name"], bare[: match.start("name")]
    if regex.search(r"\p{L}{2,}|\d|\p{L}$", before):  # `am Trường Thọ`: its beginning is lost
        return Person(name, whole=False, sure=0.3)
    return _weighed(name)


def _spoken(name: str) -> bool:
    """Whether the words of a name can be spoken; names of other peoples may have other words."""
    first, *rest = name.split()
    if fold(first) in _surnames() and len(rest) > 1:
        return True
    return all(is_syllable(word) or "'" in word or "’" in word for word in (first, *rest))


def _weighed(name: str) -> Person | None:
    """How sure a name is, by its surname and its length; a surname gets its lost marks back."""
    first, *rest = name.split()
    if fold(first) in _surnames():
        whole = len(rest) > 1
        return Person(name, whole=True, sure=0.95 if whole else 0.6)
    written = _by_key().get(key(first), set())
    if len(written) == 1:
        return Person(" ".join([*written, *rest]), whole=True, sure=0.88)
    if len(rest) < 2:
        return None
    return Person(name, whole=True, sure=0.6)
