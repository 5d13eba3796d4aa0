"""Words, their widths, and how a paragraph falls into lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from tools.render.sheet import Face

TINOS = Path("/usr/share/fonts/truetype/croscore")
FILES: dict[Face, str] = {
    "regular": "Tinos-Regular.ttf",
    "bold": "Tinos-Bold.ttf",
    "italic": "Tinos-Italic.ttf",
    "bolditalic": "Tinos-BoldItalic.ttf",
}
FACES: dict[tuple[bool, bool], Face] = {
    (False, False): "regular",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bolditalic",
}
EM = 1000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of pieces in one or more faces."""

    pieces: tuple[tuple[str, Face], ...]

    @property
    def text(self) -> str:
        """The letters without their faces."""
        return "".join(text for text, _ in self.pieces)

    def width(self, size: float) -> float:
        """Return the advance width in points."""
        return sum(width(text, face, size) for text, face in self.pieces)


@lru_cache(maxsize=8)
def measure(face: Face) -> ImageFont.FreeTypeFont:
    """Return the face at a size at which widths are exact."""
    return ImageFont.truetype(TINOS / FILES[face], EM, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=20_000)
def width(text: str, face: Face, size: float) -> float:
    """Return the advance width of a text in points."""
    return measure(face).getlength(text) * size / EM


def words(markup: str, *, bold: bool = False, italic: bool = False) -> list[Word]:
    """Part a paragraph into words; `**` and `*` switch bold and italic."""
    found: list[Word] = []
    pieces: list[tuple[str, Face]] = []
    for part in re.findall(r"\*\*|\*|[ ]+|[^* ]+", markup.strip()):
        if part == "**":
            bold = not bold
        elif part == "*":
            italic = not italic
        elif part.isspace():
            found += [Word(tuple(pieces))] if pieces else []
            pieces = []
        else:
            pieces.append((part, FACES[bold, italic]))
    return [*found, Word(tuple(pieces))] if pieces else found


def plain(markup: str) -> str:
    """Return a paragraph without its marks."""
    return " ".join(word.text for word in words(markup))


def broken(todo: list[Word], size: float, room: float, indent: float = 0) -> list[list[Word]]:
    """Break words into lines no wider than the room; the first one is indented."""
    space = width(" ", "regular", size)
    lines: list[list[Word]] = []
    used = room
    for word in todo:
        wide = word.width(size)
        if not lines or used + space + wide > room + 0.01:
            used = wide + (indent if not lines else 0)
            lines.append([word])
        else:
            used += space + wide
            lines[-1].append(word)
    return lines
