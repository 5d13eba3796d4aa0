"""Seals and stamps: masks of ink, 255 where the rubber touched."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tools.render.pen import Mask, written
from tools.render.words import FILES, TINOS


def face(name: str, size: float) -> ImageFont.FreeTypeFont:
    """Return a printed face at a size in pixels."""
    path = TINOS / FILES[name]  # type: ignore[index]
    return ImageFont.truetype(path, max(6, round(size)), layout_engine=ImageFont.Layout.BASIC)


def seal(radius: float, text: str, dice: np.random.Generator) -> Mask:
    """Return a round seal: two rings, the body's name between them, the star."""
    side = int(radius * 2.1)
    middle = side / 2
    page = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(page)
    for share, thick in ((1.0, 0.045), (0.92, 0.012), (0.6, 0.02)):
        ring(draw, middle, radius * share, max(1, round(radius * thick)))
    draw.polygon(star(middle, radius * 0.36), fill=255)
    around(page, f"{text} * ", middle, radius * 0.76, min(0.27, 4.2 / (len(text) + 3)) * radius)
    turned = page.rotate(float(dice.uniform(-14, 14)), Image.Resampling.BILINEAR)
    return worn(np.asarray(turned), dice)


def ring(draw: ImageDraw.ImageDraw, middle: float, radius: float, thick: int) -> None:
    """Draw a circle."""
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    draw.ellipse(box, outline=255, width=thick)


def star(middle: float, radius: float) -> list[tuple[float, float]]:
    """Return the ten corners of a five-pointed star."""
    turns = np.arange(10) * np.pi / 5 - np.pi / 2
    reach = np.where(np.arange(10) % 2 == 0, radius, radius * 0.42)
    return list(zip(middle + reach * np.cos(turns), middle + reach * np.sin(turns), strict=True))


def around(page: Image.Image, text: str, middle: float, radius: float, size: float) -> None:
    """Write a text once round the circle, upright at the top."""
    letters = face("bold", size)
    for at, letter in enumerate(text):
        turn = 2 * np.pi * at / len(text) - np.pi * 0.85
        tile = Image.new("L", (int(size * 2), int(size * 2)), 0)
        draw = ImageDraw.Draw(tile)
        draw.text((size, size), letter, font=letters, fill=255, anchor="mm")
        tile = tile.rotate(-np.degrees(turn), Image.Resampling.BILINEAR)
        x, y = middle + radius * np.sin(turn), middle - radius * np.cos(turn)
        page.paste(255, (int(x - size), int(y - size)), tile)


def worn(mask: Mask, dice: np.random.Generator) -> Mask:
    """Return the stamp as ink leaves it: blotched, and thin in places."""
    high, wide = mask.shape
    coarse = dice.uniform(0.45, 1.15, (7, 7)).astype(np.float32)
    fine = dice.uniform(0.75, 1.1, (max(high // 3, 1), max(wide // 3, 1))).astype(np.float32)
    size = (wide, high)
    patches: Mask = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    patches *= cv2.resize(fine, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(mask * np.clip(patches, 0.25, 1), 0, 255), np.uint8)


def urgency(text: str, size: float, angle: float, dice: np.random.Generator) -> Mask:
    """Return a framed stamp; one that is slanted has the shape of an arrow."""
    letters = face("bold", size)
    wide, high = int(letters.getlength(text) + size * 1.6), int(size * 1.9)
    page = Image.new("L", (wide + high, high + 8), 0)
    draw = ImageDraw.Draw(page)
    corners: list[tuple[float, float]] = [(3, 3), (wide, 3), (wide, high), (3, high)]
    if angle:
        corners.insert(2, (wide + high * 0.6, high / 2))
    draw.line([*corners, corners[0]], fill=255, width=max(2, round(size / 9)), joint="curve")
    draw.text((wide / 2, high / 2 + 2), text, font=letters, fill=255, anchor="mm")
    turned = page.rotate(angle, Image.Resampling.BILINEAR, expand=True)
    return worn(np.asarray(turned), dice)


def arrival(
    more: tuple[str, ...], unit: float, hand: str, dice: np.random.Generator
) -> tuple[Mask, Mask]:
    """Return the stamp of incoming mail (ĐẾN) and what was written into it."""
    wide, high = int(150 * unit), int(72 * unit)
    print_, pen = Image.new("L", (wide, high), 0), np.zeros((high, wide), np.uint8)
    draw = ImageDraw.Draw(print_)
    draw.rectangle((2, 2, wide - 3, high - 3), outline=255, width=max(1, round(unit * 1.2)))
    line = round(20 * unit)
    draw.line((2, line, wide - 3, line), fill=255, width=max(1, round(unit)))
    draw.text((wide / 2, line / 2), more[0], font=face("bold", 9.5 * unit), fill=255, anchor="mm")
    draw.text((34 * unit, 46 * unit), "ĐẾN", font=face("bold", 17 * unit), fill=255, anchor="mm")
    for y, label, value in ((40, "Số:", more[1]), (60, "Ngày:", more[2])):
        draw.text(
            (66 * unit, y * unit), label, font=face("regular", 10 * unit), fill=255, anchor="ls"
        )
        ink = written(value, hand, 9 * unit, 56 * unit, dice)
        place(pen, ink, 94 * unit, y * unit - ink.shape[0] * 2 / 3)
    return worn(np.asarray(print_), dice), pen


def place(page: Mask, mask: Mask, x: float, y: float) -> None:
    """Lay a mask on a larger one, cut at its edges."""
    left, top = max(0, int(x)), max(0, int(y))
    cut = mask[top - int(y) :, left - int(x) :]
    target = page[top : top + cut.shape[0], left : left + cut.shape[1]]
    np.maximum(target, cut[: target.shape[0], : target.shape[1]], out=target)
