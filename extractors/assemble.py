"""From findings to the dispatch: values chosen, places recorded, doubts listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from extractors import (
    addressees,
    attachments,
    date,
    deadlines,
    directives,
    document_type,
    figures,
    issuer,
    meeting,
    number,
    place,
    recipients,
    references,
    secrecy,
    signatory,
    subject,
    tables,
    urgency,
)
from extractors.contract import (
    Deadline,
    Directive,
    Dispatch,
    PageText,
    Producer,
    Provenance,
    Review,
    ReviewCode,
    Source,
)
from extractors.finding import LIKELY, Finding, Part, Remark
from extractors.head import Head
from extractors.reading import Mark, Reading

V = TypeVar("V")

SURE = 0.75  # a value below it stays and is listed for review
_CLEAR = 0.85  # the OCR's confidence in a span from which on it takes nothing away
_FEW = 5  # so many doubtful values of one thing are listed one by one
_REQUIRED = ("document_type", "number", "issuer", "date", "subject", "signatory")


def assemble(reading: Reading, source: Source, producer: Producer, identity: str) -> Dispatch:
    """Return the dispatch that a reading says."""
    main, _ = attachments.split(reading)
    desk = _Desk(reading)  # the dispatch begins the reading, so its positions hold in both
    document = desk.one("document_type", document_type.find(main))
    code = desk.one("number", number.find(main))
    body = desk.one("issuer", issuer.find(main))
    where = desk.one("place", place.find(main))
    when = desk.one("date", date.find(main))
    head = Head(document, code, body, where, when)
    orders = list(directives.find(main, head))
    limits = list(deadlines.find(main, head, orders))
    grids = list(tables.find(main))
    values: dict[str, Any] = {
        "subject": desk.one("subject", subject.find(main)),
        "addressees": desk.many("addressees", addressees.find(main)),
        "recipients": desk.many("recipients", recipients.find(main)),
        "signatory": desk.one("signatory", signatory.find(main)),
        "urgency": desk.one("urgency", urgency.find(main)),
        "secrecy": desk.one("secrecy", secrecy.find(main)),
        "references": desk.many("references", references.find(main, head)),
        "deadlines": desk.many("deadlines", limits),
        "directives": _tied(desk.many("directives", orders), [found.value for found in limits]),
        "figures": desk.many("figures", figures.find(main, head, grids)),
        "tables": desk.many("tables", grids),
        "meeting": desk.one("meeting", meeting.find(main)),
        "attachments": desk.many("attachments", attachments.find(reading)),
    }
    desk.require(values | {"document_type": document, "number": code, "issuer": body, "date": when})
    return Dispatch(
        id=identity, source=source, producer=producer, document_type=document, number=code,
        issuer=body, place=where, date=when, pages=page_texts(reading),
        provenance=desk.provenance, review=desk.review, **values,
    )  # fmt: skip


def _tied(orders: Sequence[Directive], limits: Iterable[Deadline]) -> list[Directive]:
    """Give every directive the ids of its deadlines."""
    ids: dict[str, list[str]] = {}
    for limit in limits:
        if limit.directive is not None:
            ids.setdefault(limit.directive, []).append(limit.id)
    return [order.model_copy(update={"deadlines": ids.get(order.id, [])}) for order in orders]


def page_texts(reading: Reading) -> list[PageText]:
    """Return the text of every page in reading order, a printed line to a line."""
    lines: dict[int, list[str]] = {page.number: [] for page in reading.pages}
    for row in reading.rows:
        lines.setdefault(row.page, []).append(reading.line(row))
    return [
        PageText(number=page.number, width=page.width, height=page.height,
                 text="\n".join(lines[page.number]), confidence=page.confidence)
        for page in reading.pages
    ]  # fmt: skip


@dataclass
class _Desk:
    """Where findings become values, and their places and doubts are written down."""

    reading: Reading
    provenance: dict[str, Provenance] = field(default_factory=dict)
    review: list[Review] = field(default_factory=list)

    def one(self, name: str, found: Iterable[Finding[V]]) -> V | None:
        """Take the best of the candidates, or withhold it where it is more likely wrong."""
        candidates = list(found)
        if not candidates:
            return None
        best, path = candidates[0], f"/{name}"
        others = [plain(finding.value) for finding in candidates]
        if self._place(best, part_of(best, "")).confidence < LIKELY:
            message = f"the {name.replace('_', ' ')} is more likely wrong than right"
            self._remark(path, Remark(ReviewCode.DOUBTFUL, message, candidates=tuple(others)))
            return None
        best = self._without_unlikely(best)
        self._record(path, best)
        if len(candidates) > 1:
            message = f"the page gives {len(candidates)} answers"
            self._remark(path, Remark(ReviewCode.AMBIGUOUS, message, candidates=tuple(others)))
        return best.value

    def _without_unlikely(self, finding: Finding[V]) -> Finding[V]:
        """Withhold what is more likely wrong than right inside a value: a name, a parent body."""
        value: Any = finding.value
        if not isinstance(value, BaseModel):
            return finding
        nullable = [
            name
            for name, facts in type(value).model_fields.items()
            if type(None) in get_args(facts.annotation)
            and isinstance(getattr(value, name), str | int)
        ]
        unlikely = {
            name: getattr(value, name)
            for name in nullable
            if self._place(finding, part_of(finding, f"/{name}")).confidence < LIKELY
        }
        remarks = tuple(
            Remark(ReviewCode.DOUBTFUL, "it is more likely wrong than right", f"/{name}", (was,))
            for name, was in unlikely.items()
        )
        value = value.model_copy(update=dict.fromkeys(unlikely))
        return replace(finding, value=value, remarks=(*finding.remarks, *remarks))

    def many(self, name: str, found: Iterable[Finding[V]]) -> list[V]:
        """Take every item of a list that is more likely right than wrong."""
        kept = [finding for finding in found if finding.confidence >= LIKELY]
        for index, finding in enumerate(kept):
            self._record(f"/{name}/{index}", finding)
        return [finding.value for finding in kept]

    def require(self, values: dict[str, Any]) -> None:
        """List the required values that are missing and of which nothing is said yet."""
        for name in _REQUIRED:
            if values[name] is None and not any(r.path.startswith(f"/{name}") for r in self.review):
                message = f"no {name.replace('_', ' ')} was found: see the first and last page"
                self._remark(f"/{name}", Remark(ReviewCode.MISSING, message))

    def _record(self, path: str, finding: Finding[V]) -> None:
        told = {remark.path for remark in finding.remarks}
        doubtful = []
        places: dict[Part, Provenance] = {}
        for pointer, _ in scalars(plain(finding.value)):
            part = part_of(finding, pointer)
            place = places.get(part) or places.setdefault(part, self._place(finding, part))
            self.provenance[path + pointer] = place
            if place.confidence < SURE and not told & {"", pointer}:
                doubtful.append(pointer)
        for remark in (*_doubts(doubtful), *finding.remarks):
            self._remark(path, remark)
            if remark.place:  # nothing is given, and the box tells where a person should look
                place = self._place(finding, remark.place)
                self.provenance.setdefault(path + remark.path, place)

    def _remark(self, path: str, remark: Remark) -> None:
        self.review.append(
            Review(path=path + remark.path, code=remark.code, message=remark.message,
                   candidates=list(remark.candidates))
        )  # fmt: skip

    def _place(self, finding: Finding[V], part: Part) -> Provenance:
        start, end = part.span
        sure = finding.confidence if part.confidence is None else part.confidence
        first, last = self.reading.text.raw_span(start, end)
        raw = self.reading.text.raw[first:last]
        if part.box:
            page, box = part.box
            return Provenance(page=page, bbox=list(box), raw=raw, confidence=round(sure, 4))
        marks = self.reading.marks_in(start, end)
        page = self.reading.row_at(start).page
        return Provenance(
            page=page, bbox=around([mark for mark in marks if mark.page == page]), raw=raw,
            confidence=self._confidence(start, end, sure),
        )  # fmt: skip

    def _confidence(self, start: int, end: int, sure: float) -> float:
        marks = self.reading.marks_in(start, end)
        if not marks:
            return round(sure, 4)
        letters = sum(mark.end - mark.start for mark in marks)
        seen = sum((mark.end - mark.start) * mark.confidence for mark in marks) / max(1, letters)
        return round(sure * min(1.0, seen / _CLEAR), 4)


def _doubts(pointers: Sequence[str]) -> list[Remark]:
    """Return what to say of values read with little confidence: of many in one thing, once."""
    if len(pointers) <= _FEW:
        message = "read with little confidence"
        return [Remark(ReviewCode.DOUBTFUL, message, pointer) for pointer in pointers]
    some = ", ".join(pointers[:_FEW])
    message = f"{len(pointers)} values in it were read with little confidence: {some} …"
    return [Remark(ReviewCode.DOUBTFUL, message)]


def around(marks: Sequence[Mark]) -> list[float] | None:
    """Return the smallest box around words; null where none was seen."""
    if not marks:
        return None
    boxes = [mark.box for mark in marks]
    return [min(b[0] for b in boxes), min(b[1] for b in boxes),
            max(b[2] for b in boxes), max(b[3] for b in boxes)]  # fmt: skip


def plain(value: object) -> object:
    """Return a value as plain JSON data."""
    return value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value


def scalars(value: object, pointer: str = "") -> Iterator[tuple[str, object]]:
    """Yield every scalar inside a value with its JSON Pointer; nulls have no place."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from scalars(item, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from scalars(item, f"{pointer}/{index}")
    elif value is not None:
        yield pointer, value


def part_of(finding: Finding[V], pointer: str) -> Part:
    """Return the narrowest place that a finding gives for one of its scalars."""
    while pointer:
        if pointer in finding.parts:
            return finding.parts[pointer]
        pointer = pointer.rpartition("/")[0]
    return finding.parts.get("", Part((finding.start, finding.end)))
