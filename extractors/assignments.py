"""Who is told to act in one paragraph, and in which role: `Giao X chủ trì, phối hợp với Y …`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex
from spacy.tokens import Span

from extractors.agencies import all_names, names_at
from extractors.language import data
from extractors.structure import LEADS_IN
from extractors.wording import Clause, Name

Role = Literal["lead", "support"]
Way = Literal["ordered", "named", "heading", "report", "none"]
Told = tuple[tuple[Name, Role], ...]

_REGULARLY = regex.compile(r"định kỳ|h[ằà]ng ")
_SUPPORTING = regex.compile(r"\s*\((?:(?:đơn vị|cơ quan)\s+)?phối hợp\)", regex.IGNORECASE)
_OPENINGS = frozenset((",", ";", ".", ":", ")", "-", "–", "“", '"'))
_PRELUDE = 8  # words of `Nhiệm vụ, quyền hạn của`
_LABEL = 8  # words up to the colon of a label
_TITLE = 12  # words before a colon that say what a paragraph is about
_ACTS = ("act", "lead", "support", "manner", "ask", "duty")
_STOPS = frozenset((".", "./.", "./", ";"))


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
    asks: bool = (
        False  # amid it something is asked of nobody by name: nếu vướng mắc, đề nghị phản ánh
    )

    @property
    def leads(self) -> Told:
        """Who is to lead."""
        return tuple(pair for pair in self.names if pair[1] == "lead")

    @property
    def supports(self) -> Told:
        """Who is to support."""
        return tuple(pair for pair in self.names if pair[1] == "support")


def assigned(text: str) -> Assignment:
    """Return whom a paragraph tells to act."""
    clause = Clause.of(text)
    if not len(clause.words):
        return Assignment("none")
    start = _past_prelude(clause)
    subject, after = names_at(clause, start, loose=start > 0 or clause.people(0) is not None)
    told = _by_subject(clause, subject, after) if subject else None
    return told or _by_order(clause, 0) or _by_later_subject(clause, start) or _by_nobody(clause)


def _past_prelude(clause: Clause) -> int:
    """Return the number of the first word after `Đối với`, `Riêng`, `Trách nhiệm của`."""
    preludes = data("instructions")["prelude"]["words"]
    at = 0
    while at < _PRELUDE and clause.word(at).lower() in preludes:
        at += 1
    return at


def _by_subject(clause: Clause, subject: list[Name], after: int) -> Assignment | None:
    """Read a paragraph that begins with names: they act, they order, or they reported."""
    word, verb = clause.word(after), clause.verb(after)
    leads = _bracketed(clause, subject)
    if not word or (word in (":", ".", ";") and not clause.word(after + 1)):
        return Assignment("heading", leads, bare=True)
    if verb is not None and (verb.label_ == "past" or _tells(clause, verb)):
        return Assignment("report", leads)
    bare = subject[0].name.lower() in data("agencies")["bare"]["words"]
    if _labels(clause, after) or (bare and verb is not None and verb.label_ != "duty"):
        return Assignment("none", nominal=True)
    if verb is not None and _assents(clause, verb):
        return _by_order(clause, after) or Assignment("report", leads)
    ordered = _by_order(clause, after, reach=1)
    ordered = ordered or _by_order(clause, _past_courtesy(clause, after), reach=1)
    if ordered is not None and not _passes_on(clause, subject, after):
        return ordered
    if verb is None and word not in (":", ",", ";", "(", "-", "–"):
        return None
    bound = any(clause.verb(i, "duty", "lead") for i in range(after, after + 3))
    names = leads + _others(clause, after)
    way: Way = "heading" if _leads_to_list(clause) else "named"
    acts = verb is not None and verb.label_ in _ACTS
    return Assignment(way, names, bound=bound, acts=acts, announces=_announces(verb))


def _tells(clause: Clause, verb: Span) -> bool:
    """Whether a sentence says what somebody is or has, and gives no duty: `Sở Y tế là đơn vị …`."""
    told = verb.text.lower() in data("instructions")["telling"]["words"]
    has = verb.text.lower() == "có" and _leads_to_list(clause)
    bound = any(span.label_ in ("duty", "lead") for span in clause.verbs.values())
    return (told or has) and not bound


def _labels(clause: Clause, at: int) -> bool:
    """Whether the words up to a colon only say what stands behind it: `Cơ quan thẩm định: Sở …`."""
    colon = next((i for i in range(at, at + _LABEL) if clause.word(i) == ":"), 0)
    if not colon or clause.verb(at) is None or not clause.word(colon + 1):
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


def _by_order(clause: Clause, start: int, reach: int = 10_000) -> Assignment | None:
    """Read the first verb of instruction that is followed by names, or opens the paragraph."""
    end = min(len(clause.words), start + reach)
    for at in range(start, end):
        verb = clause.verb(at, *(("order", "ask") if at <= start + 2 else ("order",)))
        if verb is None or not (at == start or _speaks(clause, at)):
            continue
        first = verb.end + 1 if clause.word(verb.end) in (":", "cho") else verb.end
        names, after = names_at(clause, first, loose=True)
        if names and not (verb.label_ == "ask" and _ends(clause, after)):
            closing = _leads_to_list(clause)
            told = _roles(names, "lead") + _others(clause, after, spoken=True)
            way: Way = "heading" if closing else "ordered"
            passes = at == start and verb.text.lower() in data("instructions")["also_act"]["words"]
            directs = passes and verb.text.lower() in data("instructions")["passed_on"]["words"]
            return Assignment(way, told, orders=True, delegates=passes, directs=directs)
        asked = verb.label_ == "order" or not names
        if (
            at == start
            and asked
            and verb.text.lower() not in data("instructions")["also_act"]["words"]
        ):
            return Assignment("none", _others(clause, verb.end), orders=True)
    return None


def _ends(clause: Clause, at: int) -> bool:
    """Whether nothing is asked of those named: `Kính báo cáo Hội đồng nhân dân tỉnh./.`."""
    return not clause.word(at) or clause.word(at) in _STOPS


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


def _past_courtesy(clause: Clause, at: int) -> int:
    """Return the number of the word after `trân trọng`, `đồng ý`."""
    while clause.word(at).lower() in data("instructions")["courtesy"]["words"]:
        at += 1
    return at


def _by_later_subject(clause: Clause, start: int) -> Assignment | None:
    """`Định kỳ hằng tháng, các đơn vị báo cáo`, `Thời gian báo cáo: Các đơn vị gửi …`."""
    first = clause.verb(start)
    acts = first is not None and first.label_ in _ACTS and not _REGULARLY.match(first.text.lower())
    for at, names, after in all_names(clause):
        verb = clause.verb(after)
        entitled = clause.word(at - 1) == ":" and at <= _TITLE
        if not (entitled or (clause.word(at - 1) == "," and not acts)):
            continue
        if verb is None or verb.label_ in ("past", "stop", "name"):
            continue
        bound = verb.label_ in ("duty", "lead")
        told = _roles(names, "lead") + _others(clause, after)
        return Assignment("named", told, bound=bound, acts=True, announces=_announces(verb))
    return None


def _by_nobody(clause: Clause) -> Assignment:
    """Read a paragraph whose actor stands elsewhere: it may still name who supports."""
    first = clause.verb(0)
    if first is not None and first.label_ == "past":
        return Assignment("report")
    orders = _leads_in(clause)
    acts = first is not None and first.label_ in _ACTS
    bound = any(span.label_ == "duty" for span in clause.verbs.values())
    nominal = (first is None or first.label_ == "name") and not bound
    doing = (v for v in clause.verbs.values() if v.label_ in _ACTS and v.label_ != "manner")
    return Assignment(
        "none",
        _others(clause, 0),
        orders=orders,
        acts=acts,
        nominal=nominal,
        strives=first is not None and first.text.lower().startswith("phấn đấu"),
        inert=nominal and not any(span.text.islower() for span in doing),
        asks=_asks(clause),
    )


def _asks(clause: Clause) -> bool:
    """Whether a clause asks without saying whom: `nếu có vướng mắc, đề nghị phản ánh về Sở`."""
    asking = data("instructions")["asking"]["words"]
    return any(
        verb.text.lower() in asking
        and clause.verb(verb.end, "act", "manner") is not None
        and _stands_free(clause, at)
        for at, verb in clause.verbs.items()
    )


def _leads_to_list(clause: Clause) -> bool:
    return LEADS_IN.search(clause.doc.text) is not None


def _announces(verb: Span | None) -> bool:
    return verb is not None and verb.text.lower() in data("instructions")["announcing"]["words"]


def _leads_in(clause: Clause) -> bool:
    """Whether the paragraph ends with an order that a list follows: `UBND huyện yêu cầu:`."""
    if not _leads_to_list(clause):
        return False
    return any(
        clause.verb(i, "order")
        and clause.word(i).islower()
        and (_stands_free(clause, i) or clause.word(i + 2) == ":")
        for i in range(max(0, len(clause.words) - 14), len(clause.words))
    )


def _bracketed(clause: Clause, names: list[Name]) -> Told:
    """Return names as leads but for those behind which `(phối hợp)` stands."""
    text = clause.doc.text
    return tuple(
        (name, "support" if _SUPPORTING.match(text, name.end) else "lead") for name in names
    )


def _roles(names: list[Name], role: Role) -> Told:
    return tuple((name, role) for name in names)


def _others(clause: Clause, start: int, *, spoken: bool = False) -> Told:
    """Return who else is told: those with whom to `phối hợp`, and those of later sentences.

    `spoken` tells that the writer orders: then a semicolon may part one order from the next.
    """
    found: list[tuple[Name, Role]] = []
    at, end = start, len(clause.words)
    while at < end:
        names, after, role = _other_at(clause, at, _STOPS if spoken else _STOPS - {";"})
        found += ((name, role) for name in names)
        at = max(after, at + 1)
    return tuple(found)


def _other_at(clause: Clause, at: int, stops: frozenset[str]) -> tuple[list[Name], int, Role]:
    support = clause.verb(at, "support")
    if support is not None:
        names, after = names_at(clause, support.end, loose=True)
        return names, after, "support"
    lead = clause.verb(at, "lead")
    if lead is not None and clause.word(lead.end) in ("cùng", "với"):
        names, after = names_at(clause, lead.end + 1, loose=True)
        return names, after, "support"
    names, after = names_at(clause, at)
    if not names:
        return [], at + 1, "lead"
    if clause.word(at - 1) == "," and clause.verb(after, "support"):
        return names, after, "support"
    each = clause.word(at).lower() in ("mỗi", "từng")
    labels = ("lead", "duty") if each else ("lead", "duty", "act", "manner")
    if clause.word(at - 1) in _STOPS and clause.verb(after, *labels):
        return names, after, "lead"
    return (names if _is_ordered(clause, at, stops) else []), after, "lead"


def _is_ordered(clause: Clause, at: int, stops: frozenset[str]) -> bool:
    """Whether a verb of instruction that opens a clause stands just before."""
    for i in (at - 1, at - 2, at - 3):
        verb = clause.verb(i, "order")
        if verb is not None and verb.end == at:
            return clause.word(i - 1) in stops or (i == 0 and bool(stops))
    return False
