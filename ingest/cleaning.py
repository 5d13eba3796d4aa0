"""Cleaning: what the OCR should not see is lifted off the picture. `Page -> Page`, in one order."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ingest.page import Page

_COLORED = 40  # a pixel whose channels differ by more is ink or a seal, not paper or print
_LEAST_COLORED = 0.0005  # the share of such pixels that makes lifting worth its time


def lift_colors(page: Page) -> Page:
    """Lift red seals and blue ink off the black print: each pixel shows its brightest channel."""
    if page.image is None or page.image.ndim == 2:
        return page
    brightest = page.image.max(axis=2)
    spread = brightest - page.image.min(axis=2)
    share = float(np.count_nonzero(spread > _COLORED)) / spread.size
    if share < _LEAST_COLORED:
        return page.showing(np.asarray(cv2.cvtColor(page.image, cv2.COLOR_RGB2GRAY), np.uint8))
    notes = page.notes | {"colored_ink": f"{share:.2%}"}
    return replace(page.showing(brightest), notes=notes)


CHAIN = (lift_colors,)


def clean(page: Page) -> Page:
    """Return the page as the OCR should see it."""
    for step in CHAIN:
        page = step(page)
    return page
