"""`ingest read`: one file, its JSON on standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ingest.feed import to_json
from ingest.runner import Runner
from ingest.settings import given


def read(
    file: Annotated[Path, typer.Argument(help="A scan, a PDF or a text file.")],
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes; all cores.")] = None,
) -> None:
    """Print the JSON of one dispatch on standard output, and nothing else."""
    with Runner(given(), jobs=jobs) as runner:
        (outcome,) = runner.outcomes([file])
    if outcome.error:
        raise outcome.error
    if outcome.dispatch:
        sys.stdout.write(to_json(outcome.dispatch, indent=2) + "\n")
