"""The evaluation tells the truth: what is right, wrong and withheld is counted as such."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from extractors.reading import Hand
from ingest.evaluation.fields import Outcome, Verdict
from ingest.evaluation.gold import Gold, GoldError, find_gold, find_pairs
from ingest.evaluation.plot import draw_curve
from ingest.evaluation.reliability import calibration_error, curve, reliability
from ingest.evaluation.report import as_json, errors_text, tables
from ingest.evaluation.score import HandAnswer, score, score_text
from ingest.evaluation.summary import by_quality, summarize

BOX = (0.1, 0.1, 0.2, 0.2)


def gold_of(values: dict[str, Any], **more: Any) -> Gold:
    return Gold(Path("a.clean.pdf"), values, **more)


def said_of(**values: Any) -> dict[str, Any]:
    empty = ("document_type", "number", "issuer", "place", "date", "subject", "signatory")
    return {**dict.fromkeys((*empty, "urgency", "secrecy", "meeting")), **values}


def test_text_errors_count_order_and_words_do_not() -> None:
    found = score_text("hai một", "một hai")
    assert (found.words.edits, found.words.total) == (2, 2)
    assert found.found.recall == found.found.precision == 1.0


def test_handwriting_is_judged_by_the_best_reading_of_the_first_page() -> None:
    gold = gold_of(
        {"number": {"sequence": 12, "suffix": "b"}, "date": "2024-03-05"},
        handwritten=frozenset({"number", "date"}),
    )
    hands = (
        Hand("day", 3, BOX, (("9", 0.99),)),
        Hand("day", 1, BOX, (("05", 0.8), ("6", 0.1))),
        Hand("sequence", 1, BOX, (("12", 0.6),)),
    )
    answers = score(gold, said_of(), hands).hands
    assert answers == (HandAnswer("sequence", 0.6, right=False), HandAnswer("day", 0.8, right=True))
    unseen = score(gold, said_of()).hands
    assert [(answer.probability, answer.right) for answer in unseen] == [(0.0, False)] * 2


def test_curve_gives_what_the_threshold_lets_through(tmp_path: Path) -> None:
    answers = [
        HandAnswer("day", 0.95, right=True),
        HandAnswer("day", 0.65, right=False),
        HandAnswer("day", 0.0, right=False),
        HandAnswer("day", 0.75, right=True),
    ]
    shares = {round(at.threshold, 2): (at.right, at.wrong, at.withheld) for at in curve(answers)}
    assert shares[0.0] == (0.5, 0.25, 0.25)
    assert shares[0.65] == (0.5, 0.25, 0.25)
    assert shares[0.7] == (0.5, 0.0, 0.5)
    assert shares[1.0] == (0.0, 0.0, 1.0)
    draw_curve(answers, tmp_path / "curve.png")
    with Image.open(tmp_path / "curve.png") as picture:
        assert picture.getbbox()


def test_reliability_holds_what_was_said_against_what_was_right() -> None:
    given = [(0.9, Outcome.RIGHT)] * 9 + [(0.9, Outcome.WRONG)] + [(0.6, Outcome.WITHHELD)]
    bins = reliability(Verdict("date", how, "a", "a", sure) for sure, how in given)
    assert [(one.low, one.values, one.right) for one in bins] == [(0.9, 10, 0.9)]
    assert calibration_error(bins) == pytest.approx(0.0)


def write(file: Path, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def test_gold_is_found_in_all_its_layouts(tmp_path: Path) -> None:
    for name in ("a/a.clean.pdf", "a/a.fax.tif", "s1.pdf", "7-noisy.txt", "7-gold.txt"):
        write(tmp_path / name, "x")
    write(tmp_path / "a/gold.json", {"place": "An Phú", "date": "2024"})
    write(tmp_path / "a/gold.text", "Số: 12")
    write(tmp_path / "7-gold.json", {"place": "Bình Hòa"})
    rows = [
        {"file": "s1.pdf", "label": {"place": "Hà Nội"}, "handwritten": ["so"], "doubtful": True},
        {"file": "a/a.fax.tif", "label": {"place": "An Phú"}, "handwritten": ["ngay"]},
    ]
    write(tmp_path / "labels.jsonl", "\n".join(map(json.dumps, rows)))
    found = {gold.file.name: gold for gold in find_gold(tmp_path)}
    assert sorted(found) == ["7-gold.txt", "7-noisy.txt", "a.clean.pdf", "a.fax.tif", "s1.pdf"]
    fax = found["a.fax.tif"]
    assert (fax.quality, fax.text, fax.handwritten) == ("fax", "Số: 12", frozenset({"date"}))
    assert "date" in fax.values
    assert found["s1.pdf"].unsure
    assert found["s1.pdf"].handwritten == {"number"}
    assert find_pairs(tmp_path) == [(tmp_path / "7-noisy.txt", tmp_path / "7-gold.txt")]


def test_useless_gold_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no gold below"):
        find_gold(tmp_path)
    with pytest.raises(GoldError, match="no pair of texts"):
        find_pairs(tmp_path)
    write(tmp_path / "labels.jsonl", json.dumps({"file": "gone.pdf", "label": {}}))
    with pytest.raises(GoldError, match="not there"):
        find_gold(tmp_path)
    write(tmp_path / "labels.jsonl", "{")
    with pytest.raises(GoldError, match="not valid JSON"):
        find_gold(tmp_path)


def test_summary_of_several_files() -> None:
    values = {"place": "An Phú", "date": "2024-03-14", "recipients": ["Như trên", "Lưu: VT"]}
    clean = gold_of(values, quality="clean", handwritten=frozenset({"date"}), text="một hai")
    fax = gold_of(values, quality="fax", handwritten=frozenset(), text="một hai")
    pages = [{"text": "một hai"}]
    scores = [
        score(clean, said_of(place="An Phú", date="2024-03", recipients=["Lưu: VT"], pages=pages)),
        score(fax, said_of(place="Ân Phú", date="2024-03-14", pages=pages)),
        score(fax, None, unread="encrypted: save it without its password"),
    ]
    whole = summarize(scores)
    counts = {row.field: (row.right, row.wrong, row.withheld) for row in whole.fields + whole.gaps}
    assert counts["place"] == (1, 1, 1)
    assert counts["date, by hand"] == (0, 0, 1)
    assert counts["date, printed"] == (1, 0, 1)
    assert counts["what is printed, all"] == (2, 1, 2)
    # Given: two places, a date, a recipient; the gold: three places, dates, pairs of recipients.
    assert (whole.head.hits, whole.head.said, whole.head.gold) == (3, 4, 12)
    assert whole.text is not None
    assert whole.text.words.edits == 2
    assert whole.unread == (("a.clean.pdf", "encrypted: save it without its password"),)
    assert [row.files for row in by_quality(scores).values()] == [1, 2]
    assert len(list(tables(scores))) >= 4
    program = json.loads(json.dumps(as_json(scores)))
    assert program["values"]["place"] == {"right": 1, "wrong": 1, "withheld": 1, "absent": 0}
    assert {"file", "field", "outcome", "said", "gold"} == set(program["errors"][0])
    assert list(errors_text(scores))[:3] == [
        "a.clean.pdf",
        "  withheld date: said «2024-03»; gold «2024-03-14»",
        "  missed   recipients: gold «Như trên»",
    ]


def test_what_is_wrong_by_two_rules_is_listed_once() -> None:
    values = {"subject": "phòng chống bão lụt"}
    wrong, near = (
        score(gold_of(values), said_of(subject=said))
        for said in ("phòng chống hạn", "phòng chống bão lụt.")
    )
    assert summarize([near]).head.gold == 1
    assert len(list(errors_text([wrong]))) == 2
    assert list(errors_text([near])) == []
