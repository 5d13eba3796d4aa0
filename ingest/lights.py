"""The signature block in several lights: without colors, with all but blue ink, without rings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extractors.authority import starts_authority
from ingest.columns import Zone, cut, line_height
from ingest.page import Image, Page
from ingest.seals import without_rings

_LEFT = 0.38  # of the page's width: where the block begins
_DEEP = 0.27  # of the page's height, from the recipients down
_BEGUN, _ENDED = 0.45, 0.7  # where a signature over the recipients may begin,
_HIGH = 0.3  # and of the page's height, how far over them
_OVER = 0.035  # of the page's height: how far over the recipients it may begin
_SURE = 0.6  # words read with more confidence are no part of a signature if not in its column
_DARKEST = 0.5  # percent of a block that is surely print
_DEPTH = 110.0  # what is so much brighter than the darkest print is none
_EDGE = 2  # pixels around such words


@dataclass(frozen=True, slots=True)
class Block:
    """The signature block in one light: its picture, its place on the page, a word's height."""

    picture: Image
    corner: tuple[int, int]
    em: float
    dpi: int


def blocks(page: Page, zone: Zone, drawn: Image) -> Iterator[Block]:
    """Yield the block beside and under the recipients, without the words read around it."""
    em = line_height(page.lines)
    top = max(0, zone.top - round(_OVER * page.height))
    bottom = min(page.height, zone.top + round(_DEEP * page.height))
    left = round(_LEFT * page.width)
    for light in _lights(drawn[top:bottom, left:]):
        picture = _without_words(light, page, zone, (left, top))
        yield Block(picture, (left, top), em, page.dpi)
    clear = without_rings(picture, page.dpi)
    if clear is not picture:
        yield Block(clear, (left, top), em, page.dpi)


def raised(page: Page, zone: Zone) -> Zone:
    """Return the zone from the position on, if that stands over the recipients."""
    if any(starts_authority(line.text) for line in zone.right):
        return zone
    for line in page.lines:
        pair = cut(line, _BEGUN * page.width, _ENDED * page.width, line.word_height)
        part = pair[1] if pair else line
        near = 0 < zone.top - part.box[1] < _HIGH * page.height
        if near and part.box[0] > _BEGUN * page.width and starts_authority(part.text):
            return replace(zone, top=part.box[1], right=(*zone.right, part))
    return zone


def _lights(drawn: Image) -> Iterator[Image]:
    """Yield the black print of the picture, and all but its blue ink."""
    if drawn.ndim == 2:
        yield drawn
        return
    red, green, blue = cv2.split(drawn)
    brightest = np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)
    yield _blackest(brightest)
    yield np.asarray(blue, np.uint8)


def _blackest(lifted: Image) -> Image:
    """Return what is nearly as dark as the print is: a lifted pen's stroke is still gray."""
    darkest = float(np.percentile(lifted, _DARKEST))
    way = 255 / _DEPTH
    return np.asarray(np.clip((lifted - darkest) * way, 0, 255), np.uint8)


def _without_words(light: Image, page: Page, zone: Zone, corner: tuple[int, int]) -> Image:
    """Return the picture without the words that were read well and are none of the signature."""
    signing = {id(word) for line in zone.right for word in line.words}
    picture, (left, top) = light.copy(), corner
    for word in (word for line in page.lines for word in line.words):
        if word.confidence <= _SURE or id(word) in signing:
            continue
        x0, y0, x1, y1 = word.box
        across = slice(max(0, x0 - left - _EDGE), max(0, x1 - left + _EDGE))
        picture[max(0, y0 - top - _EDGE) : max(0, y1 - top + _EDGE), across] = 255
    return picture
