"""A comma that a scan made a point is told by the column."""

from __future__ import annotations

import pytest

from ingest.decimals import with_commas
from ingest.page import Block, Ruling, Word

BOX = (0, 0, 100, 40)


@pytest.mark.parametrize(
    ("why", "column", "mended"),
    [
        ("a column of decimals", ["1,2", "0.5", "98,7"], ["1,2", "0,5", "98,7"]),
        ("shares", ["99,52%", "0.5%", "1,25%"], ["99,52%", "0,5%", "1,25%"]),
        ("thousands", ["1,2", "1.860", "0,5"], ["1,2", "1.860", "0,5"]),
        ("numbers of paragraphs", ["1.1", "1.2", "1.3"], ["1.1", "1.2", "1.3"]),
        ("one decimal is no column", ["1,2", "1.2", "1.3"], ["1,2", "1.2", "1.3"]),
    ],
)
def test_the_column_tells_a_comma(why: str, column: list[str], mended: list[str]) -> None:
    blocks = tuple(Block(row, 0, 1, 1, BOX) for row in range(len(column)))
    cells = [[Word(text, BOX, 0.9)] for text in column]
    found = with_commas(Ruling(BOX, blocks, len(column), 1), cells)
    assert [words[0].text for words in found] == mended, why
