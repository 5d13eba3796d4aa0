"""Pages for the channel: text set in a serif type, then spoilt the way scanners spoil it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]
FACES = ("Regular",) * 7 + ("Bold", "Bold", "Italic", "BoldItalic")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture and its lines: the height of each line's middle, and what it says."""

    picture: Picture
    rows: tuple[tuple[float, str], ...]
    dpi: int


def sheets(texts: Iterable[str], random_: random.Random, fonts: str) -> Iterator[Sheet]:
    """Set paragraphs on small sheets of some 22 lines, each sheet with its own type and dpi."""
    waiting = list(texts)
    while waiting:
        dpi = random_.choice((150, 200, 200, 300))
        size = random_.choice((11, 12, 13, 13, 13.5, 14, 14)) / 72 * dpi
        width, step = int(6.4 * dpi), size * random_.choice((1.2, 1.35, 1.5))
        image = Image.new("L", (width + int(dpi * 0.6), int(step * 24)), 255)
        pen, rows, top = ImageDraw.Draw(image), [], step * 0.7
        while waiting and top < image.height - 2 * step:
            face = f"{fonts}/Tinos-{random_.choice(FACES)}.ttf"
            font = ImageFont.truetype(face, round(size))
            for line in _wrapped(waiting.pop(), font, width)[:6]:
                if top >= image.height - 1.5 * step:
                    break
                pen.text((dpi * 0.3, top), line, font=font, fill=random_.randint(0, 60))
                rows.append((top + size * 0.65, line))
                top += step
        yield Sheet(np.asarray(image), tuple(rows), dpi)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def spoil(sheet: Sheet, random_: random.Random) -> Picture:
    """Spoil a sheet: thinned or fattened ink, blur, shade, specks, low resolution, bilevel fax."""
    picture = sheet.picture
    noise = np.random.default_rng(random_.getrandbits(32))
    roughness = random_.random()
    if random_.random() < 0.6:
        low = max(80, int(random_.uniform(85, 150) if roughness > 0.4 else 150))
        picture = _rescaled(picture, min(1.0, low / sheet.dpi))
    if random_.random() < 0.3:
        shape = np.ones((2, 2), np.uint8)
        picture = (cv2.erode if random_.random() < 0.5 else cv2.dilate)(picture, shape)
    picture = cv2.GaussianBlur(picture, (0, 0), 0.3 + roughness * random_.uniform(0.2, 1.1))
    gray = picture.astype(np.float32)
    if random_.random() < 0.4:
        gray *= np.linspace(random_.uniform(0.6, 1), random_.uniform(0.6, 1), gray.shape[1])
    gray = 255 - (255 - gray) * random_.uniform(0.45, 1)
    gray += noise.normal(0, random_.uniform(0, 28) * roughness, gray.shape)
    picture = np.clip(gray, 0, 255).astype(np.uint8)
    if random_.random() < 0.35:
        cut = float(np.percentile(picture, 50)) * random_.uniform(0.6, 0.9)
        picture = np.where(picture < cut, 0, 255).astype(np.uint8)
    if random_.random() < 0.2:
        specks = noise.random(picture.shape) < random_.uniform(0.0005, 0.006)
        picture = np.where(specks, noise.integers(0, 256, picture.shape), picture).astype(np.uint8)
    if random_.random() < 0.3:
        quality = [cv2.IMWRITE_JPEG_QUALITY, random_.randint(15, 60)]
        picture = cv2.imdecode(cv2.imencode(".jpg", picture, quality)[1], cv2.IMREAD_GRAYSCALE)
    return picture


def _rescaled(picture: Picture, share: float) -> Picture:
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)
