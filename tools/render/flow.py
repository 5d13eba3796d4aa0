"""Paragraphs on pages: where the next line goes, and when a new page begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tools.render.sheet import Run, Sheet
from tools.render.words import Word, broken, width, words

A4 = (595.3, 841.9)


@dataclass(frozen=True, slots=True)
class Style:
    """How an office sets its dispatches, in points."""

    size: float = 14
    leading: float = 1.2
    gap: float = 5
    indent: float = 32
    left: float = 85
    right: float = 45
    top: float = 57
    bottom: float = 57
    head: float = 13


@dataclass(slots=True)
class Flow:
    """The pages so far and the height at which the next line begins."""

    style: Style
    document: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    y: float = 0
    first: int = 0

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self.sheets[-1]

    @property
    def left(self) -> float:
        """The left edge of the text."""
        return self.style.left

    @property
    def room(self) -> float:
        """The width of the text."""
        return self.sheet.width - self.style.left - self.style.right

    @property
    def floor(self) -> float:
        """The lowest baseline."""
        return self.sheet.height - self.style.bottom

    def page(self, *, landscape: bool = False) -> None:
        """Begin a page; from the second of a document on it has a number."""
        wide, high = A4[::-1] if landscape else A4
        self.sheets.append(Sheet(wide, high, document=self.document))
        self.y = self.style.top
        number = len(self.sheets) - self.first
        if number > 1:
            text = str(number)
            middle = wide / 2 + (self.style.left - self.style.right) / 2
            x = middle - width(text, "regular", self.style.head) / 2
            self.sheet.runs.append(Run(text, x, self.style.top - 14, "regular", self.style.head))

    def need(self, height: float) -> None:
        """Begin a new page where the height does not fit on this one."""
        if self.y + height > self.floor:
            self.page(landscape=self.sheet.width > self.sheet.height)

    def paragraph(self, markup: str) -> None:
        """Set a justified paragraph, its first line indented."""
        size, style = self.style.size, self.style
        lines = broken(words(markup), size, self.room, style.indent)
        self.y += style.gap
        for place, line in enumerate(lines):
            self.need(size * style.leading)
            self.y += size * style.leading
            x = self.left + (style.indent if place == 0 else 0)
            room = self.room - (style.indent if place == 0 else 0)
            last = place == len(lines) - 1
            put(self.sheet, line, x, self.y, size, room=None if last else room)

    def centered(
        self, markup: str, size: float, *, bold: bool = False, share: float = 0.92
    ) -> None:
        """Set a centered paragraph."""
        for line in broken(words(markup, bold=bold), size, self.room * share):
            self.need(size * self.style.leading)
            self.y += size * self.style.leading
            set_line(self.sheet, line, self.left + self.room / 2, self.y, size)


def put(
    sheet: Sheet, line: list[Word], x: float, y: float, size: float, room: float | None = None
) -> None:
    """Print a line from `x` on, stretched to the room if one is given, and note its text."""
    space = width(" ", "regular", size)
    if room is not None and len(line) > 1:
        used = sum(word.width(size) for word in line)
        space = (room - used) / (len(line) - 1)
    for word in line:
        for text, face in word.pieces:
            sheet.runs.append(Run(text, x, y, face, size))
            x += width(text, face, size)
        x += space
    sheet.lines.append(" ".join(word.text for word in line))


def line_width(line: list[Word], size: float) -> float:
    """Return the natural width of a line."""
    space = width(" ", "regular", size)
    return sum(word.width(size) for word in line) + space * (len(line) - 1)


def set_line(
    sheet: Sheet,
    line: list[Word],
    x: float,
    y: float,
    size: float,
    align: Literal["l", "c", "r"] = "c",
) -> None:
    """Print a line with its left end, middle or right end at `x`."""
    shift = {"l": 0.0, "c": 0.5, "r": 1.0}[align]
    put(sheet, line, x - line_width(line, size) * shift, y, size)
