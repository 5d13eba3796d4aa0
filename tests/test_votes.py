"""What a cell says: order, dirt, and readings that differ."""

from __future__ import annotations

import pytest

from ingest.page import Word
from ingest.votes import agreed, ordered, sureness


def word(text: str, left: int, top: int, bottom: int, sure: float = 0.95) -> Word:
    return Word(text, (left, top, left + 18 * len(text), bottom), sure)


def said(words: list[Word]) -> str:
    return " ".join(one.text for one in words)


def test_words_are_read_line_by_line() -> None:
    words = [word("hai", 10, 40, 66), word("Dòng", 10, 4, 30), word("một", 100, 8, 34)]
    assert said(ordered([[one] for one in words])) == "Dòng một hai"


def test_words_of_one_line_stay_together_though_their_boxes_reach_into_the_next() -> None:
    first = [word("Số", 20, 21, 67), word("hộ", 80, 26, 47), word("nghèo", 130, 21, 66)]
    second = [word("cuối", 10, 40, 93), word("năm", 110, 40, 93)]
    assert said(ordered([second, first])) == "Số hộ nghèo cuối năm"


@pytest.mark.parametrize(
    ("why", "dirt"),
    [
        ("a mark read by itself", word("7", 150, 34, 40)),
        ("a full stop before the words", word(".", 2, 60, 64)),
        ("a piece of a rule", word("|", 2, 34, 66)),
    ],
)
def test_dirt_is_no_word(why: str, dirt: Word) -> None:
    words = [word("gia", 10, 40, 66), word("súc", 100, 40, 66)]
    assert said(ordered([[dirt], words])) == "gia súc", why


def test_a_number_beside_words_is_no_dirt() -> None:
    words = [word("Quý", 10, 34, 66), word("1", 100, 40, 62)]
    assert said(ordered([words])) == "Quý 1"


def test_a_reading_with_spaces_lost_is_less_sure_and_counts_less() -> None:
    joined, parted = [word("Tổngsốhộ", 10, 40, 66)], [
        word("Tổng", 10, 40, 66, 0.8), word("số", 90, 40, 66, 0.9), word("hộ", 130, 40, 66, 0.9),
    ]  # fmt: skip
    assert sureness(joined) < 0.8 <= sureness(parted)
    assert said(agreed([joined, parted])) == "Tổng số hộ"
