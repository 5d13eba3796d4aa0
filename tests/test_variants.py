"""A page is looked at again where the first look is doubtful, and only there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ingest.geometry import back
from ingest.page import Image, Line, Page, Word
from ingest.variants import Look, see


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


def test_a_page_that_was_read_on_its_side_is_turned_though_it_was_read_well() -> None:
    look, _ = reader("top right")

    def on_its_side(seen: Page) -> Page:
        read = look(seen)
        if seen.notes.get("turned"):
            return read
        stood = tuple(Line(tuple(replace(w, box=(w.box[1], w.box[0], w.box[3], w.box[2])) for w in
                                 line.words)) for line in lines(0.95))  # fmt: skip
        return replace(seen, lines=stood)

    assert see(page(), on_its_side).page.notes["turned"].startswith("270 degrees")


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
