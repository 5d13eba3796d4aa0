"""The sample dispatches: their gold is sound, and what it says stands on the paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractors.contract import Dispatch
from tools.render import paper
from tools.render.__main__ import scan
from tools.render.layout import lay_out
from tools.render.source import load

CORPUS = Path(__file__).parents[1] / "corpus"
SAMPLES = sorted(source.parent for source in CORPUS.glob("*/*/dispatch.toml"))
SCANS = {".pdf", ".tif", ".png", ".jpg"}
LIMIT = 15_000_000
LEFT_OUT = {"id", "source", "producer", "pages", "provenance", "review"}
EMPTY = {
    "id": "0" * 64,
    "source": {
        "name": "x.pdf",
        "media_type": "application/pdf",
        "size": 1,
        "pages": 1,
        "text_origin": "ocr",
    },
    "producer": {"name": "ingest", "version": "0", "ocr": None, "language_model": None},
    "pages": [],
    "provenance": {},
    "review": [],
}
named = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


@cache
def gold_of(sample: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((sample / "gold.json").read_text())
    return gold


@cache
def text_of(sample: Path) -> str:
    return " ".join((sample / "gold.text").read_text().split()).casefold()


def on_paper(sample: Path, value: str) -> bool:
    return " ".join(value.split()).casefold() in text_of(sample)


def stated(gold: dict[str, Any]) -> Iterator[str]:
    """Every string of the gold that must stand on the paper as it is."""
    yield from filter(None, (gold["place"], gold["subject"], gold["number"]["text"]))
    yield from gold["addressees"] + gold["recipients"]
    yield gold["signatory"]["name"] or ""
    yield gold["signatory"]["position"] or ""
    for reference in gold["references"]:
        yield from filter(None, (reference[key] for key in ("document_type", "issuer", "subject")))
        yield (reference["number"] or "").split("/")[0]
    for directive in gold["directives"]:
        if not directive["id"].startswith("T"):  # a cell's lines lie between those of its neighbors
            yield directive["text"]
    yield from (deadline["text"] for deadline in gold["deadlines"])
    for figure in gold["figures"]:
        yield from (figure["indicator"] or "").split(" / ")
        yield figure["measure"] or ""


@named
def test_gold_has_the_shape_of_the_contract(sample: Path) -> None:
    gold = gold_of(sample)
    assert set(gold) == set(Dispatch.model_fields) - LEFT_OUT
    Dispatch.model_validate({**gold, **EMPTY})


@named
def test_what_the_gold_says_stands_on_the_paper(sample: Path) -> None:
    assert [value for value in stated(gold_of(sample)) if not on_paper(sample, value)] == []


@named
def test_every_word_of_an_assignee_stands_on_the_paper(sample: Path) -> None:
    for directive in gold_of(sample)["directives"]:
        for assignee in directive["assignees"]:
            assert all(on_paper(sample, word) for word in assignee["name"].split()), assignee


@named
def test_directives_and_deadlines_name_each_other(sample: Path) -> None:
    gold = gold_of(sample)
    named_by = {
        deadline: directive["id"]
        for directive in gold["directives"]
        for deadline in directive["deadlines"]
    }
    assert len({directive["id"] for directive in gold["directives"]}) == len(gold["directives"])
    assert [deadline["id"] for deadline in gold["deadlines"]] == [
        f"d{place}" for place in range(1, len(gold["deadlines"]) + 1)
    ]
    for deadline in gold["deadlines"]:
        assert deadline["directive"] == named_by.get(deadline["id"])


@named
def test_units_carry_codes_of_the_length_of_their_level(sample: Path) -> None:
    lengths = {"province": 2, "district": 3, "commune": 5}
    for figure in gold_of(sample)["figures"]:
        unit = figure["unit"] or {"code": None}
        assert unit["code"] is None or len(unit["code"]) == lengths[unit["level"]], unit


@named
def test_text_and_tables_are_what_the_renderer_makes_of_the_source(sample: Path) -> None:
    dispatch = load(sample)
    sheets = lay_out(dispatch)
    assert (sample / "gold.text").read_text() == paper.text_gold(sheets) + "\n"
    gold = json.loads((sample / "gold.json").read_text())
    assert paper.complete(gold, dispatch, sheets) == gold_of(sample)


@named
def test_committed_scans_are_those_of_the_source_and_have_labels(sample: Path) -> None:
    wanted = {f"{sample.name}.{kind}" for kind in load(sample).commit}
    lines = (sample.parent / "labels.jsonl").read_text().splitlines()
    files = {json.loads(line)["file"] for line in lines}
    assert {file.name for file in sample.iterdir() if file.suffix in SCANS} == wanted
    assert {f"{sample.name}/{name}" for name in wanted} <= files


def test_the_scans_stay_small() -> None:
    assert sum(file.stat().st_size for file in CORPUS.rglob("*") if file.suffix in SCANS) < LIMIT


@pytest.mark.parametrize(
    ("list_", "least"),
    [("figures", 160), ("directives", 65), ("deadlines", 45), ("references", 45)],
)
def test_the_tuning_half_has_enough_of_each(list_: str, least: int) -> None:
    tuning = [sample for sample in SAMPLES if sample.parent.name == "tuning"]
    assert sum(len(gold_of(sample)[list_]) for sample in tuning) >= least


def test_there_are_dispatches_of_many_types_and_both_eras() -> None:
    golds = [gold_of(sample) for sample in SAMPLES]
    assert len(golds) >= 16
    assert len({gold["document_type"]["name"] for gold in golds}) >= 8
    assert {gold["date"] >= "2025-07" for gold in golds} == {True, False}


def test_drawing_a_page_twice_gives_the_same_picture_and_words() -> None:
    dispatch = load(CORPUS / "tuning" / "gm-ninh-kieu")
    sheets = lay_out(dispatch)[:1]
    first, again = (scan(dispatch, sheets, "fax", 5) for _ in range(2))
    assert np.array_equal(first[0][0], again[0][0])
    assert first[1] == again[1]
    assert {"214", "07", "10", "25"} <= {word.text for word in first[1][0] if word.kind == "hand"}
