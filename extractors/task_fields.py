"""What a plan prints below a task: `Đơn vị chủ trì: …`, `Thời gian hoàn thành: …`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.language import data
from extractors.structure import Paragraph
from extractors.tasks import names_in
from extractors.told import Assigned, Role
from normalizers import Span

_LONGEST = 40  # letters between a field's first words and its colon


@dataclass(frozen=True, slots=True)
class Fields:
    """The lines that name who does the task above them, by the start of other paragraphs."""

    lines: frozenset[int]
    assigned: Mapping[int, Assigned]  # whom, by the task's start
    behind: Mapping[int, Sequence[Paragraph]]  # the lines, by the paragraph that they follow


def fields_of(body: Sequence[Paragraph]) -> Fields:
    """Return the fields of all tasks of which who leads is named so."""
    found = [p for p in body if p.parent is not None and _pattern().match(p.text)]
    tasks: dict[int, list[Paragraph]] = {}
    for line in found:
        if line.parent is not None:
            tasks.setdefault(_task(line.parent, body, found).start, []).append(line)
    named = {start: tuple(_all_named(lines)) for start, lines in tasks.items()}
    assigned = {
        start: told for start, told in named.items() if any(role == "lead" for _, role, _ in told)
    }
    lines = frozenset(line.start for start in assigned for line in tasks[start])
    return Fields(lines, assigned, _behind(body, lines))


def _behind(body: Sequence[Paragraph], lines: frozenset[int]) -> dict[int, list[Paragraph]]:
    behind: dict[int, list[Paragraph]] = {}
    last = 0
    for paragraph in body:
        if paragraph.start in lines:
            behind.setdefault(last, []).append(paragraph)
        else:
            last = paragraph.start
    return behind


def _task(above: Paragraph, body: Sequence[Paragraph], found: Sequence[Paragraph]) -> Paragraph:
    """Return the task of a line below a paragraph.

    A star below the last of several dashes belongs to what stands above them all.
    """
    if above.kind != "bullet" or above.parent is None:
        return above
    beside = [p for p in body if p.parent is above.parent and p.label and p is not above]
    each = any(other.parent in beside for other in found)
    return above if each or not beside else above.parent


def _all_named(lines: Sequence[Paragraph]) -> Iterator[tuple[str, Role, Span]]:
    for line in lines:
        yield from _named(line)


def _named(paragraph: Paragraph) -> Iterator[tuple[str, Role, Span]]:
    fields = list(_pattern().finditer(paragraph.text))
    ends = [field.start() for field in fields[1:]] + [len(paragraph.text)]
    for field, end in zip(fields, ends, strict=True):
        role: Role = "support" if field["support"] else "lead"
        if field["lead"] or field["support"]:
            place = paragraph.place(field.end(), end)
            for name in names_in(paragraph.text[field.end() : end].rstrip(")")):
                yield name, role, place


@cache
def _pattern() -> regex.Pattern[str]:
    words = data("tasks")["fields"]
    return regex.compile(
        rf"""
        (?: ^ [(*\s]* | (?<= [.;] \s ) )
        (?: \L<who> \s+ (?: (?P<support> \L<supports> ) | (?P<lead> \L<leads> ) )
              (?! \p{{L}} ) [^:.;]{{0,{_LONGEST}}}
          | (?: (?P<support> \L<supports> ) | (?P<lead> \L<leads> ) ) (?: \s \L<alone> )?
          | \L<others> (?! \p{{L}} ) [^:.;]{{0,{_LONGEST}}} )
        \s* : \s*
        """,
        regex.VERBOSE | regex.IGNORECASE,
        who=words["who"],
        supports=words["support"],
        leads=words["lead"],
        others=words["other"],
        alone=words["alone"],
    )
