"""`ingest doctor` finds what is missing and says how to mend it."""

from __future__ import annotations

from typing import Any

import pytest

from ingest import cli
from ingest.commands.doctor import (
    disk,
    encoding,
    examine,
    memory,
    older,
    own_model,
    package,
    packages,
    program,
    wanted,
)

MISSING: dict[str, Any] = {
    "name": "no-such-program",
    "arguments": ["-v"],
    "use": "nothing",
    "mend": "apt install it",
}


def test_a_missing_program_is_required_unless_something_does_its_work() -> None:
    check = program(MISSING)
    assert (check.good, check.required) == (False, True)
    assert "apt install it" in check.mend
    assert not program({**MISSING, "unless": "pathlib"}).required
    assert program({**MISSING, "unless": "no_such_package"}).required
    assert not program({**MISSING, "optional": True}).required


def test_a_program_that_is_too_old_is_named_with_its_version() -> None:
    python = {**MISSING, "name": "python3", "arguments": ["--version"]}
    assert program({**python, "oldest": "3"}).good
    check = program({**python, "oldest": "99"})
    assert not check.good
    assert check.found.startswith("3.")


@pytest.mark.parametrize(
    ("version", "oldest", "expected"),
    [("5.3.0", "5", False), ("4.1.1", "5", True), ("22.12.0", "5", False), ("", "5", False)],
)
def test_older(version: str, oldest: str, expected: bool) -> None:
    assert older(version, oldest) is expected


def test_missing_python_packages_are_named_and_extras_are_not_required() -> None:
    lines = ["pydantic>=2.6", "no-such-package[more]>=1", 'psycopg>=3 ; extra == "postgresql"']
    found = [(check.name, check.good) for check in packages(lines)]
    assert found == [("no-such-package", False)]
    assert [check.good for check in packages(["pydantic>=2.6"])] == [True]
    assert not package({**MISSING, "name": "no-such-package"}).required


def test_a_changed_model_is_noticed() -> None:
    want = wanted()["model"]
    assert own_model(want).good
    assert not own_model({**want, "sha256": "0" * 64}).good
    assert own_model({**want, "file": "none.traineddata"}).found == "missing"


def test_space_is_held_against_what_is_needed() -> None:
    assert disk(1).good
    assert not disk(1 << 60).good
    assert "--jobs 1" in memory(1 << 60).mend


def test_a_terminal_without_utf8_is_told_how_to_get_it() -> None:
    assert encoding("UTF-8").good
    assert "LC_ALL" in encoding("ANSI_X3.4-1968").mend


def test_everything_wanted_is_examined() -> None:
    want = wanted()
    names = {check.name for check in examine(want)}
    assert {entry["name"] for entry in want["program"]} <= names
    assert {"python", "language model", "disk", "memory", "terminal"} <= names


@pytest.mark.programs
def test_this_machine_is_fit(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["doctor"])
    assert caught.value.code == 0
    assert "All that is required is there." in capsys.readouterr().out
