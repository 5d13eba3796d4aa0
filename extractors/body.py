"""Which lines of a reading are the body of the dispatch, and which are its annexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import regex

from extractors.reading import Reading, Row

Zone = Literal["head", "body", "annex"]

_ADDRESSEES = regex.compile(r"\s*K[íi]nh\s+g[ửưu][ỉíi]\b", regex.IGNORECASE)
_FOOT = regex.compile(
    r"""
    \s* (?:
      N[ơo]i\s+nh[ậâa]n \b
    | (?: TM | KT | TL | TUQ | Q ) \s? [.,] \s* \p{Lu}{2,}
    | (?: CHỦ\ TỊCH | PHÓ\ CHỦ\ TỊCH | GIÁM\ ĐỐC | CHÁNH\ VĂN\ PHÒNG | BỘ\ TRƯỞNG ) \s* $
    )
    """,
    regex.VERBOSE,
)
_CLOSE = regex.compile(r"\./\.?\s*$")
_ANNEX = regex.compile(r"\s*(?:PHỤ\s+LỤC|Phụ\s+lục|DANH\s+SÁCH|BIỂU|Biểu)\b[\p{Lu}\d\s.:-]{0,80}$")
_ABOUT = regex.compile(r"\s*(?:V\s?/\s?v|Về\s+việc)\b", regex.IGNORECASE)
_NUMBER = regex.compile(r"\s*S[ốôó]\s*:.{0,20}/\s*\p{Lu}")
_TITLE = regex.compile(
    r"\s*(?:QUYẾT\s+ĐỊNH|KẾ\s+HOẠCH|BÁO\s+CÁO|THÔNG\s+BÁO|CHỈ\s+THỊ|CÔNG\s+ĐIỆN|GIẤY\s+MỜI|TỜ\s+TRÌNH"
    r"|NGHỊ\s+QUYẾT|HƯỚNG\s+DẪN|CHƯƠNG\s+TRÌNH|PHƯƠNG\s+ÁN|ĐỀ\s+ÁN|QUY\s+CHẾ|QUY\s+ĐỊNH)\s*$"
)
_PROSE = regex.compile(
    r"\s*(?:Căn\s+cứ|Thực\s+hiện|Ngày\s+\d|Để\s|Trong\s|Theo\s|Vừa\s+qua|Nhằm\s|Tiếp\s+theo|Hiện\s+nay"
    r"|UBND\s|Ủy\s+ban|Sở\s|Xét\s|[IVX]{1,4}\.\s|[A-Z]\.\s|1\.\s|\p{Lu}\p{Ll}.{60,})"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of rows that belong together: the subject (`head`), the body, or one annex."""

    zone: Zone
    rows: tuple[Row, ...]


def stretches(reading: Reading) -> Iterator[Stretch]:
    """Yield subject, body and annexes: neither the rest of the letterhead nor foot nor stamps."""
    rows = [row for row in reading.rows if row.kind != "stamp"]
    lines = [reading.line(row) for row in rows]
    first = _body_start(rows, lines)
    last = _body_end(lines, first)
    yield Stretch("head", tuple(_subject(rows[:first], lines)))
    yield Stretch("body", tuple(rows[first:last]))
    starts = [i for i in range(last, len(rows)) if _ANNEX.match(lines[i])]
    for start, end in pairwise([*starts, len(rows)]):
        yield Stretch("annex", tuple(rows[start:end]))


def _subject(rows: list[Row], lines: list[str]) -> Iterator[Row]:
    """Yield the lines from `V/v` on, in their own column."""
    start = next((i for i, line in enumerate(lines[: len(rows)]) if _ABOUT.match(line)), len(rows))
    for row, line in zip(rows[start:], lines[start:], strict=False):
        if row.column != rows[start].column or _ADDRESSEES.match(line):
            return
        yield row


def _body_start(rows: list[Row], lines: list[str]) -> int:
    """Find the first line after the addressees, else after the title, else after the letterhead."""
    for i, line in enumerate(lines[:60]):
        if _ADDRESSEES.match(line):
            return _after_addressees(lines, i + 1)
    for i, line in enumerate(lines[:40]):
        if _TITLE.match(line):
            return _prose(lines, i + 1)
    if any(_NUMBER.match(line) for line in lines[:15]):
        return _prose(lines, next(i for i, line in enumerate(lines) if _NUMBER.match(line)) + 1)
    return next((i for i, row in enumerate(rows) if row.column == "full"), 0)


def _after_addressees(lines: list[str], at: int) -> int:
    while at < len(lines) and (not lines[at].strip() or _is_addressee(lines, at)):
        at += 1
    return at


def _is_addressee(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    before = next((lines[i].strip() for i in range(at - 1, -1, -1) if lines[i].strip()), "")
    return line.startswith(("-", "–", "+")) or (
        before.endswith((",", ";", ":")) or (line[:1].islower() and not before.endswith("."))
    )


def _prose(lines: list[str], at: int) -> int:
    return next((i for i in range(at, len(lines)) if _PROSE.match(lines[i])), at)


def _body_end(lines: list[str], first: int) -> int:
    for i in range(first + 1, len(lines)):
        if _FOOT.match(lines[i]):
            return i
        if _CLOSE.search(lines[i]) and any(_FOOT.match(line) for line in lines[i + 1 : i + 8]):
            return i + 1
    return len(lines)
