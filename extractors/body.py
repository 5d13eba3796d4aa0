"""Which lines of a reading are the body of the dispatch, and which are its annexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from extractors import addressees
from extractors.authority import starts_authority
from extractors.foot import find_foot
from extractors.letterhead import Letterhead, find_letterhead
from extractors.pieces import Piece
from extractors.reading import Reading, Row
from extractors.subject import find_about
from extractors.title import find_title

Zone = Literal["head", "body", "annex"]

_CLOSE = regex.compile(r"\./\.?['\"”,]?\s*$")
_WIDEST = 110  # letters of a line of the letterhead: a longer one is a paragraph
_SIGNING = 16  # lines between the body's last words and `Nơi nhận`


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of rows that belong together: the subject (`head`), the body, or the annexes."""

    zone: Zone
    rows: tuple[Row, ...]


@lru_cache(maxsize=2)  # several extractors ask of one reading
def stretches(reading: Reading) -> tuple[Stretch, ...]:
    """Return subject, body and annexes: neither the rest of the letterhead nor foot nor stamps."""
    rows = [row for row in reading.rows if row.kind != "stamp"]
    letterhead = find_letterhead(reading)
    subject = _subject(reading, letterhead)
    first = _body_start(reading, letterhead, subject)
    foot = find_foot(reading, letterhead)
    signing = [part for part in (*foot.left, *foot.right) if part.start >= first]
    last = _body_end(reading, rows, first, signing)
    after = max((part.row.end for part in signing), default=last)
    return (
        Stretch("head", tuple(_rows_of(subject))),
        Stretch("body", tuple(row for row in rows if first <= row.start < last)),
        Stretch("annex", tuple(row for row in rows if row.start > after)),
    )


def _subject(reading: Reading, letterhead: Letterhead) -> tuple[Piece, ...]:
    title = find_title(reading, letterhead)
    return find_about(letterhead) or (title.subject if title else ())


def _rows_of(pieces: Iterable[Piece]) -> Iterator[Row]:
    yield from dict.fromkeys(part.row for part in pieces)


def _body_start(reading: Reading, letterhead: Letterhead, subject: tuple[Piece, ...]) -> int:
    """Find where the first line after letterhead, title and addressees begins."""
    title = find_title(reading, letterhead)
    heads = (*letterhead.left, *letterhead.right, *subject, *((title.place,) if title else ()))
    lone = letterhead.number is None and letterhead.date is None and not subject
    done = [part.row.end for part in heads if len(part.text) <= _WIDEST and not lone]
    done += [reading.row_at(found.end - 1).end for found in addressees.find(reading)]
    return max(done, default=-1) + 1


def _body_end(reading: Reading, rows: list[Row], first: int, signing: list[Piece]) -> int:
    """Find where the foot begins, or the signature over it."""
    end = min((part.row.start for part in signing), default=len(reading.text.value) + 1)
    body = [row for row in rows if first <= row.start < end and reading.line(row).strip()]
    for at in range(len(body) - 1, max(len(body) - _SIGNING, 0), -1):
        if _CLOSE.search(reading.line(body[at - 1])) and (
            starts_authority(reading.line(body[at])) or body[at].column != "full"
        ):
            return body[at].start
    return end
