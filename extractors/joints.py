"""Where a name ends among the words around it: marks, conjunctions, verbs."""

from __future__ import annotations

from extractors.wording import Clause

BREAKS = frozenset([";", ":", ".", "./.", "./", "!", "?", ")", "]", "(", "[", "…", "”", "“", '"'])
ANDS = frozenset(("và", "&", "hoặc", "cùng"))


def past_joint(clause: Clause, at: int) -> int:
    """Return the number of the word after a comma or an `và`; the same where there is none."""
    while clause.word(at) in ANDS or clause.word(at) in (",", ";"):
        at += 1
    return at


def stops(clause: Clause, at: int) -> bool:
    """Whether a verb ends a name here; in `Công nghệ thông tin và Truyền thông` none does."""
    verb = clause.verb(at)
    if verb is None or verb.label_ == "name" or not clause.word(at).islower():
        return False
    joined = clause.word(verb.end) == "và" and clause.capital(verb.end + 1)
    return (
        not joined or verb.label_ not in ("act", "manner") or clause.head(verb.end + 1) is not None
    )
