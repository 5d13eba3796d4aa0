"""The lines over a signature: modes of authority and positions, read through a seal's noise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from extractors.casing import title_case
from extractors.keys import is_syllable, key, upper_share
from extractors.nearly import nearest
from extractors.persons import name_start
from extractors.words import any_of, keyed, table

_MODE = regex.compile(
    r"""
    (?: (?<= \W ) | ^ )
    (?P<mode> t[ ./]?u[ ./]?q | t[ ./]?m | k[ ./]?[tjlf1] | t (?= \. ) | t[ ./]?l | q
        | thay\ mat | ky\ thay | thua\ lenh | thua\ uy\ quyen )
    (?: \s? [.,:;] \s* | \s+ ) (?= [a-z] )
    """,
    regex.VERBOSE,
)
_SPECK = regex.compile(r"(?<=\p{Lu}{3})[.,'`’](?=\p{Lu}{3})")  # `PHÓ,CHỦ TỊCH`
_CAPITALS = 0.6  # the least share of capitals in a line of the chain
_LOST = 0.75  # how sure a deputy's position is of which the `PHÓ` was not read
_JOINS = ",-–&"  # a position after it goes on with the one before
_EDGES = " .,:;|'`~-–—_*\"“”‘’«»=+<>()[]{}ˆ"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the chain: its mode, if it has one, and whom or what it names."""

    mode: str | None
    text: str
    start: int
    end: int
    sure: float
    torn: bool = False  # letters before it could not be read
    known: bool = False  # a list has the position, or the body begins as one of a list
    before: int = 0  # letters of the mode that stand before the start

    @property
    def begun(self) -> int:
        """Where the line begins, its mode with it."""
        return self.start - self.before


@cache
def _modes() -> dict[str, str]:
    spelled = table("positions")["modes"].items()
    return {regex.sub(r"\W", "", key(word)): mode for mode, words in spelled for word in words}


@cache
def _position() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:pho )?{any_of('positions', 'positions')}(?!\w)")


@cache
def _body() -> regex.Pattern[str]:
    return regex.compile(rf"{any_of('positions', 'positions')}\b|{any_of('positions', 'bodies')}\b")


def starts_authority(text: str) -> bool:
    """Whether a line begins with a mode of authority or a position, in capitals."""
    bare = _SPECK.sub(" ", text.strip(_EDGES))
    if upper_share(bare) < 0.85 or not 3 <= len(bare) <= 80:
        return False
    mode = _MODE.match(key(bare))
    if mode and (mode["mode"] != "q" or bare[1:2] == "."):
        return True
    return _position().match(key(bare)) is not None


def read_lines(text: str) -> Iterator[Line]:
    """Yield what a line of the signature says; two lines that were read as one are parted.

    `KT. CHỦ TỊCH` has the mode `KT`; a line without mode is a position.
    """
    if upper_share(text) < _CAPITALS:
        return
    text = _SPECK.sub(" ", text)
    starts = list(_begun(key(text)))
    begun = [at for at in sorted(starts) if not _inside(text, at, starts)]
    begun = [at for at in begun if at == begun[0] or text[:at].rstrip()[-1:] not in _JOINS]
    if not begun:
        yield from _rough(text)
        return
    for start, end in zip(begun, [*begun[1:], len(text)], strict=True):
        line = _line(text, start, end)
        yield line if start == begun[0] else replace(line, torn=False)


def _begun(letters: str, first: int = 0) -> Iterator[int]:
    """Yield where modes and positions begin; a lone `Q` is one only before a position."""
    for match in _MODE.finditer(letters, first):
        if match["mode"] != "q" or _position().match(letters, match.end()):
            yield match.start()
    yield from (match.start() for match in _position().finditer(letters, first))


def _inside(text: str, at: int, starts: list[int]) -> bool:
    """Whether a position is the one that a mode right before it names."""
    return any(
        other < at and (match := _MODE.match(key(text), other)) is not None and match.end() == at
        for other in starts
    )


def _line(text: str, start: int, end: int) -> Line:
    match = _MODE.match(key(text), start)
    begin = match.end() if match else start
    words = text[begin:end].rstrip(_EDGES)
    words = words[: _legible(words)].rstrip(_EDGES)
    end = begin + len(words)
    mode = _mode(match["mode"]) if match else None
    listed = keyed("positions", "positions").get(key(words))
    torn = mode is None and _is_torn(text[:start])
    known = listed is not None or _body().match(key(words)) is not None
    sure = 0.96 if listed else 0.85
    if mode and not known and (near := nearest(words)):
        listed, known, sure = near.name, True, near.sure
    found = Line(mode, title_case(listed or words), start, end, sure, torn, known, begin - start)
    if mode is None and not key(found.text).startswith("pho "):
        return _deputy(text, found)
    return found


def _deputy(text: str, head: Line) -> Line:
    """Read the `PHÓ` before a head's position of which only the end is left: `1Ó GIÁM ĐỐC`.

    Some are a deputy's only, whatever is left: `CHỦ TỊCH THƯỜNG TRỰC` lost its `PHÓ`.
    """
    before = regex.search(r"\S*o\s*$", key(text[: head.start]))
    position = _position().match(key(text), head.start)
    if before is not None and head.torn and position is not None:
        near, own = nearest(text[before.start() : position.end()]), position[0]
        if near is not None and near.misread <= 1 and key(near.name) == f"pho {own}":
            name = f"{near.name}{text[position.end() : head.end]}"
            return replace(
                head, text=title_case(name), start=before.start(), sure=near.sure, torn=False
            )
    headed = position is not None and f"pho {position[0]}" in keyed("positions", "positions")
    if headed and regex.search(any_of("positions", "of_deputies") + "$", key(head.text)):
        return replace(head, text=f"Phó {head.text}", sure=_LOST)
    return head


def _legible(words: str) -> int:
    """How far a line can be read: after a position, up to the first letters that make no word."""
    position = _position().match(key(words))
    rest = regex.finditer(r"\S+", words, pos=position.end()) if position else ()
    return next((word.start() for word in rest if not _is_word(word[0].strip(_EDGES))), len(words))


def _is_word(word: str) -> bool:
    """Whether letters may be a word or an abbreviation: not those of a seal, `B` and `W7X`."""
    if len(word) < 2 or word.isdigit():
        return word.isdigit() or word in "Yy&"
    return is_syllable(word) or regex.fullmatch(r"[\p{Lu}&/-]+", word) is not None


def _is_torn(before: str) -> bool:
    """Whether letters stand before a position that may be what is left of `KT.` or `PHÓ`."""
    return regex.search(r"\p{Lu}|\p{L}{2}", before) is not None


def _mode(letters: str) -> str:
    bare = regex.sub(r"\W", "", letters)
    return _modes().get(bare, "KT")


def _rough(text: str) -> Iterator[Line]:
    """Yield a position whose letters the seal has eaten; no more than one in five.

    What stands before it may be a mode or a `PHÓ` that was lost: then it is torn.
    """
    found = []
    for word in regex.finditer(r"\S+", text):
        near, torn = nearest(text[word.start() :]), _is_torn(text[: word.start()])
        if near is not None:
            found.append((torn or near.lost > 1, near.cost, word.start(), near))
    if found:
        torn, _, start, near = min(found, key=lambda it: it[:3])
        yield Line(None, title_case(near.name), start, len(text), near.sure, torn, known=True)
        return
    letters = regex.sub(r"[^a-z]", "", key(text))
    begun = [
        name for word, name in keyed("positions", "positions").items() if _begins(letters, word)
    ]
    if len(begun) == 1:
        yield Line(None, title_case(begun[0]), 0, len(text), 0.75, known=True)


def _begins(letters: str, word: str) -> bool:
    """Whether letters are the greater part of a position whose end was lost: `PHÓ GIÁM`."""
    whole = word.replace(" ", "")
    return len(letters) >= 6 and len(letters) * 5 >= len(whole) * 3 and whole.startswith(letters)


def is_continuation(text: str) -> bool:
    """Whether a line in capitals can go on with the line above it: words, no letters of a seal."""
    words = text.strip(_EDGES).split()
    if any(map(str.isdigit, text)) or key(text).strip(_EDGES).startswith("pho "):
        return False
    spoken = [word for word in words if is_syllable(word.strip(_EDGES)) and len(word) > 1]
    if any(word.isalpha() and not _is_word(word) for word in words):
        return False
    return upper_share(text) > 0.85 and len(words) >= 2 and len(spoken) >= len(words) - 1


def tail_start(text: str) -> int | None:
    """Where the signature's column begins in a line of the foot; null where it does not."""
    if len(text) > 140:
        return None
    text = _SPECK.sub(" ", text)
    tail = regex.search(r"(?<!\S)[\p{Lu}\d&.,/'’-]+(?:\s[\p{Lu}\d&.,/'’-]+){0,12}\s?$", text)
    if tail is not None:
        starts = _begun(key(text), tail.start())
        spoken = [at for at in starts if starts_authority(text[at:])]
        if spoken:
            return min(spoken)
    start = name_start(text)
    return start if start is not None and (start == 0 or _closed(text[:start])) else None


def _closed(left: str) -> bool:
    """Whether the left column's item ends here, so that a name may follow."""
    return regex.search(r"[;.,:)]\s*$", left) is not None or "luu" in key(left)
