"""Single characters as a pen leaves them: drawn from strokes, from a digit set, from fonts."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Mask = NDArray[np.float32]  # ink from 0 to 1
Strokes = list[NDArray[np.float32]]
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pen:
    """The hand of one writer: height and thickness in pixels, slant as a shear, unevenness."""

    height: float
    width: float
    slant: float
    wobble: float


@dataclass(frozen=True)
class Sources:
    """What characters are made from."""

    strokes: dict[str, list[tuple[float, Strokes]]]
    digits: dict[str, list[Mask]]
    fonts: list[Path]
    prints: list[Path]


def load_sources(packages: Path, prints: list[Path]) -> Sources:
    """Return the sources found in a folder of npm packages (see the README beside this file)."""
    listed = (HERE / "packages.txt").read_text().split()
    files = [
        sorted((packages / name / "files").glob("*-latin-400-normal.woff2")) for name in listed
    ]
    fonts = [found[0] for found in files if found]
    return Sources(load_strokes(), load_digits(packages / "mnist"), fonts, prints)


def load_strokes() -> dict[str, list[tuple[float, Strokes]]]:
    """Return the ways of writing each character, with how often each is met."""
    ways = defaultdict(list)
    for glyph in tomllib.loads((HERE / "strokes.toml").read_text())["glyph"]:
        strokes = [np.array(points, np.float32) for points in glyph["strokes"]]
        ways[glyph["is"]].append((float(glyph["often"]), strokes))
    return dict(ways)


def load_digits(package: Path) -> dict[str, list[Mask]]:
    """Return the digit set's pictures, 28 pixels square, cut to their ink."""
    digits = {}
    for digit in "0123456789":
        data = json.loads((package / "src" / "digits" / f"{digit}.json").read_text())["data"]
        pictures = np.array(data, np.float32).reshape(-1, 28, 28)
        digits[digit] = [trim(picture) for picture in pictures]
    return digits


def shaken(strokes: Strokes, size: float, rng: np.random.Generator) -> Strokes:
    """Move every point a little; those of one place move together, so that strokes still meet."""
    moves: dict[bytes, NDArray[np.float32]] = {}

    def moved(point: NDArray[np.float32]) -> NDArray[np.float32]:
        place = point.tobytes()
        if place not in moves:
            moves[place] = rng.normal(0, size, 2).astype(np.float32)
        return point + moves[place]

    return [np.array([moved(point) for point in stroke]) for stroke in strokes]


def smooth(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a Catmull-Rom curve through the points."""
    if len(points) < 3:
        return np.linspace(points[0], points[-1], 9).astype(np.float32)
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    share = np.linspace(0, 1, 6, endpoint=False, dtype=np.float32)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        cubic = 3 * b - a - 3 * c + d
        square = 2 * a - 5 * b + 4 * c - d
        parts.append(0.5 * (2 * b + (c - a) * share + square * share**2 + cubic * share**3))
    return np.vstack([*parts, points[-1:]]).astype(np.float32)


def trim(mask: Mask) -> Mask:
    """Cut a picture to its ink."""
    rows, columns = np.flatnonzero(mask.max(1) > 0.2), np.flatnonzero(mask.max(0) > 0.2)
    if not len(rows) or not len(columns):
        return mask[:1, :1]
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def from_strokes(sources: Sources, char: str, pen: Pen, rng: np.random.Generator) -> Mask:
    """Draw a character from its strokes, warped smoothly so that strokes that meet still meet."""
    ways = sources.strokes[char]
    often = np.array([way[0] for way in ways])
    strokes = ways[rng.choice(len(ways), p=often / often.sum())][1]
    waves = rng.normal(0, 0.05 * pen.wobble, (2, 3)), rng.uniform(0, 6.3, (2, 3))
    tall = pen.height * rng.uniform(0.9, 1.12)
    wide = tall * rng.uniform(0.65, 1.15)
    turn = rng.normal(0, 0.06)
    lines = []
    for stroke in shaken(strokes, 0.024 * pen.wobble, rng):
        x, y = warp(smooth(stroke), *waves)
        x = x + pen.slant * (1 - y) * 0.8 + turn * y
        lines.append(np.stack([x * wide, y * tall], 1))
    return draw(lines, pen, rng)


def warp(
    stroke: NDArray[np.float32], size: NDArray[np.float64], phase: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bend a stroke by a few slow waves that depend on the place alone."""
    x, y = stroke[:, 0], stroke[:, 1]
    bend_x = sum(size[0, k] * np.sin((k + 1) * 2.1 * y + phase[0, k]) for k in range(3))
    bend_y = sum(size[1, k] * np.sin((k + 1) * 2.6 * x + phase[1, k]) for k in range(3))
    return x + bend_x, y + bend_y


def draw(lines: list[NDArray[np.float64]], pen: Pen, rng: np.random.Generator) -> Mask:
    """Draw strokes with a pen whose pressure changes along the way."""
    pad = pen.width + 2
    corner = np.vstack(lines).min(0) - pad
    wide, tall = (np.vstack(lines).max(0) - corner + pad).astype(int) + 1
    canvas = np.zeros((tall, wide), np.uint8)
    for line in lines:
        points = np.round((line - corner) * 16).astype(np.int32)
        press = pen.width * (1 + rng.normal(0, 0.15))
        fade = rng.uniform(-0.4, 0.3) if rng.random() < 0.3 else 0.0
        for at in range(0, len(points) - 1, 4):
            thick = max(1, round(press * (1 + fade * at / len(points))))
            cv2.polylines(canvas, [points[at : at + 5]], False, 255, thick, cv2.LINE_AA, 4)
    return trim(canvas.astype(np.float32) / 255)


def from_digits(sources: Sources, char: str, pen: Pen, rng: np.random.Generator) -> Mask:
    """Take a digit from the digit set, scaled and slanted, its stroke thinned or not."""
    pictures = sources.digits[char]
    mask = pictures[int(rng.integers(len(pictures)))]
    tall = max(8, int(pen.height * rng.uniform(0.9, 1.1)))
    wide = max(3, int(mask.shape[1] * tall / mask.shape[0] * rng.uniform(0.8, 1.1)))
    big = cv2.resize(mask, (wide, tall), interpolation=cv2.INTER_CUBIC)
    big = np.clip((cv2.GaussianBlur(big, (0, 0), 1.2) - rng.uniform(0.25, 0.6)) * 5 + 0.5, 0, 1)
    return shear(big, pen.slant * 0.5)


def from_font(path: Path, char: str, pen: Pen, rng: np.random.Generator) -> Mask:
    """Write a character in a handwriting font."""
    mask, _ = typeset(path, char, 64)
    tall = pen.height * rng.uniform(0.9, 1.1)
    scale = tall / (mask.shape[0] if char.isdigit() else 50)
    wide = max(2, int(mask.shape[1] * scale * rng.uniform(0.85, 1.1)))
    size = (wide, max(2, int(mask.shape[0] * scale)))
    written = shear(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), pen.slant * 0.6)
    return broader(written, rng) if rng.random() < 0.4 else written


def broader(mask: Mask, rng: np.random.Generator) -> Mask:
    """Write with a broader pen."""
    pad = np.pad(mask, 3)
    return trim(cv2.dilate(pad, np.ones((int(rng.integers(2, 4)),) * 2, np.uint8)))


@cache
def typeset(path: Path, text: str, size: int) -> tuple[Mask, int]:
    """Set text in a font, cut to its ink; with it the baseline's row, counted from the top."""
    font = load_font(path, size)
    wide = int(font.getlength(text)) + 40
    image = Image.new("L", (wide, size * 3))
    ImageDraw.Draw(image).text((20, size * 2), text, fill=255, font=font, anchor="ls")
    mask = np.asarray(image, np.float32) / 255
    rows = np.flatnonzero(mask.max(1) > 0.2)
    return trim(mask), size * 2 - int(rows[0]) if len(rows) else 0


@cache
def load_font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Load a font once."""
    return ImageFont.truetype(str(path), size)


def shear(mask: Mask, slant: float) -> Mask:
    """Lean a picture to the right."""
    tall, wide = mask.shape
    shift = slant * tall
    matrix = np.array([[1, -slant, max(shift, 0)], [0, 1, 0]], np.float32)
    size = (int(wide + abs(shift)) + 2, tall)
    return trim(cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_LINEAR))
