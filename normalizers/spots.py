"""From the tokens of a line to places in the lattice: words opened, split in two, or joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from normalizers.emission import JOINED, Emitter, Opened, Setting
from normalizers.gate import BARE, CLEAN, GARBLED, HALF, Gate
from normalizers.language import NUMBER, UNKNOWN
from normalizers.lattice import Place
from normalizers.letters import one_placement
from normalizers.tokens import CODE, FIGURE, KEPT, MARK, WORD, Token
from normalizers.tokens import NUMBER as NUMERAL

_SPLIT = 5.0  # what taking one word for two costs
_JOIN = 4.0  # what taking two words for one costs
_ASKED = 2.0  # what it costs to take a sign for a question's: it may be the hook of a letter
_NOT_ASKED = 4.0  # the same where the sentence goes on
_WARY = 0.81  # how sure a repair must be on a line that is not garbled
_UNSURE = 0.95  # the same, on a line that may as well be foreign
_CERTAIN = 0.9  # how garbled a line must be for its words to be repaired at any certainty
LIKELY = 0.5  # the same, for a word of our own reading: likelier than not
_NAMES = 0.92  # the same, for a word of our own reading that may be a name
_FIGURES = 0.92  # the same, for a figure that may stand for a word
_SHORT = 3  # no shorter word is split, and one part of a joined word is shorter
_LABEL = "số"  # what a word before a colon and a code says, if it may
_NUMERO = regex.compile(r"[Ss5][06oOéóô]{1,3}|[83]6")  # what a wrong model makes of it: S06, 86
_BROKEN = ("odd", "noise", "stripped", "half")  # kinds that are no word as they stand
_OURS = ("odd", "noise", "unknown")  # kinds that our own reading may have run together


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: where it starts, its tokens, how likely each kind of line it is."""

    start: int
    text: str
    tokens: list[Token]
    kinds: Sequence[str]
    chances: Sequence[float]
    sure: Sequence[float | None]  # our own OCR's confidence in each token, if it read them
    capitals: bool  # whether it is set in capitals

    @property
    def garbled(self) -> bool:
        """Whether a wrong model made this line of Vietnamese, as far as can be told."""
        return self.chances[GARBLED] + self.chances[BARE] > 0.5

    @property
    def surely_garbled(self) -> bool:
        """Whether there is no doubt of it: debris is dropped, and unsure repairs are made."""
        return self.chances[GARBLED] + self.chances[BARE] + self.chances[HALF] > _CERTAIN

    def after(self, token: Token) -> str:
        """Return the letter after a token."""
        return self.text[token.start + len(token.text) :][:1]


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at a place of the text, and what may be meant."""

    start: int
    text: str
    place: Place
    surfaces: Sequence[str]
    least: float = 0.0  # how sure a repair must be here, whatever the caller asks for


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens the words that may be wrong; the others stand fast and give context."""

    numbers: dict[str, int]
    gate: Gate
    garbled: Emitter  # reads what a wrong model made of Vietnamese
    misread: Emitter  # reads what the Vietnamese model got wrong
    bare: Emitter  # reads what lost its marks and nothing else

    def spots(self, line: Line, *, first: bool) -> Iterator[tuple[Token, list[Spot]]]:
        """Yield the spots of each token that is more than a mark; `first` opens a sentence."""
        at = 0
        while at < len(line.tokens):
            token = line.tokens[at]
            if token.kind != MARK:
                joined = self._joined(line, at)
                if joined:
                    at += 1
                    yield line.tokens[at], [joined]
                else:
                    yield token, self._of(line, at, first=first)
                first = first and token.kind not in (WORD, FIGURE)  # after a label, a number
            at += 1

    def _of(self, line: Line, at: int, *, first: bool) -> list[Spot]:
        token = line.tokens[at]
        start = line.start + token.start
        label = line.after(token) == ":" and _leads(line, at)  # Số: opens its line
        setting = self._setting(line, at, first=first or label)
        if line.garbled and _numbered(line, at) and _NUMERO.fullmatch(token.text):
            surface = _LABEL.capitalize() if label else _LABEL
            return [_fast(start, token.text, self.numbers[_LABEL], surface)]
        if setting is None:
            return [_fast(start, token.text, self._number(token), token.text)]
        emitter = self._emitter(line, at)
        opened = emitter.opened(token.text, setting)
        number = self.numbers[_LABEL]
        read = line.garbled or line.sure[at] is not None  # no good text as it came
        if label and read and _numbered(line, at) and number in opened.place.words:
            kept = token.text.lower() == _LABEL
            return [_fast(start, token.text, number, token.text if kept else _LABEL.capitalize())]
        if line.garbled and line.after(token) == "?":
            part = setting._replace(kind="part")
            longer = emitter.opened(token.text + "?", part)
            asked = _NOT_ASKED if _goes_on(line, token) else _ASKED
            return [_hooked(start, token.text, longer, opened, asked)]
        if len(token.text) > _SHORT and (line.garbled or setting.kind in _OURS):
            halves = emitter.halves(token.text, setting, opened.rank + _SPLIT)
            if halves:
                return _parted(start, token.text, halves, _least(line, at))
        return [Spot(start, token.text, opened.place, opened.surfaces, _least(line, at))]

    def _joined(self, line: Line, at: int) -> Spot | None:
        """Return one spot for two tokens that a stray space parted: `1 ập`, `thu c`."""
        if at + 1 >= len(line.tokens):
            return None
        one, two = line.tokens[at : at + 2]
        setting = self._setting(line, at, first=False)
        other = self._setting(line, at + 1, first=False)
        gap = line.text[one.start + len(one.text) : two.start]
        if setting is None or other is None or gap != " ":
            return None
        if not (_broken(one, line.kinds[at]) or _broken(two, line.kinds[at + 1])):
            return None
        emitter = self._emitter(line, at)
        opened = emitter.opened(one.text + two.text, setting._replace(kind=JOINED))
        apart = emitter.opened(one.text, setting).rank + emitter.opened(two.text, other).rank
        if opened.rank < apart + _JOIN or one.text + two.text in opened.surfaces:
            return None
        return Spot(line.start + one.start, f"{one.text} {two.text}", opened.place, opened.surfaces)

    def _setting(self, line: Line, at: int, *, first: bool) -> Setting | None:
        if line.tokens[at].kind not in (WORD, FIGURE):
            return None
        if any(map(str.isdigit, line.tokens[at].text)) and not _among_words(line, at):
            return None
        doubt = self.gate.doubt(line.kinds[at], line.chances, line.sure[at])
        return Setting(line.kinds[at], doubt, _in_capitals(line, at), first) if doubt > 0 else None

    def _emitter(self, line: Line, at: int) -> Emitter:
        if line.sure[at] is not None or line.chances[CLEAN] > 0.5:
            return self.misread
        bare = line.chances[BARE] > 0.9
        return self.bare if bare and line.tokens[at].text.isascii() else self.garbled

    def _number(self, token: Token) -> int:
        if token.kind not in (WORD, KEPT) or not token.text.isalpha():
            return self.numbers[NUMBER]
        return self.numbers.get(one_placement(token.text.lower()), self.numbers[UNKNOWN])


def _least(line: Line, at: int) -> float:
    """Return how sure a repair must be: names are rare words, and dear."""
    if line.sure[at] is not None:
        return _NAMES if line.tokens[at].text.istitle() and at else LIKELY
    if line.tokens[at].kind == FIGURE and line.tokens[at].text.isdigit():
        return _FIGURES
    if line.garbled:
        return 0.0 if line.surely_garbled else _UNSURE
    return _WARY if line.kinds[at] in _BROKEN else _UNSURE


def _among_words(line: Line, at: int) -> bool:
    """Whether a figure stands between two words, or ends the line after one: `tỷ 16`.

    What has letters as well needs a word on its line: a row of a table has `4a` and no word.
    """
    if not line.tokens[at].text.isdigit():
        return any(token.kind == WORD and token.text.isalpha() for token in line.tokens)
    kinds = [token.kind for token in line.tokens[max(at - 1, 0) : at + 2]]
    return kinds[0] == WORD and kinds[-1] in (WORD, FIGURE) and at > 0


def _numbered(line: Line, at: int) -> bool:
    """Whether a word is the label of a number or a code: `Số: 214/QĐ-UBND`, `số 12/2020`."""
    kinds = (NUMERAL, CODE) if line.after(line.tokens[at]) == ":" else (CODE,)
    return any(token.kind in kinds for token in line.tokens[at + 1 : at + 2])


def _leads(line: Line, at: int) -> bool:
    """Whether nothing but marks stands before a token on its line."""
    return all(token.kind == MARK for token in line.tokens[:at])


def _goes_on(line: Line, token: Token) -> bool:
    """Whether the sentence goes on after the sign that follows a token."""
    rest = line.text[token.start + len(token.text) + 1 :].lstrip()
    return bool(rest) and not rest[0].isupper()


def _in_capitals(line: Line, at: int) -> bool:
    """Whether a word stands in a run of capitals, or in a line of them."""
    if line.capitals or not line.tokens[at].text.isupper():
        return line.capitals
    company = line.tokens[max(at - 1, 0) : at] + line.tokens[at + 1 : at + 2]
    return any(token.text.isupper() and len(token.text) > 1 for token in company)


def _broken(token: Token, kind: str) -> bool:
    """Whether a token looks like a piece of a word."""
    return len(token.text) < _SHORT and kind in (
        "noise",
        "unknown",
        "stripped",
        "half",
        "either",
        FIGURE,
    )


def _fast(start: int, read: str, word: int, surface: str) -> Spot:
    """Return the spot of a word that stands fast."""
    return Spot(start, read, Place((word,), (0.0,)), (surface,))


def _hooked(start: int, word: str, longer: Opened, opened: Opened, asked: float) -> Spot:
    """Return one spot for a word and a question mark that may be the hook of its last letter."""
    place = Place(
        (*longer.place.words, *opened.place.words),
        (*longer.place.scores, *(score - asked for score in opened.place.scores)),
    )
    surfaces = *longer.surfaces, *(f"{surface}?" for surface in opened.surfaces)
    return Spot(start, f"{word}?", place, surfaces)


def _parted(start: int, word: str, halves: tuple[int, Opened, Opened], least: float) -> list[Spot]:
    at, one, two = halves
    spaced = tuple(f" {surface}" for surface in two.surfaces)
    return [
        Spot(start, word[:at], one.place, one.surfaces, least),
        Spot(start + at, word[at:], two.place, spaced, least),
    ]
