"""Whole runs on sample scans: nothing is lost, nothing is read twice, the same in the same out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import ErrorCode, read
from ingest.cli import app
from ingest.feed import to_json
from ingest.runner import Runner
from ingest.settings import Settings

CORPUS = Path(__file__).parents[1] / "corpus"
SCAN = CORPUS / "tuning/qd-pho-hien/qd-pho-hien.fax.pdf"
pytestmark = pytest.mark.programs


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    shutil.copy(SCAN, folder / "b.pdf")
    shutil.copy(SCAN, folder / "the same again.pdf")
    (folder / "a.txt").write_text("THÔNG BÁO\nVề việc nghỉ lễ\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    return folder


def test_a_run_reads_each_content_once_and_a_second_run_reads_nothing(inbox: Path) -> None:
    out = inbox.parent / "out"
    first = CliRunner().invoke(app, ["run", str(inbox), "--out", str(out)])
    assert first.exit_code == 1, first.output
    assert "broken.pdf: broken: " in first.output, "each file's reason, whole"
    lines = (out / "feed.ndjson").read_text().splitlines()
    assert [json.loads(line)["source"]["name"] for line in lines] == ["a.txt", "b.pdf"]
    assert {file.stem for file in (out / "dispatches").iterdir()} == {
        json.loads(line)["id"] for line in lines
    }
    (inbox / "broken.pdf").unlink()
    second = CliRunner().invoke(app, ["run", str(inbox), "--out", str(out)])
    assert second.exit_code == 0, second.output
    assert (out / "feed.ndjson").read_text().splitlines() == lines


def test_a_dispatch_that_a_crash_kept_out_of_the_feed_is_published_without_reading(
    inbox: Path,
) -> None:
    out = inbox.parent / "out"
    (inbox / "broken.pdf").unlink()
    CliRunner().invoke(app, ["run", str(inbox), "--out", str(out)])
    feed = out / "feed.ndjson"
    whole = feed.read_text()
    feed.write_text(whole.splitlines(keepends=True)[0])
    CliRunner().invoke(app, ["run", str(inbox), "--out", str(out)])
    assert feed.read_text() == whole


def test_one_worker_or_two_or_none_give_the_same_bytes() -> None:
    dispatches = [to_json(read(SCAN))]
    for jobs in (1, 2):
        with Runner(jobs=jobs) as runner:
            dispatches += [to_json(o.dispatch) for o in runner.outcomes([SCAN]) if o.dispatch]
    assert len(dispatches) == 3
    assert len(set(dispatches)) == 1


def test_the_bytes_give_what_the_file_gives() -> None:
    assert read(SCAN.read_bytes(), name=SCAN.name) == read(SCAN)


def test_both_engines_give_the_same_contract() -> None:
    fast, plain = (
        read(SCAN, settings=Settings(engine=engine)) for engine in ("tesserocr", "pytesseract")
    )
    assert fast.document_type == plain.document_type
    assert fast.issuer == plain.issuer
    assert [page.number for page in fast.pages] == [page.number for page in plain.pages]
    assert fast.producer.ocr != plain.producer.ocr


def test_a_file_whose_pages_all_take_too_long_says_so() -> None:
    with Runner(Settings(page_seconds=0.01), jobs=1) as runner:
        (outcome,) = runner.outcomes([SCAN])
    assert outcome.error is not None
    assert outcome.error.code == ErrorCode.TIMEOUT
