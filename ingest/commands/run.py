"""`ingest run`: every dispatch below the paths, read once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from extractors.contract import Dispatch
from ingest.errors import IngestError
from ingest.feed import Feed
from ingest.folders import find_files
from ingest.names import shown
from ingest.opening import open_file
from ingest.runner import Outcome, Runner
from ingest.settings import Settings

UNREAD = 1  # the exit status when some files could not be read


def run(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of scanned dispatches.")],
    out: Annotated[Path, typer.Option(help="Where the dispatches and the feed go.")] = Path("out"),
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes; all cores.")] = None,
) -> None:
    """Read every dispatch below the paths; a second run reads nothing again."""
    console = Console()
    found = find_files(paths, leave=out)
    feed = Feed(out).open()
    files, known = _unread(found.files, feed)
    outcomes = _read_all(files, feed, jobs, console)
    _report(outcomes, console)
    failures = [outcome for outcome in outcomes if outcome.error]
    read = len(outcomes) - len(failures)
    console.print(
        f"{read} read, {len(failures)} could not be read, {known} were read before, "
        f"{found.others} other files left alone."
    )
    console.print(f"Dispatches: {out}/dispatches, feed: {out}/feed.ndjson")
    raise typer.Exit(UNREAD if failures else 0)


def _unread(files: tuple[Path, ...], feed: Feed) -> tuple[list[Path], int]:
    """Return the files that are not in the feed, and how many are.

    A dispatch that a crash kept out of the feed after it was stored is published now.
    """
    published = feed.published()
    unread: list[Path] = []
    for file in files:
        identity = _identity(file)
        if identity in published:
            continue
        published.add(identity)
        stored = feed.file(identity)
        if stored.exists():
            feed.publish(Dispatch.model_validate_json(stored.read_bytes()))
        else:
            unread.append(file)
    return unread, len(files) - len(unread)


def _identity(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_all(files: list[Path], feed: Feed, jobs: int | None, console: Console) -> list[Outcome]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TextColumn("pages  {task.fields[rate]}"), TimeRemainingColumn())  # fmt: skip
    outcomes: list[Outcome] = []
    if not files:
        return outcomes
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=_pages_in(files), rate="")

        def on_page() -> None:
            progress.advance(task)
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed or 0
            progress.update(task, rate=f"{60 * speed:.0f} a minute")

        with Runner(jobs=jobs, on_page=on_page) as runner:
            for outcome in runner.outcomes(files):
                if outcome.dispatch:
                    feed.store(outcome.dispatch)
                    feed.publish(outcome.dispatch)
                outcomes.append(Outcome(outcome.path, outcome.dispatch, outcome.error))
    return outcomes


def _pages_in(files: list[Path]) -> int:
    def count() -> Iterator[int]:
        for file in files:
            try:
                opened = open_file(file, Settings())
            except IngestError:
                continue
            yield 0 if opened.text is not None else len(opened.pages)

    return sum(count())


def _report(outcomes: list[Outcome], console: Console) -> None:
    if not outcomes:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("file", max_width=26, no_wrap=True)
    for name, width in (("type", 12), ("number", 18), ("date", 10), ("signer", 20)):
        table.add_column(name, max_width=width, no_wrap=True)
    table.add_column("needs a look", ratio=1, no_wrap=True)
    for outcome in outcomes:
        table.add_row(escape(shown(outcome.path.name)), *cells(outcome))
    console.print(table)


def cells(outcome: Outcome) -> tuple[str, ...]:
    """Return the cells of a file's row: type, number, date, signer, what needs a look."""
    if outcome.error:
        return "", "", "", "", f"[red]{outcome.error.code}[/]: {escape(outcome.error.message)}"
    dispatch = outcome.dispatch
    if dispatch is None:
        return "", "", "", "", ""
    number, signer = dispatch.number, dispatch.signatory
    text = (number.text or f"…/{number.notation}") if number else "–"
    looks = sorted({entry.path.split("/")[1] for entry in dispatch.review if "/" in entry.path})
    return (
        dispatch.document_type.name if dispatch.document_type else "–",
        text, dispatch.date or "–", (signer.name if signer else None) or "–", ", ".join(looks),
    )  # fmt: skip
