"""Findings become values with their places; what is doubtful is withheld or listed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.assemble import _Desk, assemble, part_of, scalars
from extractors.contract import Dispatch, Number, Producer, ReviewCode, Signatory, Source, Table
from extractors.finding import Finding, Part
from extractors.reading import Hand, Mark, PageSize, Reading, Row, line_spans
from normalizers import Text

SOURCE = Source(name="a.pdf", media_type="application/pdf", size=1, pages=1, text_origin="ocr")
PRODUCER = Producer(name="ingest", version="0", ocr=None, language_model=None)
LETTER = """ỦY BAN NHÂN DÂN
XÃ HÒA SƠN
Số: 15/UBND-VP
V/v rà soát hộ nghèo năm 2025
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hòa Sơn, ngày 03 tháng 8 năm 2025
Kính gửi: Các thôn trưởng
Ủy ban nhân dân xã đề nghị các thôn trưởng rà soát danh sách hộ nghèo.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu"""


def read(letter: str = LETTER, *, sure: float = 0.96) -> Reading:
    """A reading of one page in which each line is one word of the given confidence."""
    text = Text.of(letter)
    spans = line_spans(letter)
    rows, marks = [], []
    for number, (start, end) in enumerate(spans):
        head, foot = 4 <= number <= 6, number >= 12
        step = number - 4 if head else number - 3 if foot else number
        left, top = (0.5 if head or foot else 0.1), round(0.05 + 0.05 * step, 2)
        box = (left, top, round(left + 0.3, 2), round(top + 0.02, 2))
        column = "right" if head or foot else "full" if number in (7, 8) else "left"
        rows.append(Row(start, end, 1, box, column, 12.0, sure))  # type: ignore[arg-type]
        marks.append(Mark(start, end, 1, box, sure))
    return Reading(text, tuple(rows), tuple(marks), pages=(PageSize(1, 1654, 2339, sure),))


def dispatch(reading: Reading) -> Dispatch:
    return assemble(reading, SOURCE, PRODUCER, "a" * 64)


def test_every_scalar_says_where_it_came_from() -> None:
    made = dispatch(read())
    fields = made.model_dump(mode="json", by_alias=True)
    for name in ("document_type", "number", "issuer", "place", "date", "subject", "signatory",
                 "addressees", "recipients", "directives", "references", "figures"):  # fmt: skip
        for pointer, _ in scalars(fields[name], f"/{name}"):
            assert pointer in made.provenance, pointer
    date = made.provenance["/date"]
    assert date.page == 1
    assert date.bbox == [0.5, 0.15, 0.8, 0.17]
    assert "03 tháng 8 năm 2025" in date.raw


def test_a_value_more_likely_wrong_than_right_is_withheld_with_its_reading() -> None:
    made = dispatch(read(sure=0.3))
    assert made.subject is None
    (entry,) = [entry for entry in made.review if entry.path == "/subject"]
    assert entry.code == ReviewCode.DOUBTFUL
    assert entry.candidates


def test_a_required_value_that_is_not_there_is_listed() -> None:
    made = dispatch(read("Một trang không có gì để tìm."))
    missing = {entry.path for entry in made.review if entry.code == ReviewCode.MISSING}
    assert {"/number", "/date", "/issuer", "/signatory"} <= missing
    assert made.status == "review"


def test_nothing_of_a_clean_letter_is_doubtful() -> None:
    made = dispatch(read())
    assert made.number is not None
    assert (made.number.text, made.date) == ("15/UBND-VP", "2025-08-03")
    assert made.status == "complete", made.review


def test_the_narrowest_part_tells_the_place() -> None:
    value = Number(text="15/UBND", sequence=15, suffix=None, year=None, notation="UBND")
    parts = {"/sequence": Part((4, 6)), "": Part((0, 11))}
    finding = Finding(value, 0, 11, parts=parts)
    assert part_of(finding, "/sequence").span == (4, 6)
    assert part_of(finding, "/notation").span == (0, 11)


@pytest.mark.parametrize("value", [None, [], {}, {"a": None}])
def test_nothing_has_no_scalars(value: object) -> None:
    assert list(scalars(value)) == []


def test_of_many_doubtful_values_in_one_table_one_entry_speaks() -> None:
    rows = [[str(row), "Hòa Sơn"] for row in range(9)]
    header = ["TT", "Xã"]
    table = Table(pages=[1], caption=None, header=header, rows=rows)
    desk = _Desk(read(sure=0.9))
    for confidence, entries in ((0.9, 0), (0.6, 1)):
        desk.review.clear()
        desk.many("tables", [Finding(table, 0, 5, confidence=confidence)])
        assert len(desk.review) == entries
    assert desk.review[0].path == "/tables/0"
    assert desk.review[0].message.startswith("21 values in it")


def test_a_part_that_is_more_likely_wrong_than_right_is_withheld_with_what_it_may_be() -> None:
    signer = Signatory(name="Trần Văn Mẫu", position="Chủ tịch", on_behalf=[])
    finding = Finding(signer, 0, 5, confidence=0.9, parts={"/name": Part((0, 5), 0.4)})
    desk = _Desk(read())
    made = desk.one("signatory", [finding])
    assert made == Signatory(name=None, position="Chủ tịch", on_behalf=[])
    (entry,) = desk.review
    assert (entry.path, entry.candidates) == ("/signatory/name", ["Trần Văn Mẫu"])
    assert "/signatory/name" not in desk.provenance


def test_a_number_that_is_withheld_shows_its_candidates_and_the_box_of_its_gap() -> None:
    box = (0.15, 0.14, 0.22, 0.17)
    hand = Hand("sequence", 1, box, (("412", 0.6), ("417", 0.2)))
    made = dispatch(replace(read(), hands=(hand,)))
    assert made.number is not None and made.number.text is None
    (entry,) = [entry for entry in made.review if entry.path == "/number/text"]
    assert entry.code == ReviewCode.HANDWRITTEN
    assert [str(text).split("/")[0] for text in entry.candidates][:2] == ["412", "417"]
    place = made.provenance["/number/text"]
    assert (place.page, place.bbox, place.confidence) == (1, list(box), 0.6)
