"""Word and character errors are the true edit distance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.evaluation.errors import Errors, character_errors, distance, word_errors


def plain_distance(first: str, second: str) -> int:
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        above, row = row, [i]
        for j, b in enumerate(second, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b)))
    return row[-1]


@given(st.text("abc", max_size=90), st.text("abc", max_size=90))
def test_distance_is_that_of_the_plain_table(first: str, second: str) -> None:
    assert distance(first, second) == plain_distance(first, second)


@pytest.mark.parametrize(
    ("gold", "found", "edits"),
    [
        ("Kết quả thực hiện", "Két qua thuc hién", 4),
        ("Kết quả  thực\nhiện", "Kết quả thực hiện", 0),
        ("Kết quả", "Kết quả", 0),  # decomposed
        ("", "Kết quả", 2),
        ("thủ tục", "thủtục", 2),
    ],
)
def test_word_errors(gold: str, found: str, edits: int) -> None:
    assert word_errors(gold, found).edits == edits


def test_character_errors_count_marks_and_spaces() -> None:
    assert character_errors("thủ tục", "thutuc") == Errors(3, 7)


def test_rates_add_up_and_an_empty_gold_has_one() -> None:
    assert (Errors(1, 10) + Errors(1, 30)).rate == 0.05
    assert Errors(0, 0).rate == 0
    assert Errors(3, 0).rate == 1
