"""Paragraphs that begin with somebody no list knows, told by the ones beside them.

Where `1. Sở Y tế: …` and `2. Công an tỉnh: …` name who is to act, `3. Ký túc xá: …` does too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.language import data
from extractors.others import others
from extractors.structure import Paragraph
from extractors.titles import spread
from extractors.told import Assignment, Told, roles
from extractors.wording import Clause

_SURE = 2  # so many beside it name somebody at least
_NAME = 20  # words of a name before a colon
_SUBJECT = 6  # words of a name before its verb
_ACTS = ("act", "lead", "support", "manner", "duty")


def by_siblings(
    body: Sequence[Paragraph], assignments: Mapping[int, Assignment]
) -> dict[int, Assignment]:
    """Return what the paragraphs say of which only the ones beside them tell that they name."""
    beside: dict[tuple[int | None, str | None], list[Paragraph]] = {}
    for paragraph in body:
        if paragraph.label is not None:
            above = paragraph.parent.start if paragraph.parent else None
            beside.setdefault((above, paragraph.kind), []).append(paragraph)
    found: dict[int, Assignment] = {}
    for siblings in beside.values():
        told = [assignments[p.start] for p in siblings if not _is_topic(p.text)]
        if sum(map(_begins_with_name, told)) < max(_SURE, len(told) / 3):
            continue
        for paragraph in siblings:
            said = assignments[paragraph.start]
            if said.way == "none" and said.nominal and not _is_topic(paragraph.text):
                found |= _named(paragraph)
    return found


def _begins_with_name(told: Assignment) -> bool:
    return told.way in ("heading", "named") and bool(told.leads) and not told.orders


def _named(paragraph: Paragraph) -> dict[int, Assignment]:
    clause = Clause.of(paragraph.text)
    end = _name_end(clause)
    if not end or not clause.capital(0) or 0 in clause.documents:
        return {}
    leads: Told = roles(spread(clause, 0, end), "lead")
    bare = clause.word(end) in ("", ":") and not clause.word(end + 1)
    told = leads if bare else leads + others(clause, end)
    return {paragraph.start: Assignment("heading" if bare else "named", told, bare=bare)}


def _name_end(clause: Clause) -> int:
    """Return the number of the word after a name that begins a paragraph; 0 where none does."""
    for at in range(min(_NAME + 1, len(clause.words))):
        word = clause.word(at)
        if word == ":":
            return at
        if clause.verb(at, *_ACTS) and (at == 0 or word.islower()):
            return at if at <= _SUBJECT else 0
        if clause.verb(at, "stop", "past", "order") or not (word.isalpha() or word in ",-–&"):
            return 0
    return len(clause.words) if len(clause.words) <= _NAME else 0


def _is_topic(text: str) -> bool:
    """Whether a paragraph begins with what is spoken of: `Công tác tuyên truyền: …`."""
    return text.casefold().startswith(tuple(data("instructions")["topics"]["words"]))
