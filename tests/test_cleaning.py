"""What is lifted off a picture before it is read, and pages that hold nothing."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.cleaning import is_bilevel, is_blank
from ingest.page import Page


@pytest.mark.parametrize(
    ("ink", "blank"),
    [
        (20, False),  # print
        (120, False),  # pale print
        (215, True),  # the front shows through
        (250, True),  # bare paper
    ],
)
def test_a_back_is_blank_though_the_front_shows_through(ink: int, blank: bool) -> None:
    image = np.full((2300, 1600), 250, np.uint8)
    image[300:2000:40, 200:1400:8] = ink
    image[:30] = 0  # a black border is no ink of the page
    assert is_blank(Page(1, 1600, 2300, 200, image)) is blank


@pytest.mark.parametrize(("grays", "bilevel"), [(0, True), (2, False)])
def test_black_and_white_has_no_grays(grays: int, bilevel: bool) -> None:
    image = np.full((400, 400), 255, np.uint8)
    image[100:120] = 0
    for edge in range(grays):
        image[90 - 10 * edge : 100 - 10 * edge] = 120
    assert is_bilevel(Page(1, 400, 400, 200, image)) is bilevel
