"""`ingest eval`: what is right, wrong and withheld, against gold that a person made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ingest.evaluation.gold import Gold, find_gold, find_pairs
from ingest.evaluation.plot import draw_curve
from ingest.evaluation.report import as_json, errors_text, tables
from ingest.evaluation.score import Score, score
from ingest.evaluation.texts import compare, texts_json, texts_table
from ingest.runner import Outcome, Runner
from ingest.settings import given
from normalizers import normalize


def evaluate(
    gold_dir: Annotated[Path, typer.Argument(help="a folder of scans or texts with gold")],
    *,
    jobs: Annotated[int | None, typer.Option(help="files side by side; all cores if unset")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
    text: Annotated[bool, typer.Option(help="pairs NAME-noisy.txt and NAME-gold.txt")] = False,
    plot: Annotated[Path | None, typer.Option(help="draw the handwriting's curve here")] = None,
    errors: Annotated[bool, typer.Option(help="list all that is not right")] = False,
) -> None:
    """Hold what is read against gold: right, wrong and withheld values, F1 of lists."""
    console = Console(markup=False, highlight=False)
    if text:
        evaluate_texts(gold_dir, console, json_file)
        return
    scores = score_all(find_gold(gold_dir), jobs)
    for table in tables(scores):
        console.print(table)
    if errors:
        for line in errors_text(scores):
            console.print(line, soft_wrap=True)
    report_unread(scores, console)
    write(json_file, as_json(scores))
    hands = [answer for one in scores for answer in one.hands]
    if plot:
        if hands:
            draw_curve(hands, plot)
        else:
            console.print("No handwriting is labelled in this gold: no curve was drawn.")


def evaluate_texts(folder: Path, console: Console, json_file: Path | None) -> None:
    """Hold the normalizer against pairs of texts."""
    rows = list(compare(find_pairs(folder), lambda text: normalize(text).value))
    console.print(texts_table(rows))
    write(json_file, texts_json(rows))


def score_all(golds: Sequence[Gold], jobs: int | None) -> list[Score]:
    """Return how each file did, with a bar on the terminal while they are read."""
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    files = [gold.file for gold in golds]
    scores = []
    with (
        Progress(*columns, console=Console(stderr=True), transient=True) as progress,
        Runner(given(), jobs=jobs) as runner,
    ):
        bar = progress.add_task("reading", total=len(golds))
        for gold, outcome in zip(golds, runner.outcomes(files), strict=True):
            scores.append(scored(gold, outcome))
            progress.advance(bar)
    return scores


def scored(gold: Gold, outcome: Outcome) -> Score:
    """Return how one file did."""
    dispatch = outcome.dispatch
    said = dispatch.model_dump(mode="json", by_alias=True) if dispatch else None
    hands = [hand for page in outcome.pages for hand in page.hands]
    error = outcome.error
    return score(gold, said, hands, unread=f"{error.code}: {error.message}" if error else None)


def report_unread(scores: Sequence[Score], console: Console) -> None:
    """Say how many files there were, and which could not be read and why."""
    unread = [one for one in scores if one.unread]
    console.print(f"{len(scores)} files, {len(unread)} of them could not be read.")
    for one in unread:
        console.print(f"  {one.file}: {one.unread}")


def write(file: Path | None, figures: dict[str, Any]) -> None:
    """Write the figures as JSON, when a file is named."""
    if file:
        file.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
