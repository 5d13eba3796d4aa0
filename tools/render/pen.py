"""Handwriting and signatures: masks of strokes, 255 where the ink is."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Mask = NDArray[Any]  # of uint8
FONTS = Path(__file__).parent / "fonts"


@lru_cache(maxsize=1)
def hands() -> tuple[str, ...]:
    """Return the names of the handwriting fonts."""
    return tuple(tomllib.loads((FONTS / "SOURCES.toml").read_text())["fonts"])


@lru_cache(maxsize=16)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a handwriting font at a size in pixels."""
    return ImageFont.truetype(FONTS / f"{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def scaled(name: str, height: float) -> ImageFont.FreeTypeFont:
    """Return the font at the size at which its digits have the height."""
    top, bottom = font(name, 200).getbbox("0358")[1::2]
    return font(name, max(8, round(200 * height / (bottom - top))))


def written(text: str, name: str, height: float, room: float, dice: np.random.Generator) -> Mask:
    """Return a text written by hand: digits of the height, slanted, each a little off the line."""
    face = scaled(name, height)
    pad = int(height)
    wide = int(face.getlength(text) * 1.25 + 2 * pad)
    page = Image.new("L", (wide, int(height * 3)), 0)
    draw, x = ImageDraw.Draw(page), float(pad)
    spread = dice.uniform(0.92, 1.06)
    for letter in text:
        y = height * 2 + dice.normal(0, height * 0.05)
        draw.text((x, y), letter, font=face, fill=255, anchor="ls")
        x += face.getlength(letter) * spread + dice.normal(0, height * 0.03)
    mask = thickened(np.asarray(page), height, dice)
    return fitted(slanted(mask, dice), room)


def thickened(mask: Mask, height: float, dice: np.random.Generator) -> Mask:
    """Return the strokes as broad as a pen's that presses more or less."""
    side = round(height * dice.uniform(0.0, 0.07))
    if side >= 1:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side + 1, side + 1))
        mask = cv2.dilate(mask, kernel)
    return mask


def slanted(mask: Mask, dice: np.random.Generator) -> Mask:
    """Return the writing leaning and rising a little."""
    high, wide = mask.shape
    lean, rise = dice.uniform(-0.08, 0.32), dice.uniform(-0.07, 0.04)
    move = np.array([[1, -lean, lean * high * 2 / 3], [rise, 1, -rise * wide / 2]])
    return cv2.warpAffine(mask, move, (wide + int(high * 0.2), high), flags=cv2.INTER_LINEAR)


def fitted(mask: Mask, room: float) -> Mask:
    """Cut the empty columns off; writing that is far too wide is written narrower."""
    columns = np.flatnonzero(mask.max(axis=0) > 40)
    mask = mask[:, columns[0] : columns[-1] + 1]
    if mask.shape[1] > room:
        mask = cv2.resize(mask, (int(room), mask.shape[0]), interpolation=cv2.INTER_AREA)
    return mask


def signature(width: float, dice: np.random.Generator) -> Mask:
    """Return a signature: waves that run along, loops, and a flourish back."""
    high, wide = int(width * 0.8), int(width * 1.3)
    t = np.linspace(0, 1, 700)
    loops = dice.uniform(3, 6)
    phase = dice.uniform(0, 6.28, 4)
    grow = (1 - t) ** dice.uniform(0.6, 1.6) + 0.18
    x = width * (0.1 + 0.72 * t) + width * 0.09 * np.sin(6.28 * loops * t + phase[0])
    y = 0.27 * width * grow * np.sin(6.28 * loops * t + phase[1] + 1.2 * np.sin(5 * t + phase[2]))
    y += high / 2 + dice.uniform(-0.15, 0.1) * width * t
    mask = np.zeros((high, wide), np.uint8)
    stroke(mask, x, y, max(2, round(width / 70)))
    back = np.linspace(0, 1, 80)
    fx = x[-1] - width * dice.uniform(0.4, 0.8) * back
    fy = y[-1] + width * 0.12 * np.sin(3.14 * back + phase[3] / 6)
    stroke(mask, fx, fy, max(1, round(width / 90)))
    return mask


def stroke(mask: Mask, x: NDArray[np.float64], y: NDArray[np.float64], thick: int) -> None:
    """Draw a curve with a pen that is thinner where it is fast."""
    speed = np.hypot(np.diff(x), np.diff(y))
    slow = speed < np.median(speed)
    points = np.stack([x, y], axis=1)
    for at, (start, end) in enumerate(pairwise(points)):
        wide = thick if slow[at] else max(1, thick - 1)
        cv2.line(mask, fine(start), fine(end), 255, wide, cv2.LINE_AA, 3)


def fine(point: NDArray[Any]) -> tuple[int, int]:
    """Return a point in eighths of a pixel."""
    return int(point[0] * 8), int(point[1] * 8)
