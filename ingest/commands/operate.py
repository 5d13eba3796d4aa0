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
from ingest.commands.watch import LEDGER, ledger_url
from ingest.errors import ErrorCode, IngestError
from ingest.feed import Feed
from ingest.ledger import Entry, Ledger, State
from ingest.places import erase
from ingest.records import WHOLE

_MOST_SHOWN = 50  # files of a list
Out = Annotated[Path, typer.Option(help="The output folder of the watcher.")]
Url = Annotated[str | None, typer.Option(help="Database URL; SQLite in the output folder.")]


def status(
    out: Out = Path("out"),
    ledger: Url = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show what is waiting, running, done and failed, the rate, and the oldest that waits."""
    book = _open(out, ledger)
    state = health.report(book, time.time())
    if as_json:
        print(json.dumps(state, ensure_ascii=False))
        return
    console = Console(markup=False, highlight=False)  # names of files may look like markup
    console.print("  ".join(f"{each.value} {count}" for each, count in book.counts().items()))
    console.print(f"last hour: {state['done_last_hour']} files, {state['pages_last_hour']} pages; "
                  f"the oldest has waited {state['oldest_waiting_seconds']} s")  # fmt: skip
    if trouble := health.trouble(out, time.time()):
        console.print(trouble)
    running = book.entries(State.READING)
    _list(console, "running", [(e.id[:12], e.name, f"try {e.claims}") for e in running])
    failed = book.entries(State.FAILED)
    _list(console, "failed", [(e.id[:12], e.name, f"{e.code}: {e.message}") for e in failed])
    same = "the same number, notation, issuer and date as"
    alike = [(one[:12], name, f"{same} {other[:12]}") for one, name, other in book.alike()]
    _list(console, "published with a warning", alike)


def _list(console: Console, title: str, rows: list[tuple[str, str, str]]) -> None:
    if not rows:
        return
    table = Table("id", "file", "what", title=title, title_justify="left", box=None)
    for row in rows[-_MOST_SHOWN:]:
        table.add_row(*row)
    console.print(table)
    if len(rows) > _MOST_SHOWN:
        console.print(f" … the last {_MOST_SHOWN} of {len(rows)}")


def retry(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of failed files; all.")] = None,
    out: Out = Path("out"),
    ledger: Url = None,
) -> None:
    """Let failed files be read again: the ones named, or all."""
    book = _open(out, ledger)
    failed = {entry.id for entry in book.entries(State.FAILED)}
    wanted = {_one(book, each).id for each in ids} if ids else failed
    for identity in wanted - failed:
        print(f"{identity[:12]} has not failed: there is nothing to try again")
    count = book.retry(sorted(wanted & failed), time.time())
    print(f"{count} {'file' if count == 1 else 'files'} will be read again")


def forget(
    identity: Annotated[str, typer.Argument(metavar="ID", help="The dispatch's id.")],
    out: Out = Path("out"),
    ledger: Url = None,
) -> None:
    """Erase a dispatch and its traces: its file, its line in the feed, its original and copies.

    The ledger forgets it before the feed does: what a watcher publishes meanwhile it takes back.
    """
    book, feed = _open(out, ledger), Feed(out)
    entry = book.find(identity)
    whole = identity if entry is None else entry.id
    if entry is None and not (len(whole) == WHOLE and feed.knows(whole)):
        raise _unknown(identity)
    if entry:
        for path in (entry.path, *book.copies(whole)):
            erase(path, whole)
        book.forget(whole)
    feed.retract(whole)
    book.scrub()
    print(f"{whole} is forgotten: its dispatch, its line in the feed, its original and its copies")
    print("the system's log may still hold its id and its file's name, until it is rotated")


def _open(out: Path, ledger: str | None) -> Ledger:
    if ledger is None and not (out / LEDGER).exists():
        message = f"no ledger in {out}: name the watcher's folder with --out"
        raise IngestError(ErrorCode.NOT_FOUND, message)
    return Ledger(ledger_url(out, ledger)).open()


def _one(book: Ledger, identity: str) -> Entry:
    entry = book.find(identity)
    if entry is None:
        raise _unknown(identity)
    return entry


def _unknown(identity: str) -> IngestError:
    message = f"no file, or more than one, has the id {identity}: see `ingest status`"
    return IngestError(ErrorCode.NOT_FOUND, message)
