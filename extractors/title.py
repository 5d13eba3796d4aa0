"""The title block: the type's name in capitals and, under it, what the dispatch is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.authority import starts_authority
from extractors.beginnings import begins_body, is_about, is_addressees
from extractors.bodies import is_body
from extractors.keys import is_syllable, key, upper_share
from extractors.letterhead import Letterhead
from extractors.notation import read_notation, type_code
from extractors.phrases import is_foreign
from extractors.pieces import Piece, boxed, is_rule, segments, trimmed, within
from extractors.reading import Reading
from extractors.words import table

_DEEPEST = 14  # lines below the letterhead in which the title stands
_LONGEST = 9  # lines of a subject
_WORD = 4  # letters of the shortest type and more
_OFF_CENTER = 0.02  # of the page's width
_EVEN, _NARROW = 0.015, 0.6  # of the page's width: a centered line's middle, and how long it is
_REACH = 0.25  # of the page's width: how far from the title's middle its lines begin or end
_FAR = 0.05  # of the page's height: no line of a block is so far below the one before it


@dataclass(frozen=True, slots=True)
class Title:
    """The type's name with its code, its place, and the lines of the subject under it."""

    name: str
    code: str | None
    place: Piece
    subject: tuple[Piece, ...]
    confidence: float


_Named = tuple[str, str | None, Piece, Piece | None, float]  # name, code, line, the rest, sure


@cache
def _names() -> dict[str, tuple[str, str | None]]:
    """Key of a type's name -> name, code; the longest names first."""
    types = table("types")
    names: dict[str, tuple[str, str | None]] = {
        name: (name, None) for name in types["others"]["names"]
    }
    names |= {name: (name, code) for code, name in types["codes"].items()}
    codes = {name: code for code, name in types["codes"].items()}
    names |= {word: (name, codes.get(name)) for word, name in types["spellings"].items()}
    return {key(name): names[name] for name in sorted(names, key=len, reverse=True)}


@cache
def _pattern(word: str, *, slips: bool) -> regex.Pattern[str]:
    most = 0 if len(word) < 6 or not slips else 1 if len(word) < 12 else 2
    return regex.compile(rf"(?:{regex.escape(word)}){{e<={most}}}(?=$|\W)")


def code_of(name: str) -> str | None:
    """Return the code of a type's name."""
    return _names().get(key(name), ("", None))[1]


def name_of(code: str) -> str:
    """Return the type's name of a code of Decree 30."""
    return str(table("types")["codes"][code])


def find_title(reading: Reading, letterhead: Letterhead) -> Title | None:
    """Return the title block below the letterhead; a công văn has none."""
    lines = _lines(reading, letterhead.below)
    addressed = False
    for at, line in enumerate(lines[:_DEEPEST]):
        addressed = addressed or is_addressees(line)
        parts = segments(reading, line) if line.box else [line]
        title = next((found for part in parts if (found := _titled(part))), None)
        if title and addressed and not _may_follow(title, lines[:at], letterhead):
            return None
        if title is not None:
            name, code, place, rest, sure = title
            following = [rest, *lines[at + 1 :]] if rest else lines[at + 1 :]
            return Title(name, code, place, tuple(_subject(reading, place, following)), sure)
        if len(line.text) > 70 and upper_share(line.text) < 0.5:
            break
    return _unlisted(reading, letterhead, lines)


def _unlisted(reading: Reading, letterhead: Letterhead, lines: Sequence[Piece]) -> Title | None:
    """Return a title that no list knows: the first line, in capitals, and words under it.

    Not where the notation names the type, nor where `Kính gửi` or an authority follows.
    """
    text = [line for line in lines[:_DEEPEST] if line.text]
    if letterhead.number is None or len(text) < 2 or _follows(None, letterhead):
        return None
    first, second = trimmed(text[0]), text[1]
    words = first.text.split()
    plain = 2 <= len(words) <= 5 and first.text.isupper() and all(map(is_syllable, words))
    if not plain or upper_share(second.text) > 0.5 or is_body(first.text):
        return None
    if is_addressees(second) or starts_authority(first.text) or begins_body(second):
        return None
    subject = tuple(_subject(reading, first, lines[lines.index(text[0]) + 1 :]))
    return Title(first.text.capitalize(), None, first, subject, 0.7)


def _may_follow(title: _Named, above: Sequence[Piece], letterhead: Letterhead) -> bool:
    """Whether a title may stand under `Kính gửi`, as that of a Tờ trình does.

    It does if the notation names the type, or stands alone on its line where no `V/v` tells a
    công văn.
    """
    _, code, line, rest, _ = title
    if code is None or _follows(code, letterhead):
        return code is not None
    alone = rest is None and not line.text.rstrip().endswith(":")
    return alone and not any(map(is_about, (*letterhead.left, *above)))


def _follows(code: str | None, letterhead: Letterhead) -> bool:
    """Whether the notation names this type; without a code, whether it names any."""
    line = letterhead.number
    notation = read_notation(line.text, 2) if line else None
    named = type_code(notation.value) if notation else None
    return named is not None and code in (None, named)


def _lines(reading: Reading, below: Sequence[Piece]) -> list[Piece]:
    """Return the lines with words, a blank line as an empty piece, without what a stamp brought."""
    kept: list[Piece] = []
    for line in below[:60]:
        if not is_foreign(line.text):
            kept.append(line)
        elif line.box is not None:
            parts = segments(reading, line)[1:]
            kept += [part for part in parts if _tells(part.text)]
    kept = [line for line in kept if line.row.kind == "text"]
    return [line for line in kept if not line.text or not is_rule(line.text) or "_" in line.text]


def _tells(text: str) -> bool:
    """Whether what stands beside a stamp has words of its own."""
    return sum(map(str.isalpha, text)) > _WORD and text[:1].isupper()


def _titled(line: Piece) -> _Named | None:
    """Return the type that a line in capitals names, and what the line says after it."""
    bare = trimmed(line)
    if upper_share(bare.text) < 0.8 or not 4 <= len(bare.text) <= 120:
        return None
    for slips in (False, True):
        for word, (name, code) in _names().items():
            match = _pattern(word, slips=slips).match(bare.key)
            if match is not None:
                rest = trimmed(within(bare, match.end(), len(bare.text)))
                sure = 0.98 if not slips and not rest.text else 0.9
                return name, code, line, (rest if len(rest.text) > 3 else None), sure
    return None


def _subject(reading: Reading, title: Piece, lines: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the lines of the subject: up to the body, the addressees or a drawn rule."""
    found: list[Piece] = []
    for whole in lines:
        line = _centered(reading, title, whole, first=not found)
        if not line.text:
            if found:
                return
            continue
        if is_rule(line.text) or _ends(title, found, line) or len(found) == _LONGEST:
            return
        found.append(line)
        yield line


def _centered(reading: Reading, title: Piece, line: Piece, *, first: bool) -> Piece:
    """Leave out what a stamp beside the title brought into the line; `Về việc` begins the first."""
    if title.box is None or line.box is None:
        return line
    about = regex.search(r"(?<=\S\s)ve viec\b", line.key)
    if about and first and not begins_body(line):
        line = boxed(reading, within(line, about.start(), len(line.text)))
    parts = segments(reading, line)
    kept = [part for part in parts if _under(title, part)]
    if len(kept) == len(parts) or not kept:
        return line
    return boxed(reading, within(line, kept[0].start - line.start, kept[-1].end - line.start))


def _under(title: Piece, part: Piece) -> bool:
    """Whether a part of a line reaches into the title's half of the page's width."""
    if title.middle is None or part.box is None:
        return True
    return part.box[2] > title.middle - _REACH and part.box[0] < title.middle + _REACH


def _ends(title: Piece, found: Sequence[Piece], line: Piece) -> bool:
    """Whether a line is no longer the subject's."""
    opens = begins_body(line, first=not found) and not _goes_on(found, line)
    if is_addressees(line) or opens or _is_enclosed(line):
        return True
    if not found:
        return line.row.page != title.row.page or (begins_body(line) and _off_center(title, line))
    above = found[-1].box
    if above and line.box and line.box[1] - above[1] > _FAR:
        return True
    first = line.text.lstrip("-–—.,'\"“ ")[:1]
    if first.islower():
        return _off_center(found[0], line) and _sticks_out(found, line)
    if _off_center(found[0], line) or line.row.page != title.row.page:
        return True
    mixed = upper_share(found[0].text) < 0.6
    if upper_share(found[0].text) > 0.9 and upper_share(line.text) < 0.5:
        return True
    longer = title.box is None and len(line.text) >= 60 and len(found[-1].text) < 45
    return (mixed and upper_share(line.text) > 0.9 and len(line.text) > 8) or longer


def _goes_on(found: Sequence[Piece], line: Piece) -> bool:
    """Whether a line is short and right under the subject's: no body's line is, whatever its words.

    `Nhâm Dần năm 2022` begins with the letters of `Nhằm`.
    """
    above, middle = found[-1].middle if found else None, line.middle
    if above is None or middle is None or line.box is None:
        return False
    return abs(middle - above) < _EVEN and line.box[2] - line.box[0] < _NARROW


def _sticks_out(found: Sequence[Piece], line: Piece) -> bool:
    """Whether a line reaches farther to the right than all of the subject's."""
    edges = [piece.box[2] for piece in found if piece.box]
    return bool(edges) and line.box is not None and line.box[2] > max(edges) + _OFF_CENTER


def _is_enclosed(line: Piece) -> bool:
    """Whether a line tells what the document came with: `(Kèm theo Quyết định số …)`."""
    return regex.match(r"\W*\((?:ban hanh )?kem theo", line.key) is not None


def _off_center(title: Piece, line: Piece) -> bool:
    """Whether a line's middle is not under the title's, as an indented paragraph's is not."""
    if title.box is None or line.box is None:
        return False
    middle = (title.box[0] + title.box[2]) / 2
    return abs((line.box[0] + line.box[2]) / 2 - middle) > _OFF_CENTER and (
        line.box[2] - line.box[0] > 0.6 or line.box[0] < 0.2
    )
