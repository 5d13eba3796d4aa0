"""Tables without rules: found where columns align under a header, and nowhere else."""

from __future__ import annotations

import pytest
from test_layout import FOOT, LETTERHEAD, line, page

from extractors.tables import find
from ingest.compose import compose
from ingest.layout import arrange
from ingest.page import Line, Page

Parts = tuple[tuple[str, int], ...]
HEADER: Parts = (("TT", 210), ("Đơn vị", 420), ("Số hộ", 900), ("Tỷ lệ (%)", 1250))
ROWS: list[Parts] = [
    (("1", 220), ("Thôn Đông", 330), ("120", 940), ("12,5", 1290)),
    (("2", 220), ("Thôn Đoài Hạ", 330), ("98", 960), ("9,25", 1290)),
    (("3", 220), ("Thôn Trung", 330), ("1.204", 900), ("100", 1310)),
    (("4", 220), ("Thôn Nam", 330), ("7", 980), ("0,8", 1310)),
]


def lines(rows: list[Parts], top: int = 600, step: int = 50) -> list[Line]:
    return [line(*parts, top=top + step * at) for at, parts in enumerate(rows)]


def tables(*seen: Line) -> list[tuple[list[str], list[list[str]]]]:
    read: Page = arrange(page(*seen))
    return [(one.value.header, one.value.rows) for one in find(compose([read]))]


WANTED = (
    ["TT", "Đơn vị", "Số hộ", "Tỷ lệ (%)"],
    [["1", "Thôn Đông", "120", "12,5"], ["2", "Thôn Đoài Hạ", "98", "9,25"],
     ["3", "Thôn Trung", "1.204", "100"], ["4", "Thôn Nam", "7", "0,8"]],
)  # fmt: skip


def test_columns_that_align_under_a_header_are_a_table() -> None:
    above = line(("Số hộ nghèo của các thôn như sau, tính đến hết tháng 6 năm 2025:", 200), top=540)
    below = line(("Các thôn tiếp tục rà soát và báo cáo trước ngày 15 hằng tháng.", 200), top=860)
    found = tables(*LETTERHEAD, above, *lines([HEADER, *ROWS]), below, *FOOT)
    assert found == [WANTED]


def test_the_text_around_the_table_stays_where_it_was() -> None:
    above = line(("Số hộ nghèo:", 200), top=540)
    below = line(("Đề nghị các thôn tiếp tục rà soát.", 200), top=860)
    read = arrange(page(above, *lines([HEADER, *ROWS]), below))
    assert [one.kind for one in read.lines] == ["text", *["table"] * 5, "text"]


def test_a_header_of_two_lines_is_one() -> None:
    second: Parts = (("nghèo", 900), ("của năm", 1250))
    header, rows = tables(*lines([HEADER, second, *ROWS]))[0]
    assert header == ["TT", "Đơn vị", "Số hộ nghèo", "Tỷ lệ (%) của năm"]
    assert rows == WANTED[1]


def test_a_name_may_run_on_and_the_total_has_no_number_of_its_own() -> None:
    more: list[Parts] = [*ROWS[:2], (("và Thôn Bắc", 330),), *ROWS[2:]]
    total: Parts = (("Tổng cộng", 330), ("1.429", 900), ("100", 1310))
    _, rows = tables(*lines([HEADER, *more, total]))[0]
    assert rows[1] == ["2", "Thôn Đoài Hạ và Thôn Bắc", "98", "9,25"]
    assert rows[-1] == ["", "Tổng cộng", "1.429", "100"]


def test_a_heading_may_stand_over_several_columns() -> None:
    above: Parts = (("Hộ nghèo và cận nghèo của xã", 900),)
    header, rows = tables(*lines([above, HEADER, *ROWS]))[0]
    assert header[2:] == [
        "Hộ nghèo và cận nghèo của xã Số hộ", "Hộ nghèo và cận nghèo của xã Tỷ lệ (%)",
    ]  # fmt: skip
    assert rows == WANTED[1]


def test_a_row_whose_cells_were_read_in_turns_is_one_line() -> None:
    first, second = lines([HEADER, (ROWS[0][0], ROWS[0][2])]), lines([ROWS[0][1::2]], top=650)
    assert tables(*first, *second, *lines(ROWS[1:], top=700)) == [WANTED]


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("no header", ROWS),
        ("two rows", [HEADER, *ROWS[:2]]),
        ("two columns", [HEADER[1:3], *[row[1:3] for row in ROWS]]),
        (
            "no figures",
            [(("Họ tên", 210), ("Chức vụ", 700), ("Nơi ở", 1200)),
             (("Lê An", 210), ("Trưởng thôn", 700), ("Thôn Đông", 1200)),
             (("Võ Ba", 210), ("Phó thôn", 700), ("Thôn Đoài", 1200)),
             (("Hồ Cúc", 210), ("Bí thư", 700), ("Thôn Nam", 1200))],
        ),
        (
            "columns that do not align",
            [HEADER, *[tuple((text, left + 130 * at) for text, left in row)
                       for at, row in enumerate(ROWS)]],
        ),
        (
            "a sentence for a header",
            [(("Số hộ nghèo của các thôn trong xã tính đến hết tháng 6 năm nay", 200),), *ROWS],
        ),
    ],
)  # fmt: skip
def test_what_is_no_table(why: str, rows: list[Parts]) -> None:
    assert tables(*lines(rows)) == [], why


def test_letterhead_and_foot_are_none() -> None:
    assert tables(*LETTERHEAD, *FOOT) == []
