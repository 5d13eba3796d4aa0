"""Who issued a cited document, where it is said before the citation and not after it.

`Ngày 09/11/2023, Văn phòng UBND tỉnh ban hành Báo cáo số 59/BC-VP`; `chỉ đạo của … tại Công văn`.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.agencies import all_names
from extractors.citations import Citation, Scalar
from extractors.limits import compiled
from extractors.times import iso
from extractors.wording import Clause, Name

_ISSUED = regex.compile(
    r"\s*(?:đã\s+)?(?:ban\s+hành|có|ra|gửi|phát\s+hành)\s+(?:các\s+)?$", regex.IGNORECASE
)
_IN = regex.compile(r"\s*(?:tại|trong|nêu\s+tại)\s+(?:các\s+|nội\s+dung\s+)?$", regex.IGNORECASE)
_BY = regex.compile(r"\b(?:của|với|do|bởi)\s+(?:các\s+)?$", regex.IGNORECASE)
_MARKS = regex.compile(r"[/-]")
_WORD = regex.compile(r"\p{L}+")
_DAY_BEFORE = compiled(
    r"""(?: ^ | [.;,] \s* ) (?: (?: hồi | lúc ) \s+ %clock% \s* ,? \s+ )?
        (?P<date> %date% ) \s* ,? \s* $"""
)
_OFFICE = regex.compile(
    r"\s[-–,]\s(?:Phó\s+)?(?:Tổ\s+trưởng|Trưởng\s+[Bb]an|Chủ\s+tịch|Trưởng\s+[Đđ]oàn)\s+(?=\p{Lu})"
)
_REACH = 220  # characters before the citation


def with_context(text: str, found: list[Citation]) -> list[Citation]:
    """Return the citations with issuer and date as the words before them say."""
    if all("issuer" in one.scalars for one in found):
        return found
    names = [name for _, names, _ in all_names(Clause.of(text)) for name in names]
    told: list[Citation] = []
    for one in found:
        told.append(one if "issuer" in one.scalars else _with_issuer(text, one, names))
        if "issuer" not in told[-1].scalars:
            told[-1] = _as_before(told[-1], _before(told))
    return told


def _before(told: list[Citation]) -> Citation | None:
    """Return the citation that the last one goes on with: the one beside it, or of its list."""
    *others, one = told
    if one.listed:
        kind = one.scalars["document_type"]
        return next((it for it in others if it.scalars.get("document_type") == kind), None)
    return others[-1] if one.joined else None


def _as_before(one: Citation, before: Citation | None) -> Citation:
    """`UBND huyện đã ban hành` a list of documents: all are its own."""
    if before is None:
        return one
    issuer = before.scalars.get("issuer")
    number = before.scalars.get("number")
    if issuer is None or number is None or issuer.start > number.start:
        return one
    return replace(one, scalars={**one.scalars, "issuer": issuer})


def _with_issuer(text: str, one: Citation, names: list[Name]) -> Citation:
    near = [name for name in names if name.end <= one.start < name.end + _REACH]
    if not near:
        return one
    between = text[near[-1].end : one.start]
    if _ISSUED.fullmatch(between):
        return _issued(text, one, near[-1])
    inside = _IN.fullmatch(between)
    said = _said_by(text, near[-1:] if inside else []) or _spelled(one, near)
    return replace(one, scalars={**one.scalars, "issuer": said}) if said else one


def _issued(text: str, one: Citation, name: Name) -> Citation:
    scalars = {**one.scalars, "issuer": Scalar(name.name, name.start, name.end)}
    day = _DAY_BEFORE.search(text[: name.start])
    if day and "date" not in scalars and (value := iso(day["date"])):
        scalars["date"] = Scalar(value, day.start("date"), day.end("date"))
    return replace(one, scalars=scalars)


def _said_by(text: str, names: list[Name]) -> Scalar | None:
    """Whom `của … tại` names; of a person with an office in a body (`- Tổ trưởng …`), the body."""
    said = [name for name in names if _BY.search(text[max(0, name.start - 20) : name.start])]
    if not said:
        return None
    office = _OFFICE.search(said[-1].name)
    start = said[-1].start + (office.end() if office else 0)
    return Scalar(text[start : said[-1].end], start, said[-1].end)


def _spelled(one: Citation, names: list[Name]) -> Scalar | None:
    """Find the body whose initials the notation bears: `271/BC-SKHĐT`, Sở Kế hoạch và Đầu tư."""
    marks = {part.upper() for part in _MARKS.split(one.get("number") or "")[1:]}
    for name in reversed(names):
        words = [word for word in _WORD.findall(name.name) if word.lower() not in ("và", "của")]
        if len(words) > 2 and "".join(word[0] for word in words).upper() in marks:
            return Scalar(name.name, name.start, name.end)
    return None
