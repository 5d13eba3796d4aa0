"""Names in capitals, as they are written in a sentence: `Ủy ban nhân dân huyện Tứ Kỳ`."""

from __future__ import annotations

from functools import cache

import regex

from extractors import gazetteer
from extractors.keys import is_syllable, key, upper_share
from extractors.words import keyed

_CAPITALS = 0.8  # a name with more small letters is in title case already
_LONGEST = 7  # words in a phrase


@cache
def _phrases() -> dict[str, str]:
    return {**keyed("casing", "places"), **keyed("casing", "phrases")}


def title_case(text: str) -> str:
    """Return a printed name in title case, with kinds and small words in small letters.

    A known phrase that lost marks in the scan gets them back; where the page places a tone in
    another way (`Uỷ`), it stays so. A name that has small letters already is left alone.
    """
    if upper_share(text) < _CAPITALS:
        return text
    words = text.upper().split()
    written: list[str] = []
    while len(written) < len(words):
        written += _next_words(words, written)
    return " ".join(written[:1] and [_capital(written[0]), *written[1:]])


def is_known(text: str) -> bool:
    """Whether every word of a name is of a known phrase, a kind, a place or a small word."""
    words, at = text.split(), 0
    while at < len(words):
        phrase = _phrase_at(words, at)
        other = _is(words[at], "kinds") or _is(words[at], "small") or _is(words[at], "short")
        if not phrase and not other:
            return False
        at += len(phrase) or 1
    return True


def _next_words(words: list[str], written: list[str]) -> list[str]:
    at = len(written)
    if _after_kind(written):
        return _name(words, at)
    if written and key(words[at]) == "so" and "".join(words[at + 1 : at + 2]).isdigit():
        return ["số"]  # Bệnh viện Đa khoa số 2
    phrase = _phrase_at(words, at)
    if phrase:
        return phrase
    word = words[at]
    if not is_syllable(word.strip("(),;.-–")) or _is_roman(word, written):
        return [word]
    for size in (1, 2):
        kind = keyed("casing", "kinds").get(key(" ".join(words[at : at + size])))
        if written and kind and len(kind.split()) == size:
            return [
                _marked(*pair) for pair in zip(words[at : at + size], kind.split(), strict=True)
            ]
    if any(_is(" ".join(words[at : at + size]), "small") for size in (1, 2)):
        return [word.lower()]
    return _unknown(words, at, begins=_begins(written))


def _is_roman(word: str, written: list[str]) -> bool:
    """Whether a word is a Roman number: `Khu vực III`, `Chi nhánh số V`."""
    if regex.fullmatch(r"[IVX]+", word) is None or not written:
        return False
    return len(word) > 1 or key(written[-1]) in keyed("casing", "numbered")


def _phrase_at(words: list[str], at: int) -> list[str]:
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        printed = words[at : at + size]
        known = _phrases().get(key(" ".join(printed)).rstrip(",;"))
        if not known or _is_other_place(" ".join(printed), known):
            continue
        if size > 2 or at == 0 or _strange(printed, known) < size:
            pairs = zip(printed, known.split(), strict=True)
            return [_marked(word, model) for word, model in pairs]
    return []


def _strange(printed: list[str], known: str) -> int:
    """Count the words that differ from a phrase's own: `TÂN PHONG` ends with no `Phòng`."""
    pairs = zip(printed, known.split(), strict=True)
    return sum(gazetteer.fold(one.rstrip(",;")) != gazetteer.fold(two) for one, two in pairs)


def _is_other_place(printed: str, known: str) -> bool:
    """Whether what is printed is a place's name as it stands: Quang Bình is not Quảng Bình."""
    if gazetteer.fold(printed) == gazetteer.fold(known):
        return False
    return key(known) in keyed("casing", "places") and bool(
        next(gazetteer.load().named(printed, "abc"), None)
    )


def _marked(printed: str, model: str) -> str:
    """Return the printed word in the model's case; it keeps the place of its tone."""
    bare = printed.rstrip(",;")
    tail = printed[len(bare) :] if not model.endswith(",") else ""
    if gazetteer.fold(bare) != gazetteer.fold(model.rstrip(",")):
        return model + tail
    same = bare.lower() if model[0].islower() else bare.capitalize()
    return same + printed[len(bare) :]


def _name(words: list[str], at: int) -> list[str]:
    """Return the words of a place's name: up to a dash, a comma or a body's name."""
    size = 1
    for word in words[at + 1 :]:
        before = words[at + size - 1]
        if before.endswith((",", ";", ")")) or key(word) in {"va", "-", "–"} or _body_at(word):
            break
        size += 1
    known = _phrases().get(key(" ".join(words[at : at + size])))
    if known and len(known.split()) == size:
        return [_marked(*pair) for pair in zip(words[at : at + size], known.split(), strict=True)]
    return [_capital(word) for word in words[at : at + size]]


def _unknown(words: list[str], at: int, *, begins: bool) -> list[str]:
    for size in (3, 2):
        run = words[at : at + size]
        name = " ".join(run)
        if len(run) == size and next(gazetteer.load().named(name, "abc"), None):
            return [_capital(word) for word in run]
    return [_capital(words[at]) if begins else words[at].lower()]


def _begins(written: list[str]) -> bool:
    """Whether a field of work begins here: at the start, after a head, a dash or `và`."""
    if not written:
        return True
    last = key(written[-1])
    pair = " ".join(map(key, written[-2:]))
    return last in {"va", "-", "–"} or any(it in keyed("casing", "heads") for it in (last, pair))


def _after_kind(written: list[str]) -> bool:
    if not written or written[-1][0].isupper():
        return False
    kinds = keyed("casing", "kinds")  # Hải quan is no quận
    return any(kinds.get(key(said)) == said for said in (written[-1], " ".join(written[-2:])))


def _body_at(word: str) -> bool:
    return key(word) in {"so", "phong", "van", "ubnd", "hdnd"}


def _is(word: str, entry: str) -> bool:
    return key(word) in keyed("casing", entry)


def _capital(word: str) -> str:
    """Return the first letter large, the others small, also behind a bracket or a hyphen."""
    if not is_syllable(word.strip("(),;.-–")) or regex.fullmatch(r"[IVX]{2,}", word):
        return word
    lead = len(word) - len(word.lstrip('(“"'))
    return word[:lead] + word[lead:].capitalize()
