"""The letterhead and the foot on pages: columns, boxes, handwriting, torn lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors import (
    addressees,
    attachments,
    date,
    document_type,
    issuer,
    number,
    place,
    recipients,
    signatory,
    subject,
)
from extractors.casing import title_case
from extractors.contract import ReviewCode, Signatory
from extractors.distance import distance, distance_to_beginning
from extractors.foot import find_foot
from extractors.keys import is_syllable, key
from extractors.letterhead import find_letterhead
from extractors.mending import mended, nearest
from extractors.persons import name_start, read_person
from extractors.phrases import is_motto, is_nation
from extractors.pieces import piece, segments
from extractors.reading import Box, Column, Hand, HandField, Mark, PageSize, Reading, Row
from extractors.repeated import as_repeated
from normalizers import Text

Line = tuple[str, Column, float, float]  # words, column, left edge, top
_WIDTH = 0.011  # of a letter, as a share of the page's width


def page(lines: Sequence[Line], hands: Sequence[Hand] = (), sure: float = 0.96) -> Reading:
    """A page as the OCR leaves it; two spaces in a line are a wide gap on the paper."""
    text = Text.of("\n".join(" ".join(words.split()) for words, *_ in lines))
    rows, marks, start = [], [], 0
    for words, column, left, top in lines:
        box = (left, top, left + _WIDTH * len(words), top + 0.015)
        plain = " ".join(words.split())
        rows.append(Row(start, start + len(plain), 1, box, column, 12.0, sure))
        marks += _marks(words, start, left, top, sure)
        start += len(plain) + 1
    return Reading(
        text, tuple(rows), tuple(marks), tuple(hands), (), (PageSize(1, 100, 100, sure),)
    )


def _marks(words: str, start: int, left: float, top: float, sure: float) -> list[Mark]:
    marks, at, offset = [], 0, start
    for word in words.split():
        at = words.index(word, at)
        first, last = left + _WIDTH * at, left + _WIDTH * (at + len(word))
        marks.append(Mark(offset, offset + len(word), 1, (first, top, last, top + 0.015), sure))
        offset += len(word) + 1
        at += len(word)
    return marks


def letter(
    numbered: str = "Số: 214/SYT-NVY", dated: str = "Sơn La, ngày 06 tháng 3 năm 2024"
) -> list[Line]:
    return [
        ("UBND TỈNH SƠN LA", "left", 0.18, 0.06),
        ("SỞ Y TẾ", "left", 0.24, 0.08),
        (numbered, "left", 0.18, 0.11),
        ("V/v tiêm chủng mở rộng", "left", 0.16, 0.14),
        ("năm 2024", "left", 0.2, 0.16),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right", 0.48, 0.06),
        ("Độc lập - Tự do - Hạnh phúc", "right", 0.52, 0.08),
        (dated, "right", 0.5, 0.11),
        ("Kính gửi: Các bệnh viện huyện.", "full", 0.3, 0.2),
        ("Thực hiện kế hoạch của tỉnh, Sở Y tế yêu cầu các đơn vị báo cáo./.", "full", 0.2, 0.24),
    ]


def hand(
    name: HandField, *readings: tuple[str, float], blank: bool = False, top: float = 0.11
) -> Hand:
    box: Box = (0.2, top, 0.25, top + 0.02)
    return Hand(name, 1, box, tuple(readings), blank)


def test_columns_are_read_from_the_page() -> None:
    reading = page(letter())
    zones = find_letterhead(reading)
    assert [part.text for part in zones.left[:2]] == ["UBND TỈNH SƠN LA", "SỞ Y TẾ"]
    assert zones.number and zones.number.text == "Số: 214/SYT-NVY"
    assert zones.date and zones.date.text.startswith("Sơn La")
    assert next(subject.find(reading)).value == "tiêm chủng mở rộng năm 2024"
    assert next(issuer.find(reading)).value.parent == "UBND tỉnh Sơn La"
    assert next(place.find(reading)).value == "Sơn La"
    assert next(document_type.find(reading)).value.code == "CV"


def test_lines_that_a_pen_parted_are_read_as_one() -> None:
    lines = letter()
    lines[2:3] = [("Số:", "left", 0.18, 0.11), ("/SYT-NVY", "left", 0.28, 0.112)]
    at = next(at for at, line in enumerate(lines) if line[0].startswith("Sơn La"))
    lines[at : at + 1] = [
        ("Sơn La, ngày", "right", 0.5, 0.11),
        ("tháng 3 năm 2024", "right", 0.7, 0.111),
    ]
    reading = page(lines, [hand("sequence", ("219", 0.9)), hand("day", ("08", 0.95))])
    assert next(number.find(reading)).value.text == "219/SYT-NVY"
    assert next(date.find(reading)).value == "2024-03-08"
    assert next(place.find(reading)).value == "Sơn La"
    assert next(subject.find(reading)).value == "tiêm chủng mở rộng năm 2024"


def test_printed_digits_that_were_read_well_are_given() -> None:
    found = next(number.find(page(letter())))
    assert (found.value.text, found.remarks) == ("214/SYT-NVY", ())
    assert found.parts["/sequence"].confidence is not None


def test_digits_read_badly_are_withheld_with_their_candidate() -> None:
    found = next(number.find(page(letter(), sure=0.6)))
    assert (found.value.text, found.value.sequence) == (None, None)
    assert found.value.notation == "SYT-NVY"
    assert found.remarks[0].code is ReviewCode.HANDWRITTEN
    assert found.remarks[0].candidates == ("214/SYT-NVY",)


def test_handwriting_that_was_read_surely_counts_and_not_the_ocr() -> None:
    lines = letter("Số: Z4# /SYT-NVY", "Sơn La, ngày Ø6 tháng 3 năm 2024")
    hands = [hand("sequence", ("219", 0.9), ("214", 0.05)), hand("day", ("08", 0.95))]
    reading = page(lines, hands)
    found = next(number.find(reading))
    assert (found.value.text, found.value.sequence) == ("219/SYT-NVY", 219)
    assert found.parts["/sequence"].box == (1, hands[0].box)
    assert next(date.find(reading)).value == "2024-03-08"


def test_doubtful_handwriting_is_withheld_with_whole_candidates() -> None:
    lines = letter("Số: Z4# /SYT-NVY", "Sơn La, ngày Ø tháng 3 năm 2024")
    hands = [hand("sequence", ("219", 0.5), ("214", 0.3)), hand("day", ("08", 0.5), ("31", 0.2))]
    reading = page(lines, hands)
    found = next(number.find(reading))
    assert found.value.text is None
    assert found.remarks[0].candidates == ("219/SYT-NVY", "214/SYT-NVY")
    day = next(date.find(reading))
    assert day.value == "2024-03"
    assert day.remarks[0].candidates == ("2024-03-08", "2024-03-31")


def test_a_date_that_ends_the_subject_is_cited() -> None:
    lines = letter()
    lines[4] = ("ngày 26/5/2009.", "left", 0.2, 0.16)
    assert next(date.find(page(lines))).value == "2024-03-06"


def test_a_day_that_the_scan_made_two_words_of_is_still_a_gap() -> None:
    reading = page(letter(dated="Sơn La, ngày ấy 4È tháng 3 năm 2024"), [hand("day", ("16", 0.97))])
    assert next(date.find(reading)).value == "2024-03-16"


def test_a_place_that_looks_like_ngay_is_no_part_of_the_date() -> None:
    reading = page(letter(dated="Quảng Ngãi, ngày#đ tháng 3. năm 2024"))
    assert next(place.find(reading)).value == "Quảng Ngãi"


def test_both_readers_together_are_surer() -> None:
    reading = page(letter(), [hand("sequence", ("214", 0.55), ("219", 0.3))])
    assert next(number.find(reading)).value.text == "214/SYT-NVY"


def test_a_label_that_the_pen_ran_into_is_known() -> None:
    reading = page(letter("Sốz0806/SYT-NVY"), [hand("sequence", ("2006", 0.8))])
    assert next(number.find(reading)).value.text == "2006/SYT-NVY"


@pytest.mark.parametrize(
    "dated", ["Sơn La, ngày g7. tháng 3 năm 2024", 'Sơn La, ngày 8 tháng 3 năm" 2024']
)
def test_specks_in_a_gap_do_not_hide_the_date(dated: str) -> None:
    reading = page(letter(dated=dated), [hand("day", ("07", 0.99))])
    assert next(date.find(reading)).value == "2024-03-07"


def test_a_number_whose_slash_and_colon_are_lost_is_known_by_its_notation() -> None:
    reading = page(letter("Số Z%2 'SYT-NVY"), [hand("sequence", ("1947", 0.95))])
    assert next(number.find(reading)).value.text == "1947/SYT-NVY"


def test_the_least_probability_is_a_setting() -> None:
    strict = replace(page(letter("Số: ?/SYT-NVY"), [hand("sequence", ("219", 0.8))]), enough=0.9)
    assert next(number.find(strict)).value.text is None
    assert next(number.find(replace(strict, enough=0.75))).value.text == "219/SYT-NVY"


def test_a_clear_ocr_that_says_otherwise_makes_the_handwriting_doubtful() -> None:
    reading = page(letter(), [hand("sequence", ("219", 0.8))])
    found = next(number.find(reading))
    assert found.value.text is None
    assert found.remarks[0].candidates == ("219/SYT-NVY", "214/SYT-NVY")


def test_a_day_of_one_digit_may_have_lost_the_other() -> None:
    lines = letter(dated="Sơn La, ngày } tháng 3 năm 2024")
    assert next(date.find(page(lines, [hand("day", ("7", 0.85))]))).value == "2024-03"
    assert next(date.find(page(lines, [hand("day", ("07", 0.85))]))).value == "2024-03-07"


def test_a_younger_citation_speaks_against_the_date() -> None:
    text = "\n".join(words for words, *_ in letter())
    cited = "Thực hiện Kế hoạch số 17/KH-UBND ngày 04 tháng 01 năm {} của tỉnh."
    fine = next(date.find(Reading.of(f"{text}\n{cited.format(2024)}")))
    assert (fine.value, fine.remarks) == ("2024-03-06", ())
    wrong = next(date.find(Reading.of(f"{text}\n{cited.format(2025)}")))
    assert (wrong.value, wrong.remarks[0].code) == ("2024-03-06", ReviewCode.CONFLICT)
    assert wrong.remarks[0].candidates == ("2024-03-06", "2025-01-04")


def test_a_gap_without_ink_is_blank() -> None:
    lines = letter("Số: /SYT-NVY", "Sơn La, ngày tháng 3 năm 2024")
    reading = page(lines, [hand("sequence", blank=True), hand("day", blank=True)])
    found = next(number.find(reading))
    assert found.value.notation == "SYT-NVY"
    assert found.remarks[0].code is ReviewCode.BLANK
    day = next(date.find(reading))
    assert (day.value, day.remarks[0].code) == ("2024-03", ReviewCode.BLANK)


def test_a_gap_in_which_a_scan_shows_nothing_is_not_called_blank() -> None:
    found = next(number.find(page(letter("Số: /SYT-NVY"))))
    assert found.remarks[0].code is ReviewCode.HANDWRITTEN


def test_handwriting_of_another_place_is_not_taken() -> None:
    reading = page(letter(), [hand("sequence", ("999", 0.99), top=0.5)])
    assert next(number.find(reading)).value.text == "214/SYT-NVY"


def foot(*right: Line) -> Reading:
    left: list[Line] = [
        ("Nơi nhận:", "left", 0.15, 0.7),
        ("- Như trên;", "left", 0.15, 0.72),
        ("- Lưu: VT.", "left", 0.15, 0.74),
    ]
    return page([*letter(), *left, *right])


def test_a_deputy_under_the_head_signs_for_the_head() -> None:
    reading = foot(
        ("GIÁM ĐỐC", "right", 0.62, 0.7),
        ("PHÓ GIÁM ĐỐC", "right", 0.6, 0.72),
        ("Lò Thị Hoa", "right", 0.61, 0.82),
    )
    value = next(signatory.find(reading)).value
    assert (value.name, value.position) == ("Lò Thị Hoa", "Phó Giám đốc")
    assert chain(value) == [("KT", "Giám đốc")]
    assert [found.value for found in recipients.find(reading)] == ["Như trên", "Lưu: VT"]


def test_a_torn_position_under_kt_is_the_deputys() -> None:
    reading = foot(
        ("KT. CHỦ TỊCH", "right", 0.62, 0.7),
        ("Ó CHỦ TỊCH", "right", 0.62, 0.72),
        ("Lò Thị Hoa", "right", 0.61, 0.82),
    )
    found = next(signatory.find(reading))
    assert found.value.position == "Phó Chủ tịch"
    assert (found.parts["/position"].confidence or 1) < 0.9


def test_of_a_deputys_position_pho_is_enough_under_kt() -> None:
    reading = foot(
        ("KT. GIÁM ĐỐC", "right", 0.62, 0.7),
        ("PHO", "right", 0.64, 0.72),
        ("N Lường Thị Hoa", "right", 0.61, 0.82),
    )
    value = next(signatory.find(reading)).value
    assert (value.name, value.position) == ("Lường Thị Hoa", "Phó Giám đốc")


def test_the_same_position_twice_is_a_deputys_with_little_confidence() -> None:
    reading = foot(
        ("GIÁM ĐỐC", "right", 0.62, 0.7),
        ("GIÁM ĐỐC", "right", 0.62, 0.72),
        ("Lò Thị Hoa", "right", 0.61, 0.82),
    )
    found = next(signatory.find(reading))
    assert found.value.position == "Phó Giám đốc"
    assert chain(found.value) == [("KT", "Giám đốc")]
    assert found.parts["/position"].confidence == 0.7


def chain(signer: Signatory) -> list[tuple[str, str]]:
    return [(link.mode, link.of) for link in signer.on_behalf]


def test_an_unread_line_over_a_deputy_is_the_heads() -> None:
    reading = foot(
        ("~ET; GIXX Ð", "right", 0.62, 0.7),
        ("PHÓ GIÁM ĐỐC", "right", 0.6, 0.72),
        ("Lò Thị Hoa", "right", 0.61, 0.82),
    )
    found = next(signatory.find(reading))
    assert chain(found.value) == [("KT", "Giám đốc")]


def test_a_short_name_beside_a_seals_letters_is_withheld() -> None:
    reading = foot(
        ("GIÁM ĐỐC", "right", 0.62, 0.7),
        ("XHCN", "right", 0.52, 0.815),
        ("Hoàng Anh", "right", 0.62, 0.82),
    )
    found = next(signatory.find(reading))
    assert found.value.name is None
    assert found.remarks[0].candidates == ("Hoàng Anh",)


def test_a_second_signer_in_the_left_column_is_told() -> None:
    reading = page([
        *letter(),
        ("KT. GIÁM ĐỐC", "left", 0.2, 0.6),
        ("Bùi Văn Cường", "left", 0.2, 0.68),
        ("Nơi nhận:", "left", 0.15, 0.7),
        ("- Lưu: VT.", "left", 0.15, 0.72),
        ("CHỦ TỊCH", "right", 0.62, 0.7),
        ("Lò Thị Hoa", "right", 0.61, 0.82),
    ])  # fmt: skip
    found = next(signatory.find(reading))
    assert found.value.name == "Lò Thị Hoa"
    assert found.remarks[0].code is ReviewCode.SEVERAL_SIGNERS
    assert found.remarks[0].candidates == ("Lò Thị Hoa", "Bùi Văn Cường")


def test_columns_that_were_read_as_one_line_are_parted_by_their_gap() -> None:
    reading = page([("- Ban Dân vận Tỉnh ủy;          Lò Thị Hoa", "full", 0.15, 0.7)])
    parts = segments(reading, piece(reading, reading.rows[0], (0, reading.rows[0].end), "full"))
    assert [part.text for part in parts] == ["- Ban Dân vận Tỉnh ủy;", "Lò Thị Hoa"]
    assert parts[1].box is not None and parts[1].box[0] > 0.4


def test_the_dispatch_keeps_its_positions_when_another_is_cut_off() -> None:
    top = "UBND TỈNH SƠN LA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    first = f"{top}\nSố: 5/UBND Độc lập - Tự do - Hạnh phúc"
    text = f"{first}\nKính gửi: Bộ Tài chính.\f\n{first.replace('5/', '7/')}"
    reading = Reading.of(text)
    main, others = attachments.split(reading)
    assert main.text.value == reading.text.value[: len(main.text.value)]
    assert len(others) == 1
    found = next(attachments.find(reading))
    span = found.parts["/number/text"].span
    assert reading.text.value[slice(*span)] == "Số: 7/UBND"
    assert found.value.pages == [2]


def test_one_document_is_left_whole() -> None:
    reading = page(letter())
    assert attachments.split(reading) == (reading, ())


@pytest.mark.parametrize(
    "line",
    [
        "CQNG HOA xA HQI CHU NGHiA VIET NAM",
        "CỘNG HÒA XÃ HỘI CHÚ NGHĨA VIỆT NAM",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ],
)
def test_the_national_title_is_read_through_noise(line: str) -> None:
    assert is_nation(line)


def test_other_lines_are_no_title_and_no_motto() -> None:
    assert is_motto("BQc l3p - Ty do - H4nh phúc")
    assert not is_motto("Độc đáo trong thiết kế - tự tin - hoàn thành")
    assert not is_nation("ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM")


def test_names_in_capitals_become_names_in_sentences() -> None:
    assert title_case("UỶ BAN NHÂN DÂN TỈNH SƠN LA") == "Uỷ ban nhân dân tỉnh Sơn La"
    assert (
        title_case("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI") == "Sở Lao động - Thương binh và Xã hội"
    )
    assert title_case("BAN QUẢN LÝ DỰ ÁN ODA TỈNH") == "Ban Quản lý dự án ODA tỉnh"
    assert title_case("Phó Chủ tịch") == "Phó Chủ tịch"


def test_garbled_names_are_mended_only_where_one_is_nearest() -> None:
    assert mended("SỚYTẺ") == "SỞ Y TẾ"
    assert mended("PHÒNG THỦ DÂN SỰ") == "PHÒNG THỦ DÂN SỰ"
    names = ["Tiền Giang", "Kiên Giang"]
    assert nearest("Xiên Giang", names) is None
    assert nearest("Xiên Giang", names, "UBND TỈNH KIÊN GIANG") == "Kiên Giang"


def test_names_of_persons() -> None:
    assert name_start("- Lưu: VT. Đào Văn Sỹ") == 11
    assert name_start("- Chủ tịch, các PCT UBND huyện;") is None
    person = read_person("Rơ Mah H'Liên")
    assert person is not None and person.name == "Rơ Mah H'Liên"
    torn = read_person("am Trường Thọ")
    assert torn is not None and not torn.whole
    stroke = read_person("Trương/Mỹ Duyên")
    assert stroke is not None and stroke.name == "Trương Mỹ Duyên"
    assert read_person("PHÓ GIÁM ĐỐC") is None


def test_keys_are_as_long_as_their_text() -> None:
    text = "Ủy ban ĐẶC KHU Ðảo № ﬁ"
    assert len(key(text)) == len(text)
    assert is_syllable("nghiêng") and not is_syllable("UBND")


def test_distances() -> None:
    assert distance("soyte", "sovte", 2) == 1
    assert distance("soyte", "bonoivu", 2) == 3
    assert distance_to_beginning("doc lap", "dac lap - tu do", 2) == 1


def test_a_text_without_a_foot_has_none() -> None:
    reading = Reading.of("Một đoạn văn.\nHết.")
    assert find_foot(reading, find_letterhead(reading)).label is None


def test_digits_that_are_sure_stay_where_the_notation_is_not() -> None:
    lines = letter("Số: Z4# /ABC-NWQ")
    found = next(number.find(page(lines, [hand("sequence", ("219", 0.95))], sure=0.3)))
    assert (found.value.sequence, found.value.text, found.value.notation) == (219, None, None)
    assert found.confidence > 0.9
    assert found.remarks[-1].path == "/notation"


def test_a_deputys_position_twice_is_the_heads_and_the_deputys() -> None:
    reading = foot(
        ("PHÓ GIÁM ĐỐC", "right", 0.62, 0.7),
        ("PHÓ GIÁM ĐỐC", "right", 0.62, 0.72),
        ("Lò Thị Hoa", "right", 0.61, 0.82),
    )
    found = next(signatory.find(reading))
    assert found.value.position == "Phó Giám đốc"
    assert chain(found.value) == [("KT", "Giám đốc")]


def test_a_name_of_which_one_letter_is_left_in_front_is_withheld() -> None:
    reading = foot(("GIÁM ĐỐC", "right", 0.62, 0.7), ("A Văn Phú", "right", 0.61, 0.82))
    assert next(signatory.find(reading)).value.name is None


def titled(*lines: Line) -> Reading:
    head = [line for line in letter() if line[0][:3] not in ("V/v", "năm", "Kín")]
    return page([*head[:-1], ("KẾ HOẠCH", "full", 0.45, 0.18), *lines])


def test_a_centered_line_goes_on_with_the_subject_whatever_its_first_word() -> None:
    reading = titled(
        ("Về việc chăm lo Tết Nguyên đán", "full", 0.33, 0.2),
        ("Nhâm Thìn cho đồng bào", "full", 0.375, 0.22),  # has the letters of Nhằm
        ("Nhằm bảo đảm mọi nhà có Tết, Sở Y tế giao các đơn vị các việc sau:", "full", 0.2, 0.25),
    )
    value = next(subject.find(reading)).value
    assert value == "chăm lo Tết Nguyên đán Nhâm Thìn cho đồng bào"


def test_a_citation_in_the_body_is_no_subject() -> None:
    reading = titled(
        ("Giải cờ vua ngành Y tế", "full", 0.375, 0.2),
        ("Căn cứ Kế hoạch số 14/KH-SYT của Sở Y tế về việc tổ chức giải", "full", 0.2, 0.24),
    )
    assert next(subject.find(reading)).value == "Giải cờ vua ngành Y tế"


def test_specks_within_a_subject_are_left_out() -> None:
    reading = titled(("Về việc ˆ khám qJ sức khỏe. học Ì sinh năm học", "full", 0.25, 0.2))
    low = {"qJ": (0.015, 0.2), "Ì": (0.006, 0.9)}
    marks = []
    for mark in reading.marks:
        high, sure = low.get(reading.text.raw[mark.start : mark.end], (0.015, mark.confidence))
        left, top, right, _ = mark.box
        marks.append(replace(mark, box=(left, top, right, top + high), confidence=sure))
    value = next(subject.find(replace(reading, marks=tuple(marks)))).value
    assert value == "khám sức khỏe học sinh năm học"


def test_letters_of_a_seal_after_a_position_are_none_of_it() -> None:
    reading = foot(
        ("TL. GIÁM ĐỐC W7X", "right", 0.62, 0.7),  # a deputy of the same head signs for him
        ("PHÓ GIÁM ĐỐC", "right", 0.62, 0.72),
        ("B ÂN ÂN", "right", 0.63, 0.74),
        ("Lò Thị Hoa", "right", 0.61, 0.82),
    )
    value = next(signatory.find(reading)).value
    assert (value.name, value.position) == ("Lò Thị Hoa", "Phó Giám đốc")
    assert chain(value) == [("KT", "Giám đốc")]


def test_a_head_whose_letters_were_misread_is_the_nearest_position() -> None:
    reading = foot(
        ("KT. GIÁM BÓC", "right", 0.62, 0.7),
        ("PHÓ GIÁM ĐỐC", "right", 0.62, 0.72),
        ("Lò Thị Hoa", "right", 0.61, 0.82),
    )
    found = next(signatory.find(reading))
    assert chain(found.value) == [("KT", "Giám đốc")]
    assert found.parts["/on_behalf/0"].confidence == 0.8


def test_what_the_body_repeats_tells_the_marks_of_the_letterhead() -> None:
    body = "Việc bàn giao hồ sơ; nhận bàn giao hồ sơ của Trạm bơm."
    assert as_repeated("bản giao hồ sơ", body) == "bàn giao hồ sơ"
    assert as_repeated("BẢN GIAO HỒ SƠ", body) == "BÀN GIAO HỒ SƠ"
    assert as_repeated("bản giao hồ sơ", body[:30]) == "bản giao hồ sơ"  # said but once
    assert as_repeated("bản giao hồ sơ", f"{body} Các bản giao hồ sơ.") == "bản giao hồ sơ"
    twice = "tỉnh Khánh Hoà năm nay, tỉnh Khánh Hoà năm sau"
    assert as_repeated("tỉnh Khánh Hòa", twice) == "tỉnh Khánh Hòa"


def test_the_stamp_of_who_received_it_is_no_part_of_the_addressees() -> None:
    lines = letter()[:-2]
    lines += [
        ("402 Kính gửi:", "full", 0.24, 0.2),
        ("ĐẾN Ngày: 14/5/2026      - Các bệnh viện huyện", "full", 0.1, 0.22),
        ("Ngày: 4u/5      Mai Sơn, Sông Mã;", "full", 0.22, 0.24),
        ("- Các trạm y tế.", "full", 0.38, 0.26),
        ("Thực hiện kế hoạch của tỉnh, Sở Y tế yêu cầu các đơn vị báo cáo./.", "full", 0.2, 0.3),
    ]
    found = [entry.value for entry in addressees.find(page(lines))]
    assert found == ["Các bệnh viện huyện Mai Sơn, Sông Mã", "Các trạm y tế"]
