"""Gold of single tables: a list beside the scans, other pages left out of account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.evaluation import tables
from ingest.evaluation.gold import GoldError, find_gold
from ingest.evaluation.lists import judge_lists

HEADER = ["STT", "Thôn", "Số hộ"]


def entry(page: int, *rows: list[str], title: str = "DANH SÁCH") -> dict[str, Any]:
    return {
        "file": "a.pdf", "pages": [page], "title": title, "columns": HEADER, "rows": list(rows),
    }  # fmt: skip


def said(pages: list[int], *rows: list[str]) -> dict[str, Any]:
    return {"pages": pages, "caption": None, "header": HEADER, "rows": list(rows)}


def test_a_table_given_page_by_page_is_one_table() -> None:
    one, other = ["1", "Đông", "12"], ["2", "Tây", "30"]
    ((file, found),) = tables.by_file([entry(4, other), entry(3, one)])
    assert (file, len(found)) == ("a.pdf", 1)
    assert (found[0]["pages"], found[0]["rows"]) == ([3, 4], [one, other])
    ((_, apart),) = tables.by_file([entry(3, one), entry(4, other, title="BIỂU 2")])
    assert len(apart) == 2


def test_tables_of_other_pages_are_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    (tmp_path / "tables.json").write_text(json.dumps([entry(3, ["1", "Đông", "12"])]))
    (gold,) = find_gold(tmp_path)
    given = [said([3], ["1", "Đông", "19"]), said([7], ["1", "Nam", "5"])]
    (tally,) = judge_lists({"tables": given}, gold.values)
    assert (tally.list, tally.hits, tally.said, tally.gold) == ("table cells", 5, 6, 6)


def test_a_column_that_the_gold_leaves_out_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    rows = ["1", "Đông", "12"], ["2", "Tây", "30"]
    (tmp_path / "tables.json").write_text(json.dumps([entry(3, rows[0]), entry(4, rows[1])]))
    (gold,) = find_gold(tmp_path)
    wide = [{**said([3], rows[0]), "header": ["STT", "Xã", "Thôn", "Số hộ"],
             "rows": [["1", "Hòa Sơn", "Đông", "13"]]}]  # fmt: skip
    (tally,) = judge_lists({"tables": wide}, gold.values)
    assert (tally.hits, tally.said, tally.gold) == (5, 6, 9)


def test_tables_page_by_page_are_put_together_as_the_gold_has_them(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    rows = ["1", "Đông", "12"], ["2", "Tây", "30"]
    (tmp_path / "tables.json").write_text(json.dumps([entry(3, rows[0]), entry(4, rows[1])]))
    (gold,) = find_gold(tmp_path)
    (tally,) = judge_lists({"tables": [said([3], rows[0]), said([4], rows[1])]}, gold.values)
    assert (tally.hits, tally.said, tally.gold) == (9, 9, 9)


def test_tables_and_labels_of_one_file_are_held_together(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    (tmp_path / "tables.json").write_text(json.dumps([entry(3)]))
    label = {"file": "a.pdf", "label": {"place": "Hòa Sơn", "date": None}}
    (tmp_path / "labels.jsonl").write_text(json.dumps(label))
    (gold,) = find_gold(tmp_path)
    assert set(gold.values) == {"place", "date", tables.KEY}


def test_a_table_of_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    (tmp_path / "tables.json").write_text(json.dumps([entry(3)]))
    with pytest.raises(GoldError, match=r"a\.pdf is labelled but not there"):
        find_gold(tmp_path)
