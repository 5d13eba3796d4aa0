"""`ingest run`: every dispatch below the paths, read once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ingest.errors import IngestError
from ingest.feed import Feed
from ingest.folders import find_files
from ingest.names import shown
from ingest.opening import open_file
from ingest.runner import Outcome, Runner
from ingest.settings import given

UNREAD = 1  # the exit status when some files could not be read


@dataclass(frozen=True, slots=True)
class Row:
    """What the table shows of a file."""

    name: str
    cells: tuple[str, ...]
    failed: bool


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
    rows = _read_all(files, feed, jobs, console)
    _report(rows, console)
    failures = sum(row.failed for row in rows)
    console.print(
        f"{len(rows) - failures} read, {failures} could not be read, {known} were read before, "
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
        stored = feed.load(identity) if identity else None
        if stored:
            feed.publish(stored)
        else:
            unread.append(file)
        published.update({identity} if identity else ())
    return unread, len(files) - len(unread)


def _identity(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # the reader says why
        return None


def _read_all(files: list[Path], feed: Feed, jobs: int | None, console: Console) -> list[Row]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TextColumn("pages  {task.fields[rate]}"), TimeRemainingColumn())  # fmt: skip
    if not files:
        return []
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=_pages_in(files), rate="")

        def on_page() -> None:
            progress.advance(task)
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed or 0
            progress.update(task, rate=f"{60 * speed:.0f} a minute")

        with Runner(given(), jobs=jobs, on_page=on_page) as runner:
            return [_keep(outcome, feed) for outcome in runner.outcomes(files)]


def _keep(outcome: Outcome, feed: Feed) -> Row:
    """Publish a dispatch, and keep of it what the table shows: memory stays flat."""
    if outcome.dispatch:
        feed.store(outcome.dispatch)
        feed.publish(outcome.dispatch)
    return Row(escape(shown(outcome.path.name)), cells(outcome), outcome.error is not None)


def _pages_in(files: list[Path]) -> int:
    settings = given()

    def count() -> Iterator[int]:
        for file in files:
            try:
                opened = open_file(file, settings)
            except IngestError:
                continue
            yield 0 if opened.text is not None else len(opened.pages)

    return sum(count())


def _report(rows: list[Row], console: Console) -> None:
    """Print a line a file that was read, then each that could not be, with its reason."""
    read = [row for row in rows if not row.failed]
    if read:
        console.print(_table(read))
    for row in rows:
        if row.failed:
            console.print(f"{row.name}: {row.cells[-1]}", soft_wrap=True)


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("file", min_width=12, max_width=26, overflow="fold")
    for name, width in (("type", 12), ("number", 18), ("date", 10), ("signer", 18)):
        table.add_column(name, min_width=min(10, width), max_width=width)
    table.add_column("needs a look", min_width=13)
    for row in rows:
        table.add_row(row.name, *row.cells)
    return table


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
