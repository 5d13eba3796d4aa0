"""Markdown's marks are structure and no text."""

from __future__ import annotations

import pytest

from ingest.markdown import plain


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("**ỦY BAN NHÂN DÂN**", "ỦY BAN NHÂN DÂN"),
        ("## THÔNG BÁO", "THÔNG BÁO"),
        ("*Hòa Sơn, ngày 03 tháng 8*", "Hòa Sơn, ngày 03 tháng 8"),
        ("* Như trên;", "- Như trên;"),
        ("- Như trên;", "- Như trên;"),
        ("1\\. Các thôn", "1. Các thôn"),
        ("| STT | Xã |\n|---|---|\n| 1 | Hòa Sơn |", "STT\tXã\n1\tHòa Sơn"),
        ("5 * 3 * 2", "5 * 3 * 2"),
    ],
)
def test_marks_are_taken_off(marked: str, text: str) -> None:
    assert plain(marked) == text
