"""A sheet as a picture of clean paper: the print, then the ink over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tools.render import pen, stamps
from tools.render.sheet import Ink, Run, Sheet
from tools.render.words import FILES, TINOS, width

Picture = NDArray[Any]  # of uint8, height x width x 3
Color = tuple[int, int, int]
RED: Color = (205, 40, 52)
BLUES: tuple[Color, ...] = ((34, 52, 150), (24, 40, 120), (52, 70, 185), (30, 30, 60))


@dataclass(frozen=True, slots=True)
class Seen:
    """A word on the picture, its box in pixels."""

    text: str
    box: tuple[float, float, float, float]
    kind: Literal["print", "hand", "stamp"]


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who wrote and signed: the hand and the ink are the same on all pages."""

    hand: str
    blue: Color
    size: float

    @classmethod
    def of(cls, dice: np.random.Generator) -> Clerk:
        """Choose a hand, an ink and how large it writes (points)."""
        blue = BLUES[int(dice.choice(len(BLUES), p=[0.4, 0.3, 0.2, 0.1]))]
        return cls(str(dice.choice(pen.hands())), blue, float(dice.uniform(11, 15)))


@lru_cache(maxsize=32)
def face(name: str, pixels: float) -> ImageFont.FreeTypeFont:
    """Return a printed face at a size in pixels."""
    path = TINOS / FILES[name]  # type: ignore[index]
    return ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.BASIC)


def paint(
    sheet: Sheet, dpi: int, clerk: Clerk, dice: np.random.Generator
) -> tuple[Picture, list[Seen]]:
    """Return the page's picture in color and every word on it."""
    unit = dpi / 72
    size = (round(sheet.width * unit), round(sheet.height * unit))
    page = Image.new("L", size, 255)
    draw = ImageDraw.Draw(page)
    for rule in sheet.rules:
        line = [value * unit for value in (rule.x0, rule.y0, rule.x1, rule.y1)]
        draw.line(line, fill=20, width=max(1, round(rule.width * unit)))
    for run in sheet.runs:
        letters = face(run.face, round(run.size * unit, 2))
        draw.text((run.x * unit, run.y * unit), run.text, font=letters, fill=15, anchor="ls")
    picture = np.repeat(np.asarray(page)[:, :, None], 3, axis=2).copy()
    seen = [scaled(word, unit) for word in printed(sheet.runs)]
    for ink in sheet.inks:
        seen += leave(picture, ink, unit, clerk, dice)
    return picture, seen


def printed(runs: list[Run]) -> list[Seen]:
    """Return the printed words in points; pieces that touch are one word."""
    found: list[Seen] = []
    for run in runs:
        right = run.x + width(run.text, run.face, run.size)
        box = (run.x, run.y - run.size * 0.78, right, run.y + run.size * 0.22)
        last = found[-1] if found else None
        if last and last.box[3] == box[3] and abs(last.box[2] - run.x) < 0.3:
            found[-1] = Seen(last.text + run.text, (*last.box[:2], right, box[3]), "print")
        else:
            found.append(Seen(run.text, box, "print"))
    return found


def scaled(word: Seen, unit: float) -> Seen:
    """Return the word with its box in pixels."""
    left, top, right, bottom = (value * unit for value in word.box)
    return Seen(word.text, (left, top, right, bottom), word.kind)


def leave(
    picture: Picture, ink: Ink, unit: float, clerk: Clerk, dice: np.random.Generator
) -> list[Seen]:
    """Leave the ink on the page; return the words that it wrote."""
    x, y = ink.x * unit, ink.y * unit
    if ink.kind == "hand":
        return write(picture, ink, unit, clerk, dice)
    if ink.kind == "signature":
        mask = pen.signature(ink.width * unit, dice)
        press(picture, mask, x - mask.shape[1] / 2, y - mask.shape[0] / 2, clerk.blue, 0.9)
        return []
    if ink.kind == "seal":
        mask = stamps.seal(ink.width * unit, ink.text, dice)
        press(picture, mask, x - mask.shape[1] / 2, y - mask.shape[0] / 2, RED, 0.85)
        return []
    if ink.kind == "urgency":
        mask = stamps.urgency(ink.text, 15 * unit * ink.width, ink.angle, dice)
        return [stamped(picture, mask, x, y, ink.text, RED)]
    mask, written = stamps.arrival(ink.more, unit, clerk.hand, dice)
    press(picture, written, x - mask.shape[1] / 2, y - mask.shape[0] / 2, clerk.blue, 0.9)
    return [stamped(picture, mask, x, y, " ".join(ink.more), (190, 50, 90))]


def stamped(picture: Picture, mask: pen.Mask, x: float, y: float, text: str, color: Color) -> Seen:
    """Press a stamp with its middle at a place."""
    high, wide = mask.shape
    press(picture, mask, x - wide / 2, y - high / 2, color, 0.9)
    return Seen(text, (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), "stamp")


def write(
    picture: Picture, ink: Ink, unit: float, clerk: Clerk, dice: np.random.Generator
) -> list[Seen]:
    """Write into a gap, a little above or below the line."""
    height = clerk.size * unit * dice.uniform(0.9, 1.1)
    mask = pen.written(ink.text, clerk.hand, height, ink.width * unit * 1.1, dice)
    high, wide = mask.shape
    left = ink.x * unit + (ink.width * unit - wide) * dice.uniform(0.2, 0.7)
    base = ink.y * unit + dice.uniform(-1.5, 2.5) * unit
    press(picture, mask, left, base - high * 2 / 3, clerk.blue, 0.92)
    rows = np.flatnonzero(mask.max(axis=1) > 40) + base - high * 2 / 3
    return [Seen(ink.text, (left, float(rows[0]), left + wide, float(rows[-1])), "hand")]


def press(
    picture: Picture, mask: pen.Mask, x: float, y: float, color: Color, strength: float
) -> None:
    """Lay ink on paper: it darkens what is below and hides nothing."""
    left, top = max(0, int(x)), max(0, int(y))
    cut = mask[top - int(y) :, left - int(x) :]
    target = picture[top : top + cut.shape[0], left : left + cut.shape[1]]
    cover = cut[: target.shape[0], : target.shape[1], None] / 255 * strength
    tint = np.asarray(color) / 255
    target[:] = (target * (1 - cover + cover * tint)).astype(np.uint8)
