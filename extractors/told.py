"""What a paragraph says of who is to act: the names, their roles, and how it says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.wording import Name
from normalizers import Span

Role = Literal["lead", "support"]
Way = Literal["ordered", "named", "heading", "report", "none"]
Told = tuple[tuple[Name, Role], ...]
Assigned = tuple[tuple[str, Role, Span], ...]  # name, role, place in the dispatch's text


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is told to act, and how the paragraph says so.

    `ordered` by a verb of instruction, `named` as the subject of an act, only named in a
    `heading`; a `report` says what somebody did; `none` names nobody who is to lead.
    `orders` tells that a verb of instruction stands there, whoever is meant; `bound` that the
    subject has a duty (có trách nhiệm) or leads.
    """

    way: Way
    names: Told = ()
    orders: bool = False
    bare: bool = False  # nothing but names stands there
    bound: bool = False
    acts: bool = False  # it says what is to be done
    strives: bool = False  # it begins with phấn đấu: a target
    inert: bool = False  # nothing in it acts: a list of people or things
    nominal: bool = False  # it only names a thing: a form, a field of work
    announces: bool = False  # the subject makes something known
    delegates: bool = False  # it begins with giao or chỉ đạo: whoever is told may pass it on
    directs: bool = False  # it begins with chỉ đạo: who is told above is to see to it
    asks: bool = False  # amid it something is asked of nobody: nếu vướng mắc, đề nghị phản ánh
    later: bool = False  # a sentence before the order says what somebody else is to do

    @property
    def leads(self) -> Told:
        """Who is to lead."""
        return tuple(pair for pair in self.names if pair[1] == "lead")

    @property
    def supports(self) -> Told:
        """Who is to support."""
        return tuple(pair for pair in self.names if pair[1] == "support")


def roles(names: list[Name], role: Role) -> Told:
    """Return names with one role."""
    return tuple((name, role) for name in names)
