"""Text layers that are not the text: a digital signature's, and another program's garbage."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
from unidecode import unidecode

from tools.render.paint import Seen
from tools.render.source import Dispatch

Entry = tuple[str, float, float, float]
GARBAGE = Path(__file__).with_name("garbage.toml")


def signature(dispatch: Dispatch, pages: int) -> list[list[Entry]]:
    """Return what a digital signature prints in the corner of the first page."""
    head = dispatch.letterhead
    body = " ".join(head.issuer)
    when = f"{int(head.day or 1):02}.{int(head.month or 1):02}.{head.year}"
    lines = [f"Ký bởi: {body}", f"Cơ quan: {body}", f"Thời gian ký: {when} 16:42:10 +07:00"]
    return [[(line, 420.0, 18.0 + 8 * at, 6.0) for at, line in enumerate(lines)]] + [
        [] for _ in range(pages - 1)
    ]


def garbled(word: str, letters: dict[str, str], dice: np.random.Generator) -> str:
    """Misread a word as an old recognizer does."""
    read = "".join(letters.get(letter, unidecode(letter)) for letter in word)
    return read.replace("l", "1") if dice.random() < 0.15 else read


def garbage(seen: list[list[Seen]], dpi: int, dice: np.random.Generator) -> list[list[Entry]]:
    """Return another program's misreading of every page, each word at its place."""
    letters = tomllib.loads(GARBAGE.read_text())["letters"]
    unit = 72 / dpi
    return [
        [
            (
                garbled(word.text, letters, dice),
                word.box[0] * unit,
                word.box[3] * unit - 3,
                max(6.0, (word.box[3] - word.box[1]) * unit * 0.95),
            )
            for word in words
            if word.kind == "print"
        ]
        for words in seen
    ]
