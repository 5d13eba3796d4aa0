"""Who is told to act in one paragraph, and in which role: `Giao X chủ trì, phối hợp với Y …`."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from spacy.tokens import Span

from extractors.agencies import all_names, names_at
from extractors.language import data
from extractors.limits import phrases
from extractors.mending import mended_branches
from extractors.ordering import (
    asks,
    by_notice,
    by_order,
    concludes,
    informs,
    leads_in,
    leads_to_list,
    past_courtesy,
)
from extractors.others import bracketed, others
from extractors.titles import any_title, run_on, up_to_duty
from extractors.told import Assignment, Way, roles
from extractors.wording import Clause, Name

_REGULARLY = regex.compile(r"định kỳ|h[ằà]ng |chậm nhất|ngay$")
_SPECK = regex.compile(r"\.(?= \p{Ll})")  # a comma: no sentence begins with a small letter
_PRELUDE = 8  # words of `Nhiệm vụ, quyền hạn của`
_LABEL = 8  # words up to the colon of a label
_TITLE = 12  # words before a colon that say what a paragraph is about
_ACTS = ("act", "lead", "support", "manner", "ask", "duty")


def assigned(text: str) -> Assignment:
    """Return whom a paragraph tells to act."""
    clause = Clause.of(_mended(text))
    if not len(clause.words):
        return Assignment("none")
    if concludes(clause):
        return Assignment("none", nominal=True)
    if informs(clause):
        return Assignment("report")
    start = _past_prelude(clause)
    subject, after = names_at(clause, start, loose=start > 0 or clause.people(0) is not None)
    subject, after = run_on(clause, subject, after) if subject else any_title(clause, start)
    subject, after = up_to_duty(clause, start, subject, after)
    told = _by_subject(clause, subject, after) if subject else None
    if told is not None and told.way == "report" and start > 0:
        told = None  # Đối với các hộ chưa đăng ký: UBND xã …
    told = told or by_order(clause, 0)
    return told or _by_later_subject(clause, start) or _by_nobody(clause)


def _mended(text: str) -> str:
    """Return a text with specks in names mended, letter for letter: `Tổ Phòng. chống`."""
    return mended_branches(_SPECK.sub(",", text))


def _past_prelude(clause: Clause) -> int:
    """Return the number of the first word after `Đối với`, `Riêng`, `Trách nhiệm của`.

    What a decision says of itself is passed over: `… có hiệu lực kể từ ngày ký. Chánh Văn phòng`.
    """
    preludes = data("instructions")["prelude"]["words"]
    at = clause.words.index(".") + 1 if _is_of_itself(clause) and "." in clause.words else 0
    first = at
    while at < first + _PRELUDE and clause.word(at).lower() in preludes and clause.head(at) is None:
        at += 1
    return at


def _by_subject(clause: Clause, subject: list[Name], after: int) -> Assignment | None:
    """Read a paragraph that begins with names: they act, they order, or they reported."""
    word, verb = clause.word(after), clause.verb(after)
    leads = bracketed(clause, subject)
    if not word or (word in (":", ".", ";") and not clause.word(after + 1)):
        return Assignment("heading", leads, bare=True)
    if verb is not None and (verb.label_ == "past" or _tells(clause, verb)):
        return Assignment("report", leads)
    bare = subject[0].name.lower() in data("agencies")["bare"]["words"]
    if _labels(clause, after) or (bare and verb is not None and verb.label_ != "duty"):
        return Assignment("none", nominal=True)
    if verb is not None and _assents(clause, verb):
        return by_order(clause, after) or Assignment("report", leads)
    ordered = by_order(clause, after, reach=1)
    ordered = ordered or by_order(clause, past_courtesy(clause, after), reach=1)
    if ordered is not None and not _passes_on(clause, subject, after):
        return ordered
    if (noticed := by_notice(clause, after)) is not None:
        return noticed
    if leads_in(clause) or (verb is None and word not in (":", ",", ";", "(", "-", "–")):
        return None
    bound = any(clause.verb(i, "duty", "lead") for i in range(after, after + 3))
    names = leads + others(clause, after)
    way: Way = "heading" if leads_to_list(clause) else "named"
    acts = verb is not None and verb.label_ in _ACTS
    return Assignment(way, names, bound=bound, acts=acts, announces=_announces(verb))


def _tells(clause: Clause, verb: Span) -> bool:
    """Whether a sentence says what somebody is or has, and gives no duty: `Sở Y tế là đơn vị …`."""
    told = verb.text.lower() in data("instructions")["telling"]["words"]
    has = verb.text.lower() == "có" and leads_to_list(clause)
    bound = any(span.label_ in ("duty", "lead") for span in clause.verbs.values())
    return (told or has) and not bound


def _labels(clause: Clause, at: int) -> bool:
    """Whether the words up to a colon only say what stands behind it: `Cơ quan thẩm định: Sở …`."""
    colon = next((i for i in range(at, at + _LABEL) if clause.word(i) == ":"), 0)
    if not colon or clause.verb(at) is None or not clause.word(colon + 1):
        return False
    if any(phrase.bound for phrase in phrases(clause.doc[colon + 1 :].text)):
        return False
    return not any(
        clause.verb(i, *_ACTS) and (i == colon + 1 or clause.word(i).islower())
        for i in range(colon + 1, len(clause.words))
    )


def _assents(clause: Clause, verb: Span) -> bool:
    """Whether a sentence agrees to something: `UBND tỉnh thống nhất với đề nghị của …`."""
    words = data("instructions")["assenting"]
    return verb.text.lower() in words["words"] and clause.word(verb.end) in words["before"]


def _passes_on(clause: Clause, subject: list[Name], at: int) -> bool:
    """Whether the subject of `chỉ đạo` or `giao` is itself told to act."""
    verb = clause.word(at).lower()
    many = any(name.name.lower().startswith("các ") or " các " in name.name for name in subject)
    whole = clause.verb(at, "order")
    passed = whole is not None and whole.text.lower() in data("instructions")["passed_on"]["words"]
    return passed or (many and verb == "giao")


def _by_later_subject(clause: Clause, start: int) -> Assignment | None:
    """`Định kỳ hằng tháng, các đơn vị báo cáo`, `Thời gian báo cáo: Các đơn vị gửi …`."""
    first, leads = clause.verb(start), leads_in(clause)
    acts = first is not None and first.label_ in _ACTS and not _REGULARLY.match(first.text.lower())
    found = sorted([*all_names(clause), *_bearers(clause)], key=lambda one: one[0])
    for at, names, after in found:
        verb = clause.verb(after)
        entitled = clause.word(at - 1) == ":" and at <= _TITLE
        agreed = clause.word(at - 1) in (";", ".") and any(
            _assents(clause, span) for span in clause.verbs.values() if span.start < at
        )
        if not (entitled or agreed or (clause.word(at - 1) == "," and not acts)):
            continue
        if verb is None or verb.label_ in ("past", "stop", "name") or _orders(clause, after):
            continue
        if (noticed := by_notice(clause, after)) is not None:
            return noticed
        if leads:
            continue
        bound = verb.label_ in ("duty", "lead")
        told = roles(names, "lead") + others(clause, after)
        return Assignment("named", told, bound=bound, acts=True, announces=_announces(verb))
    return None


def _bearers(clause: Clause) -> Iterator[tuple[int, list[Name], int]]:
    """Yield whom a comma sets before a duty: `Trong 24 giờ, đơn vị thi công có trách nhiệm …`."""
    for at in range(1, len(clause.words)):
        if clause.word(at - 1) == "," and clause.loose(at) is not None:
            names, after = up_to_duty(clause, at, *names_at(clause, at, loose=True))
            if names and clause.verb(after, "duty"):
                yield at, names, after


def _orders(clause: Clause, at: int) -> bool:
    """Whether it is the writer who orders: `…, UBND huyện yêu cầu:`."""
    return clause.verb(at, "order") is not None and clause.word(at + 2) == ":"


def _by_nobody(clause: Clause) -> Assignment:
    """Read a paragraph whose actor stands elsewhere: it may still name who supports."""
    first = clause.verb(0)
    counts = clause.word(0) == "Có" and clause.word(1)[:1].isdigit()  # Có 168 tổ …
    told = first is not None and (first.label_ == "past" or _assents(clause, first))
    if counts or told or _is_of_itself(clause):
        return Assignment("report")
    orders = leads_in(clause)
    acts = first is not None and first.label_ in _ACTS
    bound = any(span.label_ == "duty" for span in clause.verbs.values())
    form = clause.word(0).lower() in data("instructions")["forms"]["words"]
    form = form and not any(phrase.bound for phrase in phrases(clause.doc.text))
    nominal = form or ((first is None or first.label_ == "name") and not bound)
    doing = (v for v in clause.verbs.values() if v.label_ in _ACTS and v.label_ != "manner")
    colon = next((i for i in range(1, _LABEL) if clause.word(i) == ":"), 0)
    labels = nominal and colon and not clause.verb(colon + 1, *_ACTS)  # Thời hạn ủy quyền: Kể từ
    return Assignment(
        "none",
        others(clause, 0),
        orders=orders,
        acts=acts,
        nominal=nominal,
        strives=first is not None and first.text.lower().startswith("phấn đấu"),
        inert=form or bool(labels) or (nominal and not any(span.text.islower() for span in doing)),
        asks=asks(clause),
    )


def _is_of_itself(clause: Clause) -> bool:
    """Whether a sentence is about the dispatch: `Công văn này thay thế Công văn số …`."""
    return 0 in clause.documents and "này" in clause.words[:4]


def _announces(verb: Span | None) -> bool:
    return verb is not None and verb.text.lower() in data("instructions")["announcing"]["words"]
