"""What a plan prints below a task: `Đơn vị chủ trì: …`, `Thời gian hoàn thành: …`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractors.language import data
from extractors.sections import Assigned
from extractors.structure import Paragraph
from extractors.tasks import names_in
from extractors.told import Role

_LONGEST = 40  # letters between a field's first words and its colon


def assigned_below(below: Sequence[Paragraph]) -> Assigned:
    """Return who leads and who supports, where nothing but such fields stands below a task."""
    if not below or not all(_pattern().match(paragraph.text) for paragraph in below):
        return ()
    found = [entry for paragraph in below for entry in _named(paragraph)]
    return tuple(found) if any(role == "lead" for _, role, _ in found) else ()


def _named(paragraph: Paragraph) -> Iterator[tuple[str, Role, tuple[int, int]]]:
    fields = list(_pattern().finditer(paragraph.text))
    ends = [field.start() for field in fields[1:]] + [len(paragraph.text)]
    for field, end in zip(fields, ends, strict=True):
        role: Role = "support" if field["support"] else "lead"
        if field["lead"] or field["support"]:
            place = paragraph.place(field.end(), end)
            for name in names_in(paragraph.text[field.end() : end]):
                yield name, role, place


@cache
def _pattern() -> regex.Pattern[str]:
    words = data("tasks")["fields"]
    return regex.compile(
        rf"""
        (?: ^ | (?<= [.;] \s ) )
        (?: (?: \L<who> \s+ )? (?: (?P<support> \L<supports> ) | (?P<lead> \L<leads> ) )
          | \L<others> )
        (?! \p{{L}} ) [^:.;]{{0,{_LONGEST}}} : \s*
        """,
        regex.VERBOSE | regex.IGNORECASE,
        who=words["who"],
        supports=words["support"],
        leads=words["lead"],
        others=words["other"],
    )
