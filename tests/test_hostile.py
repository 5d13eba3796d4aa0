"""Nothing that arrives hangs or crashes the reader; each file ends with a code it may end with."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.runner import Runner
from ingest.settings import Settings
from tools.hostile import write

pytestmark = pytest.mark.programs


def test_every_hostile_file_ends_as_it_may(tmp_path: Path) -> None:
    expected = write(tmp_path / "in")
    assert len(expected) >= 60
    files = sorted((tmp_path / "in").iterdir())
    with Runner(Settings(page_seconds=20)) as runner:
        ends = {outcome.path.name: str(outcome.error.code) if outcome.error else "done"
                for outcome in runner.outcomes(files)}  # fmt: skip
    wrong = {name: (end, expected[name]) for name, end in ends.items() if end not in expected[name]}
    assert not wrong
    assert ends.keys() == expected.keys()
