"""Nothing points upward: ingest -> extractors -> normalizers -> libraries."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ABOVE = {"normalizers": {"extractors", "ingest"}, "extractors": {"ingest"}}


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("floor", ABOVE)
def test_floor_imports_nothing_from_above(floor: str) -> None:
    files = sorted((ROOT / floor).rglob("*.py"))
    assert files
    for file in files:
        assert not imported(file) & ABOVE[floor], file


def test_corpus_holds_nothing_that_runs() -> None:
    assert not list((ROOT / "corpus").rglob("*.py"))
