"""Stamped words of one line of their own: urgency and secrecy."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.finding import Finding
from extractors.keys import key, upper_share
from extractors.phrases import is_nation
from extractors.pieces import Piece, head_pieces, segments, trimmed
from extractors.reading import Reading
from extractors.words import table

_DEEPEST = 30  # lines of the first page that a stamp may stand among
_EDGES = regex.compile(r"^[^\p{L}]+|[^\p{L}]+$")


def stamped(reading: Reading, entry: str) -> Iterator[Finding[str]]:
    """Yield the degree that a stamp at the top of the dispatch gives; the highest one first."""
    lines = [(line, _EDGES.sub("", line.text)) for line in map(trimmed, _top(reading))]
    for degree, spellings in table("stamps")[entry].items():
        keys = {key(word) for word in spellings}
        for line, word in lines:
            if key(word) in keys and (upper_share(word) > 0.9 or line.row.kind == "stamp"):
                yield Finding(degree, line.start, line.end, 0.95, f"{entry}/stamp")
                return


def is_stamp(text: str) -> bool:
    """Whether a line is nothing but such a stamp."""
    word = key(_EDGES.sub("", text))
    entries = (table("stamps")[entry].values() for entry in ("urgency", "secrecy"))
    return any(word == key(it) for group in entries for words in group for it in words)


def _top(reading: Reading) -> Iterator[Piece]:
    """Yield the pieces at the top of the first page, where the dispatch has a letterhead at all."""
    rows = [row for row in reading.rows if reading.line(row).strip()]
    top = [row for row in rows[:_DEEPEST] if row.page == rows[0].page]
    if any(is_nation(reading.line(row)) for row in top):
        for row in top:
            for part in head_pieces(reading, row):
                yield from segments(reading, part) if part.box else [part]
