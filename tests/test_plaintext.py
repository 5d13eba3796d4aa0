"""Tables in plain text: bars and wide gaps part cells, and nothing else does."""

from __future__ import annotations

import pytest

from ingest.plaintext import tabbed

ROWS = "TT\tXã\tSố hộ\n1\tĐông Sơn\t120\n2\tTây Hồ\t98\n3\tNam Hải\t1.204"


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("gaps", ("TT   Xã         Số hộ\n1    Đông Sơn     120\n2    Tây Hồ        98\n"
                 "3    Nam Hải    1.204")),
        ("bars", ("| TT | Xã | Số hộ |\n|---|:---|---:|\n| 1 | Đông Sơn | 120 |\n"
                 "| 2 | Tây Hồ | 98 |\n| 3 | Nam Hải | 1.204 |")),
        ("a frame", ("+----+----+----+\n| TT | Xã | Số hộ |\n+----+----+----+\n"
                    "| 1 | Đông Sơn | 120 |\n| 2 | Tây Hồ | 98 |\n| 3 | Nam Hải | 1.204 |\n"
                    "+----+----+----+")),
    ],
)  # fmt: skip
def test_cells_are_parted_by_tabs(why: str, text: str) -> None:
    assert tabbed(f"Kết quả:\n{text}\nHết.") == f"Kết quả:\n{ROWS}\nHết.", why


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ ĐÔNG SƠN      Độc lập",
        "Họ tên   Chức vụ   Nơi ở\nLê An   Trưởng thôn   Đông\nVõ Ba   Phó   Tây\nHồ Tư   Xã   Nam",
        "1   Đông Sơn   120\n2   Tây Hồ   98\n3   Nam Hải   7\n4   Bắc Sơn   5",
        "Một | hai\nGiao các xã:\n- Rà soát  hộ nghèo;\n",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert tabbed(text) == text
