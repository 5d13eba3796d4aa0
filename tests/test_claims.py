"""What rows of a signature claim: positions mended with care, names put together of readings."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from extractors.authority import read_lines
from extractors.contract import ReviewCode
from extractors.deputies import deputy_of, head_of, may_be_deputy
from extractors.nearly import nearest
from extractors.persons import name_word, read_person
from extractors.reading import Reading
from extractors.signatory import find
from ingest.claims import claims_of, pooled, told_by
from ingest.columns import Zone, foot
from ingest.lights import Block, blocks, raised
from ingest.page import Line, Page, Word
from ingest.reading import Engine
from ingest.rows import Strip, find_strips
from ingest.shown import head_over
from normalizers.text import Edit


def words(text: str, sure: float = 0.9, left: int = 0, top: int = 0) -> tuple[Word, ...]:
    seen = []
    for part in text.split():
        seen.append(Word(part, (left, top, left + 20 * len(part), top + 26), sure))
        left += 20 * len(part) + 12
    return tuple(seen)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("NH VĂN PHÒNG", "CHÁNH VĂN PHÒNG"),  # its end, and no misread `PHÓ VĂN PHÒNG`
        ("VĂN PHÒNG", None),
        ("T TRƯỞNG", None),  # of a Cục, a Vụ, a Tổ
        ("PHÒNG", None),
        ("HỦ TỊCH", "CHỦ TỊCH"),
        ("PHÓ GIAM BOC", "PHÓ GIÁM ĐỐC"),
        ("y XIÊN", None),  # the rim of a seal
    ],
)
def test_a_position_is_mended_only_if_no_other_may_be_meant(
    text: str, position: str | None
) -> None:
    near = nearest(text)
    assert (near and near.name) == position


def test_a_position_is_less_sure_the_more_of_it_was_mended() -> None:
    said = [next(read_lines(text)).sure for text in ("CHỦ TỊCH", "HỦ TỊCH", "CHU TIGH")]
    assert said == sorted(said, reverse=True)
    (mended,) = claims_of(words("NH VĂN PHÒNG", sure=0.95), weight=1)
    (read,) = claims_of(words("CHÁNH VĂN PHÒNG", sure=0.95), weight=1)
    assert mended.words[0].confidence < 0.85 < read.words[0].confidence


@pytest.mark.parametrize("text", ["1Ó GIÁM ĐỐC", "vho GIÁM ĐỐC"])
def test_the_end_of_a_deputy_before_the_heads_position_is_read(text: str) -> None:
    (line,) = read_lines(text)
    assert (line.text, line.torn) == ("Phó Giám đốc", False)
    assert line.sure <= 0.85


def test_a_name_of_which_words_were_read_as_one_is_not_cut() -> None:
    (claim,) = claims_of(words("»-Đinh-Thị Thanh Nhã"), weight=1)
    assert [word.text for word in claim.words] == ["Đinh", "Thị", "Thanh", "Nhã"]
    assert all(one.box[2] < two.box[0] for one, two in pairwise(claim.words))


def test_a_position_that_was_mended_is_looked_at_again() -> None:
    assert told_by([Line(words("CHÚ TỊCH")), Line(words("Trần Văn Sáng"))])
    assert not told_by([Line(words("CHỦ TIGH")), Line(words("Trần Văn Sáng"))])


def test_a_name_is_put_together_of_readings_that_each_misread_another_word() -> None:
    said = ["Nguyễu Văn Sáng", "Nguyễn Vất Sáng", "NX Nguyễn Văn Sáng", "Nguyễu vất Sáng"]
    claim = pooled([words(text) for text in [*said, *said]])
    assert claim is not None
    assert claim.value == "Nguyễn Văn Sáng"
    assert not claim.clear


@pytest.mark.parametrize(
    "said",
    [
        ["Trần Văn Sáng", "Trần Vân Sáng"] * 3,  # two names
        ["Trần Văn Ảnh", "Trần Vất Ảnh"] * 3,  # of Anh, or of Ánh
        ["Văn Sáng"] * 5,
        [],
    ],
)
def test_no_name_is_put_together_where_readings_differ(said: list[str]) -> None:
    assert pooled([words(text) for text in said]) is None


def test_marks_of_a_names_word_are_mended_if_only_one_can_be_meant() -> None:
    assert [name_word(word, first=False) for word in ("Xuấn", "Ảnh", "Văn", "ẢnÀ")] == [
        "Xuân", None, "Văn", None,
    ]  # fmt: skip
    assert name_word("Phảm", first=True) == "Phạm"
    assert [name_word(it, first=False, middle=True) for it in ("Vẫn", "Thy", "Vân", "Hấu")] == [
        "Văn", "Thy", "Vân", None,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["H' Lina Niê", "Rơ Mah H'Liên", "K' Brơi Tuấn"])
def test_a_name_of_another_people_has_other_words(name: str) -> None:
    person = read_person(name)
    assert person is not None
    assert (person.name, person.whole, person.odd, person.strange) == (name, True, False, False)


def test_a_line_of_the_signature_is_not_cut_at_the_gap_between_its_words() -> None:
    signed = (*words("GIÁM", left=1100, top=1700), *words("ĐỐC", left=1250, top=1700))
    recipients = [
        Line(words(text, left=240, top=1700 + 30 * at))
        for at, text in enumerate(("Nơi nhận:", "- Như trên;", "- Lưu: VT."))
    ]
    name = Line(words("Trần Văn Sáng", left=1080, top=1900))
    zone = foot([*recipients, Line(signed), name], 1654)
    assert zone is not None
    assert "GIÁM ĐỐC" in [line.text for line in zone.right]


def test_a_pens_stroke_is_gone_from_the_black_print() -> None:
    drawn = np.full((2339, 1654, 3), 255, np.uint8)
    drawn[1720:1740, 1000:1300] = (40, 40, 40)
    drawn[1700:1800, 1100:1110] = (60, 70, 150)
    page = Page(1, 1654, 2339, 200, drawn[:, :, 0], lines=(Line(words("Nơi nhận:", top=1700)),))
    print_, *_ = blocks(page, Zone(1700, page.lines, ()), drawn)
    across, down = print_.corner
    assert print_.picture[1790 - down, 1105 - across] == 255
    assert print_.picture[1730 - down, 1050 - across] < 30


def test_a_rare_surname_is_said_as_it_was_read_and_not_as_it_was_repaired() -> None:
    raw = "UBND TỈNH SƠN LA\nSố: 5/SYT\nNội dung.\nNơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLường Thị Hoa"
    reading = Reading.of(raw)
    at = reading.text.value.index("Lường")
    mended = reading.text.replacing([Edit(at, at + 5, "Lương", 0.9, "language")])
    (found,) = find(replace(reading, text=mended))
    assert found.value.name == "Lường Thị Hoa"


@pytest.mark.parametrize(
    ("letters", "head", "deputy"),
    [
        ("TRƯỞNG", "Bộ trưởng", "Thứ trưởng"),
        ("PHÓ", "Giám đốc", "Phó Giám đốc"),
        ("TỊCH", "Chủ tịch", "Phó Chủ tịch"),
        ("THỜ XRƯỚNG", "Bộ trưởng", "Thứ trưởng"),
        ("SỞ Y TẾ", "Giám đốc", None),
        ("XHCN", "Chủ tịch", None),
        ("ĐỐC", "Giám đốc", None),  # too little
    ],
)
def test_letters_under_a_head_tell_the_deputy(letters: str, head: str, deputy: str | None) -> None:
    assert (deputy_of(head) if may_be_deputy(letters, head) else None) == deputy


def test_a_head_and_a_deputy_tell_each_other() -> None:
    assert [deputy_of(head) for head in ("Giám đốc", "Tổ trưởng")] == ["Phó Giám đốc", "Tổ phó"]
    assert [head_of(it) for it in ("Thứ trưởng", "Phó Trưởng ban", "Chủ tịch")] == [
        "Bộ trưởng", "Trưởng ban", None,
    ]  # fmt: skip


def test_a_signature_may_stand_over_the_recipients() -> None:
    print_ = np.full((2339, 1654), 255, np.uint8)
    both = Line((*words("CHỦ TỊCH", left=350, top=650), *words("GIÁM ĐỐC", left=1050, top=650)))
    label = Line(words("Nơi nhận:", left=200, top=1100))
    page = Page(1, 1654, 2339, 200, print_, lines=(both, label))
    zone = raised(page, Zone(1100, (label,), ()))
    assert (zone.top, [line.text for line in zone.right]) == (650, ["GIÁM ĐỐC"])
    assert raised(replace(page, lines=(label,)), Zone(1100, (label,), ())).top == 1100


@pytest.mark.parametrize(
    ("text", "name"),
    [("1ê Hoàng Sáng", "Lê Hoàng Sáng"), ("1ồ Văn Sáng", "Hồ Văn Sáng"), ("1a Văn Sáng", None)],
)
def test_a_short_surname_is_told_by_its_mark(text: str, name: str | None) -> None:
    person = read_person(text)
    assert (person.name if person and person.whole else None) == name


def test_a_surname_that_no_list_has_is_doubted_on_a_scan() -> None:
    for text in ("Tế Hoàng Sáng", "Cao Tbịhùy Dung"):  # and a word that nobody can say
        person = read_person(text)
        assert person is not None
        assert person.strange


def test_a_word_that_is_one_piece_of_ink_is_of_its_row() -> None:
    image = np.full((300, 700), 255, np.uint8)
    for left, top in ((100, 150), (130, 149), (160, 148), (190, 147)):
        image[top : top + 34, left : left + 18] = 0
    image[128:168, 230:310] = 0  # bold letters that run together, a little higher
    (strip,) = find_strips(image, 26.0)
    assert strip.right > 300


@pytest.mark.parametrize(
    ("said", "deputy", "found"),
    [
        ("VI: GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", True),
        ("PHÓ GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", False),  # the deputy's own line
        ("GIÁM ĐỐC", "PHÓ CHỦ TỊCH", False),
        ("17T. 7", "PHÓ GIÁM ĐỐC", False),
    ],
)
def test_a_head_is_looked_for_over_the_deputy_whose_line_runs_into_it(
    said: str, deputy: str, found: bool
) -> None:
    block = Block(np.full((400, 900), 255, np.uint8), (600, 1600), 28.0, 200)
    engine = Engine("none", lambda *_: (Line(words(said)),))
    head = head_over(Line(words(deputy)), [(block, Strip(100, 400, 0, 200))], engine)
    assert (head is not None) == found
    assert head is None or head.text.endswith("GIÁM ĐỐC")


def test_of_several_signers_the_one_that_counts_is_less_sure() -> None:
    text = (
        "SỞ NỘI VỤ\nSố: 02/BB-SNV\nBIÊN BẢN\nKiểm tra\nTHƯ KÝ{0}CHỦ TRÌ\nVũ Thị Nga{0}Lê Minh Tuấn"
    )
    (found,) = find(Reading.of(text.format(" " * 20)))
    assert found.value.name == "Lê Minh Tuấn"
    assert all((part.confidence or 0) <= 0.7 for part in found.parts.values())
    assert [remark.code for remark in found.remarks] == [ReviewCode.SEVERAL_SIGNERS]


def test_a_name_that_no_list_can_check_is_less_sure() -> None:
    known, unknown = read_person("Rơ Văn Sáng"), read_person("Rơ Mah Thuyk")
    assert known is not None
    assert unknown is not None
    assert unknown.sure < 0.8 < known.sure
