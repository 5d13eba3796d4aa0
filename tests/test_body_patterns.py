"""The body's patterns against hostile text, and how fast a page is read."""

from __future__ import annotations

import time

import pytest

from extractors import deadlines, directives, references
from extractors.head import Head
from extractors.language import pipeline, spans
from extractors.reading import PageSize, Reading, Row, line_spans
from normalizers import Text

LENGTH = 50_000
HOSTILE = [
    "1",
    "1 ",
    "1/",
    "/ ",
    "- ",
    ", ",
    "(",
    "((((",
    "và ",
    "số ",
    "số 1/A-",
    "1/A-B, ",
    "ngày ",
    "ngày 1 ",
    "ngày 1/1/2024, ",
    "từ ngày 1 đến ngày 1 ",
    "tháng 1 - ",
    "8 giờ, ",
    "thứ Hai, ",
    "hằng tháng ",
    "định kỳ 6 tháng, ",
    "trong 5 ngày kể từ ngày ",
    "Luật A b c ",
    "Luật sửa đổi ",
    "Công văn số ",
    "Công văn của Sở A, ",
    "của Sở Y tế và ",
    "các Sở: Y tế, ",
    "UBND các xã, ",
    "Giám đốc các ",
    "yêu cầu ",
    "phối hợp với ",
    "báo cáo ngay ",
    "ngay sau khi ",
    "a) ",
    "1.1.1.1. ",
    "IIII. ",
    "Á",
    "\n1. ",
    "\n- ",
    "\n",
    "\t",
]


def plain(text: str) -> Reading:
    """A reading without repairs: the patterns of the body alone are meant."""
    rows = tuple(Row(*span, 1) for span in line_spans(text))
    return Reading(Text.of(text), rows, pages=(PageSize(1, None, None, None),))


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_hostile_text_is_read_in_bounded_time(piece: str) -> None:
    reading = plain((piece * (LENGTH // len(piece) + 1))[:LENGTH])
    began = time.perf_counter()
    found = list(directives.find(reading, Head(date="2024-08-30")))
    list(deadlines.find(reading, Head(date="2024-08-30"), found))
    list(references.find(reading))
    assert time.perf_counter() - began < 60  # alone it takes two seconds


def test_the_pipeline_reads_words_and_groups() -> None:
    text = "Giao Sở Y tế phối hợp với HĐND&UBND  (đạt 98,70%), báo cáo./."
    doc = pipeline()(text)
    assert doc.text == text
    assert [token.text for token in doc][7:] == [
        "HĐND&UBND", " ", "(", "đạt", "98,70", "%", ")", ",", "báo", "cáo", "./.",
    ]  # fmt: skip
    assert [span.label_ for span in spans(doc, "instructions")] == [
        "order",
        "support",
        "act",
        "act",
    ]
    assert [span.text for span in spans(doc, "agencies")] == ["Sở", "Y tế"]
