"""Lists that share a head, dealt out: `Giám đốc các Sở: Nội vụ, Tài chính` is two directors."""

from __future__ import annotations

from spacy.tokens import Span

from extractors.joints import ANDS, BREAKS, past_joint, stops
from extractors.language import data
from extractors.wording import Clause, Name


def dealt(clause: Clause, head: Span) -> tuple[list[Name], int]:
    """Deal a list out: `Giám đốc các Sở: Nội vụ, Tài chính` is two directors."""
    kinds = data("agencies")["dealt"]["kinds"]
    for at in range(head.start, min(head.end + 8, len(clause.words) - 2)):
        kind = clause.word(at + 1)
        if clause.word(at) in BREAKS or clause.word(at) == ",":
            break
        joined = clause.word(at) in ANDS and clause.head(at + 1) is not None
        if at >= head.end and (joined or stops(clause, at)):
            break
        if clause.word(at).lower() != "các" or kind.lower() not in kinds:
            continue
        listed = clause.word(at + 2) == ":"
        first = at + 3 if listed else at + 2
        known = clause.head(at + 1)
        if known is not None and len(known) > 1 and not listed:
            continue  # các Trạm Y tế
        near = listed or at < head.end + 2
        if near and clause.capital(first) and (clause.head(first) is None or listed):
            before = clause.doc[head.start : at].text_with_ws if at > head.start else ""
            dealt, end = _deal(clause, first, before, kind if before else kind.capitalize())
            if listed or len(dealt) > 1:
                return dealt, end
    return [], head.end


def _deal(clause: Clause, at: int, before: str, kind: str) -> tuple[list[Name], int]:
    found: list[Name] = []
    end = at
    while clause.capital(at) or clause.labeled(at, "kin"):
        ministry = kind.lower() == "bộ" and clause.word(at) == "Công"  # Bộ Công an
        if clause.head(at) is not None and not ministry:
            break
        if (kin := clause.labeled(at, "kin")) is not None:
            kind, at = kin.text, kin.end
            if not clause.capital(at):
                break
        end = _item_end(clause, at)
        found.append(clause.name(at, end, f"{before}{kind} "))
        at = past_joint(clause, end)
        if at == end:
            break
    return found, end


def _item_end(clause: Clause, at: int) -> int:
    field = clause.labeled(at, "field") or clause.labeled(at, "body")
    at = field.end if field else at + 1
    while at < len(clause.words):
        word = clause.word(at)
        if word in BREAKS or word == "," or word in ANDS:
            break
        if stops(clause, at):
            break
        at += 1
    return at
