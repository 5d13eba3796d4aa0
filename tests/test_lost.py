"""A line that the first look passed over is found by its ink and read by itself."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ingest.lost import with_lost
from ingest.page import Image, Line, Page, Word
from ingest.reading import Engine, Mode
from ingest.rules import sketch

TOP, LOST = 300, 420


def printed() -> Image:
    """Return a page with two lines of letters and a long stroke."""
    image = np.full((2300, 1600), 255, np.uint8)
    for top in (TOP, LOST):
        for left in range(300, 700, 20):
            image[top : top + 26, left : left + 10] = 0
    cv2.line(image, (300, 900), (700, 1100), 0, 4)
    return image


def page() -> Page:
    line = Line(tuple(Word("nhân", (x, TOP, x + 90, TOP + 30), 0.95) for x in range(300, 700, 100)))
    return Page(1, 1600, 2300, 200, printed(), lines=(line,))


def reader(text: str, sure: float) -> tuple[Engine, list[Image]]:
    shown: list[Image] = []

    def read(image: Image, dpi: int, mode: Mode) -> tuple[Line, ...]:
        shown.append(image)
        words = [
            Word(w, (20 + 90 * n, 20, 100 + 90 * n, 50), sure) for n, w in enumerate(text.split())
        ]
        return (Line(tuple(words)),)

    return Engine("none", read), shown


@pytest.mark.parametrize(
    ("text", "sure", "found"),
    [("- Chủ tịch UBND", 0.9, True), ("- Chủ tịch UBND", 0.5, False), ("Øm", 0.9, False)],
)
def test_a_line_passed_over_is_read_by_itself(text: str, sure: float, found: bool) -> None:
    engine, shown = reader(text, sure)
    seen = page()
    assert seen.image is not None
    after = with_lost(seen, sketch(seen.image, 200), engine)
    assert len(shown) == 1, "the other line was read, and a stroke is no line"
    assert [line.text for line in after.lines[1:]] == ([text] if found else [])
    if found:
        assert abs(after.lines[1].box[1] - LOST) < 10


def test_bold_letters_that_run_together_are_read_too() -> None:
    engine, shown = reader("HÀNH CHÍNH CÔNG", 0.9)
    seen = page()
    assert seen.image is not None
    seen.image[LOST : LOST + 26, 300:400] = 0  # `HÀNH`, one piece of ink
    with_lost(seen, sketch(seen.image, 200), engine)
    assert shown[0].shape[1] > 400


def test_a_page_without_a_word_is_left_as_it_is() -> None:
    engine, shown = reader("nhân dân", 0.9)
    bare = Page(1, 1600, 2300, 200, printed())
    assert with_lost(bare, sketch(printed(), 200), engine) is bare
    assert not shown
