"""A text layer that is there may be no text of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.layers import Verdict, is_worse, judge
from ingest.page import Line, Word
from ingest.pipeline import study

GOOD = """Thực hiện kế hoạch công tác năm, Ủy ban nhân dân xã đề nghị các thôn trưởng
rà soát danh sách hộ nghèo, hộ cận nghèo trên địa bàn, gửi về xã trước ngày 15 tháng 8"""
GARBAGE = """Thirc hien ke ho4ch cong tac nim, Uy ban nhan dan xii de nghi cac thon trucrng
ra soat danh sach hQ ngheo, h9 can ngheo tren dia ban, gui ve xii trucrc ngay 15 thang 8"""
SIGNATURE = "Ký bởi: Ủy ban nhân dân xã Hòa Sơn\nThời gian ký: 03/08/2025 10:12:44 +07:00"


def lines_of(layer: str) -> list[Line]:
    return [
        Line(tuple(Word(word, (0, 0, 9, 9), 1.0) for word in line.split()))
        for line in layer.splitlines()
    ]


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
    assert judge(lines_of(layer)) == verdict


def test_few_words_are_the_page_where_there_is_no_picture() -> None:
    words = tuple(
        Word(word, (0, 0, 9, 9), 1.0) for word in ["Nơi", "nhận:", "Như", "trên;", "Lưu:", "VT"]
    )
    assert judge([Line(words)]) == "none"
    assert judge([Line(words)], least=1) == "good"


@pytest.mark.parametrize(
    ("why", "seen", "picture", "worse"),
    [
        ("a scan", GOOD, True, False),
        ("a page too faint to read", "m1lr 7 lnng iũrn rn", True, True),
        ("a font with letters of its own", GOOD, False, False),
        ("the garble itself is drawn", GARBAGE, False, True),
    ],
)
def test_a_garbled_layer_yields_to_what_reads_better(
    why: str, seen: str, picture: bool, worse: bool
) -> None:
    assert is_worse(lines_of(seen), lines_of(GARBAGE), picture=picture) is worse, why


@pytest.mark.programs
def test_a_garbled_layer_with_no_picture_is_repaired(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    canvas = Canvas(str(file))
    for at, line in enumerate(GARBAGE.splitlines()):
        canvas.drawString(60, 700 - 20 * at, line)
    canvas.save()
    dispatch = study(file).dispatch
    assert dispatch.source.text_origin == "repaired_text_layer"
    assert "công tác năm, Ủy ban nhân dân" in dispatch.pages[0].text
