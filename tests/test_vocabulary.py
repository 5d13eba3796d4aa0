"""Words out of the vocabulary are counted without gold."""

from __future__ import annotations

import pytest

from ingest.evaluation.vocabulary import strange_words


@pytest.mark.parametrize(
    ("text", "strange", "words"),
    [
        ("Ủy ban nhân dân xã Hoà Sơn", 0, 7),
        ("Uỷ ban lnhân dlân xã", 2, 5),
        ("UBND 15/UBND-VP a@b.vn 98,7%", 0, 0),
        ("phòng KHTC, VTTB và ĐKKV", 0, 2),  # abbreviations of one office that no table knows
        ("lKHTC HUỂNH", 2, 2),
    ],
)
def test_words_that_are_no_vietnamese_ones_are_counted(text: str, strange: int, words: int) -> None:
    found = strange_words([text])
    assert (found.edits, found.total) == (strange, words)
