"""`ingest explain`: why a value is what it is; of a missing one, what was looked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from PIL.Image import Image
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from extractors.contract import Provenance
from ingest.commands.drawing import draw_page, save, spoken
from ingest.commands.evidence import Evidence, evidence, fields, looked_for, resolve
from ingest.commands.show import framed, in_words
from ingest.errors import ErrorCode, IngestError
from ingest.opening import open_file
from ingest.pages import PageTask, cleaned, draw, tasks_of
from ingest.pipeline import Study, conclude
from ingest.runner import Runner
from ingest.settings import Settings, given


def explain(
    file: Annotated[Path, typer.Argument(help="a scan or a text")],
    field: Annotated[
        str | None, typer.Argument(help="date, number.sequence, …; all if unset")
    ] = None,
    *,
    png: Annotated[Path | None, typer.Option(help="draw the page with its boxes here")] = None,
    clean: Annotated[Path | None, typer.Option(help="draw the page as the OCR saw it here")] = None,
    page: Annotated[int | None, typer.Option(help="which page to draw")] = None,
) -> None:
    """Say why a value is what it is: where it stands, what was read, by which rule, how sure."""
    if field:
        resolve(field)  # a name that is wrong is said before the file is read
    done = studied(file, given())
    console = Console(markup=False, highlight=False)
    told = [evidence(done, name) for name in ([field] if field else fields())]
    for part in one_field(told[0]) if field else all_fields(told, done):
        console.print(part)
    number = page or first_page(told)
    if clean:
        save(seen(file, done, number), clean)
        console.print(f"Page {number} as the OCR saw it: {clean}")
    if png:
        places = dict(place for one in told for place in one.places)
        save(picture(file, done, number, places), png)
        console.print(f"Page {number} with its boxes: {png}")


def studied(file: Path, settings: Settings) -> Study:
    """Return the study of a file, its pages read side by side.

    Raises:
        IngestError: when the file cannot be read.
    """
    with Runner(settings) as runner:
        (outcome,) = runner.outcomes([file])
    if outcome.error:
        raise outcome.error
    return conclude(open_file(file, settings), outcome.pages, settings)


def one_field(told: Evidence) -> Iterator[RenderableType]:
    """Yield the whole evidence of one field."""
    shown = "nothing" if told.value in (None, []) else in_words(told.value)
    yield Text(f"{told.field}: ", style="bold").append(shown, style="not bold")
    if told.places:
        yield places_table(told)
    if told.value in (None, []):
        yield Text("What was looked for:", style="bold")
        yield Text(looked_for(resolve(told.field)[0]) + "\n")
    yield from findings_part(told)
    for hand in told.hands:
        yield Text(f"Handwriting at {place_words(hand.page, list(hand.box))}: {spoken(hand)}")
    for doubt in told.doubts:
        may_be = ", ".join(map(in_words, doubt.candidates))
        ending = f" (may be {may_be})" if may_be else ""
        yield Text(f"For review: {doubt.path} {doubt.code.value}: {doubt.message}{ending}")


def places_table(told: Evidence) -> Table:
    """Return where each part of a value stands and what was read there."""
    table = framed("", "part", "where", "as read", "sure")
    for pointer, place in told.places:
        where = place_words(place.page, place.bbox)
        table.add_row(pointer, where, place.raw, f"{place.confidence:.2f}")
    return table


def findings_part(told: Evidence) -> Iterator[RenderableType]:
    """Yield the rule, and what else the extractor found; a list's entries have one rule."""
    if told.rules:
        yield Text(f"Rule: {told.rules}")
    others = told.findings[1:] if not isinstance(told.value, list) else ()
    for other in others:
        by = other.rule or "no rule"
        yield Text(f"Not taken: {in_words(other.value)} ({other.confidence:.2f}, {by})")


def all_fields(told: list[Evidence], done: Study) -> Iterator[RenderableType]:
    """Yield a line for each field, what was done to each page, and the doubts."""
    table = framed(done.dispatch.source.name, "field", "where", "as read", "rule", "sure")
    for one in told:
        table.add_row(one.field[1:], *summary(one))
    yield table
    for page in done.pages:
        notes = {"origin": page.origin, "dpi": str(page.dpi), **page.notes}
        yield Text(f"Page {page.number}: " + ", ".join(f"{k} {v}" for k, v in notes.items()))
    for hand in done.reading.hands:
        yield Text(f"Handwriting at {place_words(hand.page, list(hand.box))}: {spoken(hand)}")
    for doubt in done.dispatch.review:
        yield Text(f"For review: {doubt.path} {doubt.code.value}: {doubt.message}")


def summary(told: Evidence) -> tuple[str, str, str, str]:
    """Return where a field stands, what was read there, the rule, the least confidence."""
    if not told.places:
        return "nothing found", "", told.rules, ""
    first = told.places[0][1]
    whole = max((place for _, place in told.places), key=lambda place: len(place.raw))
    sure = min(place.confidence for _, place in told.places)
    count = len(told.value) if isinstance(told.value, list) else 0
    where = place_words(first.page, first.bbox) + (f", {count} entries" if count > 1 else "")
    return where, clipped(whole.raw), told.rules, f"{sure:.2f}"


def clipped(text: str, most: int = 80) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def place_words(page: int | None, box: list[float] | None) -> str:
    """Return a place in words: `page 1, top right (52–70% across, 10–12% down)`."""
    if page is None:
        return "nowhere on the page"
    if box is None:
        return f"page {page}"
    left, top, right, bottom = box
    across, down = (left + right) / 2, (top + bottom) / 2
    height = "top" if down < 1 / 3 else "middle" if down < 2 / 3 else "foot"
    side = "left" if across < 0.42 else "center" if across < 0.58 else "right"
    ranges = f"{left:.0%}–{right:.0%} across, {top:.0%}–{bottom:.0%} down"
    return f"page {page}, {height} {side} ({ranges})"


def first_page(told: list[Evidence]) -> int:
    """Return the first page on which something of the evidence stands."""
    pages = [place.page for one in told for _, place in one.places if place.page]
    pages += [hand.page for one in told for hand in one.hands]
    return min(pages, default=1)


def picture(file: Path, done: Study, number: int, places: dict[str, Provenance]) -> Image:
    """Return a page with its boxes.

    Raises:
        IngestError: when there is no such page, or the file is a plain text.
    """
    task = task_of(file, number)
    lines = next(page.lines for page in done.pages if page.number == number)
    return draw_page(draw(task), places, done.reading.hands, lines)


def seen(file: Path, done: Study, number: int) -> Image:
    """Return a page as the OCR saw it: the sheet alone, upright and straight, its colors lifted.

    Raises:
        IngestError: when there is no such page, or the file is a plain text.
    """
    task = task_of(file, number)
    notes = next(page.notes for page in done.pages if page.number == number)
    turned = int(notes.get("turned", "0").split()[0])
    return draw_page(cleaned(task, degrees=turned), {}, ())


def task_of(file: Path, number: int) -> PageTask:
    """Return what is needed to draw a page.

    Raises:
        IngestError: when there is no such page, or the file is a plain text.
    """
    settings = given()
    tasks = {task.plan.number: task for task in tasks_of(open_file(file, settings), settings)}
    if number not in tasks:
        raise IngestError(ErrorCode.NOT_FOUND, f"{file.name} has no picture of page {number}")
    return tasks[number]
