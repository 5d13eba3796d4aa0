"""How a gap is cut out of the page."""

import cv2
import numpy as np
import pytest

from ingest.hand.anchors import Anchor
from ingest.hand.crops import LOOKS, Gap, baseline, cut, dark_of, look
from ingest.hand.digits import BASELINE, EM, TALL
from ingest.hand.find import see_gap
from ingest.page import Image, Word

GAP = Gap("day", 300, 380, 200, 50, "", 1.0, sure=True)


def paper(color: tuple[int, int, int] = (0, 0, 0)) -> Image:
    """A page with a bar of ink in the gap, from one em above the baseline down to it."""
    page = np.full((400, 800, 3), 255, np.uint8)
    cv2.rectangle(page, (330, 150), (340, 200), color, -1)
    return page


def anchor(text: str, left: int, right: int) -> Anchor:
    return Anchor(left, right, 185, Word(text, (left, 160, right, 210), 0.9))


def test_blue_and_black_ink_are_dark_and_red_is_paper() -> None:
    assert dark_of(paper((0, 0, 0))).min() == 0
    assert dark_of(paper((30, 40, 160))).min() == 30
    assert dark_of(paper((230, 20, 30))).min() == 230


def test_the_baseline_is_where_letters_end() -> None:
    page = np.full((400, 800), 255, np.uint8)
    cv2.putText(page, "nnm", (100, 200), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 4)
    found = baseline(page, [anchor("nnm", 90, 260)], 50)
    assert found == pytest.approx(202, abs=3)


def test_an_anchor_that_nobody_saw_has_no_baseline() -> None:
    page = np.full((400, 800), 255, np.uint8)
    assert baseline(page, [Anchor(90, 260, 185)], 50) is None


@pytest.mark.parametrize("em", [25.0, 50.0, 80.0])
def test_the_print_has_one_size_and_one_baseline_at_any_resolution(em: float) -> None:
    page = np.full((600, 900), 255, np.uint8)
    cv2.rectangle(page, (400, round(300 - em)), (410, 300), 0, -1)
    ink = cut(page, Gap("day", 380, 430, 300, em, "", 1.0, sure=True), 0.5, 0.5)
    rows = np.flatnonzero(ink.max(1) > 0.5)
    assert ink.shape[0] == TALL
    assert rows[-1] + 1 == pytest.approx(BASELINE, abs=1.5)
    assert rows[-1] - rows[0] + 1 == pytest.approx(EM, abs=2.5)


def test_a_gap_is_cut_in_several_ways() -> None:
    cuts = look(dark_of(paper()), GAP)
    assert len(cuts) == len(LOOKS)
    assert len({cut.shape[1] for cut in cuts}) > 2
    assert all(cut.shape[0] == TALL and cut.max() > 0.9 for cut in cuts)


class Net:
    """A net that says that a picture is blank where it holds no ink."""

    def run(self, _: None, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
        ink = feed["ink"]
        kinds = [[0, 0, 9] if cut.max() < 0.3 else [9, 0, 0] for cut in ink]
        chars = np.zeros((len(ink), ink.shape[3] // 2, 15), np.float32)
        return [chars, np.array(kinds, np.float32)]


def test_a_number_stamped_in_red_is_seen() -> None:
    seen = see_gap(paper((230, 20, 30)), GAP, Net())
    assert seen.hand > 0.9


def test_an_empty_gap_is_blank_in_every_color() -> None:
    seen = see_gap(np.full((400, 800, 3), 250, np.uint8), GAP, Net())
    assert seen.blank > 0.9
