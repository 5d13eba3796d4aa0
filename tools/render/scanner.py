"""What a scanner, a fax or a phone makes of a page; deterministic for its dice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.render.paint import Picture, Seen

Dice = np.random.Generator
Matrix = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Quality:
    """How a page is scanned: `dpi` to choose from, the JPEG quality, one color or all."""

    dpi: tuple[int, ...]
    jpeg: int
    scan: Callable[[Picture, Dice], tuple[Picture, Matrix]]
    curl: float = 0  # how far the middle of a line rises, as a share of the page's width
    bilevel: bool = False


def skewed(picture: Picture, degrees: float, paper: int = 255) -> tuple[Picture, Matrix]:
    """Turn a page round its middle."""
    high, wide = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    done = cv2.warpAffine(picture, turn, (wide, high), borderValue=(paper,) * 3)
    return done, np.vstack([turn, [0, 0, 1]])


def noisy(picture: Picture, amount: float, dice: Dice) -> Picture:
    """Add the grain of a sensor, alike in all colors."""
    grain: Picture = dice.normal(0, amount * 1.7, picture.shape[:2]).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), 0.55)
    return np.asarray(np.clip(picture + grain[:, :, None], 0, 255), np.uint8)


def soft(picture: Picture, sigma: float) -> Picture:
    """Blur as a lens does."""
    return cv2.GaussianBlur(picture, (0, 0), sigma)


def shaded(picture: Picture, darkest: float, dice: Dice) -> Picture:
    """Let the light fall off across the page and in patches."""
    high, wide = picture.shape[:2]
    corners = dice.uniform(darkest, 1.0, (3, 3)).astype(np.float32)
    light = cv2.resize(corners, (wide, high), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(picture * np.clip(light, 0, 1.02)[:, :, None], 0, 255), np.uint8)


def faded(picture: Picture, ink: float, paper: tuple[float, float, float]) -> Picture:
    """Lift the black to gray and tint the paper."""
    tint = np.asarray(paper, np.float32)
    return np.asarray(ink + picture / 255 * (tint - ink), np.uint8)


def clean(picture: Picture, _: Dice) -> tuple[Picture, Matrix]:
    """Scan a straight page on a new machine."""
    return soft(picture, 0.5), np.eye(3)


def office(picture: Picture, dice: Dice) -> tuple[Picture, Matrix]:
    """Scan with the feeder of an office machine."""
    turned, matrix = skewed(picture, dice.uniform(-0.7, 0.7))
    page = faded(soft(turned, dice.uniform(0.5, 0.75)), dice.uniform(10, 45), (252, 251, 247))
    return noisy(page, dice.uniform(1.5, 3), dice), matrix


def poor(picture: Picture, dice: Dice) -> tuple[Picture, Matrix]:
    """Scan on a worn machine: askew, shaded, noisy."""
    degrees = dice.uniform(1.4, 2.2) * dice.choice([-1, 1])
    turned, matrix = skewed(picture, degrees)
    page = faded(soft(turned, dice.uniform(0.7, 0.95)), dice.uniform(50, 80), (244, 241, 232))
    return noisy(shaded(page, 0.72, dice), dice.uniform(6, 9), dice), matrix


def fax(picture: Picture, dice: Dice) -> tuple[Picture, Matrix]:
    """Send by fax: a bilevel page with specks, broken strokes, black edges."""
    turned, matrix = skewed(picture, dice.uniform(-0.9, 0.9))
    gray = soft(noisy(soft(turned, 0.6), 20, dice), 0.55).min(axis=2)
    level = cv2.resize(
        dice.uniform(-44, 30, (46, 32)).astype(np.float32), gray.shape[::-1], interpolation=1
    )
    page = np.where(gray > 138 + level, 255, 0).astype(np.uint8)
    specks(page, dice)
    edges(page, dice)
    return np.repeat(page[:, :, None], 3, axis=2), matrix


def specks(page: NDArray[np.uint8], dice: Dice) -> None:
    """Scatter dust over a bilevel page."""
    high, wide = page.shape
    for _ in range(int(dice.integers(90, 260))):
        x, y = int(dice.integers(wide)), int(dice.integers(high))
        page[y : y + int(dice.integers(1, 4)), x : x + int(dice.integers(1, 4))] = 0


def edges(page: NDArray[np.uint8], dice: Dice) -> None:
    """Blacken one or two borders, ragged, as where the lid was open."""
    high, wide = page.shape
    for side in dice.choice(4, size=2, replace=False):
        length = high if side < 2 else wide
        drift = np.cumsum(dice.normal(0, 0.6, length))
        depth = np.clip(dice.uniform(6, 26) + drift, 0, 34).astype(int)
        view = (page, page[:, ::-1], page.T, page.T[:, ::-1])[side]
        view[np.arange(view.shape[1])[None, :] < depth[:, None]] = 0


def phone(picture: Picture, dice: Dice) -> tuple[Picture, Matrix]:
    """Photograph the page on a desk, from a side, in the light of a room."""
    high, wide = picture.shape[:2]
    frame = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    inset = dice.uniform(0.015, 0.075, (4, 2)) * [wide, high] * [[1, 1], [-1, 1], [-1, -1], [1, -1]]
    matrix = cv2.getPerspectiveTransform(frame, (frame + inset).astype(np.float32))
    desk = tuple(int(value) for value in dice.uniform(60, 120, 3))
    page = cv2.warpPerspective(
        faded(picture, 35, (246, 243, 236)), matrix, (wide, high), borderValue=desk
    )
    page = shaded(soft(page, dice.uniform(0.9, 1.3)), 0.5, dice)
    return noisy(page, dice.uniform(2.5, 4.5), dice), matrix


QUALITIES = {
    "clean": Quality((300,), 45, clean),
    "office": Quality((200, 200, 300), 40, office),
    "poor": Quality((200,), 32, poor),
    "fax": Quality((200,), 0, fax, bilevel=True),
    "phone": Quality((220,), 42, phone, curl=0.016),
    "signed": Quality((200,), 40, office),
    "garbage": Quality((200,), 40, office),
}


def scanned(
    picture: Picture, seen: list[Seen], quality: Quality, dice: Dice
) -> tuple[Picture, list[Seen]]:
    """Return the page as scanned and the words where they then are."""
    rise = quality.curl * picture.shape[1] * dice.uniform(0.4, 1.0) * dice.choice([-1, 1])
    if quality.curl:
        picture = curled(picture, rise)
    done, matrix = quality.scan(picture, dice)
    wide = picture.shape[1]
    return done, [
        Seen(word.text, moved(word.box, matrix, rise if quality.curl else 0, wide), word.kind)
        for word in seen
    ]


def curled(picture: Picture, rise: float) -> Picture:
    """Bend the lines of a page like a sheet that does not lie flat."""
    high, wide = picture.shape[:2]
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
    bent = y - (rise * np.sin(np.pi * x / wide)).astype(np.float32)
    return cv2.remap(picture, x, bent, cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def moved(
    box: tuple[float, float, float, float], matrix: Matrix, rise: float, wide: int
) -> tuple[float, float, float, float]:
    """Return the box around where the corners of a box come to lie."""
    left, top, right, bottom = box
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    corners[:, 1] += rise * np.sin(np.pi * corners[:, 0] / wide)
    placed = np.hstack([corners, np.ones((4, 1))]) @ matrix.T
    placed = placed[:, :2] / placed[:, 2:]
    (x0, y0), (x1, y1) = placed.min(axis=0), placed.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)
