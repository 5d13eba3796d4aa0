"""The body as a tree: what the numbering means, where paragraphs begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.labels import read_label
from extractors.reading import PageSize, Reading, Row
from extractors.structure import Paragraph, paragraphs, passages
from normalizers import Text


def tree(text: str) -> list[tuple[str, str]]:
    return [(p.path, p.text) for p in paragraphs(Reading.of(text.strip("\n")))]


def printed(lines: list[tuple[float, float, str]]) -> Reading:
    """A page whose lines have boxes: left, right, words."""
    value = "\n".join(words for _, _, words in lines)
    rows, start = [], 0
    for at, (left, right, words) in enumerate(lines):
        top = 0.1 + 0.02 * at
        rows.append(Row(start, start + len(words), 1, (left, top, right, top + 0.015)))
        start += len(words) + 1
    return Reading(Text.of(value), tuple(rows), pages=(PageSize(1, 1000, 1400, 0.95),))


def test_numbering_of_all_kinds() -> None:
    found = tree("""
I. NHIỆM VỤ
1. Sở Y tế
a) Rà soát hồ sơ;
- Hồ sơ mới;
+ Hồ sơ giấy.
+ Hồ sơ điện tử.
- Hồ sơ cũ.
b) Báo cáo.
2. Sở Tài chính
2.1. Cân đối ngân sách.
2.2. Hướng dẫn thanh toán.
II. TỔ CHỨC THỰC HIỆN
1. Các đơn vị thực hiện.
""")
    assert [path for path, _ in found] == [
        "I",
        "I.1",
        "I.1.a",
        "I.1.a-1",
        "I.1.a-1+1",
        "I.1.a-1+2",
        "I.1.a-2",
        "I.1.b",
        "I.2",
        "I.2.1",
        "I.2.2",
        "II",
        "II.1",
    ]


def test_articles_hold_numbers_and_letters() -> None:
    found = tree("""
Điều 1. Phê duyệt kế hoạch.
Điều 2. Tổ chức thực hiện
1. Giao Sở Xây dựng:
a) Lập phương án.
Điều 3. Quyết định có hiệu lực từ ngày ký.
""")
    assert [path for path, _ in found] == ["1", "2", "2.1", "2.1.a", "3"]


def test_lines_are_joined_and_a_number_at_a_line_start_is_no_label() -> None:
    found = tree("""
Thực hiện Công văn của Ủy ban nhân dân tỉnh về việc đẩy mạnh cải cách hành chính năm
2024. Căn cứ tình hình thực tế, Ủy ban nhân dân huyện yêu cầu rà soát hồ sơ theo khoản
2. Điều 5 của Quy chế làm việc.
""")
    assert len(found) == 1
    assert found[0][1].endswith("theo khoản 2. Điều 5 của Quy chế làm việc.")
    assert "năm 2024. Căn cứ" in found[0][1]


def test_a_page_break_and_a_page_number_do_not_part_a_paragraph() -> None:
    first = "1. Phòng Nội vụ rà soát toàn bộ hồ sơ cán bộ, công chức của các cơ quan"
    found = tree(f"{first}\n\f2\nchuyên môn thuộc huyện.\n2. Phòng Tư pháp kiểm tra.")
    assert found == [
        ("1", first[3:] + " chuyên môn thuộc huyện."),
        ("2", "Phòng Tư pháp kiểm tra."),
    ]


def test_codes_cut_at_a_line_end_are_joined_without_a_space() -> None:
    found = tree("Căn cứ Nghị định số 71/2016/NĐ-\nCP ngày 01/7/2016 của Chính phủ.")
    assert found[0][1] == "Căn cứ Nghị định số 71/2016/NĐ-CP ngày 01/7/2016 của Chính phủ."


def test_boxes_tell_where_a_paragraph_begins() -> None:
    reading = printed(
        [
            (0.20, 0.90, "Sở Y tế đề nghị các đơn vị thực hiện nghiêm việc báo cáo."),
            (0.15, 0.90, "Việc báo cáo gửi qua phần mềm, đồng thời gửi bản giấy về Sở"),
            (0.15, 0.40, "để tổng hợp."),
            (0.20, 0.90, "Nhận được Công văn này, các đơn vị khẩn trương triển khai"),
            (0.15, 0.90, "- Phòng Nghiệp vụ Y theo dõi, đôn đốc các bệnh viện thực hiện"),
            (0.15, 0.30, "nghiêm túc."),
        ]
    )
    found = [p.text for p in paragraphs(reading)]
    assert [text.split()[0] for text in found] == ["Sở", "Nhận"]
    assert found[0].endswith("gửi bản giấy về Sở để tổng hợp.")


def test_a_misread_numeral_is_what_is_due() -> None:
    found = tree("""
I. KẾT QUẢ
Nội dung thứ nhất đã thực hiện xong.
H. NHIỆM VỤ
1. Các thôn dọn vệ sinh.
""")
    assert [path for path, _ in found] == ["I", "I", "II", "II.1"]


@pytest.mark.parametrize(
    ("line", "name", "place"),
    [
        ("đ) Báo cáo", "đ", 5),
        ("IV. NỘI DUNG", "IV", 4),
        ("2.3. Sở Y tế", "2.3", 3),
        ("– Hồ sơ", "-", 0),
    ],
)
def test_labels(line: str, name: str, place: int) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.name, label.place) == (name, place)


@pytest.mark.parametrize(
    "line", ["1.200 hồ sơ", "98,7% đạt", "15/8/2024", "Sở Y tế", "-5%", "2024"]
)
def test_what_looks_like_a_label_and_is_none(line: str) -> None:
    assert read_label(line) is None


def places_hold(paragraph: Paragraph, value: str) -> bool:
    return all(
        value[at] == letter or letter == " "
        for at, letter in zip(paragraph.origins, paragraph.text, strict=True)
    )


WORDS = st.sampled_from(
    [
        "1. ",
        "a) ",
        "- ",
        "+ ",
        "II. ",
        "Điều 3. ",
        "Sở Y tế",
        " rà soát",
        ".\n",
        ";\n",
        "\n",
        "\f",
        " ",
        "2024",
        "\t",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join))
def test_every_letter_of_a_paragraph_has_its_place(text: str) -> None:
    reading = Reading.of(text)
    found = paragraphs(reading)
    for paragraph in found:
        assert places_hold(paragraph, reading.text.value)
        assert list(paragraph.origins) == sorted(paragraph.origins)
        assert paragraph.parent is None or paragraph.parent in found
    assert all(len(p.text) == len(p.origins) for p in passages(reading))
