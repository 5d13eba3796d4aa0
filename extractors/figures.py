"""Figures (số liệu): every count, share, fraction and rank that the dispatch states of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors import annexes, reported, sentences
from extractors.contract import Figure, Table
from extractors.finding import Finding
from extractors.head import Head
from extractors.language import data
from extractors.owners import Around
from extractors.reading import Reading
from extractors.scene import Kind, Scene
from extractors.structure import Paragraph, paragraphs
from extractors.tables import find as find_tables
from extractors.timing import When


def find(
    reading: Reading, head: Head | None = None, tables: Sequence[Finding[Table]] | None = None
) -> Iterator[Finding[Figure]]:
    """Yield the figures of the body and of the tables, in the order of the text.

    Document numbers, dates, time limits, labels and telephone numbers are none. The tables are
    looked for where the caller has not done so.
    """
    head = head or Head()
    body = paragraphs(reading)
    covered = reported.time(reading, head, body) if _is_of(head, "reports") else None
    scene = Scene(
        around=Around.of(head, reading.text.value),
        usual=_usual(head),
        year=head.year,
        day=head.date,
        report=_is_of(head, "reports"),
        invites=_is_of(head, "invitations"),
        orders=_is_of(head, "ordering"),
        as_of=covered.as_of if covered else None,
        period=covered.period if covered else None,
    )
    found = list(sentences.find(body, scene))
    for table in find_tables(reading) if tables is None else tables:
        found += annexes.find(reading, table, scene, _led(reading, table, body, found))
    yield from sorted(found, key=lambda finding: (finding.start, finding.end))


_NEAR = 200  # characters between a sentence and the table that it leads to


def _led(
    reading: Reading,
    table: Finding[Table],
    body: Sequence[Paragraph],
    found: Sequence[Finding[Figure]],
) -> When | None:
    """Return the time of the last figure in the paragraph that leads to a table: `… như sau:`."""
    above = [one for one in body if one.end <= table.start]
    if not above or not above[-1].leads_in or table.start - above[-1].end > _NEAR:
        return None
    said = [one.value for one in found if above[-1].start <= one.start < above[-1].end]
    return (said[-1].as_of, said[-1].period) if said else None


def _usual(head: Head) -> Kind:
    """Return the kind of a figure where nothing tells: a plan speaks of targets."""
    return "target" if _is_of(head, "plans") else "actual"


def _is_of(head: Head, name: str) -> bool:
    """Whether the type of the dispatch is in one of the lists of types."""
    codes: list[str] = data("figures")[name]["codes"]
    return head.document_type is not None and head.document_type.code in codes
