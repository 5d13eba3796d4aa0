"""Tesseract's table is read in one place, whichever engine made it."""

from __future__ import annotations

from ingest.reading import parse

TABLE = "\n".join(
    [
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
        "4\t1\t1\t1\t1\t0\t10\t20\t300\t30\t-1\t",
        "5\t1\t1\t1\t1\t1\t10\t20\t100\t30\t96.5\tKính",
        "5\t1\t1\t1\t1\t2\t120\t20\t90\t30\t91\tgửi:",
        "5\t1\t1\t1\t2\t1\t10\t60\t90\t30\t95\t ",
        "5\t1\t2\t1\t1\t1\t10\t90\t90\t30\t-1\tSở",
    ]
)


def test_words_come_in_lines_with_boxes_and_confidence() -> None:
    first, second = parse(TABLE)
    assert first.text == "Kính gửi:"
    assert first.words[0].box == (10, 20, 110, 50)
    assert first.words[0].confidence == 0.965
    assert second.words[0].confidence == 0.0
