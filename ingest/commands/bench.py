"""`ingest bench`: what reading costs, beside plain Tesseract and OCRmyPDF on the same pages."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from ingest.commands.texttiming import TextCost, text_cost
from ingest.commands.timing import Cost, has_ocrmypdf, measured, run_ingest, run_ocrmypdf, run_plain
from ingest.errors import ErrorCode, IngestError
from ingest.evaluation.errors import Errors
from ingest.evaluation.report import percent, plain_table
from ingest.evaluation.vocabulary import strange_words
from ingest.folders import find_files
from ingest.opening import Opened, open_file
from ingest.page import Page
from ingest.runner import Outcome
from ingest.settings import given


def bench(
    folder: Annotated[Path, typer.Argument(help="scans to read")],
    *,
    jobs: Annotated[int | None, typer.Option(min=1, help="processes; all cores if unset")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
    pages: Annotated[int, typer.Option(min=1, help="whole files up to so many pages")] = 60,
) -> None:
    """Measure pages a minute, seconds by stage and memory, beside plain pdftoppm and tesseract."""
    console = Console(markup=False, highlight=False)
    files, workers = chosen(folder, pages), jobs or len(os.sched_getaffinity(0))
    outcomes: list[Outcome] = []
    plain: list[str] = []
    costs = list(costs_of(files, workers, outcomes, plain))
    stages = stage_seconds([page for one in outcomes for page in one.pages])
    dispatches = [one.dispatch for one in outcomes if one.dispatch]
    text = text_cost(dispatches)
    ours = [page.text for dispatch in dispatches for page in dispatch.pages]
    strange = {costs[0].name: strange_words(ours), costs[1].name: strange_words(plain)}
    console.print(costs_table(costs, workers))
    console.print(stages_table(stages))
    console.print(strange_table(strange))
    if text:
        console.print(text_table(text))
    if not has_ocrmypdf():
        console.print("OCRmyPDF is not installed: apt install ocrmypdf puts it beside these.")
    if json_file:
        figures = {
            **costs_json(costs, workers),
            "stages": stages,
            "text": text and asdict(text),
            "out_of_vocabulary": {name: asdict(words) for name, words in strange.items()},
        }
        json_file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def chosen(folder: Path, most: int) -> list[Opened]:
    """Return whole files until there are enough pages; texts and unreadable files are left out.

    Raises:
        IngestError: when there is no scan.
    """
    files: list[Opened] = []
    for path in find_files([folder]).files:
        if sum(len(file.pages) for file in files) >= most:
            break
        try:
            opened = open_file(path, given())
        except IngestError:
            continue
        if opened.text is None:
            files.append(opened)
    if not files:
        raise IngestError(ErrorCode.NOT_FOUND, f"no scan below {folder}: name a folder of PDFs")
    return files


def costs_of(
    files: Sequence[Opened], jobs: int, outcomes: list[Outcome], plain: list[str]
) -> Iterable[Cost]:
    """Yield what each program takes for the same pages, one after the other.

    What they read is added to `outcomes` and `plain`.
    """
    pages = sum(len(file.pages) for file in files)
    paths = [file.path for file in files]
    yield measured("ingest", pages, lambda: run_ingest(paths, jobs, outcomes.append))
    yield measured("pdftoppm + tesseract", pages, lambda: run_plain(files, jobs, plain.append))
    if has_ocrmypdf():
        yield measured("OCRmyPDF", pages, lambda: run_ocrmypdf(files, jobs))


def stage_seconds(pages: Sequence[Page]) -> dict[str, float]:
    """Return the mean seconds a page of each stage, in the order of the stages."""
    names = dict.fromkeys(name for page in pages for name in page.seconds)
    return {name: sum(page.seconds.get(name, 0.0) for page in pages) / len(pages) for name in names}


def costs_table(costs: Sequence[Cost], jobs: int) -> Table:
    """Return the programs beside each other; plain Tesseract is the measure of all."""
    table = plain_table(
        f"{costs[0].pages} pages, {jobs} processes",
        *("program", "pages/min", "s/page", "x plain", "core s/p", "x plain", "MB"),
    )
    plain = costs[1]
    for cost in costs:
        table.add_row(
            cost.name,
            f"{cost.a_minute:.1f}",
            f"{cost.seconds / cost.pages:.2f}",
            f"{cost.seconds / plain.seconds:.2f}",
            f"{cost.processor_a_page:.2f}",
            f"{cost.processor / plain.processor:.2f}",
            f"{cost.peak / 1e6:.0f}",
        )
    table.caption = "core s/p: busy seconds of a core for a page; MB: the most that one worker held"
    return table


def stages_table(stages: dict[str, float]) -> Table:
    """Return where the time of a page goes."""
    table = plain_table("Where a page's time goes", "stage", "s a page", "%")
    whole = sum(stages.values())
    for name, seconds in stages.items():
        table.add_row(name, f"{seconds:.3f}", percent(seconds / whole if whole else None))
    return table


def strange_table(strange: Mapping[str, Errors]) -> Table:
    """Return the share of words that are not in the table of the language, by program."""
    table = plain_table("Words out of the vocabulary", "program", "words", "out of it", "%")
    for name, words in strange.items():
        table.add_row(name, str(words.total), str(words.edits), percent(words.rate, 2))
    return table


def text_table(cost: TextCost) -> Table:
    """Return what understanding the text costs."""
    table = plain_table("Understanding the text, one core, warm", "what", "figure")
    table.add_row("loading everything", f"{cost.load_seconds:.2f} s")
    table.add_row("extracting a page", f"{1000 * cost.extract_seconds_a_page:.1f} ms")
    table.add_row("normalizing text as read", f"{cost.syllables_a_second:,.0f} syllables/s")
    unmarked = f"{cost.unmarked_syllables_a_second:,.0f} syllables/s"
    table.add_row("normalizing it without marks", unmarked)
    spoilt = f"{cost.garbled_syllables_a_second:,.0f} syllables/s"
    table.add_row("normalizing it garbled", spoilt)
    again = f"{cost.garbled_again_syllables_a_second:,.0f} syllables/s"
    table.add_row("normalizing it garbled, words met before", again)
    table.add_row("loading the normalizer alone", f"{cost.normalizer_load_seconds:.2f} s")
    table.add_row("its memory, at most", f"{cost.normalizer_bytes / 1e6:.0f} MB")
    table.add_row("its tables", f"{cost.tables_bytes / 1e6:.1f} MB")
    return table


def costs_json(costs: Sequence[Cost], jobs: int) -> dict[str, Any]:
    """Return the programs' figures for programs."""
    plain = costs[1]
    return {
        "pages": costs[0].pages,
        "jobs": jobs,
        "programs": {
            cost.name: {
                "pages_a_minute": cost.a_minute,
                "seconds_a_page": cost.seconds / cost.pages,
                "core_seconds_a_page": cost.processor_a_page,
                "peak_bytes": cost.peak,
                "of_plain": cost.seconds / plain.seconds,
                "core_of_plain": cost.processor / plain.processor,
            }
            for cost in costs
        },
    }
