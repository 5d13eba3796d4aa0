from dataclasses import replace

import cv2
import numpy as np
import pytest

from ingest.cleaning import level_light
from ingest.hand.again import look_at_head
from ingest.page import Image, Line, Page, Word
from ingest.reading import Engine


def line(y: int, *words: tuple[str, int, int]) -> Line:
    return Line(tuple(Word(text, (x, y, x + wide, y + 50), 0.95) for text, x, wide in words))


NUMBER = line(420, ("Số:", 400, 75), ("15", 490, 55), ("/UBND-VP", 620, 250))
DATE = line(420, ("ngày", 1560, 100), ("14", 1690, 55), ("tháng", 1790, 125), ("11", 1930, 55),
            ("năm", 2010, 95), ("2023", 2120, 110))  # fmt: skip
DIRT = line(430, ("l5:/vp", 640, 200), ("Điều", 2300, 100))


def page(*lines: Line) -> Page:
    return Page(1, 2480, 3508, 300, np.full((3508, 2480), 255, np.uint8), lines)


class Looks:
    """An engine that sees given lines and remembers how it was asked."""

    def __init__(self, *seen: tuple[Line, ...]) -> None:
        self.seen, self.modes = list(seen), list[int]()

    def engine(self) -> Engine:
        def read(image: Image, dpi: int, mode: int) -> tuple[Line, ...]:
            self.modes.append(mode)
            return self.seen.pop(0)

        return Engine("fake", read)


def test_a_whole_letterhead_is_not_read_again() -> None:
    looks = Looks()
    before = page(NUMBER, DATE)
    assert look_at_head(before, looks.engine()) is before
    assert looks.modes == []


def test_a_line_that_was_missed_is_added_and_dirt_in_its_place_dropped() -> None:
    looks = Looks((NUMBER, DATE))
    after = look_at_head(page(DATE, DIRT), looks.engine())
    texts = [line.text for line in after.lines]
    assert texts == [DATE.text, "Điều", NUMBER.text]
    assert after.notes == {"letterhead": "read again in mode 6"}


def test_the_second_mode_is_tried_where_the_first_did_not_help() -> None:
    looks = Looks((NUMBER,), (DATE,))
    after = look_at_head(page(), looks.engine())
    assert looks.modes == [6, 11]
    assert {line.text for line in after.lines} == {NUMBER.text, DATE.text}


def test_the_number_is_sought_by_itself_beside_the_date() -> None:
    top = DATE.words[0].box[1] + 25 - round(1.5 * 300 * 13.5 / 72)
    alone = line(420 - top, ("Số:", 400, 75), ("15", 490, 55), ("/UBND-VP", 620, 250))
    looks = Looks((), (), (alone,))
    after = look_at_head(page(DATE), looks.engine())
    assert looks.modes == [6, 11, 6]
    assert after.lines[-1].text == NUMBER.text
    assert abs(after.lines[-1].box[1] - 420) < 25
    assert after.notes == {"letterhead": "read again beside the date"}


def test_only_the_first_page_has_a_letterhead() -> None:
    looks = Looks()
    second = Page(2, 2480, 3508, 300, np.full((3508, 2480), 255, np.uint8))
    assert look_at_head(second, looks.engine()) is second


def shaded(darkest: int) -> Page:
    light = np.tile(np.linspace(darkest, 240, 400), (300, 1)).astype(np.uint8)
    cv2.putText(light, "UBND", (20, 150), cv2.FONT_HERSHEY_SIMPLEX, 1, 30, 2)
    return Page(1, 400, 300, 200, light)


def test_uneven_light_is_leveled() -> None:
    page = level_light(shaded(120))
    assert page.image is not None
    assert np.percentile(page.image, 10) > 230
    assert page.image.min() < 90
    assert "uneven_light" in page.notes


@pytest.mark.parametrize("darkest", [225, 240])
def test_even_light_is_left_alone(darkest: int) -> None:
    page = shaded(darkest)
    assert level_light(page) is page


def test_a_notation_that_the_pen_spoiled_is_read_by_itself_and_most_looks_count() -> None:
    spoiled = line(420, ("Số:", 400, 75), ("‡3?UBND-VP", 540, 330))
    words = (spoiled.words[0], replace(spoiled.words[1], confidence=0.2))
    texts = [
        "7UBND-VP",
        "",
        "/UBND-VP",
        "f/UBND.VP",
        "3/UBND-VP",
        "/UBNO-VP",
        "/UBND-VP",
        "UBND-VP",
    ]
    looks = Looks(*(((Line((Word(text, (0, 0, 9, 9), 0.3),)),) if text else ()) for text in texts))
    seen = look_at_head(page(Line(words), DATE), looks.engine())
    assert [word.text for word in seen.lines[0].words] == ["Số:", "‡3?", "/UBND-VP"]
    assert seen.lines[0].words[2].confidence > 0.6


def test_a_notation_on_which_the_looks_differ_stays_as_it_was() -> None:
    spoiled = line(420, ("Số:", 400, 75), ("‡3?UBND-VP", 540, 330))
    words = (spoiled.words[0], replace(spoiled.words[1], confidence=0.2))
    texts = ["/UBND-VP", "/UBMD-VP", "/UBNO-VP", "", "", "", "", ""]
    looks = Looks(*(((Line((Word(text, (0, 0, 9, 9), 0.3),)),) if text else ()) for text in texts))
    before = page(Line(words), DATE)
    assert look_at_head(before, looks.engine()).lines == before.lines
