"""`ingest show`: a dispatch for eyes: letterhead, directives, figures, what needs a look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from extractors.contract import Deadline, Directive, Dispatch, Figure, Number, Provenance, Unit
from ingest.errors import ErrorCode, IngestError
from ingest.runner import Runner
from ingest.settings import given

DOUBTFUL = 0.9  # below it, the confidence is shown beside the value


def show(
    file: Annotated[Path, typer.Argument(help="a scan, a text, or a dispatch's JSON")],
) -> None:
    """Show a dispatch for eyes: letterhead, directives, figures, what needs a look."""
    console = Console(markup=False, highlight=False)
    for part in parts(load(file)):
        console.print(part)


def load(file: Path) -> Dispatch:
    """Return the dispatch of a file: from its JSON, or read now.

    Raises:
        IngestError: when the file is neither a dispatch nor anything that can be read.
    """
    if not file.is_file():
        raise IngestError(ErrorCode.NOT_FOUND, f"{file} is not a file: check the path")
    with file.open("rb") as opened:
        head = opened.read(64)
    if not head.lstrip().startswith(b"{"):
        return read_file(file)
    try:
        return Dispatch.model_validate_json(file.read_bytes())
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "the whole"
        raise IngestError(
            ErrorCode.UNSUPPORTED,
            f"{file} is no dispatch of this version (see {where}): read the scan again",
        ) from error


def read_file(file: Path) -> Dispatch:
    """Return the dispatch in a file, its pages read side by side.

    Raises:
        IngestError: when the file cannot be read.
    """
    with Runner(given()) as runner:
        (outcome,) = runner.outcomes([file])
    if outcome.dispatch is None:
        raise outcome.error or IngestError(ErrorCode.BROKEN, f"{file.name} gives no dispatch")
    return outcome.dispatch


def parts(dispatch: Dispatch) -> Iterator[RenderableType]:
    """Yield what is shown, from the top of the page to what needs a look."""
    yield heading(dispatch)
    yield letterhead(dispatch)
    if dispatch.references:
        yield references(dispatch)
    if dispatch.directives:
        yield directives(dispatch)
    loose = [deadline for deadline in dispatch.deadlines if deadline.directive is None]
    if loose:
        yield Text("Deadlines of no directive: " + "; ".join(map(limit, loose)) + "\n")
    if dispatch.figures:
        yield figures(dispatch)
    for table in dispatch.tables:
        pages = ", ".join(map(str, table.pages))
        size = f"{len(table.rows)} rows, {len(table.header)} columns"
        yield Text(f"Table on page {pages}: {table.caption or 'without caption'} ({size})")
    yield look(dispatch)


def heading(dispatch: Dispatch) -> Text:
    """Return the line above all: the file, its pages, whether it is complete."""
    source = dispatch.source
    color = "green" if dispatch.status == "complete" else "yellow"
    line = Text(f"{source.name}", style="bold")
    count = "1 page" if source.pages == 1 else f"{source.pages} pages"
    line.append(f"  {count}, {source.text_origin}  ", style="not bold")
    return line.append(dispatch.status, style=color)


def letterhead(dispatch: Dispatch) -> Table:
    """Return the single values, one a line; doubtful ones with their confidence."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, pointer, value in values(dispatch):
        grid.add_row(name, with_doubt(value, dispatch.provenance.get(pointer)))
    for name, entries in (("to", dispatch.addressees), ("copies", dispatch.recipients)):
        if entries:
            grid.add_row(name, "\n".join(entries))
    for attached in dispatch.attachments:
        pages = "–".join(map(str, sorted({attached.pages[0], attached.pages[-1]})))
        kind = attached.document_type.name if attached.document_type else "document"
        grid.add_row("bound in", f"{kind} on page {pages}: {attached.subject or 'no subject'}")
    grid.add_row("", "")
    return grid


def values(dispatch: Dispatch) -> Iterator[tuple[str, str, str | None]]:
    """Yield each single value with its name and its place in the contract."""
    kind, number, issuer = dispatch.document_type, dispatch.number, dispatch.issuer
    yield "issuer", "/issuer/name", issuer.name if issuer else None
    if issuer and issuer.parent:
        yield "above it", "/issuer/parent", issuer.parent
    name = f"{kind.name} ({kind.code or 'no code'})" if kind else None
    yield "type", "/document_type/name", name
    shown = "/number/text" if number and number.text else "/number/notation"
    yield "number", shown, numbered(number) if number else None
    yield "place", "/place", dispatch.place
    yield "date", "/date", dispatch.date
    yield "subject", "/subject", dispatch.subject
    yield "signed by", "/signatory/name", signer(dispatch)
    for name, value in (("urgency", dispatch.urgency), ("secrecy", dispatch.secrecy)):
        if value:
            yield name, f"/{name}", value
    if dispatch.meeting:
        met = dispatch.meeting
        yield "meeting", "/meeting", ", ".join(filter(None, (met.start, met.end, met.place)))


def numbered(number: Number) -> str | None:
    """Return number and notation; the notation alone where the number is blank or unread."""
    alone = f"(no number)/{number.notation}" if number.notation else None
    return number.text or alone


def signer(dispatch: Dispatch) -> str | None:
    """Return who signed, with position and authority."""
    signed = dispatch.signatory
    if signed is None:
        return None
    chain = [f"{link.mode}. {link.of}" for link in signed.on_behalf]
    return ", ".join(filter(None, (signed.name, signed.position, *chain)))


def with_doubt(value: str | None, origin: Provenance | None) -> Text:
    """Return a value as text: a dash where there is none, its confidence where it is low."""
    if value is None:
        return Text("–", style="yellow")
    if origin is None or origin.confidence >= DOUBTFUL:
        return Text(value)
    return Text(value).append(f"  ({origin.confidence:.2f})", style="yellow")


def references(dispatch: Dispatch) -> Table:
    """Return the documents cited."""
    table = framed("References", "document", "date", "issuer", "subject")
    for cited in dispatch.references:
        name = " ".join(filter(None, (cited.document_type, cited.number)))
        table.add_row(name, cited.date or "", cited.issuer or "", cited.subject or "")
    return table


def directives(dispatch: Dispatch) -> Table:
    """Return the instructions with who is to do them until when."""
    by_id = {deadline.id: deadline for deadline in dispatch.deadlines}
    table = framed("Directives", "id", "who", "what", "until")
    for directive in dispatch.directives:
        until = "\n".join(limit(by_id[one]) for one in directive.deadlines if one in by_id)
        table.add_row(directive.id, who(directive), directive.text, until)
    return table


def who(directive: Directive) -> str:
    """Return the assignees; those who support in brackets."""
    names = (one.name if one.role == "lead" else f"({one.name})" for one in directive.assignees)
    return "\n".join(names)


def limit(deadline: Deadline) -> str:
    """Return a deadline: its day or rule, and its hour."""
    when = deadline.due or deadline.rrule or deadline.text
    start = f"{deadline.start} to " if deadline.start else ""
    return start + " ".join(filter(None, (when, deadline.time)))


def figures(dispatch: Dispatch) -> Table:
    """Return the figures as a table."""
    table = framed("Figures", "unit", "what", "value", "of", "rank", "kind", "as of")
    for row in dispatch.figures:
        unit = row.unit.name if isinstance(row.unit, Unit) else ""
        day = row.as_of or (row.period and f"{row.period.start or ''}–{row.period.end or ''}") or ""
        table.add_row(
            unit, row.indicator or "", amount(row), share(row.numerator, row.denominator),
            share(row.rank, row.rank_of), row.kind, day,
        )  # fmt: skip
    return table


def amount(figure: Figure) -> str:
    """Return a figure's value with its comparison and measure."""
    if figure.value is None:
        return ""
    sign = "" if figure.comparison == "=" else f"{figure.comparison} "
    space = "" if figure.measure == "%" else " "
    return f"{sign}{figure.value}{space}{figure.measure or ''}".strip()


def share(part: float | None, whole: float | None) -> str:
    """Return `part/whole`, or the part alone."""
    if part is None:
        return ""
    return f"{part}" if whole is None else f"{part}/{whole}"


def look(dispatch: Dispatch) -> RenderableType:
    """Return what a person should look at."""
    if not dispatch.review:
        return Text("Nothing needs a look.", style="green")
    table = framed("Needs a look", "where", "why", "what", "may be")
    for entry in dispatch.review:
        may_be = "\n".join(map(in_words, entry.candidates))
        table.add_row(entry.path, entry.code.value, entry.message, may_be)
    return table


def in_words(value: object) -> str:
    """Return any value of the contract for eyes; what is null is left out."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True)
    if isinstance(value, dict):
        value = [f"{key} {in_words(part)}" for key, part in value.items() if part not in (None, [])]
    if isinstance(value, list):
        return "; ".join(map(in_words, value))
    return str(value)


def framed(title: str, *headings: str) -> Table:
    """Return an empty table whose cells fold rather than lose letters."""
    table = Table(title=title, title_justify="left", show_lines=True)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
