"""`ingest status`, `ingest retry`, `ingest forget`: what the operator asks and orders."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ingest import health
from ingest.commands.watch import ledger_url
from ingest.errors import ErrorCode, IngestError
from ingest.feed import Feed
from ingest.ledger import Entry, Ledger, State
from ingest.places import erase

Out = Annotated[Path, typer.Option(help="The output folder of the watcher.")]
Url = Annotated[str | None, typer.Option(help="Database URL; SQLite in the output folder.")]


def status(
    out: Out = Path("out"),
    ledger: Url = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show what is waiting, running, done and failed, the rate, and the oldest that waits."""
    book = _open(out, ledger)
    state = health.report(book, out, time.time())
    if as_json:
        print(json.dumps(state, ensure_ascii=False))
        return
    console = Console(markup=False, highlight=False)  # names of files may look like markup
    counts = "  ".join(f"{entry.value} {count}" for entry, count in book.counts().items())
    console.print(counts)
    console.print(f"last hour: {state['done_last_hour']} files, {state['pages_last_hour']} pages; "
                  f"the oldest has waited {state['oldest_waiting_seconds']} s")  # fmt: skip
    failed = book.entries(State.FAILED)
    _list(console, "failed", [(e.id[:12], e.name, f"{e.code}: {e.message}") for e in failed])
    names = {entry.id: entry.name for entry in book.entries()}
    same = "the same number, notation, issuer and date as"
    alike = [(one[:12], names.get(one, ""), f"{same} {other[:12]}") for one, other in book.alike()]
    _list(console, "published with a warning", alike)


def _list(console: Console, title: str, rows: list[tuple[str, str, str]]) -> None:
    if not rows:
        return
    table = Table("id", "file", "why", title=title, title_justify="left", box=None)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def retry(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of failed files; all.")] = None,
    out: Out = Path("out"),
    ledger: Url = None,
) -> None:
    """Let failed files be read again: the ones named, or all."""
    book = _open(out, ledger)
    failed = {entry.id for entry in book.entries(State.FAILED)}
    wanted = {_one(book, each).id for each in ids} & failed if ids else failed
    print(f"{book.retry(sorted(wanted), time.time())} files will be read again")


def forget(
    identity: Annotated[str, typer.Argument(metavar="ID", help="The dispatch's id.")],
    out: Out = Path("out"),
    ledger: Url = None,
) -> None:
    """Erase a dispatch and its traces: its file, its line in the feed, its original and copies."""
    book = _open(out, ledger)
    entry = _one(book, identity)
    for path in (entry.path, *book.copies(entry.id)):
        erase(path, entry.id)
    Feed(out).retract(entry.id)
    book.forget(entry.id)
    book.scrub()
    print(
        f"{entry.id} is forgotten: its dispatch, its line in the feed and its original are erased"
    )


def _open(out: Path, ledger: str | None) -> Ledger:
    if ledger is None and not Path(ledger_url(out, None).removeprefix("sqlite:///")).exists():
        raise IngestError(
            ErrorCode.NOT_FOUND, f"no ledger in {out}: name the watcher's folder with --out"
        )
    return Ledger(ledger_url(out, ledger)).open()


def _one(book: Ledger, identity: str) -> Entry:
    entry = book.find(identity)
    if entry is None:
        raise IngestError(ErrorCode.NOT_FOUND, f"no file has the id {identity}: see ingest status")
    return entry
