"""Grids of ruled tables on the picture, and the lines that their cells make."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extractors.tables import find
from ingest.cells import Ruled, read_tables, wiped
from ingest.compose import compose
from ingest.layout import arrange
from ingest.page import Image, Line, Page, Word
from ingest.reading import Engine
from ingest.rules import find_rulings, sketch, without

XS, YS = (100, 200, 600, 900, 1200), (300, 360, 420, 480, 540)


def paper() -> Image:
    return np.full((1000, 1400), 255, np.uint8)


def ruled(image: Image, xs: tuple[int, ...] = XS, ys: tuple[int, ...] = YS) -> Image:
    for x in xs:
        cv2.line(image, (x, ys[0]), (x, ys[-1]), 0, 2)
    for y in ys:
        cv2.line(image, (xs[0], y), (xs[-1], y), 0, 2)
    return image


def shapes(image: Image) -> list[tuple[int, int, int]]:
    rulings, _ = find_rulings(sketch(image, 200))
    return [(found.rows, found.columns, len(found.blocks)) for found in rulings]


def turned(image: Image, degrees: float) -> Image:
    high, wide = image.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(image, turn, (wide, high), borderValue=255), np.uint8)


def test_a_grid_is_found_with_its_cells() -> None:
    rulings, _ = find_rulings(sketch(ruled(paper()), 200))
    assert [(found.rows, found.columns) for found in rulings] == [(4, 4)]
    first = rulings[0].blocks[0]
    assert (first.row, first.column) == (0, 0)
    assert np.allclose(first.box, (100, 300, 200, 360), atol=6)


def test_cells_too_small_for_a_sign_are_empty() -> None:
    image = ruled(paper())
    ink = sketch(image, 200)
    ruling = find_rulings(ink)[0][0]
    slim = tuple(replace(b, box=(0, 0, 1, 1)) for b in ruling.blocks)
    page = Page(1, 1400, 1000, 200, image, rulings=(replace(ruling, blocks=slim),))
    read = read_tables(Ruled(page, ink, Engine("none", lambda *_: ())))
    assert not [word.text for line in read.lines for word in line.words if word.text]


def test_a_grid_survives_skew_and_broken_rules() -> None:
    broken = ruled(paper())
    for x in (150, 400, 750, 1000):
        broken[:, x : x + 12] = 255
    assert shapes(turned(broken, 0.5)) == [(4, 4, 16)]


def test_missing_outer_borders_are_supplied() -> None:
    opened = ruled(paper())
    opened[302:539, 95:106] = 255
    opened[302:539, 1195:1206] = 255
    assert shapes(opened) == [(4, 4, 16)]


def test_one_rule_that_stands_out_is_no_border() -> None:
    image = ruled(paper())
    cv2.line(image, (100, 540), (100, 620), 0, 2)
    assert shapes(image) == [(4, 4, 16)]


def test_merged_cells_stand_once_with_their_extent() -> None:
    merged = ruled(paper())
    merged[310:352, 590:610] = 255  # the header of columns 2 and 3 is one cell
    merged[352:368, 110:190] = 255  # the header of column 1 is two rows high
    rulings, _ = find_rulings(sketch(merged, 200))
    extents = {(b.row, b.column): (b.rows, b.columns) for b in rulings[0].blocks}
    assert extents[0, 1] == (1, 2)
    assert extents[0, 0] == (2, 1)
    assert len(extents) == 14


def test_a_frame_and_an_underline_are_no_table() -> None:
    image = paper()
    cv2.rectangle(image, (300, 100), (700, 200), 0, 3)
    cv2.line(image, (300, 400), (700, 400), 0, 2)
    assert shapes(image) == []


def test_a_stroke_through_the_header_alone_is_no_column() -> None:
    image = ruled(paper(), ys=tuple(range(100, 941, 84)))
    assert shapes(image) == [(10, 4, 40)]
    cv2.line(image, (400, 100), (400, 268), 0, 2)
    assert shapes(image) == [(10, 4, 40)]


def test_letters_and_underlines_in_a_cell_do_not_split_it() -> None:
    image = ruled(paper())
    cv2.putText(image, "HILTI", (250, 350), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 4)
    cv2.line(image, (260, 412), (420, 412), 0, 2)
    assert shapes(image) == [(4, 4, 16)]


def test_rules_are_wiped_off_before_the_page_is_read() -> None:
    image = ruled(paper())
    ink = sketch(image, 200)
    _, rules = find_rulings(ink)
    assert wiped(image, rules, ink.step).min() == 255
    assert image.min() == 0


def told() -> Engine:
    """Return an engine that sees nothing on a cell by itself but a number."""
    return Engine("told", lambda *_: (Line((Word("47", (12, 12, 30, 30), 0.9),)),))


def cell_word(text: str, left: int, top: int, sure: float = 0.95) -> Word:
    return Word(text, (left, top, left + 18 * len(text), top + 26), sure)


def read_page() -> Page:
    image = ruled(paper(), (100, 200, 600, 900), (300, 360, 420, 480))
    words = [
        cell_word("TT", 120, 318), cell_word("Xã", 300, 318), cell_word("Số", 700, 318),
        cell_word("1", 140, 378), cell_word("Hòa", 210, 378), cell_word("Sơn", 280, 378),
        cell_word("2", 140, 438), cell_word("An", 210, 438), cell_word("Phú", 260, 438),
    ]  # fmt: skip
    for left, top, right, bottom in (word.box for word in words):
        image[top:bottom, left:right] = 0
    image[438:450, 144:150] = 255  # a `2` is no `1`
    image[380:402, 700:730] = 0  # a number that the first look passed over
    above = Line((cell_word("PHỤ", 500, 200), cell_word("LỤC", 580, 200)))
    below = Line((cell_word("Nguồn:", 100, 600), cell_word("thống", 220, 600)))
    lines = (Line(tuple(words)), below, above)
    ink = sketch(image, 200)
    rulings, rules = find_rulings(ink)
    seen = Page(1, 1400, 1000, 200, wiped(image, rules, 2), lines, rulings)
    return read_tables(Ruled(seen, without(ink, rules), told()))


def test_a_table_is_read_into_rows_parted_by_tabs_and_no_word_is_there_twice() -> None:
    lines = [line.text for line in arrange(read_page()).lines]
    assert lines == [
        "PHỤ LỤC", "TT\tXã\tSố", "1\tHòa Sơn\t47", "2\tAn Phú\t", "Nguồn: thống",
    ]  # fmt: skip


@pytest.mark.parametrize(("high", "said"), [(26, "Hòa Sơn Đông"), (54, "Xã Hòa Sơn Đông")])
def test_a_cell_is_read_by_itself_where_words_of_two_lines_were_taken_for_one(
    high: int, said: str
) -> None:
    words = [cell_word(text, left, 371) for text, left in (("Sơn", 280), ("Đông", 350))]
    words.insert(0, Word("Hòa", (210, 365, 264, 365 + high), 0.95))
    image = ruled(paper(), (100, 200, 600, 900), (300, 360, 430, 480))
    for left, top, right, bottom in (word.box for word in words):
        image[top:bottom, left:right] = 0
    ink = sketch(image, 200)
    rulings, rules = find_rulings(ink)
    seen = Page(1, 1400, 1000, 200, wiped(image, rules, 2), (Line(tuple(words)),), rulings)
    alone = Line(tuple(cell_word(text, 12, 12) for text in ("Xã", "Hòa", "Sơn", "Đông")))
    engine = Engine("told", lambda *_: (alone,))
    rows = read_tables(Ruled(seen, without(ink, rules), engine)).lines
    assert [row.text for row in rows] == ["\t\t", f"\t{said}\t", "\t\t"]


def test_the_table_of_a_scan_reaches_the_dispatch() -> None:
    reading = compose([arrange(read_page())])
    table = next(iter(find(reading))).value
    assert table.header == ["TT", "Xã", "Số"]
    assert table.rows == [["1", "Hòa Sơn", "47"], ["2", "An Phú", ""]]
    assert [row.kind for row in reading.rows] == ["text", "table", "table", "table", "text"]


def test_the_frame_of_a_received_stamp_is_no_table_and_its_words_are_set_apart() -> None:
    image = ruled(paper(), (100, 200, 560), (200, 240, 280, 320))
    words = (cell_word("ĐẾN", 110, 248), cell_word("Số:", 220, 208), cell_word("CHỈ", 600, 208))
    for left, top, right, bottom in (word.box for word in words):
        image[top:bottom, left:right] = 0
    ink = sketch(image, 200)
    rulings, rules = find_rulings(ink)
    seen = Page(1, 1400, 1000, 200, wiped(image, rules, 2), (Line(words),), rulings)
    read = arrange(read_tables(Ruled(seen, without(ink, rules), told())))
    assert [(line.kind, line.text) for line in read.lines] == [
        ("stamp", "ĐẾN Số:"), ("text", "CHỈ"),
    ]  # fmt: skip
    assert (len(rulings), read.rulings) == (1, ())
