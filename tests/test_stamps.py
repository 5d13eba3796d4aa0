"""Red stamps at a slant: where they are, how they are turned, and what may be read there."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.urgency import find
from ingest.compose import compose
from ingest.page import Image, Line, Page, Word
from ingest.reading import Engine
from ingest.stamps import find_stamps, known_word, with_stamps


def stamped(degrees: float, color: tuple[int, int, int] = (200, 30, 40)) -> Image:
    """Return a page with a framed stamp that falls by so many degrees."""
    stamp = np.full((500, 500, 3), 255, np.uint8)
    cv2.rectangle(stamp, (90, 210), (410, 290), color, 4)
    cv2.putText(stamp, "HOA TOC", (115, 265), cv2.FONT_HERSHEY_DUPLEX, 1.6, color, 3)
    turn = cv2.getRotationMatrix2D((250, 250), -degrees, 1)
    page = np.full((2339, 1654, 3), 255, np.uint8)
    page[300:800, 100:600] = cv2.warpAffine(stamp, turn, (500, 500), borderValue=(255,) * 3)
    return page


def page(image: Image) -> Page:
    return Page(1, 1654, 2339, 200, image)


def engine(text: str, sure: float = 0.8) -> tuple[Engine, list[Image]]:
    seen: list[Image] = []

    def read(image: Image, dpi: int, mode: int) -> tuple[Line, ...]:
        seen.append(image)
        return (Line(tuple(Word(part, (0, 0, 9, 9), sure) for part in text.split())),)

    return Engine("fake", read), seen


@pytest.mark.parametrize("degrees", [-38.0, -9.0, 0.0, 30.0])
def test_a_stamp_is_shown_straight_and_without_its_frame(degrees: float) -> None:
    reader, seen = engine("HOẢ TÔC")
    lines = find_stamps(page(stamped(degrees)), reader)
    assert [(line.kind, line.text) for line in lines] == [("stamp", "HỎA TỐC")]
    widths = [np.ptp(np.nonzero((image < 200).any(axis=0))[0]) for image in seen]
    heights = [np.ptp(np.nonzero((image < 200).any(axis=1))[0]) for image in seen]
    assert min(heights) < 60, "letters alone, lying straight"
    assert widths[int(np.argmin(heights))] < 290


def test_a_round_seal_is_no_stamp() -> None:
    image = np.full((2339, 1654, 3), 255, np.uint8)
    cv2.circle(image, (400, 400), 140, (200, 30, 40), 6)
    cv2.circle(image, (400, 400), 90, (200, 30, 40), 3)
    reader, seen = engine("HỎA TỐC")
    assert find_stamps(page(image), reader) == ()
    assert seen == []


def test_black_print_and_gray_scans_are_not_looked_at() -> None:
    reader, seen = engine("HỎA TỐC")
    assert find_stamps(page(stamped(0, (20, 20, 20))), reader) == ()
    assert find_stamps(page(np.full((2339, 1654), 255, np.uint8)), reader) == ()
    assert seen == []


def test_a_red_frame_with_other_words_says_nothing() -> None:
    reader, _ = engine("CÔNG VĂN ĐẾN")
    assert find_stamps(page(stamped(0)), reader) == ()


def test_what_was_read_unsurely_says_nothing() -> None:
    reader, _ = engine("HỎA TỐC", sure=0.4)
    assert find_stamps(page(stamped(0)), reader) == ()


@pytest.mark.parametrize(
    ("said", "word"),
    [("HÓA TỐC »", "HỎA TỐC"), ("| THƯỢNG KHÂN", "THƯỢNG KHẨN"), ("MẶT", "MẬT"),
     ("KHẨN", "KHẨN"), ("ĐẾN Ngày", None), ("MẬT ong rừng", None), ("", None)],
)  # fmt: skip
def test_what_is_nearly_a_word_of_the_stamps_is_that_word(said: str, word: str | None) -> None:
    found = known_word(said)
    assert (found[0] if found else None) == word


def test_the_stamp_stands_after_the_letterhead_and_gives_the_urgency() -> None:
    def line(text: str, column: str = "full") -> Line:
        words = tuple(Word(part, (0, 0, 9, 9), 0.9) for part in text.split())
        return Line(words, column=column)  # type: ignore[arg-type]

    head = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right")
    seen = Page(1, 100, 100, 200, lines=(line("UBND XÃ", "left"), head, line("Kính gửi: Sở Y tế")))
    stamp = Line((Word("HỎA", (0, 0, 9, 9), 0.9), Word("TỐC", (9, 0, 18, 9), 0.9)), kind="stamp")
    done = with_stamps(seen, (stamp,))
    assert [found.kind for found in done.lines] == ["text", "text", "stamp", "text"]
    assert done.notes["stamp"] == "HỎA TỐC"
    assert [found.value for found in find(compose([done]))] == ["hỏa tốc"]
    assert with_stamps(seen, ()) is seen
