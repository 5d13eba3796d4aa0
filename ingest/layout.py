"""Words to lines in reading order: columns, body, foot; page numbers and debris dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from ingest.aligned import with_aligned
from ingest.columns import Zone, foot, letterhead, line_height, middle
from ingest.merging import likely
from ingest.page import Line, Page, Word, shared
from ingest.stamps import set_apart

_SIGNS = frozenset(
    ("-", "–", "—", "+", "*", "•", "&", "./.", "/.", ":", ";", "...", "…", "%", "(%)", "§")
)
_PAGE_NUMBER = regex.compile(
    r"^\W{0,3}(?:trang\s)?\d{1,3}(?:\s?/\s?\d{1,3})?\W{0,3}$", regex.IGNORECASE
)
_BULLET = regex.compile(r"[-–+•](?=\p{L}{2}|\p{Lu})")  # `-Lưu:`, its space lost by the scan
_DASHES = frozenset("-–—+•")  # they open an item
_SURE = 0.3  # a word below it that holds no letter is dirt
_SHORT, _DOUBTED = 8, 0.5  # a line of fewer letters, less likely than that, is a pen's stroke
_HEAD = 0.3  # of the first page's height
_SAME = 0.6  # the share of a word, or of its mate, that lies on the other if it was read twice


def arrange(page: Page) -> Page:
    """Put the lines of a page into reading order: left column of the letterhead, then the right."""
    tables = [line for line in page.lines if line.kind == "table"]
    stamps = [line for line in page.lines if line.kind == "stamp"]
    printed = [line for line in page.lines if line.kind == "text"]
    lines = [kept for line in printed if (kept := _without_debris(line))]
    lines = [line for line in lines if not _is_page_number(line, page)]
    zones = [zone for zone in (letterhead(lines, page.width), foot(lines, page.width)) if zone]
    rest = _outside(lines, zones)
    ordered: list[Line] = []
    for zone in sorted(zones, key=lambda zone: zone.top):
        above = [line for line in rest if middle(line) < zone.top]
        ordered += joined(above)
        ordered += _column(zone.left, "left") + _column(zone.right, "right")
        rest = [line for line in rest if middle(line) >= zone.top]
    ordered = [line for line in (*ordered, *joined(rest)) if not _is_scrawl(line, page)]
    ordered = [_parted(line) for line in _once(ordered)]
    ordered = set_apart(with_aligned(ordered, len(page.rulings)), stamps)
    return replace(page, lines=tuple(_with_tables(ordered, tables)))


def _parted(line: Line) -> Line:
    """Return a line whose bullet stands by itself."""
    first = line.words[0]
    if not _BULLET.match(first.text):
        return line
    left, top, right, bottom = first.box
    middle = left + (right - left) // (len(first.text) + 1)
    bullet = replace(first, text=first.text[:1], box=(left, top, middle, bottom))
    rest = replace(first, text=first.text[1:], box=(middle, top, right, bottom))
    return replace(line, words=(bullet, rest, *line.words[1:]))


def _with_tables(lines: Sequence[Line], rows: Sequence[Line]) -> list[Line]:
    """Put each table, whole, before the first line that stands below its top."""
    done = list(lines)
    for grid in sorted({row.grid for row in rows}):
        table = [row for row in rows if row.grid == grid]
        top = table[0].box[1]
        below = (at for at, line in enumerate(done) if middle(line) > top)
        at = next(below, len(done))
        done[at:at] = table
    return done


def _column(lines: Sequence[Line], side: str) -> list[Line]:
    column = "left" if side == "left" else "right"
    return [replace(line, column=column) for line in joined(lines)]  # type: ignore[arg-type]


def _outside(lines: Sequence[Line], zones: Sequence[Zone]) -> list[Line]:
    """Return what stands in no zone, also the rest of a line that a zone takes a piece of."""
    inside = {
        id(word) for zone in zones for line in (*zone.left, *zone.right) for word in line.words
    }
    pieces = (tuple(word for word in line.words if id(word) not in inside) for line in lines)
    return [replace(line, words=words) for line, words in zip(lines, pieces, strict=True) if words]


def _without_debris(line: Line) -> Line | None:
    words = tuple(word for word in line.words if not _is_debris(word))
    if not any(char.isalnum() for word in words for char in word.text):
        return None
    sure = sum(word.confidence for word in words) / len(words)
    letters = sum(char.isalnum() for word in words for char in word.text)
    if sure < 0.25 or (letters < 3 and sure < 0.6):
        return None
    return replace(line, words=words)


def _is_scrawl(line: Line, page: Page) -> bool:
    """Say whether a line is a pen's stroke that was read as letters.

    An item is none; of the letterhead no line is so short or so doubtful that it does not count.
    """
    if page.number == 1 and middle(line) < _HEAD * page.height:
        return False
    letters = sum(char.isalnum() for word in line.words for char in word.text)
    item = line.words[0].text in _DASHES
    doubted = letters < _SHORT and likely(line.words) < _DOUBTED and not item
    return doubted or _without_debris(line) is None


def _once(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those that were read twice: the likelier reading is kept."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda line: -likely(line.words)):
        if not any(_is_again(line, other) for other in kept):
            kept.append(line)
    return [line for line in lines if line in kept]


def _is_again(line: Line, other: Line) -> bool:
    """Say whether most words of a line lie on those of another."""
    if shared(line.box, other.box) == 0.0:
        return False
    over = [any(_lies_on(word, mate) for mate in other.words) for word in line.words]
    return 2 * sum(over) > len(over)


def _lies_on(word: Word, other: Word) -> bool:
    return max(shared(word.box, other.box), shared(other.box, word.box)) > _SAME


def _is_debris(word: Word) -> bool:
    if any(char.isalnum() for char in word.text):
        return False
    return word.text not in _SIGNS or word.confidence < _SURE


def _is_page_number(line: Line, page: Page) -> bool:
    near_edge = line.box[3] < 0.1 * page.height or line.box[1] > 0.92 * page.height
    return near_edge and bool(_PAGE_NUMBER.match(line.text))


def joined(lines: Sequence[Line]) -> list[Line]:
    """Join pieces that stand on one baseline, and sort the lines from top to bottom."""
    result: list[Line] = []
    for line in sorted(lines, key=middle):
        mate = next((n for n in range(len(result) - 1, max(-1, len(result) - 6), -1)
                     if _same_baseline(result[n], line)), None)  # fmt: skip
        if mate is None:
            result.append(line)
        else:
            words = sorted((*result[mate].words, *line.words), key=lambda word: word.box[0])
            result[mate] = replace(line, words=tuple(words))
    return sorted(result, key=middle)


def _same_baseline(one: Line, other: Line) -> bool:
    if _over(one, other) > 0.3 * min(map(_width, (one, other))):
        return False
    small = min(line_height([one]), line_height([other]))
    _, top, _, bottom = one.box
    return abs(middle(one) - middle(other)) < 0.45 * small and bottom - top < 3 * small > 0


def _over(one: Line, other: Line) -> int:
    """Return by how much the words of two lines lie over each other; they may stand in turns."""
    return sum(
        max(0, min(a.box[2], b.box[2]) - max(a.box[0], b.box[0]))
        for a in one.words
        for b in other.words
    )


def _width(line: Line) -> int:
    return sum(word.box[2] - word.box[0] for word in line.words)
