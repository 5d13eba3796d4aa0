"""The figures of sentences as findings: values, places, confidence, and what does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractors import arithmetic, defaults, statements, timing
from extractors.contract import Figure, Unit
from extractors.finding import Finding, Part, Remark
from extractors.language import data
from extractors.mentions import Mention
from extractors.numbers import decimals
from extractors.quantity import Comparison
from extractors.scene import Scene
from extractors.statements import Passage, Statement
from extractors.structure import Paragraph


def find(body: Sequence[tuple[Paragraph, Scene]]) -> Iterator[Finding[Figure]]:
    """Yield the figures of all paragraphs, in order."""
    last: tuple[Paragraph | None, Scene] | None = None
    for paragraph, here in body:
        if last and paragraph.label is None and paragraph.parent and paragraph.parent is last[0]:
            here = replace(here, as_of=last[1].as_of, period=last[1].period)
        passage = statements.read(paragraph, here)
        if passage is None:
            continue
        last = (paragraph.parent if paragraph.label is None else paragraph, _goes_on(passage))
        said = list(statements.statements(passage))
        if here.invites:
            said = [one for one in said if not _seats(one)]
        for i, statement in enumerate(said):
            topic = defaults.unit(paragraph, passage.named, here, statement.kind)
            remarks = tuple(_remarks(paragraph.text, said, i))
            for finding in _findings(paragraph, statement, topic):
                yield replace(finding, remarks=remarks)


def _goes_on(passage: Passage) -> Scene:
    """Return the scene for the paragraph after, below the same heading: the time goes on."""
    scene = passage.scene
    past = [one for one in passage.times if (timing.day(one) or "") <= (scene.day or "")]
    told = past[0] if past and not past[0].broad else None
    return replace(scene, as_of=told.as_of, period=told.period) if told else scene


def _seats(statement: Statement) -> bool:
    """Whether an invitation only says how many are to come, or how long it takes."""
    quantity = statement.quantity
    return quantity.measure in data("figures")["invitations"]["measures"]


def _findings(
    paragraph: Paragraph, statement: Statement, topic: Unit | None
) -> Iterator[Finding[Figure]]:
    """Yield one figure for each unit that shares the quantity."""
    start, end = paragraph.place(*statement.quantity.whole)
    for owner in statement.units or (None,):
        figure = _figure(paragraph.text, statement, owner.unit if owner else topic)
        parts = _parts(paragraph, statement, owner)
        yield Finding(figure, start, end, _confidence(statement, owner), "sentence", parts)


def _figure(text: str, statement: Statement, unit: Unit | None) -> Figure:
    quantity, span, value = statement.quantity, statement.indicator, statement.quantity.value
    return Figure(
        unit=unit,
        indicator=text[span[0] : span[1]] if span else None,
        value=-value if value is not None and statement.lost else value,
        measure=quantity.measure,
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        rank=quantity.rank,
        rank_of=quantity.rank_of,
        kind=statement.kind,
        comparison=_TURNED[quantity.comparison] if statement.lost else quantity.comparison,
        as_of=statement.as_of,
        period=statement.period,
    )


_TURNED: dict[Comparison, Comparison] = {"=": "=", ">=": "<=", "<=": ">=", ">": "<", "<": ">"}


def _parts(paragraph: Paragraph, statement: Statement, owner: Mention | None) -> dict[str, Part]:
    quantity = statement.quantity
    spans = {
        "/value": quantity.at if quantity.value is not None else None,
        "/indicator": statement.indicator,
        "/unit/name": owner.span if owner else None,
        "/unit/level": owner.span if owner else None,
        "/unit/code": owner.span if owner else None,
    }
    return {path: Part(paragraph.place(*span)) for path, span in spans.items() if span}


def _confidence(statement: Statement, owner: Mention | None) -> float:
    """Return how sure a figure is: less where its measure was inferred, or its unit."""
    quantity = statement.quantity
    if quantity.share and quantity.value is not None and abs(quantity.value) > _MOST:
        return 0.5  # a comma was lost, rather
    if not quantity.known:  # guessed from the next words, or told by the words around
        return 0.6 if quantity.words and quantity.words[0] < quantity.words[1] else 0.85
    return 0.94 if owner is None or not owner.bare else 0.9


_MOST = 300  # percent

_PARTED = regex.compile(
    r"(?:,|\(|:)?\s*(?:(?P<some>trong đó)|gồm|bao gồm)(?!\p{L})", regex.IGNORECASE
)


def _remarks(text: str, said: Sequence[Statement], at: int) -> Iterator[Remark]:
    quantity = said[at].quantity
    value, top, bottom = quantity.value, quantity.numerator, quantity.denominator
    if quantity.share and value is not None and top is not None and bottom is not None:
        remark = arithmetic.share(value, decimals(text[slice(*quantity.at)]), top, bottom)
        yield from (remark,) if remark else ()
    match = _PARTED.search(text, quantity.whole[1], quantity.whole[1] + 60)
    if (
        value is not None
        and match
        and not quantity.share
        and "." not in text[quantity.whole[1] : match.start()]
    ):
        parts = _parts_of(text, said, at)
        remark = (
            arithmetic.total(value, parts, partial=bool(match["some"])) if len(parts) > 1 else None
        )
        yield from (remark,) if remark else ()


def _parts_of(text: str, said: Sequence[Statement], at: int) -> list[int | float]:
    """Return the counts that follow a total in its sentence, of the same measure."""
    total = said[at].quantity
    parts: list[int | float] = []
    end = total.whole[1]
    for one in said[at + 1 :]:
        quantity = one.quantity
        if _ENDED.search(text, end, quantity.whole[0]):
            break
        end = quantity.whole[1]
        if quantity.measure == total.measure and quantity.value is not None and not quantity.sign:
            parts.append(quantity.value)
    return parts


_ENDED = regex.compile(r"[.;]\s|\)")
