"""Figures (số liệu): every count, share, fraction and rank that the dispatch states of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors import annexes, periods, sentences
from extractors.contract import Figure, Period, Table
from extractors.finding import Finding
from extractors.head import Head
from extractors.language import data
from extractors.owners import Around
from extractors.reading import Reading
from extractors.scene import Kind, Scene
from extractors.structure import paragraphs
from extractors.tables import find as find_tables


def find(
    reading: Reading, head: Head | None = None, tables: Sequence[Finding[Table]] | None = None
) -> Iterator[Finding[Figure]]:
    """Yield the figures of the body and of the tables, in the order of the text.

    Document numbers, dates, time limits, labels and telephone numbers are none. The tables are
    looked for where the caller has not done so.
    """
    head = head or Head()
    body = paragraphs(reading)
    scene = Scene(
        around=Around.of(head, reading.text.value),
        usual=_usual(head),
        year=head.year,
        day=head.date,
        report=_is_of(head, "reports"),
        invites=_is_of(head, "invitations"),
        orders=_is_of(head, "ordering"),
        period=_reported(reading, head),
    )
    found = list(sentences.find(body, scene))
    for table in find_tables(reading) if tables is None else tables:
        found += annexes.find(reading, table, scene)
    yield from sorted(found, key=lambda finding: (finding.start, finding.end))


def _usual(head: Head) -> Kind:
    """Return the kind of a figure where nothing tells: a plan speaks of targets."""
    return "target" if _is_of(head, "plans") else "actual"


def _is_of(head: Head, name: str) -> bool:
    """Whether the type of the dispatch is in one of the lists of types."""
    codes: list[str] = data("figures")[name]["codes"]
    return head.document_type is not None and head.document_type.code in codes


def _reported(reading: Reading, head: Head) -> Period | None:
    """Return the stretch of time that the title names: a report covers it as a whole."""
    if not head.document_type or not _is_of(head, "reports"):
        return None
    text = reading.text.value
    start = text.find(head.document_type.name.upper())
    title = text[start : start + 400].replace("\n", " ") if start >= 0 else ""
    times = periods.find(title, head.year)
    return next((time.period for time in times if time.period), None)
