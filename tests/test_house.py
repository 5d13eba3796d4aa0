"""The house rules that no linter knows."""

from __future__ import annotations

import importlib
import json
import tomllib
from pathlib import Path

import pytest
import regex

from extractors.contract import Dispatch
from ingest.cli import app

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests/cases"
MADE_ELSEWHERE = {"contract", "id", "source", "producer", "pages", "provenance", "review"}
FIELDS = sorted(
    field
    for field in Dispatch.model_fields
    if field not in MADE_ELSEWHERE and (ROOT / f"extractors/{field}.py").exists()
)


def test_every_field_of_the_contract_has_a_module_of_its_name() -> None:
    assert set(Dispatch.model_fields) - MADE_ELSEWHERE == set(FIELDS)


@pytest.mark.parametrize("module", FIELDS)
def test_every_extractor_has_a_case_where_it_finds_and_one_where_it_does_not(module: str) -> None:
    cases = tomllib.loads((CASES / "extractors" / f"{module}.toml").read_text())["case"]
    assert any(case["find"] for case in cases)
    assert any(not case["find"] for case in cases)


def test_every_case_file_belongs_to_a_module() -> None:
    for floor in ("extractors", "normalizers"):
        for file in (CASES / floor).glob("*.toml"):
            assert importlib.import_module(f"{floor}.{file.stem}")


def test_the_readme_commands_are_there() -> None:
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    for target in set(regex.findall(r"make (setup|check|fast)\b", readme)):
        assert f"\n{target}:" in makefile
    commands = {command.name for command in app.registered_commands}
    told = set(regex.findall(r"`ingest ([a-z]+)", readme))
    assert told <= commands
    assert "make check" in (ROOT / ".ci/run").read_text()


def test_every_dependency_has_its_reason_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [name for group in project["optional-dependencies"].values() for name in group]
    readme = (ROOT / "README.md").read_text().lower()
    for requirement in [*project["dependencies"], *extras]:
        name = regex.split(r"[\[<>=~ ]", requirement)[0].lower()
        assert name in readme or name.startswith("types-"), name


def test_every_packaged_binary_is_told_of() -> None:
    readme = (ROOT / "README.md").read_text()
    for suffix in ("*.onnx", "*.traineddata", "*.npz", "*.xz"):
        for file in ROOT.glob(f"[!.]*/**/{suffix}"):
            if ".venv" not in file.parts:
                assert file.relative_to(ROOT).as_posix() in readme, file


def test_the_samples_gold_is_json_of_the_contract() -> None:
    fields = set(Dispatch.model_fields)
    for file in (ROOT / "corpus").rglob("gold.json"):
        assert set(json.loads(file.read_text())) <= fields, file
