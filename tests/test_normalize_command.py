"""`ingest normalize`: line for line, from a file or a pipe; a diff; the repairs as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from ingest.commands.normalize import normalize

app = typer.Typer()
app.command()(normalize)

GARBLED = "Kinh gti: Cac phong, ban\n\nBao cao két qua thuc hién\n"
REPAIRED = "Kính gửi: Các phòng, ban\n\nBáo cáo kết quả thực hiện\n"


def test_file_line_for_line(tmp_path: Path) -> None:
    file = tmp_path / "scan.txt"
    file.write_text(GARBLED)
    result = CliRunner().invoke(app, [str(file)])
    assert (result.exit_code, result.stdout) == (0, REPAIRED)


def test_pipe() -> None:
    result = CliRunner().invoke(app, ["-"], input=GARBLED)
    assert (result.exit_code, result.stdout) == (0, REPAIRED)


def test_json_says_what_it_was_and_where() -> None:
    result = CliRunner().invoke(app, ["-", "--json"], input=GARBLED)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"line": 1, "column": 1, "raw": "Kinh", "value": "Kính"}.items() <= rows[0].items()
    assert {row["line"] for row in rows} == {1, 3}
    assert all(0 < row["confidence"] <= 1 for row in rows)


def test_explain_shows_both_readings() -> None:
    result = CliRunner().invoke(app, ["-", "--explain"], input=GARBLED)
    assert "[Kinh]Kính" in result.stdout
    assert result.stdout.count("\n") >= GARBLED.count("\n")


def test_a_long_text_stays_whole() -> None:
    text = "Kết quả thực hiện\n" * 1000
    assert CliRunner().invoke(app, ["-"], input=text).stdout == text
