"""Figures (số liệu): every count, share, fraction and rank that the dispatch states of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractors import annexes, kinds, reported, sentences, timing
from extractors.around import Around
from extractors.contract import Figure, Table
from extractors.finding import Finding
from extractors.head import Head
from extractors.language import data
from extractors.reading import Reading
from extractors.scene import Kind, Scene, scenes
from extractors.structure import Paragraph, paragraphs
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
    covered = reported.time(reading, head, body, titled=_is_of(head, "reports"))
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
    told = list(scenes(body, scene))
    found = list(sentences.find(told))
    for table in find_tables(reading) if tables is None else tables:
        found += annexes.find(reading, table, _led(table, told, found, scene))
    yield from sorted(found, key=lambda finding: (finding.start, finding.end))


_NEAR = 200  # characters between a sentence and the table that it leads to


def _led(
    table: Finding[Table],
    body: Sequence[tuple[Paragraph, Scene]],
    found: Sequence[Finding[Figure]],
    scene: Scene,
) -> Scene:
    """Return what holds for a table below a sentence that leads to it: `… cụ thể như sau:`.

    It has the time of the sentence's last figure, and shows targets where that announces them.
    """
    near = (pair for pair in body if pair[0].leads_in and 0 <= table.start - pair[0].end < _NEAR)
    lead, above = next(near, (None, scene))
    if lead is None:
        return _cited(table, body, found, scene)
    said = [one.value for one in found if lead.start <= one.start < lead.end]
    if said:
        scene = replace(scene, as_of=said[-1].as_of, period=said[-1].period)
    if not kinds.aims(lead.text):
        return scene
    due = next(timing.above(replace(above, leads=(lead, *above.leads))), None)
    return replace(scene, usual="target", as_of=timing.day(due))


_CITES = regex.compile(
    r"(?:phụ lục|phụ biểu|biểu|bảng|danh sách)[^.;()]{0,40}(?:kèm theo|đính kèm|gửi kèm)",
    regex.IGNORECASE,
)


def _cited(
    table: Finding[Table],
    body: Sequence[tuple[Paragraph, Scene]],
    found: Sequence[Finding[Figure]],
    scene: Scene,
) -> Scene:
    """Return what holds for an annex: the time of the figures that its mention stands with."""
    if scene.as_of or scene.period:
        return scene
    citing = (one for one, _ in body if one.zone == "body" and _CITES.search(one.text))
    paragraph = next(citing, None)
    said = [one.value for one in found if paragraph and one.start < paragraph.end]
    if not said or said[-1].kind == "target" or table.start < (paragraph.end if paragraph else 0):
        return scene
    return replace(scene, as_of=said[-1].as_of, period=said[-1].period)


def _usual(head: Head) -> Kind:
    """Return the kind of a figure where nothing tells: a plan speaks of targets."""
    return "target" if _is_of(head, "plans") else "actual"


def _is_of(head: Head, name: str) -> bool:
    """Whether the type of the dispatch is in one of the lists of types."""
    codes: list[str] = data("figures")[name]["codes"]
    return head.document_type is not None and head.document_type.code in codes
