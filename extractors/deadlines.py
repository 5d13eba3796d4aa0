"""Every time limit (thời hạn) that is set for somebody, tied to its directive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date

import regex

from extractors import directives as orders
from extractors.citations import citations
from extractors.contract import Deadline, Directive
from extractors.finding import Finding
from extractors.head import Head
from extractors.immediate import at_once, event_end
from extractors.language import data
from extractors.limits import Phrase, part, phrases
from extractors.reading import Reading
from extractors.structure import Paragraph, paragraphs
from extractors.tasks import LIMIT
from extractors.terms import Term, terms
from normalizers import Span

_CLAUSE = regex.compile(r"[;.](?=\s|$)")
_COUNTS = regex.compile(r"(?:khi|điểm|lúc|sau|(?:từ|sau|trước)\s+ngày)$")  # an event follows
_NEAR = 40  # characters before a day in which it is said what ends with it


@dataclass(frozen=True, slots=True)
class Place:
    """Words in which limits are looked for, and where they stand in the dispatch's text."""

    text: str
    origins: Sequence[int]
    directive: str | None
    cell: bool = False  # the whole is a limit


def find(
    reading: Reading,
    head: Head = Head(),  # noqa: B008
    directives: Iterable[Finding[Directive]] | None = None,
) -> Iterator[Finding[Deadline]]:
    """Yield the time limits of all directives in the order of the text, as d1, d2 and so on.

    Spans of past results, the time of a meeting and the duration of a plan are none. Who has the
    directives already may hand them in.
    """
    found = list(orders.find(reading, head) if directives is None else directives)
    issued = Date.fromisoformat(head.date) if head.date and len(head.date) == 10 else None
    number = 0
    for place in _places(reading, found):
        for phrase, term in _limits(place, issued):
            number += 1
            yield _finding(place, phrase, term, f"d{number}")


def _places(reading: Reading, found: Sequence[Finding[Directive]]) -> Iterator[Place]:
    """Yield the directives' words in the order of the text, and what stands free between them."""
    places = [
        Place(p.text, p.origins, _holder(p, found))
        for p in paragraphs(reading)
        if p.zone == "body" and (p.label is None or _holder(p, found))
    ]
    for finding in found:
        if LIMIT in finding.parts:
            start, end = finding.parts[LIMIT].span
            text = reading.text.value[start:end]
            places.append(Place(text, range(start, end), finding.value.id, cell=True))
    yield from sorted((place for place in places if place.text), key=lambda it: it.origins[0])


def _holder(paragraph: Paragraph, found: Sequence[Finding[Directive]]) -> str | None:
    """Return the directive that holds a paragraph."""
    inside = (f for f in found if f.start <= paragraph.start < f.end and LIMIT not in f.parts)
    holder = next(inside, None)
    return holder.value.id if holder else None


def _limits(place: Place, issued: Date | None) -> list[tuple[Phrase, Term]]:
    """Return the limits of a passage: none that is over at issue, no vaguer one of two."""
    cited = [(one.start, one.end) for one in citations(place.text)]
    kept: list[tuple[Phrase, Term]] = []
    for phrase in _candidates(place.text):
        if any(start < phrase.end and phrase.start < end for start, end in cited):
            continue
        if place.cell or _is_limit(place, phrase):
            kept += (
                (phrase, one) for one in terms(phrase, issued) if _is_open(phrase, one, issued)
            )
    return [(phrase, term) for phrase, term in kept if not _is_vague(term, kept)]


def _candidates(text: str) -> list[Phrase]:
    found = [_with_event(text, phrase) for phrase in phrases(text)]
    found += at_once(text)
    taken: list[Phrase] = []
    for phrase in sorted(found, key=lambda one: one.start):
        if not taken or phrase.start >= taken[-1].end:
            taken.append(phrase)
    return taken


def _with_event(text: str, phrase: Phrase) -> Phrase:
    """Let a duration run on over the event that it counts from."""
    if phrase.kind != "relative" or not _COUNTS.search(phrase.text):
        return phrase
    end = event_end(text, phrase.end)
    return Phrase("relative", phrase.start, end, text[phrase.start : end], phrase.bound)


def _is_limit(place: Place, phrase: Phrase) -> bool:
    """Whether a phrase limits what is to be done, and is no epithet or part of a name."""
    words = data("times")
    before = _CLAUSE.split(place.text[: phrase.start])[-1].lower()
    clause = before + _CLAUSE.split(place.text[phrase.end :])[0].lower()
    if place.directive is None:  # `Văn bản góp ý gửi về Sở trước ngày 28/10/2017`
        fixed = phrase.kind in ("date", "dates", "relative") and phrase.bound is not None
        return fixed and any(word in before for word in words["sending"]["words"])
    if phrase.kind == "recurring" and phrase.bound is None and len(phrase.text.split()) == 2:
        if before.rstrip().endswith(tuple(words["nouns"]["words"])):
            return False
        often = not phrase.text.lower().endswith("năm")
        return often or any(word in clause for word in words["reporting"]["words"])
    dated = phrase.kind in ("date", "dates") and phrase.bound is None
    if dated and not part("clock").search(phrase.text):
        near = before[-_NEAR:].rstrip(" :(")
        if near.endswith("báo cáo") and not part("date").search(phrase.text):
            return False  # báo cáo quý I
        return near.endswith(tuple(words["finishing"]["words"]))
    return True


def _is_open(phrase: Phrase, term: Term, issued: Date | None) -> bool:
    if term.relative and term.relative.unit == "hours":
        until = phrase.text.lower().startswith("đến ")  # từ 17 giờ đến 21 giờ
        if until or term.bound in ("before", "at"):
            return False  # the hour of a day that is not named
    return term.due is None or issued is None or term.due >= issued


def _is_vague(term: Term, kept: Sequence[tuple[Phrase, Term]]) -> bool:
    """Whether another limit says the same more exactly: `hằng tuần` beside `thứ Hai hằng tuần`."""
    if term.rule is None or term.time or term.bound:
        return False
    return any(
        other is not term and other.rule
        and (other.rule.startswith(f"{term.rule};BY") or (other.rule == term.rule and other.time))
        for _, other in kept
    )  # fmt: skip


def _finding(place: Place, phrase: Phrase, term: Term, number: str) -> Finding[Deadline]:
    start, end = phrase.start + term.start, phrase.start + term.end
    span: Span = (place.origins[start], place.origins[end - 1] + 1)
    value = Deadline(
        id=number,
        text=place.text[start:end],
        kind=term.kind,
        start=term.first.isoformat() if term.first else None,
        due=term.due.isoformat() if term.due else None,
        bound=term.bound,
        rrule=term.rule,
        time=term.time,
        relative=term.relative,
        directive=place.directive,
    )
    return Finding(value, *span, confidence=0.93, rule=f"deadlines.{phrase.kind}")
