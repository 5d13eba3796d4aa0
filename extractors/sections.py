"""The headings over a paragraph: whom they tell to act, and whether they report or order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.alike import by_siblings
from extractors.assignments import assigned
from extractors.head import Head
from extractors.language import data
from extractors.limits import phrases
from extractors.structure import Paragraph
from extractors.task_fields import Fields, fields_of
from extractors.told import Assigned, Assignment, Told

_INVITES = regex.compile(r"\bmời\b[^.;]*:\W*$")  # those whom it lists are guests
_SENT = regex.compile(
    r"(?<=(?:báo cáo|gửi|nộp|trả|tổng hợp|thông báo|theo dõi)) (?:kết quả|tình hình)"
)
_MOST = 0.6  # so many things among the items of a list of things
_DOT = regex.compile(r"(?<=\p{L})[.,](?=\p{L})")  # a speck: KIẾN.NGHỊ
_BEGINNING = 25  # letters of a heading in which it names an aim
_HEADING = 25  # words: a longer paragraph is no heading


@dataclass(frozen=True, slots=True)
class Sections:
    """The body's paragraphs with what each says of who is to act."""

    head: Head
    assignments: Mapping[int, Assignment]  # by the paragraph's start
    intros: Mapping[int, Paragraph | None]  # the sentence that leads the paragraph's list in
    siblings: Mapping[int, Paragraph]  # the leaf before it below the same heading
    children: Mapping[int, list[Paragraph]]  # all that stands below, by the heading's start
    fields: Fields  # what names a task's actors in lines of its own

    @classmethod
    def of(cls, body: Sequence[Paragraph], head: Head) -> Sections:
        """Read the paragraphs of a body."""
        assignments = {p.start: assigned(p.text) for p in body}
        assignments |= by_siblings(body, assignments)
        intros: dict[int, Paragraph | None] = {}
        intro: Paragraph | None = None
        for paragraph in body:
            if paragraph.label is None and paragraph.leads_in:
                intro = paragraph
            intros[paragraph.start] = intro
        siblings = {
            after.start: before
            for before, after in pairwise(body)
            if before.kind == after.kind == "bullet" and before.parent is after.parent
        }
        children: dict[int, list[Paragraph]] = {}
        for paragraph in body:
            for above in paragraph.ancestors():
                children.setdefault(above.start, []).append(paragraph)
        return cls(head, assignments, intros, siblings, children, fields_of(body))

    def told(self, paragraph: Paragraph) -> Assignment:
        """Return whom a paragraph itself tells to act."""
        return self.assignments[paragraph.start]

    def inherited(self, paragraph: Paragraph) -> tuple[Assigned, bool]:
        """Return who is told by the headings above, and whether anything there orders."""
        found, orders = self._above(paragraph)
        if (
            not found
            and self.told(paragraph).acts
            and (before := self.siblings.get(paragraph.start))
        ):
            told = self.told(before)
            found = placed(before, told.leads) if told.way == "named" else ()
        return found, orders

    def is_headed(self, paragraph: Paragraph) -> bool:
        """Whether a labeled paragraph above names who is to act."""
        return any(self.told(above).leads for above in paragraph.ancestors())

    def _above(self, paragraph: Paragraph) -> tuple[Assigned, bool]:
        orders = False
        intro = self.intros[paragraph.start]
        for above in (*paragraph.ancestors(), *((intro,) if intro else ())):
            told = self.told(above)
            if above.start in self.fields.assigned:
                return self.fields.assigned[above.start], True
            if above is intro and not (told.orders or self._leads(intro, paragraph)):
                break
            if told.leads and told.way in ("heading", "ordered", "named"):
                return placed(above, told.names), True
            orders = orders or told.orders
        return (), orders

    def _leads(self, intro: Paragraph, paragraph: Paragraph) -> bool:
        """Whether names before a colon, without a label, head the list that a paragraph is of."""
        told = self.told(intro)
        heads = told.bare or (told.way == "heading" and told.bound)
        return heads and intro.parent is paragraph.parent

    def below(self, heading: Paragraph) -> list[Paragraph]:
        """Return the paragraphs below a heading."""
        return self.children.get(heading.start, [])

    def fields_behind(self, paragraph: Paragraph) -> tuple[Paragraph, ...]:
        """Return the lines right behind a paragraph that name who does it, and when."""
        return tuple(self.fields.behind.get(paragraph.start, ()))

    def lists_things(self, heading: Paragraph, items: Sequence[Paragraph]) -> bool:
        """Whether a heading orders by itself, and its items only name things (forms, fields)."""
        told = self.told(heading)
        speaks = told.acts or told.way in ("ordered", "named")
        if not speaks or heading.text.isupper() or any(sets_limit(item) for item in items):
            return False
        inert = sum(self.told(item).inert for item in items)
        mostly = told.acts and not told.leads and inert >= _MOST * len(items)
        return mostly or all(self.told(item).nominal for item in items)

    @property
    def is_report(self) -> bool:
        """Whether the dispatch is a report (báo cáo)."""
        return self.head.document_type is not None and self.head.document_type.code == "BC"

    def reports(self, paragraph: Paragraph) -> bool:
        """Whether the headings above say that it is told what was done, or what is."""
        intro = self.intros[paragraph.start]
        if intro is not None and self.told(intro).orders and not self.is_report:
            inside = [a for a in paragraph.ancestors() if a.start > intro.start]
            if len(inside) < len(list(paragraph.ancestors())):
                return False
        above = [_said(a).casefold() for a in paragraph.ancestors()]
        above = above if self.is_report else [_SENT.sub("", heading) for heading in above]
        told = (_told(heading) for heading in reversed(above) if len(heading.split()) <= _HEADING)
        invites = intro is not None and _INVITES.search(intro.text) is not None
        return next((one == "results" for one in told if one), self.is_report or invites)

    def plans(self, paragraph: Paragraph) -> bool:
        """Whether it stands under a plan's heading of tasks."""
        kind = self.head.document_type
        planned = kind is not None and kind.code in data("instructions")["plans"]["words"]
        return planned and self.are_tasks(paragraph, "contents")

    def are_tasks(self, paragraph: Paragraph, other: str = "tasks") -> bool:
        """Whether a heading above says that tasks follow, or names what another label does."""
        above = (_said(a).casefold() for a in paragraph.ancestors())
        return any(_told(one) == "tasks" or _first(other, one) >= 0 for one in above)

    def announces(self, told: Assignment) -> bool:
        """Whether somebody makes something known; many who are to report are told to."""
        return told.announces and not is_many(told.names[0][0].name)

    def is_issuer(self, name: str) -> bool:
        """Whether a name is the issuing body's own."""
        issuer = self.head.issuer
        if issuer is None:
            return False
        full = f"{issuer.name} {issuer.parent or ''}"
        return _spelled_out(full).startswith(_spelled_out(name))


def sets_limit(item: Paragraph, *, long: bool = False) -> bool:
    """Whether a short paragraph says by when something is due: `Học kỳ I: trước 15/01/2024`."""
    short = long or len(item.text.split()) <= _HEADING
    return short and any(phrase.bound is not None for phrase in phrases(item.text))


def is_many(name: str) -> bool:
    """Whether a name stands for many: `các đơn vị`, `Thủ trưởng các cơ quan`."""
    words = name.lower().split()
    return any(word in data("agencies")["many"]["words"] for word in words[:-1])


def is_title(heading: Paragraph) -> bool:
    """Whether a paragraph is a heading, and says nothing by itself."""
    return len(heading.text.split()) <= _HEADING and not heading.text.rstrip().endswith((".", ";"))


def _said(heading: Paragraph) -> str:
    """Return a heading's words: of one that leads a list in, its last sentence."""
    said = heading.text.rpartition(". ")[2] if heading.leads_in else heading.text
    return _DOT.sub(" ", said)


def _told(heading: str) -> str | None:
    """Return what a heading announces: `results`, `tasks` or neither; what it names first counts.

    Beside tasks neither aims nor the time and place are results: `Mục tiêu, nhiệm vụ`.
    """
    results, tasks = _first("results", heading), _first("tasks", heading)
    if results >= 0 and not 0 <= tasks < results:
        return "results"
    if tasks >= 0:
        return "tasks"
    aims = _first("aims", heading[:_BEGINNING]) >= 0 > _first("contents", heading)
    return "results" if aims else None


def _first(label: str, heading: str) -> int:
    """Return where the first word of a label stands; -1 where none does."""
    found = map(heading.find, data("instructions")[label]["words"])
    return min((at for at in found if at >= 0), default=-1)


def _spelled_out(name: str) -> str:
    for short, full in data("agencies")["short"]["forms"].items():
        name = name.replace(short, full)
    return name.casefold()


def placed(paragraph: Paragraph, told: Told) -> Assigned:
    """Return names with their places in the dispatch's text."""
    return tuple((name.name, role, paragraph.place(name.start, name.end)) for name, role in told)
