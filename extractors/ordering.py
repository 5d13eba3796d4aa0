"""Verbs of instruction: whom a paragraph orders or asks to act: `Giao Sở Y tế chủ trì …`."""

from __future__ import annotations

import regex
from spacy.tokens import Span

from extractors.agencies import all_names, names_at
from extractors.language import data
from extractors.others import STOPS, others
from extractors.structure import LEADS_IN
from extractors.told import Assignment, Way, roles
from extractors.wording import Clause

_TASKS = regex.compile(  # thực hiện một số nội dung sau:
    r"(?<!đã )(?:thực hiện|triển khai|tập trung) (?:tốt |nghiêm |ngay )?(?:một số |các |những )"
    r"(?:nội dung|nhiệm vụ|công việc|biện pháp|giải pháp|việc|vấn đề)[^.;:]{0,40}sau(?: đây)?\W*$",
    regex.IGNORECASE,
)
_CONCLUDES = regex.compile(  # Phó Chủ tịch kết luận như sau:
    r"(?<=\p{L} )(?:kết luận|(?:có|cho) ý kiến(?: chỉ đạo)?|thống nhất|nhất trí)"
    r"(?: (?:một số |các |những )?(?:nội dung|vấn đề|nhiệm vụ))?(?: chính| cụ thể)?"
    r"(?: như sau| sau)?\W*$",
    regex.IGNORECASE,
)
_INFORMS = regex.compile(r"^[^.;]{0,80}(?:xin|trân trọng|kính) thông báo (?:để|đến)[^.;]*biết")
_NEAR = 2  # words before a verb that asks: Kính đề nghị
_OPENINGS = frozenset((",", ";", ".", ":", ")", "-", "–", "“", '"'))


def by_order(clause: Clause, start: int, reach: int = 10_000) -> Assignment | None:
    """Read the first verb of instruction that is followed by names, or opens the paragraph."""
    end = min(len(clause.words), start + reach)
    for at in range(start, end):
        asking = at <= start + _NEAR or _goes_on(clause, start, at)
        verb = clause.verb(at, *(("order", "ask") if asking else ("order",)))
        if verb is None or not (at == start or _speaks(clause, at)) or _says_twice(clause, verb):
            continue
        if verb.text.lower().endswith("mong") and clause.word(verb.end) == "nhận":
            continue  # Rất mong nhận được sự phối hợp
        first = _past_to(clause, verb.end)
        names, after = names_at(clause, first, loose=True)
        if names and not (verb.label_ == "ask" and clause.word(after) in STOPS):
            closing = leads_to_list(clause) or (verb.label_ == "ask" and not clause.word(after))
            told = roles(names, "lead") + others(clause, after, spoken=True)
            way: Way = "heading" if closing else "ordered"
            passes = at == start and _may_pass_on(clause, verb)
            directs = passes and verb.text.lower() in data("instructions")["passed_on"]["words"]
            later = _acts_first(clause, start, at)
            return Assignment(
                way, told, orders=True, delegates=passes, directs=directs, later=later
            )
        asked = verb.label_ == "order" or not (names or clause.word(verb.end) in STOPS)
        if (
            at == start
            and asked
            and verb.text.lower() not in data("instructions")["also_act"]["words"]
        ):
            return Assignment("none", others(clause, verb.end), orders=True)
    return None


def _acts_first(clause: Clause, start: int, at: int) -> bool:
    """Whether an act begins the paragraph, and the order a later sentence."""
    acts = clause.verb(start, "act", "manner") is not None
    return acts and clause.word(at - 1) == "."


def _goes_on(clause: Clause, start: int, at: int) -> bool:
    """Whether a verb that asks follows another one: `Kiến nghị, đề xuất`."""
    first = clause.verb(start, "order", "ask")
    return first is not None and at == first.end + 1 and _says_twice(clause, first)


def _says_twice(clause: Clause, verb: Span) -> bool:
    """Whether a second such verb follows at once: `Kiến nghị, đề xuất`."""
    joined = clause.word(verb.end) in (":", ",", "và", "-")
    return joined and clause.verb(verb.end + 1, "order", "ask") is not None


def _may_pass_on(clause: Clause, verb: Span) -> bool:
    """Whether who is told to act may be told to say it: `Giao Phòng …`, `Đề xuất với Sở …`."""
    with_whom = verb.label_ == "ask" and clause.word(verb.end) == "với"
    return with_whom or verb.text.lower() in data("instructions")["also_act"]["words"]


def _past_to(clause: Clause, at: int) -> int:
    """Return the number of the word after `cho`, `với`, `đối với`, a colon."""
    while clause.word(at).lower() in data("instructions")["to"]["words"]:
        at += 1
    return at


def _speaks(clause: Clause, at: int) -> bool:
    """Whether the writer orders here; with chỉ đạo somebody else is to, who acts before."""
    verb = clause.verb(at, "order")
    passed = verb is not None and verb.text.lower() in data("instructions")["passed_on"]["words"]
    return not passed and _stands_free(clause, at)


def _stands_free(clause: Clause, at: int) -> bool:
    """Whether a verb opens a clause or follows who orders: `, Sở Y tế đề nghị`."""
    words = data("instructions")
    verb = clause.verb(at, "order")
    asks = verb is not None and verb.text.lower() in words["asking"]["words"]
    if asks and clause.word(at - 1).lower() not in words["passive"]["words"]:
        return True
    while clause.word(at - 1).lower() in words["courtesy"]["words"]:
        at -= 1
    if at == 0 or clause.word(at - 1) in _OPENINGS:
        return True
    return any(end == at for _, _, end in all_names(clause))


def past_courtesy(clause: Clause, at: int) -> int:
    """Return the number of the word after `trân trọng`, `đồng ý`."""
    while clause.word(at).lower() in data("instructions")["courtesy"]["words"]:
        at += 1
    return at


def asks(clause: Clause) -> bool:
    """Whether a clause asks without saying whom: `nếu có vướng mắc, đề nghị phản ánh về Sở`."""
    asking = data("instructions")["asking"]["words"]
    return any(
        verb.text.lower() in asking
        and clause.verb(verb.end, "act", "manner") is not None
        and _stands_free(clause, at)
        for at, verb in clause.verbs.items()
    )


def leads_to_list(clause: Clause) -> bool:
    """Whether the paragraph ends with a colon: a list follows."""
    return LEADS_IN.search(clause.doc.text) is not None


def by_notice(clause: Clause, at: int) -> Assignment | None:
    """Read tasks of which somebody is told: `Sở Y tế gửi các xã … thực hiện một số việc sau:`."""
    verb = clause.verb(at)
    if verb is None or not _TASKS.search(clause.doc.text):
        return None
    if verb.text.lower() not in data("instructions")["announcing"]["words"]:
        return None
    names, _ = names_at(clause, _past_to(clause, verb.end), loose=True)
    return Assignment("heading" if names else "none", roles(names, "lead"), orders=True)


def informs(clause: Clause) -> bool:
    """Whether somebody only makes something known: `xin thông báo để các Bộ biết, thực hiện`."""
    return _INFORMS.search(clause.doc.text) is not None


def concludes(clause: Clause) -> bool:
    """Whether the paragraph leads in what somebody has said: findings and orders alike."""
    return leads_to_list(clause) and _CONCLUDES.search(clause.doc.text) is not None


def leads_in(clause: Clause) -> bool:
    """Whether the paragraph ends with an order that a list follows: `UBND huyện yêu cầu:`."""
    if not leads_to_list(clause):
        return False
    if _TASKS.search(clause.doc.text):
        return True
    return any(
        clause.verb(i, "order")
        and clause.word(i).islower()
        and (_stands_free(clause, i) or clause.word(i + 2) == ":")
        for i in range(max(0, len(clause.words) - 14), len(clause.words))
    )
