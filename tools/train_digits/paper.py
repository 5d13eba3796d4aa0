"""What a printer, a pen, a scanner and its settings make of clean ink."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.hand.digits import TALL, ink_of

Mask = NDArray[np.float32]


def age(ink: Mask, rng: np.random.Generator) -> Mask:
    """Scan a strip of ink: turned a little, blurred, coarse, bilevel or gray, then as read."""
    gray = 255 * (1 - tilt(ink, rng) * rng.uniform(0.7, 1.0))
    gray = cv2.GaussianBlur(gray, (0, 0), rng.uniform(0.4, 1.3))
    if rng.random() < 0.4:
        gray = coarse(gray, rng)
    gray = bilevel(gray, rng) if rng.random() < 0.45 else shaded(gray, rng)
    scanned = np.clip(gray, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))]
        scanned = cv2.imdecode(cv2.imencode(".jpg", scanned, quality)[1], cv2.IMREAD_GRAYSCALE)
    wide = max(8, round(scanned.shape[1] * TALL / scanned.shape[0]))
    return ink_of(cv2.resize(scanned, (wide, TALL), interpolation=cv2.INTER_AREA))


def tilt(ink: Mask, rng: np.random.Generator) -> Mask:
    """Turn the strip by up to two degrees and stretch it a little."""
    tall, wide = ink.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, tall / 2), rng.normal(0, 0.7), 1.0)
    matrix[0, 0] *= rng.uniform(0.94, 1.06)
    return cv2.warpAffine(ink, matrix, (wide, tall), flags=cv2.INTER_LINEAR)


def coarse(gray: Mask, rng: np.random.Generator) -> Mask:
    """Scan at a lower resolution."""
    share = rng.uniform(0.4, 0.9)
    small = cv2.resize(gray, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    way = cv2.INTER_NEAREST if rng.random() < 0.2 else cv2.INTER_LINEAR
    return cv2.resize(small, gray.shape[::-1], interpolation=way)


def bilevel(gray: Mask, rng: np.random.Generator) -> Mask:
    """Scan in black and white: thin strokes break, thick ones run, specks stay."""
    noise = rng.normal(0, rng.uniform(2, 40), gray.shape)
    level = rng.uniform(140, 225)
    return np.where(gray + noise > level, 255, 0).astype(np.float32)


def shaded(gray: Mask, rng: np.random.Generator) -> Mask:
    """Scan in gray: paper of some shade, noise, a fading across the strip."""
    paper = rng.uniform(190, 255)
    fade = np.linspace(0, rng.normal(0, 12), gray.shape[1])
    return gray * paper / 255 + fade + rng.normal(0, rng.uniform(0, 14), gray.shape)
