"""What holds for the figures of a dispatch, and of a paragraph, before its own words are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors.contract import Period
from extractors.owners import Around
from extractors.structure import Paragraph

Kind = Literal["actual", "target", "forecast", "change"]


@dataclass(frozen=True, slots=True)
class Scene:
    """The units around, the usual kind of a figure, the time that the dispatch speaks of.

    `day` is the date of issue; `report`, `invites` and `orders` tell what
    the type of the dispatch does; `period` the stretch that a report covers as a whole; `leads` are
    the headings and the lead-in above a paragraph, the nearest first.
    """

    around: Around
    usual: Kind
    year: int | None = None
    day: str | None = None
    report: bool = False
    invites: bool = False
    orders: bool = False
    period: Period | None = None
    leads: tuple[Paragraph, ...] = ()


def scenes(body: Sequence[Paragraph], scene: Scene) -> Iterator[tuple[Paragraph, Scene]]:
    """Yield every paragraph with its headings, and with the lead-in that ends with a colon."""
    opening: Paragraph | None = None
    for paragraph in body:
        if paragraph.kind in ("part", "upper", "roman", "article"):
            opening = None
        leads = list(paragraph.ancestors())
        if opening and paragraph.label is not None and opening not in leads:
            leads.append(opening)
        yield paragraph, replace(scene, leads=tuple(leads))
        if paragraph.label is None and paragraph.parent is None:
            opening = paragraph if paragraph.text.rstrip().endswith(":") else None
