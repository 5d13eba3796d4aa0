"""Every instruction (nội dung chỉ đạo): who is to do what, one for each leaf of the numbering."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractors.contract import Assignee, Directive
from extractors.finding import Finding, Part
from extractors.head import Head
from extractors.language import data
from extractors.reading import Reading
from extractors.sections import Sections, is_title, placed, sets_limit
from extractors.structure import Paragraph, paragraphs
from extractors.tasks import find_tasks
from extractors.told import Assigned, Assignment, Role
from normalizers import Span

END = "end"
ENDS = regex.compile(r"\./\.")  # the sign that closes a dispatch


@dataclass(frozen=True, slots=True)
class Order:
    """An instruction: its id, its paragraphs, who is told and how surely it is one."""

    id: str
    paragraphs: tuple[Paragraph, ...]
    assigned: Assigned
    confidence: float
    rule: str
    fields: tuple[Paragraph, ...] = ()  # below it, who and when in lines of their own


def find(reading: Reading, head: Head = Head()) -> Iterator[Finding[Directive]]:  # noqa: B008
    """Yield the directives in the order of the text; their deadlines are left empty.

    Reports of what was done are none, nor headings that only name who is to act, nor what a
    decision adopts or announces.
    """
    body = [p for p in paragraphs(reading) if p.zone == "body"]
    for order in sorted(_orders(body, head), key=lambda order: order.paragraphs[0].start):
        yield _finding(order)
    yield from find_tasks(reading)


def _orders(body: Sequence[Paragraph], head: Head) -> Iterator[Order]:
    sections = Sections.of(body, head)
    closing = _closing(sections, body)
    taken = set(sections.fields.lines)
    used: set[str] = set()
    for paragraph in body:
        if paragraph.label is None or paragraph.start in taken:
            continue
        below = [p for p in sections.below(paragraph) if p.start not in sections.fields.lines]
        labeled = [p for p in below if p.label is not None]
        if labeled and not sections.lists_things(paragraph, labeled):
            continue
        free = [p for p in below if p.label is None and p != closing]
        order = _with_fields(sections, paragraph, free) or _own(sections, paragraph, free)
        taken.update(p.start for p in labeled)
        if order is not None:
            taken.update(p.start for p in order.paragraphs)
            used.add(order.id)
            yield order
    if closing is not None:
        told = sections.told(closing)
        yield Order(END, (closing,), placed(closing, told.names), 0.93, "closing")
    free = [p for p in body if p.label is None and p != closing and p.start not in taken]
    yield from _unlabeled(sections, free, used)


def _with_fields(
    sections: Sections, paragraph: Paragraph, free: Sequence[Paragraph]
) -> Order | None:
    """Read a task whose actors stand in lines of their own below it."""
    named = sections.fields.assigned.get(paragraph.start)
    if named is None or _is_report(sections, paragraph, sections.told(paragraph)):
        return None
    parts = tuple(free) or (paragraph,)
    return Order(paragraph.path, parts, named, 0.85, "fields", sections.fields_behind(parts[-1]))


def _own(sections: Sections, paragraph: Paragraph, free: Sequence[Paragraph]) -> Order | None:
    """Read what a paragraph itself orders, or those without a label below it."""
    free = free if is_title(paragraph) else ()
    told = sections.told(paragraph)
    heads = paragraph.leads_in or (told.way == "none" and not told.acts)
    leaf = None if heads and free else _leaf(sections, paragraph)
    return leaf or _continued(sections, paragraph, free)


def _leaf(sections: Sections, paragraph: Paragraph) -> Order | None:
    """Read the instruction of a labeled leaf: it names who is to act, or a heading above does."""
    told = sections.told(paragraph)
    lists = told.way == "heading" and told.acts
    if (told.way in ("heading", "report") and not lists) or _is_report(sections, paragraph, told):
        return None
    strives = told.strives and sections.is_report
    thing = told.inert or (told.way == "none" and told.nominal and is_title(paragraph))
    if strives or (thing and not sets_limit(paragraph)):
        return None
    own = placed(paragraph, told.names)
    inherited, orders = sections.inherited(paragraph)
    if told.way != "none" and not (inherited and _passes_on(sections, paragraph, told)):
        names = inherited + own if told.later else own
        return Order(paragraph.path, (paragraph,), names, 0.95, told.way)
    asked = orders or told.orders or told.asks or told.leads or _is_planned(sections, paragraph)
    if not (inherited or asked):
        return None
    own = placed(paragraph, told.supports if inherited else told.names)
    confidence = 0.7 if not inherited else 0.8 if told.nominal else 0.93
    fields = sections.fields_behind(paragraph)
    return Order(paragraph.path, (paragraph,), inherited + own, confidence, "inherited", fields)


def _is_planned(sections: Sections, paragraph: Paragraph) -> bool:
    """Whether it is a task of a plan that names nobody: `Lắp đặt camera, xong trước 30/6`."""
    told = sections.told(paragraph)
    if told.way != "none" or told.strives or not sections.plans(paragraph):
        return False
    topics = tuple(data("instructions")["topics"]["words"])
    step = sets_limit(paragraph) and not paragraph.text.lower().startswith(topics)
    return step or (told.acts and sets_limit(paragraph, long=True))


def _passes_on(sections: Sections, paragraph: Paragraph, told: Assignment) -> bool:
    """Whether who is told above is to hand the order on: `Chỉ đạo các trường …`.

    `Giao Phòng Nội vụ` does so below a heading that names somebody; else who wrote it orders.
    """
    if not told.delegates or sections.is_report:
        return False
    named = told.names[0][0].name[:1].isupper()
    return told.directs or not named or sections.is_headed(paragraph)


def _is_report(sections: Sections, paragraph: Paragraph, told: Assignment) -> bool:
    """Whether it is told what was done, or what a report's author will do."""
    own = told.way == "named" and not told.bound and sections.is_issuer(told.names[0][0].name)
    if own and (sections.is_report or told.announces):
        return True
    if sections.is_report:
        return told.directs or sections.reports(paragraph)
    return told.way != "ordered" and sections.reports(paragraph)


def _unlabeled(sections: Sections, free: Sequence[Paragraph], used: set[str]) -> Iterator[Order]:
    """Yield the orders without a label that do not close the dispatch.

    Each has the label that stands above it where no order bears that, else p1, p2 and so on.
    """
    number = 0
    for paragraph in free:
        told = sections.told(paragraph)
        ordered = told.way == "ordered" or _is_due(sections, paragraph)
        if ordered and not _is_report(sections, paragraph, told):
            name = paragraph.path
            if not name or name in used:
                number += 1
                name = f"p{number}"
            used.add(name)
            own = placed(paragraph, told.names)
            yield Order(name, (paragraph,), own, 0.75, "unlabeled")


def _is_due(sections: Sections, paragraph: Paragraph) -> bool:
    """Whether somebody else than who wrote it is to act by a day."""
    told = sections.told(paragraph)
    if told.way != "named" or not told.acts or sections.announces(told):
        return False
    return sets_limit(paragraph, long=True) and not sections.is_issuer(told.names[0][0].name)


def _continued(sections: Sections, heading: Paragraph, below: Sequence[Paragraph]) -> Order | None:
    """Read the paragraphs without a label below a heading as one order: it bears its id."""
    parts: list[Paragraph] = []
    names: Assigned = ()
    for paragraph in below:
        told = sections.told(paragraph)
        inherited, _ = sections.inherited(paragraph)
        own = placed(paragraph, told.names)
        if inherited and _passes_on(sections, paragraph, told):
            own = inherited + placed(paragraph, told.supports)
        due = bool(inherited) or sets_limit(paragraph, long=True)
        due = due or (sections.are_tasks(paragraph) and not sections.is_report)
        acts = told.acts and not sections.announces(told) and due
        if told.way == "ordered" or (told.way == "named" and (told.bound or acts)):
            parts.append(paragraph)
            names += own
        elif (
            told.way == "none"
            and inherited
            and not told.strives
            and not _is_report(sections, paragraph, told)
        ):
            parts.append(paragraph)
            names += inherited + own
    return Order(heading.path, tuple(parts), names, 0.85, "continued") if parts else None


def _closing(sections: Sections, body: Sequence[Paragraph]) -> Paragraph | None:
    """Find the order that closes the dispatch: it stands behind the last label, without one."""
    last = max((i for i, p in enumerate(body) if p.label is not None), default=-1)
    after = [p for p in body[last + 1 :] if not p.leads_in]
    heads = last >= 0 and body[last].kind != "bullet" and is_title(body[last])
    if heads and len(body) > last + 2:
        after = [p for p in after if p is body[-1] or ENDS.search(p.text)]
    named = [p for p in after if _closes(sections, p, last=p in body[-2:] and p is not body[0])]
    asking = [p for p in after if _asks(sections.told(p))]
    return next(reversed(named or asking), None)


def _asks(told: Assignment) -> bool:
    return told.way == "none" and (told.orders or told.asks)


def _closes(sections: Sections, paragraph: Paragraph, *, last: bool) -> bool:
    told = sections.told(paragraph)
    if told.way == "ordered" or (told.way == "named" and told.bound):
        return True
    if not last or told.way != "named" or sections.announces(told):
        return False
    if sections.is_report and not sets_limit(paragraph):
        return False
    return not sections.is_issuer(told.names[0][0].name)


def _finding(order: Order) -> Finding[Directive]:
    first, last = order.paragraphs[0], order.paragraphs[-1]
    end = (*order.paragraphs, *order.fields)[-1].end
    assignees: list[Assignee] = []
    parts = {
        "/text": Part((first.origins[0], last.end)),
        "/id": Part((first.start, first.origins[0])),
    }
    for name, role, span in _distinct(order.assigned):
        parts[f"/assignees/{len(assignees)}/name"] = Part(span)
        assignees.append(Assignee(name=name, role=role))
    text = " ".join(paragraph.text for paragraph in order.paragraphs)
    return Finding(
        Directive(id=order.id, assignees=assignees, text=text, deadlines=[]),
        first.start,
        end,
        confidence=order.confidence,
        rule=f"directives.{order.rule}",
        parts=parts,
    )


def _distinct(told: Assigned) -> Assigned:
    """Name everyone once; who leads does not support as well."""
    found: dict[str, tuple[str, Role, Span]] = {}
    for entry in sorted(told, key=lambda entry: entry[1] != "lead"):
        found.setdefault(entry[0].casefold(), entry)
    return tuple(found.values())
