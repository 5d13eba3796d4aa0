"""Where one paragraph ends and the next begins, from the lines as they stand on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extractors.labels import (
    RANKS,
    Label,
    behind_specks,
    misread_roman,
    pointless_number,
    read_label,
    renumbered,
)
from extractors.language import data
from extractors.reading import Reading, Row

_ENDED = regex.compile(r"(?:[.;:!?…]|\./\.?)[\"”’»)]*\s*$")
_OPENS = regex.compile(r"\s*[\"“(]?\p{Lu}")
_CUT = regex.compile(r"[\w&][-/]$")  # UBND-, HĐND/: the next line goes on without a space
_PAGE = regex.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*$")
_CLOSING = ("Trên đây là ",)  # it begins a paragraph, whatever the line before ends with
_SECOND = 2
_SHORT, _STUB = 0.85, 0.5  # a line that fills no more ends a heading; ends it surely
LONGEST = 8000  # characters of a paragraph: what is longer is none, and is read in pieces
UNWRAPPED = 130  # characters: longer lines were never broken, each is a paragraph


@cache
def _openers() -> tuple[str, ...]:
    return tuple(f"{words} " for words in data("paragraphs")["openers"]["words"])


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph before it has a place in the tree; see `Paragraph`."""

    start: int
    end: int
    text: str
    origins: tuple[int, ...]
    label: Label | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has words: its place, and what speaks for a paragraph beginning with it.

    `room` tells that the first word would have fitted on the line before; `indent` that the line
    begins further right than its page's margin; `gap` that an empty line stands before it.
    """

    start: int
    text: str
    room: bool
    indent: bool | None
    gap: bool
    ended: bool  # the line before ends a sentence or a clause
    fill: float  # how much of the width the line before takes

    @property
    def opens(self) -> bool:
        """Whether the line begins with a capital."""
        return _OPENS.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Margins:
    """The width of a page's lines: in characters, or as shares of the page where boxes tell."""

    left: float
    right: float
    letter: float  # the width of a letter


def blocks(reading: Reading, rows: Sequence[Row]) -> list[Block]:
    """Join lines into paragraphs, over page breaks too; rows of tables and page numbers are out."""
    groups: list[tuple[Label | None, list[Line]]] = []
    series: dict[str, int] = {}
    lines = _lines(reading, rows)
    firsts = _firsts(lines)
    for line in lines:
        label = firsts.get(line.start) or _label(line, series, fresh=not groups)
        if label is not None:
            series = {kind: at for kind, at in series.items() if _outlives(kind, label)}
            series[label.kind] = label.place
            groups.append((label, [line]))
        elif groups and _is_titled(*groups[-1], line):
            groups[-1][1].append(line)
        elif not groups or _begins(line) or _is_full(groups[-1][1], line):
            groups.append((None, [line]))
        else:
            groups[-1][1].append(line)
    labels = renumbered([label for label, _ in groups])
    return [_block(label, lines) for label, (_, lines) in zip(labels, groups, strict=True)]


def _firsts(lines: Sequence[Line]) -> dict[int, Label]:
    """Return the numbers `1` without a point, by their lines' starts: a `2.` follows each."""
    found: dict[int, Label] = {}
    first: tuple[int, Label] | None = None
    for line in lines:
        label = read_label(line.text)
        if label is not None and label.kind == "number":
            if first is not None and label.place == _SECOND:
                found[first[0]] = first[1]
            first = None
        elif line.ended and (label := pointless_number(line.text, 1)):
            first = line.start, label
    return found


def _is_titled(label: Label | None, lines: list[Line], line: Line) -> bool:
    """Whether a line is the title under a bare `Chương II`, or goes on with one in capitals."""
    if label is None or label.kind != "part":
        return False
    said = lines[0].text[label.end :] + "".join(one.text for one in lines[1:])
    return not said.strip() or (said.isupper() and line.text.isupper())


def _is_full(lines: list[Line], line: Line) -> bool:
    """Whether a paragraph would grow longer than any that a person wrote."""
    return line.start + len(line.text) - lines[0].start > LONGEST


def _outlives(kind: str, label: Label) -> bool:
    """Whether a series goes on behind a label; the Điều are counted through all chapters."""
    return kind == "article" or RANKS[kind] <= RANKS[label.kind]  # type: ignore[index]


def _label(line: Line, series: dict[str, int], *, fresh: bool) -> Label | None:
    """Return the line's label if its neighbors bear it out."""
    below = "upper" in series and not series.keys() & {"roman", "number"}
    roman = misread_roman(line.text, series.get("roman", 0) + 1, below=below)
    label = roman or read_label(line.text)
    if line.indent is not None:
        label = label or behind_specks(line.text)
    if label is None:
        clear = bool(line.indent) if line.indent is not None else line.ended and line.room
        due = series.get("number", 0) + 1
        return pointless_number(line.text, due) if clear and due > 1 else None
    label = _resolved(label, series)
    set_off = fresh or line.room or line.gap or bool(line.indent)
    if label.kind == "bullet":
        return label if line.ended or set_off or line.fill < _SHORT else None
    follows = label.place == series.get(label.kind, 0) + 1 or label.place == 1
    words = _OPENS.match(line.text[label.end :]) is not None or label.kind == "part"
    if follows:
        return label if line.ended or set_off or (words and line.indent is None) else None
    near = 0 < label.place - series.get(label.kind, 0) <= 3
    return label if words and near and (line.ended or set_off) else None


def _resolved(label: Label, series: dict[str, int]) -> Label:
    """`C.` after `B.` and `I.` after `H.` are letters; else a lone I, V or X is a number."""
    if label.kind == "roman" and len(label.name) == 1:
        place = "ABCDEFGHI".find(label.name) + 1
        if place and series.get("upper", 0) == place - 1 and place > 1:
            return replace(label, kind="upper", place=place)
    if label.kind == "upper" and label.name == "Đ":
        return replace(label, place=series.get("upper", 0) + 1)
    return label


def _begins(line: Line) -> bool:
    """Whether a line without a label begins a paragraph."""
    if not line.opens:
        return line.text.lstrip()[:1].isdigit() and line.room and line.fill < _STUB
    if line.ended and line.indent is None and line.text.lstrip().startswith(_openers()):
        return True
    if line.indent is not False and line.text.lstrip().startswith(_CLOSING):
        return True
    if line.indent is not None:
        return (line.indent and (line.ended or line.room)) or line.room
    return line.room or (line.gap and line.ended)


def _block(label: Label | None, lines: list[Line]) -> Block:
    pieces: list[str] = []
    origins: list[int] = []
    for i, line in enumerate(lines):
        skip = label.end if label is not None and i == 0 else 0
        words = line.text[skip:]
        start = line.start + skip + len(words) - len(words.lstrip())
        words = words.strip()
        if origins and words and not _CUT.search(pieces[-1]):
            pieces.append(" ")
            origins.append(origins[-1] + 1)
        pieces.append(words)
        origins += range(start, start + len(words))
    first, last = lines[0], lines[-1]
    start = first.start + len(first.text) - len(first.text.lstrip())
    end = last.start + len(last.text.rstrip())
    return Block(start, end, "".join(pieces), tuple(origins), label)


def _lines(reading: Reading, rows: Sequence[Row]) -> list[Line]:
    kept: list[Line] = []
    margins = _margins(reading, rows)
    before: Row | None = None
    gap = False
    for row in rows:
        text = reading.line(row)
        if is_tabular(reading, row):
            before = None
        elif not text.strip() or (_PAGE.fullmatch(text) and row.box is None):
            gap = gap or not text.strip()
        else:
            kept += _cut(_line(reading, row, before, margins, gap=gap))
            before, gap = row, False
    return kept


def _cut(line: Line) -> Iterator[Line]:
    """Yield a line, in pieces where it is longer than any paragraph."""
    for at in range(0, len(line.text), LONGEST):
        yield replace(line, start=line.start + at, text=line.text[at : at + LONGEST])


def is_tabular(reading: Reading, row: Row) -> bool:
    """Whether a row belongs to a table."""
    return row.kind == "table" or "\t" in reading.line(row).strip()


def _line(
    reading: Reading, row: Row, before: Row | None, margins: dict[int, Margins], *, gap: bool
) -> Line:
    text = reading.line(row)
    last = reading.line(before).rstrip() if before else ""
    return Line(
        start=row.start,
        text=text,
        room=before is None or _had_room(reading, before, text.split()[0], margins[before.page]),
        indent=None if row.box is None else _indented(row, margins[row.page]),
        gap=gap,
        ended=not last or _ENDED.search(last) is not None,
        fill=_fill(reading, before, margins[before.page]) if before else 0,
    )


def _fill(reading: Reading, row: Row, margins: Margins) -> float:
    if row.box is None:
        return len(reading.line(row).strip()) / max(margins.right, 1)
    return (row.box[2] - margins.left) / max(margins.right - margins.left, 0.01)


def _had_room(reading: Reading, row: Row, word: str, margins: Margins) -> bool:
    text = reading.line(row)
    ended = _ENDED.search(text) is not None
    if row.box is not None:
        letters = 3 if ended else 6
        return row.box[2] + (len(word) + letters) * margins.letter < margins.right
    if margins.right > UNWRAPPED:
        return True
    share = 0.72 if not ended else 0.9 if text.rstrip().endswith((";", ",")) else 0.97
    return len(text.strip()) + len(word) + 1 < margins.right * share


def _indented(row: Row, margins: Margins) -> bool:
    return row.box is not None and row.box[0] - margins.left > 2.5 * margins.letter


def _margins(reading: Reading, rows: Sequence[Row]) -> dict[int, Margins]:
    found = {}
    for page in {row.page for row in rows}:
        here = [row for row in rows if row.page == page and row.kind == "text"]
        here = [row for row in here if reading.line(row).strip()] or list(rows[:1])
        found[page] = _margins_of(reading, here)
    return found


def _margins_of(reading: Reading, rows: list[Row]) -> Margins:
    boxes = [(row.box, len(reading.line(row))) for row in rows if row.box is not None]
    if not boxes:
        lengths = sorted(len(reading.line(row).strip()) for row in rows)
        return Margins(0, _share(lengths, 0.95), 1)
    lefts = sorted(box[0] for box, _ in boxes)
    rights = sorted(box[2] for box, _ in boxes)
    letters = sorted((box[2] - box[0]) / max(length, 1) for box, length in boxes)
    return Margins(_share(lefts, 0.15), _share(rights, 0.85), _share(letters, 0.5))


def _share(values: Sequence[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)] if values else 0
