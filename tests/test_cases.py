"""Every extractor and normalizer against its case file; `why` is the test's name.

A case of an extractor has `text` and `find`: a list of what is to be found, each entry compared
on the keys that it names. A case of a normalizer has `text` and `value`. A case marked `fails`
(with its reason) must fail: mending it by accident is noticed.
"""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from extractors.contract import DocumentType, Issuer, Number
from extractors.head import Head
from extractors.reading import Reading
from normalizers import Text

CASES = Path(__file__).parent / "cases"


def load(floor: str) -> list[Any]:
    params = []
    for file in sorted((CASES / floor).glob("*.toml")):
        for case in tomllib.loads(file.read_text())["case"]:
            marks = (
                [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
            )
            params.append(
                pytest.param(file.stem, case, id=f"{file.stem}: {case['why']}", marks=marks)
            )
    return params


MODELS = {"document_type": DocumentType, "number": Number, "issuer": Issuer}


def head_of(values: dict[str, Any]) -> Head:
    """A letterhead from a case: tables become the contract's models, "null" is null."""
    made = {
        key: MODELS[key](**unnulled(one)) if key in MODELS else one for key, one in values.items()
    }
    return Head(**made)


def unnulled(values: Any) -> Any:
    if isinstance(values, dict):
        return {key: unnulled(one) for key, one in values.items()}
    return None if values == "null" else values


def plain(value: object) -> object:
    return value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value


def agrees(expected: object, found: object) -> bool:
    if expected == "null":
        return found is None
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(agrees(want, found.get(key)) for key, want in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(agrees, expected, found))
    return expected == found


@pytest.mark.parametrize(("module", "case"), load("extractors"))
def test_extractor(module: str, case: dict[str, Any]) -> None:
    find = importlib.import_module(f"extractors.{module}").find
    reading = Reading.of(case["text"].strip("\n"))
    arguments = [head_of(case["head"])] if "head" in case else []
    found = [plain(finding.value) for finding in find(reading, *arguments)]
    assert agrees(case["find"], found), found


@pytest.mark.parametrize(("module", "case"), load("normalizers"))
def test_normalizer(module: str, case: dict[str, Any]) -> None:
    step = getattr(importlib.import_module(f"normalizers.{module}"), case["step"])
    assert step(Text.of(case["text"])).value == case["value"]
