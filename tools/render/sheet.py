"""A laid-out page: words, rules and ink, each at its place in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Face = Literal["regular", "bold", "italic", "bolditalic"]
InkKind = Literal["hand", "seal", "signature", "arrival", "urgency"]


@dataclass(frozen=True, slots=True)
class Run:
    """A printed word; `x` is its left edge and `y` its baseline."""

    text: str
    x: float
    y: float
    face: Face
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.75


@dataclass(frozen=True, slots=True)
class Ink:
    """What a pen or a stamp left; `x`, `y` is the middle, for handwriting left and baseline."""

    kind: InkKind
    x: float
    y: float
    text: str = ""
    width: float = 0
    angle: float = 0
    more: tuple[str, ...] = ()


@dataclass(slots=True)
class Sheet:
    """A page while it is laid out; `lines` is its text in reading order."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    inks: list[Ink] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    document: str = ""
