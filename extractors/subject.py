"""What the dispatch is about (trích yếu), without `V/v` or `Về việc`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractors.beginnings import ABOUT, begins_body, is_about, is_addressees
from extractors.finding import Finding
from extractors.keys import key, upper_share
from extractors.letterhead import Letterhead, find_letterhead
from extractors.phrases import is_foreign
from extractors.pieces import Piece, is_rule, trimmed
from extractors.reading import Reading
from extractors.repeated import as_repeated
from extractors.specks import without_specks
from extractors.stamps import is_stamp
from extractors.title import find_title

_LEAD = regex.compile(rf"[\W_]{{0,3}}(?:{ABOUT}|ve\s?vi[ec][cơ]\b)[\s:.,-]*")
_LONGEST = 9


def find(reading: Reading) -> Iterator[Finding[str]]:
    """Yield the subject: of a công văn beside `V/v`, of any other type under its title."""
    letterhead = find_letterhead(reading)
    about = find_about(letterhead)
    title = None if about else find_title(reading, letterhead)
    lines = about or (title.subject if title else ())
    if not (letterhead.left or letterhead.right) or not lines:
        return
    text = _said(reading, lines)
    lead = _LEAD.match(key(text)) or regex.match(r"(?=việc\s)\w+\s", text)
    value = regex.sub(
        r"^[\s.;:,_“”\"'‘’]+(?=[^“\"]*$)|^[\s.;:,_]+|[\s.;:,_]+$",
        "",
        text[lead.end() if lead else 0 :],
    )
    if sum(map(str.isalpha, value)) >= 4:
        marked = not about or is_about(about[0])
        rule = "title" if not about else "about" if marked else "under-number"
        begins = about or not lines[0].text[:1].islower() or lead is not None
        sure = 0.93 if marked and begins else 0.78 if begins else 0.6
        yield Finding(value, lines[0].start, lines[-1].end, sure, f"subject/{rule}")


def _said(reading: Reading, lines: Sequence[Piece]) -> str:
    """Return the words of the lines, without specks, with the marks that the body gives them.

    A point before a small letter ends no sentence.
    """
    text = joined([without_specks(reading, line) for line in lines])
    text = regex.sub(r"(?<=\p{Ll}{2}|\d{4})\.(?= \W?\p{Ll})|(?<=\s)[.,](?=\p{L})", "", text)
    return as_repeated(text, reading.text.value[lines[-1].end :])


def joined(lines: Sequence[str]) -> str:
    """Join printed lines to one, without specks at their edges."""
    text = ""
    for words in map(_clean, lines):
        broken = text[-2:-1].isalpha() and text.endswith("-") and words[:1].islower()
        text = text[:-1] + words if broken else f"{text} {words}".strip()
    return text


def _clean(text: str) -> str:
    """Drop lone specks at the edges of a line; its own points and brackets stay."""
    text = regex.sub(r"^[\s|¦_~`'‘*•·.,:;=<>\\/-]+(?=\w|[“\"(])", "", text)
    return regex.sub(r"(?:\s+[|¦_~`'‘*•·.,:;=<>\\/\]\[}{-]+)+$", "", text).strip()


def find_about(letterhead: Letterhead) -> tuple[Piece, ...]:
    """Return the lines of a công văn's `V/v`; empty where it has none."""
    number = letterhead.number
    after = [line for line in letterhead.left if number is None or line.start > number.start]
    begun = next((at for at, line in enumerate(after) if is_about(line)), None)
    if begun is not None:
        lines = [*after[begun:], *_rest(letterhead.below, after[begun:])]
    else:
        lines = list(_from_below(letterhead.below) or _unmarked(letterhead, after))
    return tuple(_until_end(lines))


def _unmarked(letterhead: Letterhead, after: Sequence[Piece]) -> Sequence[Piece]:
    """Return a subject without `V/v`: the lines of the left column under the number."""
    top = letterhead.right[0].start if letterhead.right else 0
    lines = [line for line in after if line.row.column == "left" or line.start < top]
    words = " ".join(line.text for line in lines if not is_foreign(line.text))
    telling = upper_share(words) < 0.5 and len(words.split()) > 3
    return lines if telling and letterhead.number is not None else ()


def _from_below(below: Sequence[Piece]) -> Sequence[Piece]:
    """`V/v` may stand lower than the date where the columns are joined."""
    for at, line in enumerate(below[:10]):
        if is_addressees(line):
            return ()
        if is_about(line) and len(line.text) <= 90:
            return below[at:]
    return ()


def _rest(below: Sequence[Piece], begun: Sequence[Piece]) -> Sequence[Piece]:
    """Return the lines under the letterhead that may go on with `V/v`."""
    if begun and begun[0].row.column == "left":
        return [line for line in below[:3] if line.row.column == "left"]
    return below


def _until_end(lines: Sequence[Piece]) -> Iterator[Piece]:
    ahead = any(is_addressees(line) for line in lines[: 2 * _LONGEST])
    taken = 0
    for line in lines:
        if not line.text and not ahead and taken:
            return
        if taken and (is_addressees(line) or taken == _LONGEST or _is_other(line)):
            return
        if is_rule(line.text) or is_foreign(line.text):
            continue
        taken += 1
        yield line


def _is_other(line: Piece) -> bool:
    """Whether a line under `V/v` is a stamp, a title or the body."""
    text = trimmed(line).text
    if is_stamp(text) or (begins_body(line) and len(text) > 45):
        return True
    return len(text) > 5 and upper_share(text) > 0.95 and " " in text
