"""A second look at the signature block: rows of letters, rings of seals, what readings claim."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import cv2
import numpy as np
import pytest

from extractors.authority import read_lines
from extractors.persons import read_person
from extractors.signatory import find
from ingest.claims import claims_of, told_by
from ingest.compose import compose
from ingest.layout import arrange
from ingest.page import Image, Line, Page, Word
from ingest.reading import Engine
from ingest.rows import cut_out, find_strips
from ingest.seals import without_rings
from ingest.second import look_again

BLACK, RED, BLUE = (0, 0, 0), (210, 30, 40), (60, 70, 190)
EM = 26.0


def words(text: str, sure: float = 0.9, left: int = 0, top: int = 0) -> tuple[Word, ...]:
    seen = []
    for part in text.split():
        seen.append(Word(part, (left, top, left + 20 * len(part), top + 26), sure))
        left += 20 * len(part) + 12
    return tuple(seen)


def write(image: Image, text: str, at: tuple[int, int], color: tuple[int, ...]) -> None:
    cv2.putText(image, text, at, cv2.FONT_HERSHEY_DUPLEX, 1.1, color, 2)


def block(*lines: tuple[str, tuple[int, int], tuple[int, ...]]) -> Image:
    image = np.full((2339, 1654, 3), 255, np.uint8)
    for text, at, color in lines:
        write(image, text, at, color)
    return image


def test_rows_of_letters_are_found_and_laid_straight() -> None:
    image = np.full((300, 700), 255, np.uint8)
    write(image, "NGUYEN VAN SAO", (150, 150), BLACK)
    turn = cv2.getRotationMatrix2D((350, 150), 5, 1)
    askew = cv2.warpAffine(image, turn, (700, 300), borderValue=255)
    (strip,) = find_strips(np.asarray(askew, np.uint8), EM)
    assert np.degrees(np.arctan(strip.slope)) == pytest.approx(-5, abs=1)
    straight = cut_out(np.asarray(askew, np.uint8), strip, EM, before=0.3, after=0.3)
    assert np.ptp(np.nonzero((straight < 128).any(axis=1))[0]) < 1.3 * EM


def test_a_row_is_shown_without_the_rows_over_and_under_it() -> None:
    image = np.full((300, 500), 255, np.uint8)
    for at, text in enumerate(("GIAM DOC", "PHO GIAM DOC")):
        write(image, text, (100, 100 + 36 * at), BLACK)
    first, second = (
        cut_out(image, strip, EM, before=0.3, after=0.3) for strip in find_strips(image, EM)
    )
    for crop in (first, second):
        assert np.ptp(np.nonzero((crop < 128).any(axis=1))[0]) < 1.3 * EM


def test_the_rings_of_a_seal_are_taken_off_and_letters_across_them_stay() -> None:
    image = np.full((400, 500), 255, np.uint8)
    cv2.circle(image, (250, 220), 130, BLACK, 4)
    ring = int((image < 128).sum())
    write(image, "CHU TICH", (170, 105), BLACK)
    clear = without_rings(image, 200)
    kept = int((clear < 128).sum())
    assert kept < int((image < 128).sum()) - 0.8 * ring
    assert int((clear[80:104, 160:340] < 128).sum()) > 700


def test_a_picture_without_a_seal_is_the_same_picture() -> None:
    image = np.full((400, 500), 255, np.uint8)
    write(image, "CHU TICH", (170, 105), BLACK)
    assert without_rings(image, 200) is image


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("PHÓ CHỦ TỊCH", " phó chủ tịch", "PHÓ CHỦ TỊCH"),
        ("PHÔ GIẦM ĐỐC", " phó giám đốc", "PHÓ GIÁM ĐỐC"),
        ("KT. CHỦ TỊCH", "KT chủ tịch".casefold(), "KT. CHỦ TỊCH"),
        ("Iguyễn Văn Sáng", "Nguyễn Văn Sáng", "Nguyễn Văn Sáng"),
    ],
)
def test_a_reading_claims_a_position_or_a_name(text: str, value: str, said: str) -> None:
    (claim,) = claims_of(words(text), weight=1)
    assert (claim.value, " ".join(word.text for word in claim.words)) == (value, said)


def test_what_stands_far_before_a_position_is_no_mode() -> None:
    far = (*words("HCN"), *words("CHỦ TỊCH", left=150))
    (claim,) = claims_of(far, weight=1)
    assert [word.text for word in claim.words] == ["CHỦ", "TỊCH"]
    (claim,) = claims_of((*words("HCN"), *words("CHỦ TỊCH", left=70)), weight=1)
    assert [word.text for word in claim.words] == ["HCN", "CHỦ", "TỊCH"]


def test_a_rare_surname_is_not_put_in_place_of_what_was_read() -> None:
    (claim,) = claims_of(words("Tân Văn Sáng"), weight=1)
    assert [word.text for word in claim.words] == ["Tân", "Văn", "Sáng"]


@pytest.mark.parametrize("text", ["KT LỆ 7", "XÃ HỘI CHỦ", "Độc lập", ""])
def test_letters_of_a_seal_claim_nothing(text: str) -> None:
    assert not list(claims_of(words(text), weight=1))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("CHỦ TỊCH", "Trần Văn Sáng"), True),
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Sáng"), True),
        (("PHÓ CHỦ TỊCH", "Trần Văn Sáng"), False),
        (("KT. CHỦ TỊCH", "Trần Văn Sáng"), False),
        (("CHỦ TỊCH",), False),
        (("CHỦ TỊCH", "n Văn Sáng"), False),
    ],
)
def test_a_signature_is_told_by_position_and_name(lines: tuple[str, ...], told: bool) -> None:
    assert (told_by([Line(words(line)) for line in lines]) is not None) == told


@pytest.mark.parametrize(
    ("text", "name", "whole", "strange"),
    [
        ("guyễn Văn Sáng", "Nguyễn Văn Sáng", True, False),
        ("ổuyễn Văn Sáng", "Nguyễn Văn Sáng", True, False),
        ("rương Văn Sáng", "Trương Văn Sáng", True, False),
        ("iang Văn Sáng", "Văn Sáng", False, False),  # of Giang, and of what else?
        ("Trần Văn Sảng", "Trần Văn Sảng", True, True),
        ("Tân Văn Sáng", "Tẩn Văn Sáng", True, True),  # rare: it may be Trần
        ("Phảm Văn Sáng", "Phạm Văn Sáng", True, False),
    ],
)
def test_a_name_is_weighed_by_its_words(text: str, name: str, whole: bool, strange: bool) -> None:
    person = read_person(text)
    assert person is not None
    assert (person.name, person.whole, person.strange) == (name, whole, strange)


def seen(*lines: Line) -> Page:
    recipients = [
        Line(words("Nơi nhận:", left=200, top=1800)),
        Line(words("- Như trên;", left=200, top=1840)),
        Line(words("- Lưu: VT.", left=200, top=1880)),
    ]
    gray = np.full((2339, 1654), 255, np.uint8)
    return Page(1, 1654, 2339, 200, gray, (*recipients, *lines))


def reader(*said: str) -> Engine:
    """Return an engine that says one text after the other, over and over."""
    texts = cycle(said)

    def read(image: Image, dpi: int, mode: int) -> tuple[Line, ...]:
        text = next(texts)
        return (Line(words(text)),) if text else ()

    return Engine("fake", read)


def test_a_stamped_name_is_read_though_the_print_alone_does_not_show_it() -> None:
    drawn = block(("TRAN VAN SAO", (900, 1990), RED))
    page = look_again(seen(), drawn, reader("Trần Văn Sáng"))
    assert [line.text for line in page.lines[3:]] == ["Trần Văn Sáng"]
    left, top, _, bottom = page.lines[3].box
    assert 880 <= left <= 910
    assert top < 1980 < bottom


def test_what_the_readings_do_not_agree_on_is_less_sure() -> None:
    drawn = block(("TRAN VAN SAO", (900, 1990), RED))
    page = look_again(seen(), drawn, reader("Trần Văn Sáng", "Trần Văn Sang"))
    assert all(word.confidence < 0.6 for word in page.lines[3].words)


def test_a_signature_read_well_is_not_looked_at_again() -> None:
    lines = [
        Line(words("KT. CHỦ TỊCH", left=900, top=1800)),
        Line(words("PHÓ CHỦ TỊCH", left=900, top=1840)),
        Line(words("Trần Văn Sáng", left=900, top=1960)),
    ]
    drawn = block(("TRAN VAN SAO", (900, 1990), RED))
    page = seen(*lines)
    assert look_again(page, drawn, reader("")) is page


def test_a_row_under_the_heads_position_may_be_a_deputys() -> None:
    lines = [
        Line(words("CHỦ TỊCH", left=900, top=1800)),
        Line(words("Trần Văn Sáng", left=900, top=1960)),
    ]
    drawn = block(("CHU TICH", (900, 1826), BLACK), ("PHO CHU TICH", (890, 1866), RED))
    page = look_again(seen(*lines), drawn, reader("PHÓ CHỦ TỊCH"))
    assert [line.text for line in page.lines[5:]] == ["PHÓ CHỦ TỊCH"]


@pytest.mark.parametrize(
    ("step", "position", "behalf"), [(40, "Phó Giám đốc", ["Giám đốc"]), (6, None, [])]
)
def test_one_position_in_two_lines_is_the_heads_and_a_deputys(
    step: int, position: str | None, behalf: list[str]
) -> None:
    head = [
        Line(words("SỞ Y TẾ", left=200, top=200)),
        Line(words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", left=800, top=200)),
        Line(words("Số: 15/SYT-VP", left=200, top=280)),
    ]
    signed = [
        Line(words("GIÁM ĐỐC", left=900, top=1800)),
        Line(words("GIÁM ĐỐC", left=910 + 200 * (step < 9), top=1800 + step)),
        Line(words("Trần Văn Sáng", left=880, top=1980)),
    ]
    page = seen(*signed)
    (found,) = find(compose([arrange(replace(page, lines=(*head, *page.lines)))]))
    assert found.value.position == position
    assert [link.of for link in found.value.on_behalf] == behalf


def test_small_letters_before_a_heads_position_are_no_head() -> None:
    (claim,) = claims_of(words("phó GIÁM BÓC"), weight=1)
    assert claim.value == " phó giám đốc"
    (line,) = read_lines("xét GIÁM ĐỐC")
    assert (line.text, line.torn) == ("Giám đốc", True)
