"""Names of teams that hold a verb: `Đoàn thẩm định`, `Hội đồng Xét công nhận Sáng kiến`."""

from __future__ import annotations

from extractors.joints import BREAKS
from extractors.language import data
from extractors.wording import Clause

_FAR = 6  # words in which a duty tells that all before it is the name
_NEAR = 3  # words of what the team is about: Hội đồng xét duyệt thi đua
_ACTS = ("act", "manner", "duty", "lead", "support", "ask", "order")


def goes_on(clause: Clause, at: int) -> bool:
    """Whether a verb belongs to the name of the team before it, as another verb comes next."""
    verb = clause.verb(at, "act")
    if verb is None:
        return False
    if clause.verb(at - 1, "act") is not None and clause.capital(at - 1):
        return clause.capital(verb.end)  # Xét công nhận Sáng kiến
    words = data("instructions")["teams"]
    if clause.word(at - 1).lower() not in words["heads"] or verb.text.lower() not in words["verbs"]:
        return False
    for i in range(verb.end, verb.end + _FAR):
        word, near = clause.word(i), i <= verb.end + _NEAR
        if not word or word == "," or word in BREAKS or word.lower() in words["objects"]:
            return False
        if clause.verb(i, "duty") or (near and clause.verb(i, *_ACTS)):
            return True
    return False
