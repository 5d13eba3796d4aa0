"""Debris of stamps, edges and specks: lone signs that no clerk wrote; dashes that open an item."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from normalizers.gate import BARE, GARBLED
from normalizers.spots import Line
from normalizers.text import Edit

_SURE = 0.95
# Signs that stand alone; a lone dash, a plus or a share may be meant.
_SPECK = regex.compile(r"(?<=^|\s)[|_~^`\\©®°¬¦•*‘’'\".!:;,=—<>«»{}\[\]]{1,2}(?=\s|$)")
_STUCK = regex.compile(r"(?<=^|\s)[|‘`{¦\\_]+(?=\w)|(?<=\w)_{0,2}[|`}¦]+(?=[.,:;]?(?:\s|$))")
_UNCLOSED = regex.compile(r"(?<=^|\s)[“\[](?=\p{L}\p{Ll})(?!.*[”\"\]])|(?<=\p{Ll})-+(?=\s*$)")
_COMPACT = regex.compile(r"\w\|\w")  # a table set without spaces: its bars are no debris
_TAIL = regex.compile(r"\s+[.,:;_|~'`‘’—=]{1,2}$")
_ITEM = regex.compile(r"^\s*(?P<dash>[~—¬_=])\s(?=\p{L})")
_CLOSE = regex.compile(r"^\s*-(?=\p{L})")  # an item whose dash ran into its first word
_RULED = regex.compile(r"\s*\|.*\|.*\|\s*")  # a table drawn with signs
_TABLE = 2  # so many bars and more are the rules of a table
_SUM = regex.compile(r"\d\s*=|[=<>]\s*\d")


def edits(line: Line) -> Iterator[Edit]:
    """Yield the removals on a garbled line, and the dash that opens an item."""
    if not line.surely_garbled or _COMPACT.search(line.text) or _ruled(line):
        return
    for match in (*_STUCK.finditer(line.text), *_UNCLOSED.finditer(line.text)):
        yield Edit(line.start + match.start(), line.start + match.end(), "", _SURE, "debris")
    if "\t" in line.text or _SUM.search(line.text):
        return
    close = _CLOSE.match(line.text)
    if close:
        yield Edit(line.start + close.end() - 1, line.start + close.end(), "- ", _SURE, "dash")
    item = _ITEM.match(line.text)
    if item:
        at = line.start + item.start("dash")
        yield Edit(at, at + 1, "-", _SURE, "dash")
    first = item.end("dash") if item else 0
    tail = _TAIL.search(line.text)
    last = tail.start() if tail else len(line.text)
    for match in _SPECK.finditer(line.text, first, last):
        end = match.end() + 1 if match.end() < last else match.end()
        yield Edit(line.start + match.start(), line.start + min(end, last), "", _SURE, "debris")
    if tail and tail.start() > first:
        yield Edit(line.start + tail.start(), line.start + tail.end(), "", _SURE, "debris")


def _ruled(line: Line) -> bool:
    """Whether the bars of a line are meant: none that OCR saw between cells, but ones typed."""
    typed = line.chances[BARE] > line.chances[GARBLED] and line.text.count("|") >= _TABLE
    return typed or _RULED.fullmatch(line.text) is not None
