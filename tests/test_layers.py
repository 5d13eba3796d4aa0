"""A text layer that is there may be no text of the page."""

from __future__ import annotations

import pytest

from ingest.layers import Verdict, judge
from ingest.page import Line, Word

GOOD = """Thực hiện kế hoạch công tác năm, Ủy ban nhân dân xã đề nghị các thôn trưởng
rà soát danh sách hộ nghèo, hộ cận nghèo trên địa bàn, gửi về xã trước ngày 15 tháng 8"""
GARBAGE = """Thirc hien ke ho4ch cong tac nim, Uy ban nhan dan xii de nghi cac thon trucrng
ra soat danh sach hQ ngheo, h9 can ngheo tren dia ban, gui ve xii trucrc ngay 15 thang 8"""
SIGNATURE = "Ký bởi: Ủy ban nhân dân xã Hòa Sơn\nThời gian ký: 03/08/2025 10:12:44 +07:00"


@pytest.mark.parametrize(
    ("layer", "verdict"),
    [
        (GOOD, "good"),
        (GARBAGE, "garbage"),
        (SIGNATURE, "signature"),
        ("", "none"),
        ("Trang 2", "none"),
    ],
)
def test_a_layer_is_judged_by_its_words(layer: str, verdict: Verdict) -> None:
    lines = [
        Line(tuple(Word(word, (0, 0, 9, 9), 1.0) for word in line.split()))
        for line in layer.splitlines()
    ]
    assert judge(lines) == verdict


def test_few_words_are_the_page_where_there_is_no_picture() -> None:
    words = tuple(
        Word(word, (0, 0, 9, 9), 1.0) for word in ["Nơi", "nhận:", "Như", "trên;", "Lưu:", "VT"]
    )
    assert judge([Line(words)]) == "none"
    assert judge([Line(words)], least=1) == "good"
