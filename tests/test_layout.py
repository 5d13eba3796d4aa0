"""Words to lines in reading order: letterhead and foot are two columns."""

from __future__ import annotations

from ingest.columns import foot, letterhead
from ingest.layout import arrange
from ingest.page import Line, Page, Word


def words(text: str, left: int, top: int, step: int = 12, sure: float = 0.95) -> tuple[Word, ...]:
    seen = []
    for part in text.split():
        width = len(part) * 20
        seen.append(Word(part, (left, top, left + width, top + 30), sure))
        left += width + step
    return tuple(seen)


def line(*parts: tuple[str, int], top: int, sure: float = 0.95) -> Line:
    return Line(tuple(word for text, left in parts for word in words(text, left, top, sure=sure)))


LETTERHEAD = [
    line(("ỦY BAN NHÂN DÂN", 200), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800), top=200),
    line(("XÃ HÒA SƠN", 240), ("Độc lập - Tự do - Hạnh phúc", 900), top=240),
    line(("Số: 15/UBND-VP", 220), ("Hòa Sơn, ngày 03 tháng 8 năm 2025", 860), top=320),
    line(("V/v rà soát hộ nghèo", 200), top=360),
    line(("Kính gửi: Các thôn trưởng", 500), top=460),
]
FOOT = [
    line(("Nơi nhận:", 200), ("TM. ỦY BAN NHÂN DÂN", 950), top=1800),
    line(("- Như trên;", 200), ("CHỦ TỊCH", 1050), top=1840),
    line(("- Lưu: VT.", 200), top=1880),
    line(("Trần Văn Mẫu", 1030), top=2050),
]


def page(*lines: Line) -> Page:
    return Page(1, 1700, 2300, 200, lines=tuple(lines))


def texts(read: Page) -> list[tuple[str, str]]:
    return [(seen.column, seen.text) for seen in read.lines]


def test_the_left_column_of_the_letterhead_comes_first() -> None:
    assert texts(arrange(page(*LETTERHEAD))) == [
        ("left", "ỦY BAN NHÂN DÂN"),
        ("left", "XÃ HÒA SƠN"),
        ("left", "Số: 15/UBND-VP"),
        ("left", "V/v rà soát hộ nghèo"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "Hòa Sơn, ngày 03 tháng 8 năm 2025"),
        ("full", "Kính gửi: Các thôn trưởng"),
    ]


def test_the_number_is_kept_however_far_below_the_issuing_body_it_stands() -> None:
    low = line(("Số: 15/UBND-VP", 220), ("Hòa Sơn, ngày 03 tháng 8 năm 2025", 860), top=420)
    read = texts(arrange(page(*LETTERHEAD[:2], low)))
    assert read[2] == ("left", "Số: 15/UBND-VP")


def test_no_piece_of_a_line_is_lost() -> None:
    both = line(("Kính gửi: Sở Y tế", 220), ("Hòa Sơn, ngày 03 tháng 8 năm 2025", 860), top=320)
    read = texts(arrange(page(*LETTERHEAD[:2], both)))
    assert ("full", "Kính gửi: Sở Y tế") in read


def test_a_national_title_misread_still_parts_the_columns() -> None:
    garbled = line(("UBND TINH", 200), ("CONG HOA XÀ HOI CHU NGHiA VIET NAM", 800), top=200)
    zone = letterhead([garbled], 1700)
    assert zone is not None
    assert [seen.text for seen in zone.left] == ["UBND TINH"]


def test_a_page_of_body_text_has_no_letterhead() -> None:
    body = line(("xây dựng nước Việt Nam giàu mạnh, xã hội công bằng", 200), top=200)
    assert letterhead([body], 1700) is None


def test_recipients_come_before_the_signature_block() -> None:
    assert texts(arrange(page(*FOOT))) == [
        ("left", "Nơi nhận:"),
        ("left", "- Như trên;"),
        ("left", "- Lưu: VT."),
        ("right", "TM. ỦY BAN NHÂN DÂN"),
        ("right", "CHỦ TỊCH"),
        ("right", "Trần Văn Mẫu"),
    ]


def test_the_foot_is_found_from_the_archive_line_where_its_head_is_lost() -> None:
    unreadable = line(("Nxx nxxn", 200), ("GIÁM ĐỐC", 1050), top=1800)
    zone = foot([unreadable, *FOOT[1:]], 1700)
    assert zone is not None
    assert "GIÁM ĐỐC" in [seen.text for seen in zone.right]


def test_a_recipient_is_not_cut_before_its_last_word() -> None:
    long = line(("- Chủ tịch, các PCT", 200), ("tỉnh;", 590), top=1920)
    told = line(("- Ban Chỉ đạo quốc", 200), ("(b/c);", 590), top=1960)
    zone = foot([*FOOT, long, told], 1700)
    assert zone is not None
    assert {long.text, told.text} <= {seen.text for seen in zone.left}


def test_a_line_left_of_the_national_title_is_not_cut() -> None:
    body = line(("LIÊN ĐOÀN LAO", 330), ("ĐỘNG", 660), top=330)
    zone = letterhead([*LETTERHEAD[:2], body], 1700)
    assert zone is not None
    assert body.text in [seen.text for seen in zone.left]


def test_addressees_behind_the_number_of_a_stamp_are_none_of_the_letterhead() -> None:
    label = line(("402 Kính gửi:", 300), top=400)
    zone = letterhead([*LETTERHEAD[:4], label], 1700)
    assert zone is not None
    assert label.text not in [seen.text for seen in zone.left]


def test_a_note_to_keep_in_mind_is_no_archive_line() -> None:
    note = line(("Lưu ý: các đơn vị bắt đầu làm việc", 200), top=1800)
    assert foot([line(("- Xã Hòa Sơn", 200), top=1760), note], 1700) is None


def test_running_page_numbers_are_dropped_and_labels_kept() -> None:
    read = arrange(page(line(("2", 850), top=60), line(("2. Thời gian:", 200), top=300)))
    assert texts(read) == [("full", "2. Thời gian:")]


def test_specks_are_dropped_and_dashes_kept() -> None:
    speck = line(("'", 30), top=900, sure=0.2)
    item = line(("- Các phòng chuyên môn;", 200), top=1000)
    assert texts(arrange(page(speck, item))) == [("full", "- Các phòng chuyên môn;")]


def test_pieces_of_one_printed_line_are_joined() -> None:
    read = arrange(page(line(("Kính gửi:", 300), top=500), line(("Sở Tài chính", 700), top=504)))
    assert texts(read) == [("full", "Kính gửi: Sở Tài chính")]


def test_a_bullet_without_its_space_stands_by_itself() -> None:
    arranged = arrange(page(line(("-Lưu: VT.", 200), top=1200), line(("-5 độ", 200), top=1300)))
    assert [one.text for one in arranged.lines] == ["- Lưu: VT.", "-5 độ"]
    bullet, word = arranged.lines[0].words[:2]
    assert bullet.box[0] == 200
    assert bullet.box[2] == word.box[0] < word.box[2] == 300


def test_a_pens_stroke_beside_the_recipients_is_dropped_and_an_item_read_badly_kept() -> None:
    stroke = Line((*words("- Như trên;", 200, 1840), *words("Q¬yá", 1050, 1840, sure=0.4)))
    item = line(("- Lưu: VT.", 200), top=1880, sure=0.4)
    said = [text for _, text in texts(arrange(page(FOOT[0], stroke, item, FOOT[3])))]
    assert said[:3] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert "Q¬yá" not in said


def test_a_line_read_twice_is_given_once() -> None:
    whole = line(("Độc lập - Tự do - Hạnh phúc", 900), top=600)
    again = line(("lộc lập lo Hạnh phúc", 914), top=604, sure=0.8)
    close = line(("của Ủy ban nhân dân xã", 900), top=640)
    assert texts(arrange(page(whole, again, close))) == [
        ("full", "Độc lập - Tự do - Hạnh phúc"),
        ("full", "của Ủy ban nhân dân xã"),
    ]


def test_a_short_line_of_the_letterhead_is_kept_however_doubtful() -> None:
    second = Line((*words("SỞ Y TẾ", 240, 240, sure=0.2), *LETTERHEAD[1].words[3:]))
    number = Line((*words("Số;26/STC", 220, 320, sure=0.1), *LETTERHEAD[2].words[2:]))
    said = [text for _, text in texts(arrange(page(LETTERHEAD[0], second, number)))]
    assert "SỞ Y TẾ" in said
    assert "Số;26/STC" in said
