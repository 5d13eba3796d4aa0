"""A page drawn with its boxes: lines read, places of values, gaps filled by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from extractors.contract import Provenance
from extractors.reading import Box, Hand
from ingest.page import Line, Page

LINE, VALUE, GAP, INK = "#b8c4d6", "#1f6fb2", "#b2361f", "#222222"
CROP_HEIGHT = 90  # pixels of a gap's crop, enlarged, below the page
WIDTH = 1240  # pixels of the picture: A4 at 150 dpi


def draw_page(
    page: Page, places: Mapping[str, Provenance], hands: Sequence[Hand], lines: Iterable[Line] = ()
) -> Image.Image:
    """Return the page's picture with boxes and names, and its gaps enlarged below it.

    Raises:
        ValueError: when the page has no picture.
    """
    if page.image is None:
        raise ValueError("the page has no picture")
    full = Image.fromarray(page.image).convert("RGB")
    shrink = WIDTH / full.width
    scan = full.resize((WIDTH, round(full.height * shrink)), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(scan)
    for line in lines:
        pen.rectangle([edge * shrink for edge in line.box], outline=LINE)
    for pointer, place in merged(places, page.number):
        frame(pen, scan.size, place, pointer, VALUE)
    mine = [hand for hand in hands if hand.page == page.number]
    for hand in mine:
        frame(pen, scan.size, hand.box, "", GAP)
    return under(scan, [(crop(full, hand.box), spoken(hand)) for hand in mine])


def merged(places: Mapping[str, Provenance], number: int) -> list[tuple[str, Box]]:
    """Return the boxes on a page, each once, under the shortest name that says what is there."""
    names: dict[Box, list[str]] = {}
    for pointer, place in places.items():
        if place.page == number and place.bbox:
            left, top, right, bottom = place.bbox
            names.setdefault((left, top, right, bottom), []).append(pointer)
    return [(common(pointers), box) for box, pointers in names.items()]


def common(pointers: Sequence[str]) -> str:
    """Return what several pointers have in common; of one, itself."""
    first, *others = [pointer.split("/") for pointer in pointers]
    kept = [part for at, part in enumerate(first) if all(o[at : at + 1] == [part] for o in others)]
    return "/".join(kept)


def frame(pen: ImageDraw.ImageDraw, size: tuple[int, int], box: Box, name: str, color: str) -> None:
    """Draw a box with its name above it."""
    width, height = size
    left, top, right, bottom = (
        box[0] * width - 2, box[1] * height - 2, box[2] * width + 2, box[3] * height + 2,
    )  # fmt: skip
    pen.rectangle((left, top, max(left, right), max(top, bottom)), outline=color, width=2)
    if name:
        font = ImageFont.load_default(13)
        pen.rectangle(pen.textbbox((left, top - 1), name, font, anchor="ls"), fill="white")
        pen.text((left, top - 1), name, color, font, anchor="ls")


def crop(full: Image.Image, box: Box) -> Image.Image:
    """Return a gap with a little of its surroundings, enlarged."""
    left, top, right, bottom = box
    across, down = (right - left) * 0.15 + 0.005, (bottom - top) * 0.25
    edges = (
        max(0, left - across) * full.width, max(0, top - down) * full.height,
        min(1, right + across) * full.width, min(1, bottom + down) * full.height,
    )  # fmt: skip
    gap = full.crop(tuple(round(edge) for edge in edges))  # type: ignore[arg-type]
    width = max(1, round(gap.width * CROP_HEIGHT / max(1, gap.height)))
    return gap.resize((min(width, WIDTH // 2), CROP_HEIGHT), Image.Resampling.LANCZOS)


def spoken(hand: Hand) -> str:
    """Return what a gap may say."""
    readings = ", ".join(f"{text} ({sure:.2f})" for text, sure in hand.readings[:4])
    return f"{hand.field}: {readings or ('blank' if hand.blank else 'not read')}"


def under(scan: Image.Image, crops: Sequence[tuple[Image.Image, str]]) -> Image.Image:
    """Return the page with the crops below it, each beside what it may say."""
    step = CROP_HEIGHT + 20
    whole = Image.new("RGB", (scan.width, scan.height + step * len(crops)), "white")
    whole.paste(scan)
    pen, font = ImageDraw.Draw(whole), ImageFont.load_default(20)
    for at, (picture, words) in enumerate(crops):
        top = scan.height + at * step + 10
        whole.paste(picture, (20, top))
        pen.text((picture.width + 40, top + CROP_HEIGHT // 2), words, INK, font, anchor="lm")
    return whole


def save(picture: Image.Image, file: Path) -> None:
    """Write the picture; the file's ending says how, PNG when it has none."""
    picture.save(file, format=None if file.suffix else "PNG")
