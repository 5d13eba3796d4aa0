"""Names in titles: there nothing acts, so that a name runs on to the end, whatever its words."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.agencies import names_at
from extractors.joints import ANDS
from extractors.language import data
from extractors.wording import Clause, Name

_LONGEST = 25  # words of a title
_QUALIFIED = 12  # words of a name that no list knows
_ENDINGS = frozenset((".", "./.", "./", ";"))


def run_on(clause: Clause, names: Sequence[Name], after: int) -> tuple[list[Name], int]:
    """Let names that begin a title run on to its end: `Các bệnh viện trong và ngoài công lập:`."""
    found = list(names)
    end = _title_end(clause, after)
    while after < end:
        stop = next((i for i in range(after, end) if _parts(clause, i)), end)
        last, piece = found[-1], clause.doc[after:stop]
        gap = clause.doc.text[last.end : piece.start_char]
        found[-1] = Name(f"{last.name}{gap}{piece.text}", last.start, piece.end_char)
        more, after = names_at(clause, stop + 1) if stop < end else ([], end)
        found += more
    return found, after


def up_to_duty(
    clause: Clause, at: int, names: Sequence[Name], after: int
) -> tuple[list[Name], int]:
    """Let all that stands before `có trách nhiệm` be who has it, whatever words it holds.

    `Tổ chức, cá nhân sử dụng điện có trách nhiệm`; where no name is known, of one capital.
    """
    first = after if names else at
    words = data("instructions")["bearing"]["words"]
    duties = (i for i in range(first, first + _QUALIFIED) if clause.verb(i, "duty"))
    end = next((i for i in duties if clause.verbs[i].text.lower() in words), first)
    between = [clause.word(i) for i in range(first, end)]
    bounds = tuple(data("instructions")["bounding"]["words"])
    if not between or between[-1] in ANDS or " ".join([*between, ""]).lower().startswith(bounds):
        return list(names), after
    known = bool(names) or (clause.capital(at) and clause.verb(at) is None)
    if not known or at in clause.documents or not all(word.isalpha() for word in between):
        return list(names), after
    last = clause.name(first, end)
    if not names:
        return [last], end
    gap = clause.doc.text[names[-1].end : last.start]
    name = f"{names[-1].name}{gap}{last.name}"
    return [*names[:-1], Name(name, names[-1].start, last.end)], end


def spread(clause: Clause, start: int, end: int) -> list[Name]:
    """Return the names of a stretch that begins with an unknown one and goes on with known ones."""
    first = next((i for i in range(start, end) if _parts(clause, i)), end)
    more = names_at(clause, first + 1)[0] if first < end else []
    return [clause.name(start, first), *more]


def any_title(clause: Clause, at: int) -> tuple[list[Name], int]:
    """Return whoever `Đối với` puts before a colon, known or not: `Đối với Tổ chức dịch vụ thu:`.

    It is written with a capital, and is no document, number or quotation.
    """
    end = next((i for i in range(at, at + _QUALIFIED) if clause.word(i) == ":"), at)
    words = [clause.word(i) for i in range(at, end)]
    named = at > 0 and clause.capital(at) and at not in clause.documents
    if not words or not named or not all(word.isalpha() or word in ",-–&" for word in words):
        return [], at
    return [clause.name(at, end)], end


def _parts(clause: Clause, at: int) -> bool:
    return clause.word(at) in (",", ";", "và") and clause.head(at + 1) is not None


def _title_end(clause: Clause, after: int) -> int:
    """Return where the title ends whose first names end at a word; there if it is none."""
    verb = clause.verb(after)
    if verb is None or not (_qualifies(clause, after) or _is_of_name(clause, after)):
        return after
    colon = next((i for i in range(after, len(clause.words)) if clause.word(i) == ":"), 0)
    end = colon or (0 if clause.words[-1] in _ENDINGS else len(clause.words))
    inside = range(verb.end, end)
    meant = ("name", "stop", "act") if colon and _acts(clause, colon + 1) else ("name", "stop")
    acts = any(
        clause.verb(i) and not clause.verb(i, *meant) and clause.word(i - 1) != "được"
        for i in inside
    )
    plain = not any(clause.word(i) in _ENDINGS or clause.word(i)[:1].isdigit() for i in inside)
    return end if end <= _LONGEST and plain and not acts else after


def _acts(clause: Clause, at: int) -> bool:
    return clause.verb(at, "act", "manner") is not None


def _qualifies(clause: Clause, at: int) -> bool:
    """Whether a small word tells which ones are meant: `trong và ngoài công lập`."""
    stop = clause.verb(at, "stop") is not None
    return stop and clause.word(at).lower() in data("instructions")["qualifying"]["words"]


def _is_of_name(clause: Clause, at: int) -> bool:
    """Whether an act goes on with one that is in the name: `Đội Quản lý vận hành lưới điện:`."""
    before = (clause.verb(i, "act") for i in (at - 1, at - 2))
    named = (span for span in before if span is not None and span.end == at)
    acts = clause.verb(at, "act") is not None
    return acts and any(span.text[:1].isupper() for span in named)
