"""What a notation abbreviates: the document's type, its issuing body, the unit that wrote it.

The dispatch says all three in full elsewhere, and so tells how a misread letter is to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from extractors.distance import distance
from extractors.keys import key
from extractors.notation import Notation, type_code
from extractors.words import table

_CLEAR = 0.9  # seen worse, a letter may be wrong
_LOOKALIKE = 0.9  # a letter taken for one that looks like it
_AGREES = 0.97  # it bears what the page says in full
_SLIP = 0.85  # any letter taken for another
_PART = 4  # letters of a name that are written without those for its kind or its place
_AND = regex.compile(r"\s(?:và|VÀ)\s")
_SHAPES = str.maketrans("TJL1ĐÐGOQ0F", "IIIIDDCCCCE")  # letters that scans mix up


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says in full: the type's code, the bodies' names, the units' letters.

    `units` are those of the archive line (`Lưu: VT, TCHC`), one of which wrote the dispatch.
    """

    code: str | None
    names: Sequence[str]
    units: Sequence[str] = ()


def agreeing(notation: Notation, told: Told, clear: float) -> Notation:
    """Read a notation as the page says in full, where a letter or a mark of it was misread.

    `clear` is how surely the OCR saw it. One that bears its body's letters needs no more proof.
    """
    typed = _typed(notation, told.code)
    groups = regex.split(r"([-/&])", typed.value)
    bodies = _bodies(told.names)
    borne = [_is_borne(group, bodies, told.names) for group in groups]
    shorts = {*told.units, *(body for body in bodies if len(body) > 2)}
    codes = tuple(table("types")["codes"]) if any(borne[1:]) else ()
    slips = clear < _CLEAR or not any(borne)
    read = [
        (group, None) if bears else _read(group, shorts, () if at else codes, slips=slips)
        for at, (group, bears) in enumerate(zip(groups, borne, strict=True))
    ]
    sure = min((sure for _, sure in read if sure is not None), default=None)
    if sure is not None:
        value = "".join(text for text, _ in read)
        return replace(typed, value=value, confidence=min(typed.confidence, sure))
    if any(borne):
        return replace(typed, confidence=max(typed.confidence, _AGREES))
    return replace(typed, confidence=typed.confidence * clear)


def _typed(notation: Notation, code: str | None) -> Notation:
    """Read the type's code as the title says, where one letter of it is misread."""
    first, dash, rest = notation.value.partition("-")
    found = type_code(notation.value)
    if code is None or not dash or found == code:
        return notation
    if found is not None and key(found) != key(code):
        return notation
    if len(first) != len(code) or distance(key(first), key(code), 1) > 1:
        return notation
    return replace(notation, value=f"{code}-{rest}", confidence=_SLIP)


def _read(
    group: str, shorts: set[str], codes: Sequence[str], *, slips: bool
) -> tuple[str, float | None]:
    """Return a group as it is to be read, and how sure that is where it is not as it was seen.

    `slips` says that any one letter may be wrong: it was seen badly, or bears nothing of its body.
    """
    known = {*shorts, *codes}
    if len(group) < 2 or group in known:
        return group, None
    alike = {one for one in known if shape(one) == shape(group)}
    if len(alike) == 1:
        return alike.pop(), _LOOKALIKE
    near = {one for one in shorts if len(one) > 2 and _one_off(group, one)}
    if len(near) == 1 and slips:
        return near.pop(), _SLIP
    return group, None


def _is_borne(group: str, bodies: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a body's name gives these letters: all of it, its first two words, one word."""
    heads = {body[:2] for body in bodies} if len(group) == 2 else set()
    words = {word for name in names for word in regex.findall(r"\p{Lu}{3,}", name)}
    return group in {*bodies, *heads, *words} or any(_is_short_for(group, name) for name in names)


def _bodies(names: Sequence[str]) -> tuple[str, ...]:
    """Return the first letters of each name, and of two lines that are one.

    `TRƯỜNG CAO ĐẲNG Y TẾ HÀ NAM` is `TCĐYTHN` and, without its kind and its place, `CĐYT`; a `và`
    is mostly left out.
    """
    lines = [*names, *_joined(names)]
    whole = [initials(name) for name in lines]
    short = [initials(_AND.sub(" ", name)) for name in lines]
    parts = [one[at:end] for one in short for at in (0, 1) for end in range(at + _PART, len(one))]
    tails = [one[1:] for one in short if len(one) > _PART]
    return tuple(dict.fromkeys(one for one in (*whole, *short, *tails, *parts) if len(one) > 1))


def _joined(names: Sequence[str]) -> Iterable[str]:
    """Yield every two neighboring lines as one: a long name takes more than one line."""
    return (f"{one} {other}" for one, other in pairwise(names))


def initials(name: str) -> str:
    """Return the first letters of a name as a notation writes them: `ĐOÀN ĐBQH` is `ĐĐ`."""
    words = regex.findall(r"\p{L}[\p{L}\d]*", name)
    return "".join("Đ" if word[0] in "ĐÐđ" else key(word[0]).upper() for word in words)


def _is_short_for(group: str, name: str) -> bool:
    """Whether the letters of a group stand in a name in their order: `TTra` in `THANH TRA`."""
    letters, rest = key(group), iter(key(name))
    return (
        len(letters) > 2 and key(name).startswith(letters[0]) and all(it in rest for it in letters)
    )


def _one_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def shape(text: str) -> str:
    """Return a text with letters that look alike written alike; `II` may have been an `H`."""
    return text.upper().translate(_SHAPES).replace("II", "H")
