"""What holds for the figures of a dispatch, and of a paragraph, before its own words are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors.around import Around
from extractors.contract import Period
from extractors.structure import Paragraph

Kind = Literal["actual", "target", "forecast", "change"]


@dataclass(frozen=True, slots=True)
class Scene:
    """The units around, the usual kind of a figure, the time that the dispatch speaks of.

    `day` is the date of issue; `report`, `invites` and `orders` tell what the type of the
    dispatch does; `as_of` and `period` are the time that a report covers as a whole; `leads` are
    the headings and the lead-ins above a paragraph, the nearest first.
    """

    around: Around
    usual: Kind
    year: int | None = None
    day: str | None = None
    report: bool = False
    invites: bool = False
    orders: bool = False
    as_of: str | None = None
    period: Period | None = None
    leads: tuple[Paragraph, ...] = ()


def scenes(body: Sequence[Paragraph], scene: Scene) -> Iterator[tuple[Paragraph, Scene]]:
    """Yield every paragraph with its headings, and with the lead-ins that end with a colon."""
    opening: Paragraph | None = None
    inner: Paragraph | None = None  # a lead-in below a heading: `… Yêu cầu:`
    for paragraph in body:
        if paragraph.kind in ("part", "upper", "roman", "article"):
            opening = None
        leads = list(paragraph.ancestors())
        if inner and paragraph.label is not None and inner.parent in leads:
            leads.insert(leads.index(inner.parent), inner)
        if opening and paragraph.label is not None and opening not in leads:
            leads.append(opening)
        yield paragraph, replace(scene, leads=tuple(leads))
        if paragraph.label is None:
            lead = paragraph if paragraph.text.rstrip().endswith(":") else None
            opening, inner = (lead, inner) if paragraph.parent is None else (opening, lead)
