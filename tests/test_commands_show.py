"""`ingest show` and `ingest schema`, and errors that are one clear line."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console
from samples import dispatch, sample

from ingest import cli
from ingest.commands.schema import dispatch_schema
from ingest.commands.show import in_words, load, parts
from ingest.errors import ErrorCode, IngestError

SCHEMA = Path(__file__).parents[1] / "extractors" / "dispatch.schema.json"


def shown(width: int = 80, **changes: Any) -> str:
    console = Console(width=width, file=StringIO())
    with console.capture() as captured:
        for part in parts(dispatch(**changes)):
            console.print(part)
    return captured.get()


def test_committed_schema_is_the_models_own() -> None:
    why = "the contract changed: ingest schema > extractors/dispatch.schema.json"
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == dispatch_schema(), why


def test_schema_takes_a_dispatch_and_nothing_else() -> None:
    Draft202012Validator.check_schema(dispatch_schema())
    validator = Draft202012Validator(dispatch_schema())
    assert validator.is_valid(dispatch().model_dump(mode="json", by_alias=True))
    assert not validator.is_valid({**sample(), "mood": "good"})
    assert not validator.is_valid({**sample(), "date": "14/3/2024"})
    assert not validator.is_valid({key: value for key, value in sample().items() if key != "date"})


def test_show_gives_letterhead_directives_figures_and_review() -> None:
    text = shown()
    for expected in (
        "Ủy ban nhân dân huyện Sông Mây",
        "Công văn (CV)",
        "(no number)/UBND-VP",
        "Sông Mây  (0.62)",
        "Lê Văn Sáng, Phó Chủ tịch, KT. Chủ tịch",
        "17/KH-UBND",
        "(Phòng Nội",
        "2024-04-15",
        "2498/2531",
        ">= 99%",
        "/number/sequence",
        "582",
    ):
        assert expected in text, expected


@pytest.mark.parametrize("width", [80, 120])
def test_show_fits_the_terminal(width: int) -> None:
    lines = shown(width).splitlines()
    assert lines
    assert max(map(len, lines)) <= width


def test_show_of_a_complete_dispatch_says_so() -> None:
    text = shown(review=[], directives=[], deadlines=[], figures=[], number=None, date=None)
    assert "Nothing needs a look." in text
    assert "Directives" not in text


def test_any_value_is_told_in_words() -> None:
    assert in_words(dispatch().signatory) == (
        "name Lê Văn Sáng; position Phó Chủ tịch; on_behalf mode KT; of Chủ tịch"
    )
    assert in_words({"code": None, "name": "Công văn"}) == "name Công văn"
    assert in_words(532) == "532"


def test_a_dispatch_is_loaded_from_its_json(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(dispatch().model_dump_json(by_alias=True), encoding="utf-8")
    assert load(file) == dispatch()


@pytest.mark.parametrize(
    ("content", "code"),
    [('{"contract": "dispatch/1"}', ErrorCode.UNSUPPORTED), ("{", ErrorCode.UNSUPPORTED)],
)
def test_json_that_is_no_dispatch_is_refused(tmp_path: Path, content: str, code: ErrorCode) -> None:
    file = tmp_path / "a.json"
    file.write_text(content)
    with pytest.raises(IngestError) as caught:
        load(file)
    assert caught.value.code is code


def test_an_error_is_one_line_with_a_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["show", str(tmp_path / "gone.pdf")])
    assert caught.value.code == 2
    assert capsys.readouterr().err == (
        f"ingest: not_found: {tmp_path / 'gone.pdf'} is not a file: check the path\n"
    )


@pytest.mark.programs
def test_the_installed_program_prints_the_schema() -> None:
    program = Path(sys.executable).with_name("ingest")
    done = subprocess.run([program, "schema"], capture_output=True, check=True)
    assert json.loads(done.stdout) == dispatch_schema()
