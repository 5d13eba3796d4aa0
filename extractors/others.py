"""Who else a paragraph tells to act: who is to phối hợp, and whom its later sentences name."""

from __future__ import annotations

import regex

from extractors.agencies import names_at
from extractors.told import Role, Told
from extractors.wording import Clause, Name

_SUPPORTING = regex.compile(r"\s*\((?:(?:đơn vị|cơ quan)\s+)?phối hợp\)", regex.IGNORECASE)
_PARTS = frozenset((",", ".", ";"))
STOPS = frozenset((".", "./.", "./", ";"))


def bracketed(clause: Clause, names: list[Name]) -> Told:
    """Return names as leads but for those behind which `(phối hợp)` stands."""
    text = clause.doc.text
    return tuple((name, "support" if supports(text, name.end) else "lead") for name in names)


def supports(text: str, end: int) -> bool:
    """Whether `(phối hợp)` stands behind a name that ends there."""
    return _SUPPORTING.match(text, end) is not None


def others(clause: Clause, start: int, *, spoken: bool = False) -> Told:
    """Return who else is told: those with whom to `phối hợp`, and those of later sentences.

    `spoken` tells that the writer orders: then a semicolon may part one order from the next.
    """
    found: list[tuple[Name, Role]] = []
    at, end = start, len(clause.words)
    while at < end:
        names, after, role = _other_at(clause, at, STOPS if spoken else STOPS - {";"})
        found += ((name, role) for name in names)
        at = max(after, at + 1)
    return tuple(found)


def _other_at(clause: Clause, at: int, stops: frozenset[str]) -> tuple[list[Name], int, Role]:
    support = clause.verb(at, "support")
    if support is not None:
        acts = clause.verb(support.end, "act") is not None  # phối hợp tổ chức tập huấn
        names, after = names_at(clause, support.end, loose=not acts)
        return names, after, "support"
    lead = clause.verb(at, "lead")
    if lead is not None and clause.word(lead.end) in ("cùng", "với"):
        after = lead.end + 1 + (clause.word(lead.end + 1) == "với")  # chủ trì cùng với
        names, after = names_at(clause, after, loose=True)
        return names, after, "support"
    together = clause.word(at).lower() == "cùng" and clause.word(at - 1) in (",", "")
    people = clause.word(at - 1) == ";" and clause.people(at) is not None
    first = at + together + (clause.word(at + 1) == "với")
    names, after = names_at(clause, first, loose=people)
    if not names:
        return [], at + 1, "lead"
    if together:
        return names, after, "support"
    support = clause.verb(after, "support")
    if clause.word(at - 1) in _PARTS and support is not None:
        with_whom = clause.word(at - 1) != "," and names_at(clause, support.end)[0]
        return names, after, "lead" if with_whom else "support"
    each = clause.word(at).lower() in ("mỗi", "từng")
    labels = ("lead", "duty") if each else ("lead", "duty", "act", "manner")
    if clause.word(at - 1) in STOPS and clause.verb(after, *labels):
        return names, after, "lead"
    if _is_ordered(clause, at, stops):
        return names, after, "lead"
    parts = (i + 1 for i in range(at, after) if clause.word(i) == ";")  # báo cáo Sở A; Sở B chủ trì
    return [], next(parts, after), "lead"


def _is_ordered(clause: Clause, at: int, stops: frozenset[str]) -> bool:
    """Whether a verb of instruction that opens a clause stands just before."""
    for i in (at - 1, at - 2, at - 3):
        verb = clause.verb(i, "order")
        if verb is not None and verb.end == at:
            return clause.word(i - 1) in stops or (i == 0 and bool(stops))
    return False
