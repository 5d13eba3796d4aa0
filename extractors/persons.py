"""Names of persons: a surname and the names after it, without degrees."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.distance import distance
from extractors.gazetteer import fold
from extractors.keys import is_syllable, key
from extractors.words import table
from normalizers.letters import toneless

_WORD = r"\p{Lu}\p{Ll}{0,7}['’]?(?:(?<=['’])\p{Lu}?\p{Ll}{1,6})?"  # also `H'Liên`, `K'`
_NAME = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<name>{_WORD}(?:\s{_WORD}){{1,4}})\W{{0,4}}(?:\s\W{{1,3}})?$"
)
_CAPITALS = regex.compile(r"(?P<name>\p{Lu}{2,7}(?:\s\p{Lu}{1,7}){1,4})")
_EDGES = " .,:;|'`~-–—_*·•/\\[]{}()<>\"“”‘’°^=+ˆ«»"


_TAIL = 3  # letters that may tell a surname
_LONGEST = 6
_LOST = 3  # letters before them
_ODD = 0.8  # how sure a name with an uncommon syllable is, in comparison


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it was read; `whole` says that nothing of it seems to be lost.

    `strange` says that a mark was likely misread: the name has a syllable that no name has, and
    that a name would have with other marks (`Ảnh`, `Hài`). `odd` says that it has any such
    syllable as no name of the list has (`Đăag`).
    """

    name: str
    whole: bool
    sure: float
    strange: bool = False
    odd: bool = False


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
def _by_tail() -> dict[str, str]:
    """Return the common surnames by their last letters, where no other surname ends so.

    Three letters tell a surname if they are marked (`rần`, `hạm`), four do so without (`uyen`).
    """
    names = _surnames().values()
    found = {}
    for name in sorted(_common()):
        others = {form for other in names if other != name for form in _forms(other)}
        for tail in (form[skipped:] for form in _forms(name) for skipped in (1, 2)):
            telling = len(tail) > _TAIL or (len(tail) == _TAIL and tail != key(tail))
            if telling and not any(other.endswith(tail) for other in others):
                found[tail] = name
    return found


def _forms(name: str) -> tuple[str, str]:
    return _small(name), key(name)


def _small(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold())


@cache
def _common() -> frozenset[str]:
    return frozenset(table("positions")["names"]["common"])


@cache
def _given() -> tuple[frozenset[str], frozenset[str]]:
    """Return the syllables of given names, folded, and their letters without marks."""
    words = table("names")["given"].split()
    return frozenset(map(fold, words)), frozenset(map(key, words))


@cache
def _given_by_key() -> dict[str, set[str]]:
    """Return the syllables of given names by their letters without marks."""
    found: dict[str, set[str]] = {}
    for word in table("names")["given"].split():
        found.setdefault(key(word), set()).add(word)
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


def is_named_so(word: str) -> bool:
    """Whether a word is written as those of a name are: a capital, and small letters."""
    return regex.fullmatch(_WORD, word) is not None


def name_word(word: str, *, first: bool, middle: bool = False) -> str | None:
    """Return a word of a name as a list has it, its marks mended if only one word can be meant.

    A name begins with a surname; `Xuấn` after it is `Xuân`, `Ảnh` may be `Anh` or `Ánh`: null.
    In the middle most men are called `Văn` (`Vẫn`), most women `Thị` (`Thy`).
    """
    if fold(word) in _surnames() or (not first and fold(word) in _given()[0]):
        return word
    written = _by_key().get(key(word), set()) if first else _given_by_key().get(key(word), set())
    if not first:  # a stroke over a word adds a tone: `Hấu` may be `Hữu`, and is not `Hậu`
        written = {it for it in written if len(written) == 1 and it == toneless(word)}
    if middle:
        near = [it for it in table("names")["middle"] if distance(key(word), key(it), 1) <= 1]
        written = {it for it in near if it[0] == word[0]} or written
    return next(iter(written)) if len(written) == 1 else None


def read_person(text: str) -> Person | None:
    """Return the person that a line names by itself; null where it names none."""
    bare = without_degree(text.strip(_EDGES)).strip(_EDGES)
    bare = regex.sub(r"(?<=\p{Ll}) ?[^\p{L}\d\s'’] ?(?=\p{Lu})", " ", bare)  # a pen's stroke
    bare = regex.sub(r"\s[ÑÇŠŽ]$", "", bare)  # a stroke of the pen: no Vietnamese letter
    if _CAPITALS.fullmatch(bare) and fold(bare.split()[0]) in _surnames():
        bare = bare.title()
    speck = regex.match(r"\p{Lu}\p{M}? (?=\p{Lu}\p{Ll})", bare)
    if speck and len(bare.split()) > 3 and fold(bare.split()[1]) in _surnames():
        bare = bare[speck.end() :]
    match = _NAME.search(bare)
    if match is None:
        return None
    name, before = match["name"], bare[: match.start("name")].strip(_EDGES)
    if _position_words() & set(fold(name).split()[1:]):
        return None
    if begun := _surname_of(before):  # `guyễn Văn Tám`: its first letter is lost
        return _weighed([begun, *name.split()], most=0.8)
    if regex.search(r"\p{L}{2,}|\d|\p{L}$", before):  # `am Trường Thọ`: its beginning is lost
        return Person(name, whole=False, sure=0.3) if _spoken(name) else None
    if begun := _surname_of(name.split()[0]):
        return _weighed([begun, *name.split()[1:]], most=0.8)
    return _weighed(name.split(), most=0.95) if _spoken(name) else None


def _surname_of(word: str) -> str | None:
    """Return the surname of which a word is the end, behind letters that were misread.

    Of a short one all but the first letter must be there, and its mark: `1ê` is `Lê`.
    """
    rest = _small(word[1:])
    if regex.fullmatch(r"[^\p{L}\s]\p{L}+", word) and rest != key(rest):
        whole = [name for name in _surnames().values() if _small(name)[1:] == rest]
        return whole[0] if len(whole) == 1 else None
    letters = regex.sub(r"[^\p{L}\p{M}]", "", unicodedata.normalize("NFC", word))
    if " " in word or len(letters) < _TAIL or key(letters) in _by_key():
        return None
    folded = _small(letters)
    for size in range(min(len(folded), _LONGEST), _TAIL - 1, -1):
        for tail in (folded[-size:], key(folded[-size:])):
            if tail in _by_tail() and len(folded) - size <= _LOST:
                return _by_tail()[tail]
    return None


def _spoken(name: str) -> bool:
    """Whether the words of a name can be spoken; names of other peoples may have other words."""
    first, *rest = name.split()
    if fold(first) in _surnames() and len(rest) > 1:
        return True
    return all(is_syllable(word) or "'" in word or "’" in word for word in (first, *rest))


def _weighed(words: Sequence[str], *, most: float) -> Person | None:
    """How sure a name is, by its words and its length; a surname gets its lost marks back."""
    first, *rest = words
    given, letters = _given()
    usual = given | _surnames().keys()
    others = {fold(name) for name in table("names")["of_others"]}
    own = any("'" in word or "’" in word for word in words) or fold(first) in others
    odd = [] if own else [word for word in rest if fold(word) not in usual]
    torn = (
        len(first) == 1 and fold(first) not in _surnames()
    )  # `A Văn Bình` is what a scan leaves of `Hà Văn Bình`
    unheard = any(key(word) in letters or not is_syllable(word) for word in odd)
    strange = torn or unheard
    uncheckable = own and any(fold(word) not in usual for word in rest)
    sure = most * _ODD if odd or uncheckable else most
    if fold(first) in _surnames():
        sure = sure if len(rest) > 1 else min(sure, 0.6)
        return Person(" ".join(words), whole=True, sure=sure, strange=strange, odd=bool(odd))
    written = _by_key().get(key(first), set())
    if len(written) == 1:
        name = " ".join([*written, *rest])
        clash = _small(first)[1:] in _by_tail()  # `Thạm`: of Thẩm and of Phạm
        rare = not written & _common()  # `Tân`: of Tẩn, or of Trần?
        sure = min(sure, 0.5 if clash else 0.88)
        return Person(name, whole=True, sure=sure, strange=strange or rare, odd=bool(odd))
    if len(rest) < 2:
        return None
    strange = strange or not own  # a surname that no list has
    return Person(" ".join(words), whole=True, sure=min(sure, 0.6), strange=strange, odd=True)
