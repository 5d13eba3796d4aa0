"""The figures of a table, checked by their type: the other cells tell what the OCR misread."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ingest.glyphs import Models, glyphs_in
from ingest.page import Block, Image, Page, Pixels, Ruling, Word
from ingest.typeface import checked

PRINTED = [["1", "39,5", "1.240"], ["2", "36,7", "2.618"], ["3", "98,1", "3.957"],
           ["4", "45,2", "7.086"], ["5", "39,1", "8.345"], ["6", "62,8", "4.907"]]  # fmt: skip
STEP = 2


def place(row: int, column: int) -> Pixels:
    return (20 + 260 * column, 20 + 70 * row, 280 + 260 * column, 90 + 70 * row)


def drawn() -> Image:
    image = np.full((480, 820), 255, np.uint8)
    for row, cells in enumerate(PRINTED):
        for column, text in enumerate(cells):
            left, _, _, bottom = place(row, column)
            for number, sign in enumerate(text):
                at = (left + 20 + 28 * number, bottom - 20)
                cv2.putText(image, sign, at, cv2.FONT_HERSHEY_COMPLEX, 1.0, 0, 2)
    return image


def told(seen: dict[tuple[int, int], str]) -> tuple[list[list[str]], int]:
    """Return what a table says whose cells were read as printed but for those given."""
    spots = [(row, column) for row in range(6) for column in range(3)]
    blocks = tuple(Block(*spot, 1, 1, place(*spot)) for spot in spots)
    page = Page(1, 820, 480, 200, drawn(), rulings=(Ruling((20, 20, 800, 440), blocks, 6, 3),))
    texts = [seen.get(spot, PRINTED[spot[0]][spot[1]]) for spot in spots]
    words = [
        [Word(text, place(*spot), 0.9)] if text else []
        for text, spot in zip(texts, spots, strict=True)
    ]
    tables, other = checked(page, STEP, [words])
    said = [" ".join(word.text for word in cell) for cell in tables[0]]
    return [said[at : at + 3] for at in range(0, 18, 3)], other


@pytest.mark.parametrize(
    ("why", "spot", "seen"),
    [
        ("a digit for another", (4, 1), "59,1"),
        ("a comma lost", (1, 1), "367"),
        ("a comma read as a digit", (5, 1), "6278"),
        ("a point that parts no thousands", (0, 1), "3975"),
        ("a figure read as letters", (3, 1), "đã"),
        ("a digit lost", (2, 2), "3.97"),
        ("a figure passed over", (3, 2), ""),
    ],
)
def test_what_was_misread_is_told_by_the_other_cells(
    why: str, spot: tuple[int, int], seen: str
) -> None:
    assert told({spot: seen}) == (PRINTED, 1), why


@pytest.mark.parametrize("seen", ["975", "97,5"])
def test_a_comma_is_told_by_its_form_where_no_other_cell_has_one(seen: str) -> None:
    image = np.full((140, 280), 255, np.uint8)
    for number, sign in enumerate("97 5"):
        cv2.putText(image, sign, (40 + 28 * number, 70), cv2.FONT_HERSHEY_COMPLEX, 1.0, 0, 2)
    image[66:75, 100:104] = 0
    block = Block(0, 0, 1, 1, (20, 20, 280, 120))
    page = Page(1, 280, 140, 200, image, rulings=(Ruling(block.box, (block,), 1, 1),))
    ((cell,),), _ = checked(page, STEP, [[[Word(seen, (40, 40, 150, 75), 0.9)]]])
    assert [word.text for word in cell] == ["97,5"]


def test_what_was_read_rightly_stays() -> None:
    assert told({}) == (PRINTED, 0)


def test_a_sign_is_told_by_another_cell_than_its_own() -> None:
    glyphs = glyphs_in(drawn(), place(0, 2))  # 1.240
    models = Models({0: ("1.240", glyphs)})
    assert models.tell(1, glyphs[0]).sign == "1"
    assert models.tell(0, glyphs[0]).lead == 0.0


def test_a_sign_that_is_known_from_one_model_must_be_the_same() -> None:
    two, four = glyphs_in(drawn(), place(0, 2))[2:4]
    models = Models({0: ("2", [two])})
    assert models.tell(1, two).lead > 0
    assert models.tell(1, four).lead == 0.0


def test_signs_are_told_apart_in_one_line_only() -> None:
    image = drawn()
    assert len(glyphs_in(image, place(0, 2))) == len("1.240")
    assert glyphs_in(image, (282, 22, 538, 158)) == []  # two lines
    assert glyphs_in(image, (282, 22, 300, 40)) == []  # bare paper
