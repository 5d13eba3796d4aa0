"""The text that travels through the program, always with its way back to what was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that a normalizer made: the evidence that a person may check."""

    raw: str
    value: str
    span: Span  # where `raw` stands in the raw text
    confidence: float  # the probability that the repair is right
    rule: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of `value[start:end]` by `new`; `confidence` and `rule` are its evidence."""

    start: int
    end: int
    new: str
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, the raw text that it came from, and for each character its origin.

    `origins[i]` is the span of `raw` that the character `value[i]` came from. The spans never
    decrease. Only `replacing` makes a changed text, so that no normalizer thinks of offsets.
    """

    value: str
    raw: str
    origins: tuple[Span, ...]
    repairs: tuple[Repair, ...] = ()

    @classmethod
    def of(cls, raw: str) -> Text:
        """Return the text just as it was read."""
        return cls(raw, raw, tuple((i, i + 1) for i in range(len(raw))))

    def replacing(self, edits: Iterable[Edit]) -> Text:
        """Return the text with all edits made; they may not overlap, and come in any order.

        An edit that keeps the length maps letter by letter; any other maps each new letter to
        the whole of what was replaced. An edit with a rule leaves a `Repair` behind.

        Raises:
            ValueError: when two edits overlap or one lies outside of the text.
        """
        pieces: list[str] = []
        origins: list[Span] = []
        repairs: list[Repair] = []
        done = 0
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            if not done <= edit.start <= edit.end <= len(self.value):
                raise ValueError(f"edit {edit} overlaps another or lies outside of the text")
            span = self.raw_span(edit.start, edit.end)
            pieces += (self.value[done : edit.start], edit.new)
            origins += self.origins[done : edit.start]
            origins += self._origins_of(edit, span)
            if edit.rule:
                old = self.value[edit.start : edit.end]
                repairs.append(Repair(old, edit.new, span, edit.confidence, edit.rule))
            done = edit.end
        if not pieces:
            return self
        pieces.append(self.value[done:])
        origins += self.origins[done:]
        return replace(
            self,
            value="".join(pieces),
            origins=tuple(origins),
            repairs=self.repairs + tuple(repairs),
        )

    def _origins_of(self, edit: Edit, span: Span) -> Iterable[Span]:
        if len(edit.new) == edit.end - edit.start:
            return self.origins[edit.start : edit.end]
        return [span] * len(edit.new)

    def raw_span(self, start: int, end: int) -> Span:
        """Return the span of `raw` behind `value[start:end]`; an empty span stays empty."""
        if start < end:
            return self.origins[start][0], self.origins[end - 1][1]
        at = self.origins[start][0] if start < len(self.origins) else len(self.raw)
        return at, at
