"""A picture of what another threshold would do to handwriting: right, wrong and withheld."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ingest.evaluation.reliability import Point, curve
from ingest.evaluation.score import HandAnswer

WIDTH, HEIGHT, MARGIN = 720, 440, 60
RIGHT, WITHHELD, WRONG, INK = "#4c9a6a", "#d9d9d9", "#c8553d", "#222222"


def draw_curve(answers: Sequence[HandAnswer], file: Path) -> None:
    """Draw the shares of right, withheld and wrong over the threshold, stacked, to a picture."""
    points = curve(answers, steps=200)
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    for before, after in pairwise(points):
        draw_slice(pen, before, after.threshold)
    draw_frame(pen, len(answers))
    image.save(file)


def draw_slice(pen: ImageDraw.ImageDraw, point: Point, until: float) -> None:
    """Draw the three shares at one threshold: right at the bottom, wrong at the top."""
    left, right, floor = across(point.threshold), across(until), 0.0
    shares = ((point.right, RIGHT), (point.withheld, WITHHELD), (point.wrong, WRONG))
    for share, color in shares:
        if share:
            pen.rectangle((left, up(floor + share), right, up(floor)), fill=color)
        floor += share


def draw_frame(pen: ImageDraw.ImageDraw, values: int) -> None:
    """Draw axes, their numbers and the legend."""
    font = ImageFont.load_default(14)
    pen.rectangle((across(0), up(1), across(1), up(0)), outline=INK)
    for tenth in range(0, 11, 2):
        share = tenth / 10
        pen.text((across(share), up(0) + 8), f"{share:.1f}", INK, font, anchor="ma")
        pen.text((across(0) - 8, up(share)), f"{share:.0%}", INK, font, anchor="rm")
    title = f"Handwritten numbers and days ({values}): given from this probability on"
    pen.text((across(0), 12), title, INK, font)
    at = across(0)
    for name, color in (("right", RIGHT), ("withheld", WITHHELD), ("wrong", WRONG)):
        pen.rectangle((at, 34, at + 12, 46), fill=color)
        pen.text((at + 18, 40), name, INK, font, anchor="lm")
        at += 110


def across(threshold: float) -> float:
    """Return the place of a threshold on the picture, in pixels from the left."""
    return MARGIN + threshold * (WIDTH - 2 * MARGIN)


def up(share: float) -> float:
    """Return the place of a share on the picture, in pixels from the top."""
    return HEIGHT - 40 - share * (HEIGHT - 40 - MARGIN)
