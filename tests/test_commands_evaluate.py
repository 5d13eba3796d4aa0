"""`ingest eval` from the command line: figures on the screen, for programs and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console
from samples import dispatch

from extractors.reading import Hand
from ingest import cli
from ingest.commands.evaluate import scored
from ingest.errors import ErrorCode, IngestError
from ingest.evaluation.gold import Gold
from ingest.evaluation.texts import compare, texts_json, texts_table
from ingest.page import Page
from ingest.runner import Outcome

ROOT = Path(__file__).parents[1]
TEXT = "Số: 532/UBND-VP\nSông Mây, ngày 14 tháng 3 năm 2024\n"


def ended(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    return caught.value.code


def test_an_outcome_is_scored_with_its_handwriting() -> None:
    gold = Gold(
        Path("a.pdf"),
        {"number": {"sequence": 532}, "place": "Sông Mây"},
        handwritten=frozenset({"number"}),
    )
    hand = Hand("sequence", 1, (0, 0, 0.1, 0.1), (("532", 0.6),))
    outcome = Outcome(Path("a.pdf"), dispatch(), pages=(Page(1, 1, 1, 300, hands=(hand,)),))
    found = scored(gold, outcome)
    assert [(one.field, one.outcome) for one in found.verdicts] == [
        ("number.sequence", "withheld"),
        ("place", "right"),
    ]
    assert found.verdicts[1].confidence == 0.62
    assert [answer.right for answer in found.hands] == [True]


def test_a_file_that_could_not_be_read_withholds_everything() -> None:
    error = IngestError(ErrorCode.ENCRYPTED, "save it without its password")
    gold = Gold(Path("a.pdf"), {"place": "Sông Mây"})
    found = scored(gold, Outcome(Path("a.pdf"), error=error))
    assert [one.outcome for one in found.verdicts] == ["withheld"]
    assert found.unread == "encrypted: save it without its password"


def test_texts_are_measured_before_and_after_with_the_harm(tmp_path: Path) -> None:
    pairs = []
    for name, noisy in (("1", "két qua"), ("2", "kết quả")):
        pair = (tmp_path / f"{name}-noisy.txt", tmp_path / f"{name}-gold.txt")
        pair[0].write_text(noisy, encoding="utf-8")
        pair[1].write_text("kết quả", encoding="utf-8")
        pairs.append(pair)
    rows = list(compare(pairs, lambda text: text.replace("két", "kết").replace("quả", "qủa")))
    assert [row.words_before.edits for row in rows] == [2, 0]
    assert [row.words_after.edits for row in rows] == [1, 1]
    assert [row.harm.edits for row in rows] == [1, 1]
    assert texts_json(rows)["all"]["words_after"] == {"edits": 2, "total": 4}
    console = Console(width=80)
    with console.capture() as captured:
        console.print(texts_table(rows))
    assert "50.00" in captured.get()


def test_gold_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(["eval", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"ingest: gold: no gold below {tmp_path}")


@pytest.mark.programs
def test_a_folder_is_evaluated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "7-clean.txt").write_text(TEXT, encoding="utf-8")
    gold = {"place": "Sông Mây", "date": "2024-03-15", "recipients": []}
    (tmp_path / "7-gold.json").write_text(json.dumps(gold), encoding="utf-8")
    figures = tmp_path / "figures.out"
    assert ended(["eval", str(tmp_path), "--errors", "--jobs", "1", "--json", str(figures)]) == 0
    shown = capsys.readouterr().out
    assert "date: said «2024-03-14»; gold «2024-03-15»" in shown
    assert "1 files, 0 of them could not be read." in shown
    values = json.loads(figures.read_text(encoding="utf-8"))["values"]
    assert values["place"] == {"right": 1, "wrong": 0, "withheld": 0, "absent": 0}
    assert values["date"]["wrong"] == 1


@pytest.mark.programs
def test_a_committed_scan_is_explained_with_a_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan = next(iter(sorted((ROOT / "corpus" / "tuning").rglob("*.office.pdf"))))
    png = tmp_path / "page.png"
    assert ended(["explain", str(scan), "issuer", "--png", str(png)]) == 0
    shown = capsys.readouterr().out
    assert "/issuer" in shown
    assert "page 1, top left" in shown
    with Image.open(png) as picture:
        assert picture.width == 1240
    assert ended(["explain", str(scan), "issuer", "--png", str(png), "--page", "99"]) == 2
    assert "has no picture of page 99" in capsys.readouterr().err
