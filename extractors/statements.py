"""Figures stated in sentences: each quantity with its unit, indicator, kind and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extractors import (
    counting,
    indicators,
    kinds,
    mentions,
    owners,
    periods,
    quantities,
    timing,
)
from extractors.clauses import Clauses
from extractors.contract import Period
from extractors.mentions import Mention
from extractors.periods import Time
from extractors.quantity import Quantity
from extractors.scene import Kind, Scene
from extractors.structure import Paragraph
from normalizers import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A quantity with all that its paragraph says of it; `units` is empty where it names none."""

    quantity: Quantity
    units: tuple[Mention, ...]
    indicator: Span | None
    kind: Kind
    as_of: str | None
    period: Period | None
    holds: bool = True  # whether its kind holds for the next clauses of the sentence

    @property
    def lost(self) -> bool:
        """Whether it is a change for the less, or a target for one: `giảm ít nhất 2%`."""
        return self.quantity.sign < 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph understood: its clauses, the units and times it names, what it counts."""

    clauses: Clauses
    named: list[Mention]
    counted: list[Quantity]
    owned: list[tuple[Mention, ...]]
    times: list[Time]
    scene: Scene
    zone: kinds.Zone


_LONGEST = 8000  # characters: a paragraph that is longer is no prose


def read(paragraph: Paragraph, scene: Scene) -> Passage | None:
    """Return a paragraph as a passage; none where no figure can be: no digit, or a title."""
    text = paragraph.text
    if not any(map(str.isdigit, text)) or _is_title(text):
        return None
    text = text[:_LONGEST]
    clauses = Clauses.of(text)
    named = mentions.find(text, scene.around.place, below=scene.around.below)
    counted = counting.counted(clauses, quantities.find(text), named)
    owned = owners.owners(clauses, counted, named, scene.around)
    times = periods.find(text, scene.year)
    return Passage(clauses, named, counted, owned, times, scene, kinds.zone(paragraph, scene))


def _is_title(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) > 0.8 * len(letters)


def statements(passage: Passage) -> Iterator[Statement]:
    """Yield what a passage states, in order; each quantity knows those before it."""
    said: list[Statement] = []
    for i, quantity in enumerate(passage.counted):
        told = _kind(passage, said, quantity)
        kind, when = _timed(passage, quantity, _until(passage, i), told)
        words = _indicator(passage, said, quantity)
        units = passage.owned[i]
        if kind == "target":
            units = _told(passage.clauses.text, units)
        said.append(Statement(quantity, units, words, kind, *when, told.holds))
        yield said[-1]


def _until(passage: Passage, at: int) -> int:
    """Return where the next quantity begins."""
    after = passage.counted[at + 1 : at + 2]
    return after[0].whole[0] if after else len(passage.clauses.text)


def _timed(
    passage: Passage, quantity: Quantity, until: int, told: kinds.Told
) -> tuple[Kind, timing.When]:
    """Return the kind and the time: what is still to come is no result, what is over no target."""
    clauses, scene = passage.clauses, passage.scene
    as_of, period = timing.of(clauses, quantity, until, passage.times, scene, told.kind)
    end = as_of or (period.end if period else None)
    if told.kind == "actual" and end and scene.day and end > scene.day:
        if told.guessed and period != scene.period:
            return "forecast", (as_of, period)
        if as_of and not told.sure:
            return "target", (as_of, None)
        return "actual", (None, period)
    start = clauses.clause(quantity.at[0], marks=";")
    own = [one for one in passage.times if start <= one.span[0] and one.span[1] <= quantity.at[0]]
    over = own and own[-1].as_of and scene.day and own[-1].as_of <= scene.day
    if told.kind == "target" and over and not told.sure:
        return "actual", (own[-1].as_of, None)
    return told.kind, (as_of, period)


def _kind(passage: Passage, said: Sequence[Statement], quantity: Quantity) -> kinds.Told:
    clauses = passage.clauses
    last = said[-1].quantity.whole[1] if said else 0
    start = max(clauses.past(last, quantity.at[0]), clauses.clause(quantity.at[0], marks=";"))
    if _BARE_BRACKET.fullmatch(clauses.text, max(0, start - 1), quantity.at[0]):
        outer = clauses.clause(start - 2, marks=";")
        start = max(clauses.past(last, start - 1), outer)
    kind = _carried(clauses, said, quantity)
    zone = replace(passage.zone, kind=kind) if kind else passage.zone
    before = clauses.text[start : quantity.at[0]]
    return kinds.of(quantity, before, zone)


_BARE_BRACKET = regex.compile(r"\(\s*")


def _carried(clauses: Clauses, said: Sequence[Statement], quantity: Quantity) -> Kind | None:
    """Return the kind of the quantity before in the sentence, whose bracket has not closed."""
    at = quantity.at[0]
    start = clauses.sentence(at)[0]
    for one in reversed(said):
        if one.quantity.at[0] < start:
            break
        if one.holds and clauses.reaches(one.quantity.at[0], at):
            return one.kind
    return None


def _indicator(passage: Passage, said: Sequence[Statement], quantity: Quantity) -> Span | None:
    """Return the words of a quantity's own clause, else those of the figure before it."""
    clauses = passage.clauses
    last = said[-1].quantity.whole[1] if said else 0
    skip = [one.span for one in passage.named] + [one.span for one in passage.times]
    own = indicators.own(clauses, quantity, last, skip)
    places = [one.span for one in passage.named if one.unit.level not in ("agency", "group")]
    behind = indicators.after(clauses, quantity, places)
    if own and not (behind and indicators.is_light(clauses.text, own)):
        return own
    if behind and own:  # phát hiện 2 vụ cháy rừng
        return behind
    if quantity.share and said and _in_bracket(clauses, said[-1].quantity, quantity):
        return said[-1].indicator
    lead = indicators.named(clauses, quantity, last, skip) if quantity.known else None
    lead = lead or indicators.above(clauses, quantity, last, skip)
    if lead and not (behind and indicators.is_apart(clauses, quantity)):
        return lead
    if behind and not (_is_close(clauses, said, quantity) and quantity.share):
        return behind
    if inherited := _inherited(clauses, said, quantity):
        inherited = indicators.trimmed(clauses.text, inherited)
        extreme = "nhất" in clauses.text[last : quantity.whole[0]]
        return indicators.without_mean(clauses.text, inherited) if extreme else inherited
    return behind or indicators.aside(clauses, quantity, last)


def _in_bracket(clauses: Clauses, last: Quantity, quantity: Quantity) -> bool:
    """Whether a quantity stands in a bracket right behind another: `4.215 đồng (17,66%)`."""
    gap = clauses.text[last.whole[1] : quantity.whole[0]]
    return _BARE_BRACKET.fullmatch(gap.lstrip()) is not None


def _is_close(clauses: Clauses, said: Sequence[Statement], quantity: Quantity) -> bool:
    """Whether the quantity before stands in the same clause: no semicolon between."""
    return bool(said) and said[-1].quantity.at[0] >= clauses.clause(quantity.at[0], marks=";")


def _inherited(clauses: Clauses, said: Sequence[Statement], quantity: Quantity) -> Span | None:
    """Return the indicator of a figure before: the last one, or the last of the same measure."""
    told = [one for one in said if one.indicator and one.kind != "target"] or list(said)
    if not told:
        return None
    start = clauses.sentence(quantity.at[0])[0]
    here = [one for one in told if one.quantity.at[0] >= start]
    alike = [one for one in told if one.quantity.measure == quantity.measure]
    if quantity.share or not alike:
        return (here or told)[-1].indicator
    near = [one for one in here if one in alike]
    return (near or alike)[-1].indicator


_ACTOR = regex.compile(
    r"(?:^|[.;:]\s|(?:giao|đề nghị|yêu cầu|chủ tịch|thủ trưởng|giám đốc|ubnd|ủy ban nhân dân)\s)$",
    regex.IGNORECASE,
)


def _told(text: str, units: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the units that a target is stated of: not who is to act; a list of units as one."""
    group = mentions.grouped(text, units)
    return (group,) if group else tuple(one for one in units if not _acts(text, one))


def _acts(text: str, owner: Mention) -> bool:
    if owner.unit.level != "group":
        return owner.unit.level == "agency"
    first = owner.unit.name.casefold().startswith(("mỗi", "từng"))
    actor = _ACTOR.search(text, max(0, owner.span[0] - 20), owner.span[0])
    return actor is not None and not first
