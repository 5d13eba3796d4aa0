"""Two readings of one picture: where they differ, the likelier words stay."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ingest.merging import merged, read_well
from ingest.page import Image, Line, Word


def word(text: str, left: int, sure: float, top: int = 100) -> Word:
    return Word(text, (left, top, left + 20 * len(text), top + 30), sure)


def line(*words: Word) -> tuple[Line, ...]:
    return (Line(words),)


@pytest.mark.parametrize(
    ("why", "one", "other", "text"),
    [
        ("surer", [word("xă", 0, 0.5), word("Đông", 60, 0.9)], [word("xã", 0, 0.9)], "xã Đông"),
        ("a word", [word("lIoà", 0, 0.8)], [word("Hòa", 0, 0.7)], "Hòa"),
        ("a code", [word("15/UBND", 0, 0.7)], [word("15/LJB|D", 0, 0.8)], "15/UBND"),
        ("two for one", [word("bảnlà", 0, 0.8)], [word("bản", 0, 0.8), word("là", 68, 0.8)],
         "bản là"),
        ("lost in one", [word("từ", 0, 0.9)], [word("từ", 0, 0.9), word("nay", 60, 0.9)],
         "từ nay"),
        ("dirt", [word("từ", 0, 0.9)], [word("từ", 0, 0.9), word("l", 60, 0.4)], "từ"),
        ("another line", [word("từ", 0, 0.9)], [word("nay", 60, 0.9, top=200)], "từ"),
    ],
)  # fmt: skip
def test_the_likelier_words_stay(why: str, one: list[Word], other: list[Word], text: str) -> None:
    assert [found.text for found in merged(line(*one), line(*other))] == [text], why


def reader(*sure: float) -> tuple[list[Image], Callable[[Image], tuple[Line, ...]]]:
    seen: list[Image] = []

    def read(image: Image) -> tuple[Line, ...]:
        seen.append(image)
        return line(word("nhân", 0, sure[len(seen) - 1], top=35))

    return seen, read


@pytest.mark.parametrize(("sure", "times"), [(0.98, 1), (0.7, 2), (0.3, 1)])
def test_only_what_was_read_in_doubt_is_read_again(sure: float, times: int) -> None:
    seen, read = reader(sure, 0.9)
    image = np.full((100, 100), 255, np.uint8)
    image[40:60] = 120
    said = read_well(image, read)
    assert len(seen) == times
    assert bool(said.notes) == (times == 2)
    assert said.lines[0].words[0].confidence == (0.9 if times == 2 else sure)


def test_a_second_reading_is_shown_the_words_in_doubt_and_their_neighbors_alone() -> None:
    image = np.zeros((300, 700), np.uint8)
    seen: list[Image] = []
    words = [word("nhân", 100 * at, 0.5 if at == 2 else 0.9, top=200) for at in range(6)]

    def read(shown: Image) -> tuple[Line, ...]:
        seen.append(shown)
        return *line(word("dân", 0, 0.98, top=40)), *line(*words)

    read_well(image, read)
    assert (seen[1][195:235, 100:380] == 0).all(), "the word in doubt and one on each side"
    assert (seen[1][195:235, :80] == 255).all(), "words further off"
    assert (seen[1][195:235, 400:] == 255).all(), "words further off"
    assert (seen[1][:180] == 255).all(), "a line that was read surely"


def test_black_and_white_is_read_softened_and_sharpened() -> None:
    image = np.full((100, 100), 255, np.uint8)
    image[40:60] = 0
    seen, read = reader(0.7, 0.7)
    said = read_well(image, read, bilevel=True)
    assert said.notes == {"also_read": "sharpened"}
    softened, sharpened = seen
    assert len(np.unique(softened)) > 2
    assert len(np.unique(sharpened)) <= 2, "of the black and white itself"


def test_lines_of_a_black_and_white_letterhead_are_read_thickened_too() -> None:
    image = np.full((400, 300), 255, np.uint8)
    image[40:60] = image[340:360] = 0
    seen: list[Image] = []

    def read(shown: Image) -> tuple[Line, ...]:
        seen.append(shown)
        return *line(word("nhân", 0, 0.8, top=35)), *line(word("dân", 0, 0.8, top=335))

    said = read_well(image, read, bilevel=True, head=100)
    assert said.notes == {"also_read": "letterhead and foot thickened, sharpened"}
    assert seen[1].shape == (100, 300), "the letterhead alone"
    assert (seen[1] < 128).sum() > (image[:100, :110] < 128).sum()
