"""How a page's lines are bent is told by its ink, and the page is laid flat before it is read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ingest.bends import bend_of, lay_flat
from ingest.geometry import Bend, Shape, Warp
from ingest.page import Image, Page
from ingest.rules import sketch

SHAPE = Shape(1600, 2300, 200)


def printed(sag: float = 0.0, rows: int = 30) -> Image:
    """Return a page of letters in rows, whose middle hangs down by so many pixels."""
    image = np.full((SHAPE.height, SHAPE.width), 255, np.uint8)
    for x in range(200, 1400, 14):
        drop = round(sag * np.sin(np.pi * x / SHAPE.width))
        for y in range(300, 300 + rows * 50, 50):
            image[y + drop : y + drop + 20, x : x + 8] = 0
    return image


def page(image: Image) -> Page:
    return Page(1, SHAPE.width, SHAPE.height, SHAPE.dpi, image)


@pytest.mark.parametrize("rows", [30, 2])
def test_straight_lines_have_no_bend_and_the_page_stays_as_it_is(rows: int) -> None:
    straight = page(printed(rows=rows))
    assert lay_flat(straight) == (straight, None)


def test_an_empty_page_has_no_bend() -> None:
    assert bend_of(sketch(np.full((2300, 1600), 255, np.uint8), 200), 1.0) is None


@pytest.mark.parametrize("sag", [-40.0, 12.0, 40.0])
def test_the_bend_of_a_curled_sheet_is_measured(sag: float) -> None:
    bend = bend_of(sketch(printed(sag), SHAPE.dpi), 1.01)
    assert bend is not None
    falls = [float(bend.at(x, 600, SHAPE)) for x in (300, 800, 1300)]
    sines = [sag * np.sin(np.pi * x / 1600) for x in (300, 800, 1300)]
    assert np.diff(falls) == pytest.approx(np.diff(sines), abs=4)


@pytest.mark.parametrize("photographed", [False, True])
def test_a_sheet_that_is_little_bent_is_laid_flat_if_it_was_photographed(
    photographed: bool,
) -> None:
    notes = {"sheet": "85% of the picture", "uneven_light": "130 to 240"} if photographed else {}
    flat, _ = lay_flat(replace(page(printed(12.0)), notes=notes))
    assert ("bent" in flat.notes) is photographed


def test_a_bent_page_is_laid_flat_and_its_words_come_back_to_where_they_were() -> None:
    flat, way = lay_flat(page(printed(40.0)))
    assert flat.notes["bent"] == "laid flat"
    assert flat.image is not None and way is not None
    dark = flat.image[250:2000].mean(axis=1) < 200
    assert np.count_nonzero(np.diff(dark.astype(int)) == 1) == 30, "30 rows, none run together"
    first = 250 + int(np.argmax(dark))
    assert way.box_back((780, first, 820, first + 20))[1] == pytest.approx(340, abs=4)


def test_a_bend_moves_a_picture() -> None:
    image = np.full((SHAPE.height, SHAPE.width), 255, np.uint8)
    image[1000:1010] = 0
    flat = Warp(np.eye(3), SHAPE, SHAPE, Bend((0.05, 0.0, 0.0, 0.0, 0.0, 0.0))).of(image)
    assert np.argmin(flat[:, 800]) == pytest.approx(1000, abs=2), "its middle stays"
    assert np.argmin(flat[:, 10]) > 1030
    assert np.argmin(flat[:, 1590]) < 970
