"""Parts of lines that were read badly are read again by themselves."""

from __future__ import annotations

import numpy as np

from ingest.doubts import reread, worth
from ingest.page import Image, Line, Page, Word
from ingest.reading import Engine


def word(text: str, left: int, sure: float) -> Word:
    return Word(text, (left, 100, left + 20 * len(text), 130), sure)


def page(*lines: Line) -> Page:
    return Page(1, 1600, 400, 200, np.full((400, 1600), 255, np.uint8), lines)


def engine(*words: Word) -> tuple[Engine, list[Image]]:
    seen: list[Image] = []

    def read(image: Image, dpi: int, mode: int) -> tuple[Line, ...]:
        seen.append(image)
        return (Line(words),) if words else ()

    return Engine("fake", read), seen


HEAD = Line(
    (word("SƠ", 200, 0.3), word("Y", 260, 0.5), word("TE", 300, 0.4), word("CỘNG", 900, 0.96))
)


def test_only_the_doubtful_part_is_read_again_and_the_surer_words_are_kept() -> None:
    fresh = (Word("SỞ", (12, 20, 60, 50), 0.9), Word("Y", (70, 20, 90, 50), 0.9),
             Word("TẾ", (100, 20, 140, 50), 0.9))  # fmt: skip
    reader, seen = engine(*fresh)
    read = reread(page(HEAD), reader)
    assert read.lines[0].text == "SỞ Y TẾ CỘNG"
    assert len(seen) == 2
    assert all(image.shape[1] < 300 for image in seen)
    assert read.notes["lines_again"] == "1 of 1 were surer"
    left = read.lines[0].words[0].box[0]
    assert 180 <= left <= 210, "the box lies on the page, not on the part"


def test_words_that_are_no_surer_are_not_taken() -> None:
    reader, _ = engine(Word("SX", (12, 20, 60, 50), 0.5))
    assert reread(page(HEAD), reader).lines == (HEAD,)


def test_a_page_read_well_costs_nothing() -> None:
    reader, seen = engine()
    sure = page(Line((word("Kính", 200, 0.95), word("gửi:", 300, 0.6))))
    assert reread(sure, reader) is sure
    assert seen == []


def test_rows_of_tables_are_left_to_their_cells() -> None:
    reader, seen = engine()
    row = Line((word("12", 200, 0.2),), kind="table", cells=(1,))
    reread(page(row), reader)
    assert seen == []


def test_a_reading_is_worth_its_letters() -> None:
    assert worth([word("a,b", 0, 0.5), word("-", 0, 0.9)]) == 1.0
