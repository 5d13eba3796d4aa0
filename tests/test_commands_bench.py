"""`ingest bench` counts what a run costs, of this program and of its children."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console
from samples import dispatch

from ingest.commands.bench import chosen, costs_json, costs_table, stage_seconds, stages_table
from ingest.commands.texttiming import text_cost
from ingest.commands.timing import Cost, measured, run_plain
from ingest.errors import IngestError
from ingest.page import Page

BUSY = "x = bytearray(60_000_000)\nfor _ in range(10_000_000): pass"
OURS = Cost("ingest", 10, seconds=5.0, processor=8.0, peak=300_000_000)
PLAIN = Cost("pdftoppm + tesseract", 10, seconds=10.0, processor=16.0, peak=100_000_000)


def test_a_childs_time_and_memory_are_counted() -> None:
    cost = measured("busy", 2, lambda: subprocess.run([sys.executable, "-c", BUSY], check=True))  # type: ignore[arg-type,return-value]
    assert cost.seconds > 0.1
    assert 0.1 < cost.processor <= cost.seconds * 1.5
    assert cost.peak > 60_000_000
    assert cost.a_minute == pytest.approx(120 / cost.seconds)


def test_programs_stand_beside_each_other() -> None:
    console = Console(width=80, file=StringIO())
    with console.capture() as captured:
        console.print(costs_table([OURS, PLAIN], 2))
        console.print(stages_table({"read": 0.75, "hand": 0.25}))
    text = captured.get()
    assert "120.0" in text
    assert "0.50" in text
    assert "75.0" in text
    figures = costs_json([OURS, PLAIN], 2)
    assert figures["programs"]["ingest"]["of_plain"] == 0.5
    assert figures["programs"]["ingest"]["peak_bytes"] == 300_000_000


def test_a_stage_that_only_some_pages_have_counts_over_all_pages() -> None:
    pages = [
        Page(1, 1, 1, 300, seconds={"read": 1.0, "hand": 0.4}),
        Page(2, 1, 1, 300, seconds={"read": 2.0}),
    ]
    assert stage_seconds(pages) == {"read": 1.5, "hand": 0.2}
    assert stage_seconds([]) == {}


def test_whole_files_are_chosen_until_there_are_enough_pages(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Số: 12", encoding="utf-8")
    with pytest.raises(IngestError, match="no scan below"):
        chosen(tmp_path, 1)
    sheets = [Image.new("L", (100, 140), "white") for _ in range(2)]
    for name in ("a.tif", "b.tif", "c.tif"):
        sheets[0].save(tmp_path / name, save_all=True, append_images=sheets[1:])
    assert [file.name for file in chosen(tmp_path, 3)] == ["a.tif", "b.tif"]


@pytest.mark.programs
def test_understanding_is_timed_on_the_texts_that_were_read() -> None:
    cost = text_cost([dispatch()])
    assert cost is not None
    assert cost.pages == 1
    assert cost.syllables == 2
    assert cost.load_seconds > 0
    assert cost.extract_seconds_a_page > 0
    assert cost.garbled_syllables_a_second > 0
    assert 0 < cost.normalizer_load_seconds < 5
    assert 1_000_000 < cost.tables_bytes < 15_000_000
    assert cost.normalizer_bytes < 600_000_000
    assert text_cost([dispatch(pages=[])]) is None


@pytest.mark.programs
def test_plain_tesseract_reads_pictures_and_pdfs(tmp_path: Path) -> None:
    sheet = Image.new("L", (400, 560), "white")
    sheet.save(tmp_path / "a.png")
    sheet.save(tmp_path / "b.pdf", resolution=72)
    files = chosen(tmp_path, 9)
    texts: list[str] = []
    cost = measured("plain", 2, lambda: run_plain(files, 2, texts.append))
    assert cost.processor > 0
    assert [file.media_type for file in files] == ["image/png", "application/pdf"]
