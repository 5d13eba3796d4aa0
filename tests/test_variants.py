"""A page is looked at again where the first look is doubtful, and only there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ingest.bends import bend_of
from ingest.geometry import Bend, Shape, Warp, back
from ingest.page import Image, Line, Page, Word
from ingest.variants import Look, see

SHAPE = Shape(1600, 2300, 200)


def marked() -> Image:
    """Return a page with ink all over it, and a mark that tells its top left corner."""
    image = np.full((2300, 1600), 255, np.uint8)
    image[300:2000:40, 200:1400:8] = 0
    image[0:20, 0:20] = 77
    return image


def page() -> Page:
    return Page(1, 1600, 2300, 200, marked())


def lines(sure: float, count: int = 12) -> tuple[Line, ...]:
    return tuple(
        Line(tuple(Word("nhân", (x, y, x + 80, y + 24), sure) for x in range(200, 1300, 100)))
        for y in range(300, 300 + count * 50, 50)
    )


def reader(corner: str) -> tuple[Look, list[Image]]:
    """Return a look that reads well where the mark lies in a corner, and what it was shown."""
    shown: list[Image] = []
    corners = {"top left": np.s_[:20, :20], "bottom right": np.s_[-20:, -20:],
               "top right": np.s_[:20, -20:]}  # fmt: skip

    def look(seen: Page) -> Page:
        assert seen.image is not None
        shown.append(seen.image)
        well = 60 < float(np.median(seen.image[corners[corner]])) < 100
        return replace(seen, lines=lines(0.95 if well else 0.3))

    return look, shown


def test_a_page_read_well_is_looked_at_once() -> None:
    look, shown = reader("top left")
    view = see(page(), look)
    assert len(shown) == 1
    assert view.sureness == pytest.approx(0.95)
    assert view.warp is None


@pytest.mark.parametrize(
    ("corner", "turned"), [("bottom right", "180 degrees"), ("top right", "270 degrees")]
)
def test_a_page_that_lies_wrong_is_turned(corner: str, turned: str) -> None:
    look, _ = reader(corner)
    view = see(page(), look)
    assert view.sureness == pytest.approx(0.95)
    assert view.page.notes["turned"].startswith(turned)


def test_words_of_a_turned_page_come_back_to_where_they_were_drawn() -> None:
    look, _ = reader("bottom right")
    view = see(page(), look)
    left, top, right, bottom = back(view.page, view.warp).lines[0].words[0].box
    assert (left, top, right, bottom) == pytest.approx((1320, 1976, 1400, 2000), abs=2)


def test_a_blank_page_is_not_looked_at_again() -> None:
    shown: list[Page] = []

    def look(seen: Page) -> Page:
        shown.append(seen)
        return seen

    see(Page(2, 1600, 2300, 200, np.full((2300, 1600), 255, np.uint8)), look)
    assert len(shown) == 1


def test_another_recipe_is_kept_only_where_it_is_clearly_better() -> None:
    def look(seen: Page) -> Page:
        return replace(seen, lines=lines(0.72 if "variant" in seen.notes else 0.7))

    assert "variant" not in see(page(), look).page.notes

    def better(seen: Page) -> Page:
        good = seen.notes.get("variant") == "median"
        return replace(seen, lines=lines(0.9 if good else 0.7))

    assert see(page(), better).page.notes["variant"] == "median"


def bent(rise: float) -> tuple[Line, ...]:
    """Return lines whose middle hangs down as on a curled sheet, in pixels."""
    done = []
    for line in lines(0.95):
        words = []
        for word in line.words:
            left, top, right, bottom = word.box
            drop = round(rise * np.sin(np.pi * (left + right) / 2 / SHAPE.width))
            words.append(replace(word, box=(left, top + drop, right, bottom + drop)))
        done.append(Line(tuple(words)))
    return tuple(done)


def test_straight_lines_have_no_bend() -> None:
    assert bend_of(lines(0.95), SHAPE) is None
    assert bend_of(bent(30)[:3], SHAPE) is None


def test_the_bend_of_a_curled_sheet_is_measured_and_words_come_back() -> None:
    bend = bend_of(bent(40), SHAPE)
    assert bend is not None
    falls = [float(bend.at(x, 600, SHAPE)) for x in (300, 800, 1300)]
    sines = [40 * np.sin(np.pi * x / 1600) for x in (300, 800, 1300)]
    assert np.diff(falls) == pytest.approx(np.diff(sines), abs=3)
    warp = Warp(np.eye(3), SHAPE, SHAPE, bend)
    word = warp.box_back((780, 600, 820, 624))
    assert word[1] - 600 == pytest.approx(falls[1], abs=1)


def test_a_bent_page_is_laid_flat_and_read_again() -> None:
    def look(seen: Page) -> Page:
        return replace(seen, lines=lines(0.95) if "bent" in seen.notes else bent(40))

    view = see(page(), look)
    assert view.page.notes.get("bent") is None, "both looks are worth the same: the first stays"

    def doubtful(seen: Page) -> Page:
        return replace(seen, lines=lines(0.95) if "bent" in seen.notes else lower(bent(40)))

    assert see(page(), doubtful).page.notes["bent"] == "laid flat"


@pytest.mark.parametrize("photographed", [False, True])
def test_a_photographed_sheet_is_laid_flat_though_it_is_little_bent(photographed: bool) -> None:
    def look(seen: Page) -> Page:
        return replace(seen, lines=lines(0.95) if "bent" in seen.notes else lower(bent(12)))

    notes = {"sheet": "85% of the picture", "uneven_light": "130 to 240"} if photographed else {}
    view = see(replace(page(), notes=notes), look)
    assert ("bent" in view.page.notes) is photographed


def lower(some: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(
        replace(line, words=tuple(replace(word, confidence=0.85) for word in line.words))
        for line in some
    )


def test_a_bend_moves_a_picture() -> None:
    image = np.full((SHAPE.height, SHAPE.width), 255, np.uint8)
    image[1000:1010] = 0
    flat = Warp(np.eye(3), SHAPE, SHAPE, Bend((0.0, 0.0, 0.0, 0.0, 0.0, 0.1))).of(image)
    assert np.argmin(flat[:, 10]) == pytest.approx(1000, abs=2)
    assert np.argmin(flat[:, 1590]) < 950
