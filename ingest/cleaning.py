"""Cleaning: what the OCR should not see is lifted off the picture. `Page -> Page`, in one order."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ingest.page import Page

_COLORED = 40  # a pixel whose channels differ by more is ink or a seal, not paper or print
_UNEVEN = 25  # paper whose brightness differs by more is lit unevenly
_BLACK = 50  # darker "paper" is a black border, or a picture
_LEAST_COLORED = 0.0005  # the share of such pixels that makes lifting worth its time
_TWO_TONE = 3.0  # so much more black than gray has a black and white scan
_FAINT = 60  # how much darker than its paper a page must be somewhere, to be more than a back
_EDGE = 0.06  # the share of a page along its edges where dirt, holes and borders are


def lift_colors(page: Page) -> Page:
    """Lift red seals and blue ink off the black print: each pixel shows its brightest channel."""
    if page.image is None or page.image.ndim == 2:
        return page
    red, green, blue = cv2.split(page.image)
    brightest = cv2.max(cv2.max(red, green), blue)
    spread = cv2.subtract(brightest, cv2.min(cv2.min(red, green), blue))
    share = float(np.count_nonzero(np.asarray(spread) > _COLORED)) / spread.size
    if share < _LEAST_COLORED:
        return page.showing(np.asarray(cv2.cvtColor(page.image, cv2.COLOR_RGB2GRAY), np.uint8))
    notes = page.notes | {"colored_ink": f"{share:.2%}"}
    return replace(page.showing(np.asarray(brightest, np.uint8)), notes=notes)


def level_light(page: Page) -> Page:
    """Even out the light where it falls unevenly: there the OCR loses whole halves of a page."""
    if page.image is None or page.image.ndim == 3:
        return page
    small = cv2.resize(page.image, None, fx=1 / 16, fy=1 / 16, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 9)
    dark, bright = np.percentile(paper, (5, 95))
    if bright - dark < _UNEVEN or dark < _BLACK:
        return page
    light = cv2.resize(cv2.GaussianBlur(paper, (0, 0), 2), page.image.shape[::-1])
    notes = page.notes | {"uneven_light": f"{dark:.0f} to {bright:.0f}"}
    leveled = np.asarray(cv2.divide(page.image, light, scale=255), np.uint8)
    return replace(page.showing(leveled), notes=notes)


CHAIN = (lift_colors, level_light)


def clean(page: Page) -> Page:
    """Return the page as the OCR should see it."""
    for step in CHAIN:
        page = step(page)
    return page


def is_bilevel(page: Page) -> bool:
    """Say whether a scan as drawn is black and white, without grays."""
    if page.image is None:
        return False
    counts = np.bincount(page.image[::2, ::2].ravel(), minlength=256)
    return bool(counts[:32].sum() > _TWO_TONE * counts[32:208].sum())


def is_blank(page: Page) -> bool:
    """Say whether a cleaned page holds no ink: a back, through which the front may show."""
    if page.image is None or page.image.ndim == 3:
        return False
    edge = round(_EDGE * min(page.image.shape))
    inner = page.image[edge:-edge, edge:-edge]
    if not inner.size:
        return False
    paper, darkest = float(np.median(inner)), float(np.percentile(inner, 0.1))
    return paper > 128 and paper - darkest < _FAINT
