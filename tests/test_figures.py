from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import figures, masks, mentions, periods, quantities, tables
from extractors.contract import Figure, Issuer, ReviewCode, Unit
from extractors.finding import Finding
from extractors.head import Head
from extractors.reading import Cell, Grid, Reading
from extractors.units import Place

NA_RI = Unit(name="huyện Na Rì", level="district", code="066")
HEAD = Head(
    issuer=Issuer(name="Ủy ban nhân dân huyện Na Rì", parent=None, unit=NA_RI), date="2023-10-12"
)


def found(text: str) -> list[Finding[Figure]]:
    return list(figures.find(Reading.of(text), HEAD))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Đã trả 1.452/1.480 hồ sơ, đạt tỷ lệ 98,11%.", True),
        ("Đã trả 1.452/1.480 hồ sơ, đạt tỷ lệ 98,1%.", True),  # rounded by itself
        ("Đã trả 1.452/1.480 hồ sơ, đạt tỷ lệ 98,2%.", False),
        ("Tiếp nhận 300 hồ sơ, gồm: trực tuyến 200 hồ sơ, trực tiếp 100 hồ sơ.", True),
        ("Tiếp nhận 300 hồ sơ, gồm: trực tuyến 200 hồ sơ, trực tiếp 120 hồ sơ.", False),
        ("Tiếp nhận 300 hồ sơ, trong đó trực tuyến 200 hồ sơ, qua bưu chính 20 hồ sơ.", True),
        ("Tiếp nhận 300 hồ sơ, trong đó trực tuyến 200 hồ sơ, trực tiếp 120 hồ sơ.", False),
        ("TT\tXã\tSố hộ\n1\tVăn Lang\t12\n2\tKim Lư\t9\nTổng cộng\t\t21", True),
        ("TT\tXã\tSố hộ\n1\tVăn Lang\t12\n2\tKim Lư\t9\nTổng cộng\t\t22", False),
    ],
)
def test_figures_that_do_not_add_up_are_told_and_kept(text: str, right: bool) -> None:
    remarks = [remark for one in found(text) for remark in one.remarks]
    assert not remarks if right else [one.code for one in remarks] == [ReviewCode.ARITHMETIC]


def test_a_wrong_share_stays_as_printed() -> None:
    (one,) = found("Đã trả 1.452/1.480 hồ sơ, đạt tỷ lệ 98,2%.")
    assert one.value.value == 98.2
    assert one.remarks[0].candidates == (98.11,)


def test_every_value_has_its_place() -> None:
    text = "Tỷ lệ số hóa còn thấp (Văn Lang 12,5%; Kim Lư 9%)."
    reading = Reading.of(text)
    first, second = figures.find(reading, HEAD)
    value = reading.text.value

    def words(finding: Finding[Figure], path: str) -> str:
        return value[slice(*finding.parts[path].span)]

    assert (words(first, "/value"), words(first, "/unit/name")) == ("12,5", "Văn Lang")
    assert (words(second, "/value"), words(second, "/unit/name")) == ("9", "Kim Lư")
    assert words(first, "/indicator") == first.value.indicator


def test_a_cell_has_its_place() -> None:
    text = "TT\tXã\tSố hộ (hộ)\n1\tVăn Lang\t12\n2\tKim Lư\t9"
    reading = Reading.of(text)
    first, second = figures.find(reading, HEAD)
    assert reading.text.value[first.start : first.end] == "12"
    assert reading.text.value[slice(*second.parts["/unit/name"].span)] == "Kim Lư"


def test_figures_stand_in_the_order_of_the_text() -> None:
    text = "Có 12 hộ.\nTT\tXã\tSố hộ\n1\tVăn Lang\t5\n2\tKim Lư\t7\nCòn 3 hộ."
    assert [one.value.value for one in found(text)] == [12, 5, 7, 3]


def test_a_share_beyond_belief_is_doubted() -> None:
    (one,) = found("Tỷ lệ số hóa đạt 975%.")
    assert one.value.value == 975
    assert one.confidence <= 0.5


def grid(page: int, at: int, rows: list[list[str]], spans: dict[tuple[int, int], int]) -> Grid:
    """A ruled table whose cells stand in the text tab by tab; `spans` widens cells."""
    cells = []
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            if words != "<":
                wide = spans.get((i, j), 1)
                cells.append(Cell(i, j, 1, wide, at, at + len(words)))
                at += len(words) + 1
    return Grid(page, (0.1, 0.1, 0.9, 0.9), tuple(cells))


def test_merged_cells_of_a_ruled_table_are_repeated() -> None:
    rows = [["TT", "Hồ sơ", "<"], ["^", "Nhận", "Trả"], ["1", "15", "12"]]
    lines = ["\t".join(word for word in row if word != "<") for row in rows]
    reading = Reading.of("\n".join(lines))
    ruled = Reading(reading.text, reading.rows, grids=(grid(1, 0, rows, {(0, 1): 2}),))
    (table,) = tables.find(ruled)
    assert table.value.header == ["TT / ^", "Hồ sơ / Nhận", "Hồ sơ / Trả"]
    assert table.value.rows == [["1", "15", "12"]]


WORDS = """
Tỷ lệ|xã|huyện|Văn Lang|Kim Lư|UBND|đạt|hồ sơ|trong đó|gồm|tăng|giảm|xếp thứ|tối thiểu|từ|đến|ngày
tháng|năm 2023|quý III|toàn huyện|của|tại|(|)|;|,|:|.|-|%|12|98,7%|1.452/1.480|3/8|2023|31/02/2023
1.|a)|triệu đồng|các xã|Phòng Nội vụ|0|999.999.999,99
"""
TOKENS = [*WORDS.strip().replace("\n", "|").split("|"), "\n", "\t"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_no_text_breaks_the_reading_of_figures(words: list[str]) -> None:
    text = " ".join(words)
    reading = Reading.of(text)
    for one in figures.find(reading, HEAD):
        assert 0 <= one.start <= one.end <= len(reading.text.value)
        assert one.value.value is not None or one.value.numerator is not None or one.value.rank
        for part in one.parts.values():
            assert 0 <= part.span[0] <= part.span[1] <= len(reading.text.value)


PIECES = ["1.111.", "9", " ", "đến ", "Sở a ", "(1) ", "12/13 ", "12% ", "từ ngày ", "xếp thứ "]
PIECES += ["2024-", "số ", "(", "xã A, ", "tăng giảm ", "Phòng Nội vụ 5; ", "1 - 2 - ", "năm "]
READERS: list[Callable[[str], object]] = [
    quantities.find,
    masks.masked,
    lambda text: periods.find(text, 2023),
    lambda text: mentions.find(text, Place()),
]


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_costs_little(piece: str) -> None:
    text = piece * (15_000 // len(piece)) + "x"
    for read in READERS:
        begun = time.process_time()
        read(text)
        assert time.process_time() - begun < 3
