"""What an extractor found: a value, and the place in the text that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from extractors.contract import ReviewCode
from extractors.reading import Box
from normalizers import Span

V = TypeVar("V", covariant=True)

LIKELY = 0.5  # a value more likely wrong than right is withheld


@dataclass(frozen=True, slots=True)
class Part:
    """Where one scalar inside a found object came from; its confidence, if it has its own."""

    span: Span
    confidence: float | None = None
    box: tuple[int, Box] | None = None  # page and box, where no word of the text tells it


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should look at; `path` is relative to the value (`/sequence`).

    `place` is where to look, and how likely the first candidate is, where no value tells it.
    """

    code: ReviewCode
    message: str
    path: str = ""
    candidates: tuple[object, ...] = ()
    place: Part | None = None


@dataclass(frozen=True, slots=True)
class Finding(Generic[V]):
    """A value and the span of the normalized text that says so.

    `confidence` is the share of such answers that are right. `rule` names the rule that found
    it. `parts` maps relative JSON Pointers (`/sequence`, `/on_behalf/0/of`) to the narrower
    places of single scalars; a scalar without a part has the span of the whole.
    """

    value: V
    start: int
    end: int
    confidence: float = 1.0
    rule: str = ""
    parts: Mapping[str, Part] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
