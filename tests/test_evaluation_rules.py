"""What counts as right: values, entries of lists, cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.evaluation.cells import match_cells
from ingest.evaluation.fields import Outcome, confidence, judge_fields, outcome
from ingest.evaluation.gold import Gold
from ingest.evaluation.lists import LISTS, judge_lists, match
from ingest.evaluation.same import fold, nearly, same, same_authority, same_subject

UNIT = {"name": "xã An Phú", "level": "commune", "code": None}
FIGURE = {
    "unit": UNIT,
    "indicator": "Tỷ lệ hồ sơ đúng hạn",
    "value": 98.7,
    "measure": "%",
    "numerator": 2498,
    "denominator": 2531,
    "rank": None,
    "rank_of": None,
    "kind": "actual",
    "comparison": "=",
    "as_of": None,
    "period": None,
}


@pytest.mark.parametrize(
    ("said", "gold"),
    [
        ("Uỷ ban nhân dân huyện Hoà An", "ỦY BAN NHÂN DÂN HUYỆN HÒA AN"),
        ("UBND – VP", "UBND-VP"),
        ("Phó Chủ tịch", "PHÓ  CHỦ TỊCH."),
        ("Lưu: VT, NC", "Lưu VT; NC"),
        ("Tiê\u0301p nhận", "Tiếp nhận"),
    ],
)
def test_ways_to_write_one_thing_are_the_same(said: str, gold: str) -> None:
    assert same(said, gold)


@pytest.mark.parametrize(
    ("said", "gold"),
    [
        ("12/QD-UBND", "12/QĐ-UBND"),
        ("10389", "103,89"),
        ("2", "-2"),
        ("98,7", "98,7%"),
        ("092025/QĐ-TTg", "09/2025/QĐ-TTg"),
        ("An Phú", "Ân Phú"),
        (12, "12"),
    ],
)
def test_different_things_differ(said: object, gold: object) -> None:
    assert not same(said, gold)


def test_long_texts_may_have_three_wrong_letters_in_a_hundred() -> None:
    gold = "a" * 100
    assert nearly("b" * 3 + gold[3:], gold)
    assert not nearly("b" * 4 + gold[4:], gold)
    assert not nearly("Lưu: VP", "Lưu: VT")


def test_subject_is_compared_without_the_words_that_lead_in() -> None:
    assert same_subject("V/v phòng, chống bão", "phòng chống bão")
    assert same_subject("Về việc phòng chống bão", "phòng chống bão")
    assert not same_subject("phòng chống bão", None)
    assert fold("Vềnh") == "vềnh"


def test_chain_of_authority_needs_the_same_links_in_order() -> None:
    link = {"mode": "KT", "of": "CHỦ TỊCH"}
    body = {"mode": "TM", "of": "Ủy ban nhân dân"}
    assert same_authority([{"mode": "KT", "of": "Chủ tịch"}], [link])
    assert not same_authority([link, body], [body, link])
    assert not same_authority([link], [{"mode": "TL", "of": "CHỦ TỊCH"}])


@pytest.mark.parametrize(
    ("said", "gold", "expected"),
    [
        (12, 12, Outcome.RIGHT),
        (12, 13, Outcome.WRONG),
        (None, 12, Outcome.WITHHELD),
        (12, None, Outcome.WRONG),
        (None, None, Outcome.ABSENT),
        ("2024-03", "2024-03-14", Outcome.WITHHELD),
        ("2024", "2024-03-14", Outcome.WITHHELD),
        ("2024-04", "2024-03-14", Outcome.WRONG),
        ("2024-03-14", "2024-03", Outcome.WRONG),
        ("2024-03-1", "2024-03-14", Outcome.WRONG),
    ],
)
def test_outcome(said: object, gold: object, expected: Outcome) -> None:
    assert outcome(said, gold) is expected


def gold_of(values: dict[str, Any], **more: Any) -> Gold:
    return Gold(Path("a.clean.pdf"), values, **more)


def said_of(**values: Any) -> dict[str, Any]:
    empty = ("document_type", "number", "issuer", "place", "date", "subject", "signatory")
    return {**dict.fromkeys((*empty, "urgency", "secrecy", "meeting")), **values}


def test_only_labelled_fields_are_judged_and_handwriting_is_told_apart() -> None:
    gold = gold_of(
        {"number": {"sequence": 12, "notation": "UBND-VP"}, "date": "2024-03-14"},
        handwritten=frozenset({"number"}),
    )
    said = said_of(number={"sequence": None, "notation": "UBND-NC"}, date="2024-03-14")
    found = {verdict.field: (verdict.outcome, verdict.hand) for verdict in judge_fields(said, gold)}
    assert found == {
        "number.sequence": (Outcome.WITHHELD, True),
        "number.notation": (Outcome.WRONG, None),
        "date": (Outcome.RIGHT, False),
    }


def test_a_gold_unit_without_code_does_not_say_that_there_is_none() -> None:
    said = said_of(issuer={"unit": {**UNIT, "code": "00001"}})
    without, coded = {"issuer": {"unit": UNIT}}, {"issuer": {"unit": {**UNIT, "code": "00002"}}}
    assert {verdict.outcome for verdict in judge_fields(said, gold_of(without))} == {Outcome.RIGHT}
    assert Outcome.WRONG in {verdict.outcome for verdict in judge_fields(said, gold_of(coded))}


def test_confidence_is_of_the_value_its_weakest_part_or_its_whole() -> None:
    said = {
        "provenance": {
            "/date": {"confidence": 0.9},
            "/number": {"confidence": 0.8},
            "/signatory/on_behalf/0/mode": {"confidence": 0.7},
            "/signatory/on_behalf/0/of": {"confidence": 0.6},
        }
    }
    assert confidence(said, "date") == 0.9
    assert confidence(said, "number.sequence") == 0.8
    assert confidence(said, "signatory.on_behalf") == 0.6
    assert confidence(said, "place") is None


def test_every_entry_of_a_list_counts_once() -> None:
    tally = match("recipients", ["Như trên", "Như trên", "Lưu: VT"], ["Như trên", "Sở A"], nearly)
    assert (tally.hits, tally.said, tally.gold) == (1, 3, 2)
    assert tally.missed == ("Sở A",)
    assert tally.extra == ("Như trên", "Lưu: VT")
    assert (tally.precision, tally.recall, tally.f1) == (1 / 3, 1 / 2, 2 / 5)


@pytest.mark.parametrize(
    "change",
    [
        {"value": 98.0},
        {"measure": "điểm"},
        {"numerator": 2489},
        {"rank": 2},
        {"kind": "target"},
        {"unit": None},
        {"unit": {**UNIT, "level": "district"}},
    ],
)
def test_a_figure_is_right_when_all_that_counts_is_right(change: dict[str, Any]) -> None:
    agrees = LISTS["figures"][1]
    assert agrees({**FIGURE, "indicator": "Khác"}, FIGURE)
    assert not agrees({**FIGURE, **change}, FIGURE)
    assert not LISTS["figures, all fields"][1]({**FIGURE, "indicator": "Khác"}, FIGURE)


def test_a_figures_unit_needs_its_code_where_the_gold_gives_one() -> None:
    agrees = LISTS["figures"][1]
    coded = {**FIGURE, "unit": {**UNIT, "code": "12345"}}
    assert agrees(coded, coded)
    assert agrees(coded, FIGURE)
    assert not agrees(FIGURE, coded)


def test_a_law_is_cited_by_name_and_a_letter_by_number() -> None:
    law = {
        "document_type": "Luật",
        "number": None,
        "date": None,
        "issuer": None,
        "subject": "Đầu tư",
    }
    letter = {
        "document_type": "Công văn",
        "number": "12/UBND-VP",
        "date": "2024-03-14",
        "issuer": "UBND huyện",
        "subject": None,
    }
    agrees = LISTS["references"][1]
    assert agrees({**letter, "subject": "bất kỳ"}, letter)
    assert not agrees({**letter, "date": None}, letter)
    assert not agrees({**law, "subject": "Đấu thầu"}, law)
    assert LISTS["references, number alone"][1]({**letter, "date": None}, letter)


def test_assignees_are_taken_from_the_directives() -> None:
    directive = {"id": "1", "text": "Rà soát.", "deadlines": []}
    gold = {"directives": [{**directive, "assignees": [{"name": "Sở A", "role": "lead"}]}]}
    said = {"directives": [{**directive, "assignees": [{"name": "Sở A", "role": "support"}]}]}
    found = {tally.list: tally.hits for tally in judge_lists(said, gold)}
    assert found == {"directives": 1, "assignees": 0}


def test_cells_are_compared_row_by_row() -> None:
    gold = {"header": ["STT", "Xã"], "rows": [["1", "An Phú"], ["2", "Bình Hòa"]]}
    lost_row = {"header": ["STT", "Xã"], "rows": [["2", "Bình Hoà"]]}
    assert match_cells([gold], [gold]) == (6, 6, 6)
    assert match_cells([lost_row], [gold]) == (4, 4, 6)
    assert match_cells([], [gold]) == (0, 0, 6)
    assert match_cells([gold], [gold, gold]) == (6, 6, 12)
    twice = {"header": ["STT", "Xã"], "rows": [["1", "An Phú"], ["1", "An Phú"]]}
    once = {"header": [], "rows": [["1", "An Phú"]]}
    assert match_cells([once], [twice]) == (2, 2, 6)
    assert match_cells([twice], [once]) == (2, 6, 2)
    assert match_cells([{"header": [], "rows": [["2", ""]]}], []) == (0, 1, 0)
    more = {"header": ["STT", "Xã", "Thôn"], "rows": [["1", "Sơn", "Đông"], ["2", "Sơn", "Tây"]]}
    less = {"header": ["STT", "Thôn"], "rows": [["1", "Đông"], ["2", "Tây"]]}
    assert match_cells([more], [less]) == (6, 9, 6)
    assert match_cells([more], [less], whole=False) == (6, 6, 6)
    assert match_cells([less], [more]) == (6, 6, 9)
