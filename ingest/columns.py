"""The two columns of the letterhead and of the foot, which the OCR joins on shared baselines.

The letterhead is known by the national title (Quốc hiệu) that heads its right column, the foot
by `Nơi nhận` that heads its left one. Lines are cut at the gap between the columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import regex
from rapidfuzz.fuzz import partial_ratio_alignment
from unidecode import unidecode

from ingest.page import Line, Word

# The national title, and what stands in its place on a dispatch of the Party.
_TITLES = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam")
_ALIKE = 76.0  # how alike, in percent, a line's best part must be to a title
_DATE = regex.compile(r"(?:ngay){e<=1}.{0,12}(?:thang){e<=1}.{0,10}(?:nam){e<=1}")
_RECIPIENTS = regex.compile(r"^\W{0,3}(?:(?:noi nhan){e<=1}|(?:noi nhan){e<=2}\W{0,2}$)\b")
_ARCHIVE = regex.compile(r"^\W{0,4}luu\b(?!\s?y\b)")  # `- Lưu: VT`, the last line of the recipients
_ADDRESSEES = regex.compile(r"^(?:\S{1,6}\s)?\W{0,3}(?:kinh gui){e<=2}")  # or a stamp's `402`
_HEAD_LINES = 14.0  # a letterhead is at most so many line heights deep
_WIDE = 3.0  # line heights between words of one line, at most
_LEFT_STEP = 2.4  # lines of one column stand at most so many line heights apart


@dataclass(frozen=True, slots=True)
class Zone:
    """A two-column part of a page: its lines by column, and where it begins."""

    top: int
    left: tuple[Line, ...]
    right: tuple[Line, ...]


def key(text: str) -> str:
    """Return the letters without marks, in lower case: what survives a bad reading."""
    return unidecode(text).lower()


def middle(line: Line) -> float:
    """Return the height at which a line stands."""
    return (line.box[1] + line.box[3]) / 2


def line_height(lines: Iterable[Line]) -> float:
    """Return the usual height of a word on the page, in pixels."""
    heights = [word.height for line in lines for word in line.words if len(word.text) > 1]
    return float(median(heights)) if heights else 20.0


def cut(line: Line, low: float, high: float, least: float) -> tuple[Line, Line] | None:
    """Cut a line at its widest gap that lies about `low` to `high`, if that is wide enough."""
    words = sorted(line.words, key=lambda word: word.box[0])
    best, at = least, 0
    for number, (before, after) in enumerate(pairwise(words), 1):
        gap = after.box[0] - before.box[2]
        if gap > best and before.box[2] < high and after.box[0] > low:
            best, at = gap, number
    if not at:
        return None
    return replace(line, words=tuple(words[:at])), replace(line, words=tuple(words[at:]))


def letterhead(lines: Sequence[Line], width: int) -> Zone | None:
    """Return the letterhead of a page: the issuing body's column and the national title's."""
    found = _title_of(lines)
    if found is None:
        return None
    title, first = found
    edge = first.box[0]
    high = line_height([title])
    top, bottom = title.box[1] - 5 * high, title.box[3] + _HEAD_LINES * high
    near = [line for line in lines if top <= middle(line) <= bottom]
    left, right = _split(near, edge, width, high)
    right = _until_date(right, title, high)
    left = _run_of(left, title, high, right[-1] if right else title)
    if not left and not right:
        return None
    start = min(line.box[1] for line in (*left, *right))
    return Zone(start, tuple(left), tuple(right))


def _title_of(lines: Sequence[Line]) -> tuple[Line, Word] | None:
    for line in lines:
        text, starts = "", []
        for word in line.words:
            starts.append(len(text))
            text += key(word.text) + " "
        for title in _TITLES:
            found = partial_ratio_alignment(title, text, score_cutoff=_ALIKE)
            if found and len(text) >= len(title) * 0.7:
                at = max(0, bisect_right(starts, found.dest_start + 2) - 1)
                return line, line.words[at]
    return None


def _split(
    lines: Sequence[Line], edge: float, width: int, height: float
) -> tuple[list[Line], list[Line]]:
    """Sort lines into columns, cutting those that run over both; full lines are left out."""
    low, high = edge - 0.14 * width, edge + 0.08 * width
    left, right = [], []
    for line in lines:
        across = line.box[0] < high and line.box[2] > edge
        pair = cut(line, low, high, 0.7 * height) if across else None
        if pair:
            left.append(pair[0])
            right.append(pair[1])
        elif line.box[0] >= low and line.box[2] > high:
            right.append(line)
        elif line.box[2] <= high and line.box[0] < low:
            left.append(line)
    return left, right


def _until_date(right: list[Line], title: Line, height: float) -> list[Line]:
    right.sort(key=middle)
    dated = [line for line in right if _DATE.search(key(line.text))]
    last = middle(dated[0]) if dated else middle(title) + 4 * height
    return [line for line in right if middle(line) <= last + 0.3 * height]


def _run_of(left: list[Line], title: Line, height: float, beside: Line) -> list[Line]:
    """Return the lines that go on without a break, in any case down to the last one beside them."""
    left.sort(key=middle)
    least = max(middle(title), middle(beside) + height)
    kept: list[Line] = []
    for line in left:
        if _ADDRESSEES.search(key(line.text)):
            break
        if kept and middle(line) > least:
            step = middle(line) - middle(kept[-1])
            if step > _LEFT_STEP * height + kept[-1].words[0].height:
                break
        kept.append(line)
    return kept


def foot(lines: Sequence[Line], width: int) -> Zone | None:
    """Return the foot of a dispatch: recipients on the left, the signature block on the right.

    The recipients begin at `Nơi nhận`; where that cannot be read, they are followed upward from
    the archive line (`Lưu: VT`) that ends them.
    """
    high = line_height(lines)
    start = _recipients_top(lines, width, high)
    if start is None:
        return None
    near = [line for line in lines if line.box[1] >= start - 0.6 * high]
    above = [
        line
        for line in lines
        if start - 4 * high < middle(line) < start and _is_signing(line, width)
    ]
    left, right = _split_foot(near, _signature_edge(near, width), width, high)
    right = [line for line in (*above, *right) if line not in left]
    if not left:
        return None
    return Zone(min(line.box[1] for line in (*left, *right)), tuple(left), tuple(right))


def _is_signing(line: Line, width: int) -> bool:
    """Say whether a line above the recipients opens the signature block: capitals, to the right."""
    return line.box[0] > 0.42 * width and line.text.isupper() and len(line.words) < 8


def _recipients_top(lines: Sequence[Line], width: int, height: float) -> int | None:
    anchors = [line for line in lines if _RECIPIENTS.search(key(line.text))]
    if anchors:
        return anchors[-1].words[0].box[1]
    archives = [
        line for line in lines if _ARCHIVE.search(key(line.text)) and line.box[0] < 0.4 * width
    ]
    if not archives:
        return None
    top = archives[-1]
    for line in sorted(lines, key=middle, reverse=True):
        if middle(line) >= middle(top) or line.box[0] > 0.42 * width:
            continue
        pair = cut(line, 0.25 * width, 0.7 * width, 1.1 * height)
        piece = pair[0] if pair else line
        if piece.box[2] > 0.6 * width or middle(top) - middle(piece) > 2.6 * height:
            break
        top = piece
    return top.box[1] if top is not archives[-1] else None


def _signature_edge(lines: Sequence[Line], width: int) -> float:
    starts = [line.box[0] for line in lines if line.box[0] > 0.42 * width]
    return min(starts, default=round(0.5 * width))


def _split_foot(
    lines: Sequence[Line], edge: float, width: int, height: float
) -> tuple[list[Line], list[Line]]:
    left, right = [], []
    for line in sorted(lines, key=middle):
        across = line.box[0] < 0.38 * width
        pair = cut(line, 0.33 * width, max(edge, 0.5 * width) + 0.12 * width, 1.1 * height)
        if across and pair and not _goes_on(*pair, height):
            left.append(pair[0])
            right.append(pair[1])
        elif line.box[0] >= 0.38 * width:
            right.append(line)
        elif line.box[2] - line.box[0] > 0.72 * width:
            break  # the foot is over: a full line of text
        else:
            left.append(line)
    return left, right


def _goes_on(left: Line, right: Line, height: float) -> bool:
    """Whether what begins with a small letter or a bracket goes on with what is near before it."""
    begins = right.text[:1].islower() or right.text.startswith("(")
    return begins and right.box[0] - left.box[2] < _WIDE * height
