"""The page laid straight, and everything read on it brought back to where it was drawn."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from ingest.geometry import READ_DPI, back, shrink, skew_of, straighten
from ingest.opening import open_file
from ingest.page import Image, Line, Page, Word
from ingest.pages import cleaned, tasks_of
from ingest.rules import sketch
from ingest.settings import Settings


def printed(degrees: float, dpi: int = 200) -> Image:
    """Return a page of bars that stand for words, its lines falling by so many degrees."""
    scale = dpi / 200
    image = np.full((round(2339 * scale), round(1654 * scale)), 255, np.uint8)
    dice = np.random.default_rng(3)
    for top in range(300, 2000, 50):
        left = 200
        while left < 1400:
            wide = int(dice.integers(20, 120))
            corners = np.array([left, top, left + wide, top + 22]) * scale
            image[slice(*corners[1::2].astype(int)), slice(*corners[::2].astype(int))] = 0
            left += wide + 14
    high, wide_ = image.shape
    turn = cv2.getRotationMatrix2D((wide_ / 2, high / 2), -degrees, 1)
    return np.asarray(cv2.warpAffine(image, turn, (wide_, high), borderValue=255), np.uint8)


def page(image: Image, dpi: int = 200) -> Page:
    return Page(1, image.shape[1], image.shape[0], dpi, image)


@pytest.mark.parametrize("degrees", [-3.0, -0.4, 0.0, 1.5, 6.0])
def test_skew_is_measured(degrees: float) -> None:
    assert skew_of(sketch(printed(degrees), 200)) == pytest.approx(degrees, abs=0.15)


def test_an_empty_page_has_no_skew() -> None:
    assert skew_of(sketch(np.full((2339, 1654), 255, np.uint8), 200)) == 0


def test_a_page_that_lies_straight_is_left_as_it_is() -> None:
    seen = page(printed(0.1))
    assert straighten(seen) == (seen, None)


def test_a_skewed_page_is_laid_straight_and_said_so() -> None:
    straight, warp = straighten(page(printed(2.0)))
    assert warp is not None
    assert straight.image is not None
    assert skew_of(sketch(straight.image, 200)) == pytest.approx(0, abs=0.15)
    assert straight.notes["skew"] == "2.00 degrees"


def test_a_word_on_the_straight_page_comes_back_to_where_it_was_drawn() -> None:
    drawn = page(printed(2.0, dpi=300), dpi=300)
    small, shrunk = shrink(drawn)
    straight, turn = straighten(small)
    assert straight.dpi == READ_DPI
    assert turn is not None
    words = (Word("dưới", (1200, 1900, 1260, 1922), 0.9),)
    seen = Page(1, straight.width, straight.height, straight.dpi, lines=(Line(words),))
    ours = back(back(seen, shrunk), turn.before(shrunk))
    left, top, right, bottom = ours.lines[0].words[0].box
    middle = np.array([(left + right) / 2, (top + bottom) / 2])
    turned = np.radians(2.0)
    off = np.array([1230 - 827, 1911 - 1169.5])
    wanted = np.array([827, 1169.5]) + off @ np.array(
        [[np.cos(turned), np.sin(turned)], [-np.sin(turned), np.cos(turned)]]
    )
    assert middle == pytest.approx(wanted * 1.5, abs=4)
    assert (ours.width, ours.height, ours.dpi) == (drawn.width, drawn.height, 300)


def test_a_page_at_reading_size_is_not_shrunk() -> None:
    seen = page(printed(0.0))
    assert shrink(seen) == (seen, None)


@pytest.mark.programs
def test_a_page_is_shown_as_the_ocr_saw_it(tmp_path: Path) -> None:
    sheet = np.full((1654, 1170, 3), 250, np.uint8)
    for top in range(200, 1400, 30):
        sheet[top : top + 10, 150:1000] = 30
    sheet[422:428, 500:700] = (250, 90, 90)  # red ink between two lines
    Pillow.fromarray(np.rot90(sheet, 2)).save(tmp_path / "a.png", dpi=(141, 141))
    (task,) = tasks_of(open_file(tmp_path / "a.png", Settings()), Settings())
    shown = cleaned(task, degrees=180).image
    assert shown is not None
    assert shown.ndim == 2
    assert shown[:190, 150:1000].min() > 200, "upright again"
    assert shown[423:427, 520:680].min() > 200, "the seal is lifted"
