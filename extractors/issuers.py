"""Who issued a cited document, where it is said before the citation and not after it.

`Ngày 09/11/2023, Văn phòng UBND tỉnh ban hành Báo cáo số 59/BC-VP`; `chỉ đạo của … tại Công văn`.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from extractors.agencies import Clause, Name, all_names
from extractors.citations import Citation, Scalar
from extractors.times import DATE, iso

_ISSUED = regex.compile(
    r"\s*(?:đã\s+)?(?:ban\s+hành|có|ra|gửi|phát\s+hành)\s+(?:các\s+)?$", regex.IGNORECASE
)
_IN = regex.compile(r"\s*(?:tại|trong|nêu\s+tại)\s+(?:các\s+|nội\s+dung\s+)?$", regex.IGNORECASE)
_BY = regex.compile(
    r"(?:đạo|kiến|nghị|luận|cầu|dẫn|giao|báo|trình|định)\s+của\s+$", regex.IGNORECASE
)
_DAY_BEFORE = regex.compile(
    rf"(?:^|[.;]\s*)(?P<date>{DATE})\s*,\s*$", regex.VERBOSE | regex.IGNORECASE
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
        if one.joined and "issuer" not in told[-1].scalars:
            told[-1] = _as_before(told[-1], told[-2])
    return told


def _as_before(one: Citation, before: Citation) -> Citation:
    """`UBND huyện đã ban hành` a list of documents: all are its own."""
    issuer = before.scalars.get("issuer")
    if issuer is None or issuer.start > before.start:
        return one
    return replace(one, scalars={**one.scalars, "issuer": issuer})


def _with_issuer(text: str, one: Citation, names: list[Name]) -> Citation:
    near = [name for name in names if name.end <= one.start and one.start - name.end < 25]
    if not near:
        return one
    name = near[-1]
    between = text[name.end : one.start]
    if _ISSUED.fullmatch(between):
        return _issued(text, one, name)
    if _IN.fullmatch(between) and (said := _said_by(text, one, names)):
        return replace(one, scalars={**one.scalars, "issuer": said})
    return one


def _issued(text: str, one: Citation, name: Name) -> Citation:
    scalars = {**one.scalars, "issuer": Scalar(name.name, name.start, name.end)}
    day = _DAY_BEFORE.search(text[: name.start])
    if day and "date" not in scalars and (value := iso(day["date"])):
        scalars["date"] = Scalar(value, day.start("date"), day.end("date"))
    return replace(one, scalars=scalars)


def _said_by(text: str, one: Citation, names: list[Name]) -> Scalar | None:
    """Whom `của … tại` names; of a person with an office in a body (`- Tổ trưởng …`), the body."""
    near = [name for name in names if 0 <= one.start - name.end < _REACH]
    said = [name for name in near if _BY.search(text[max(0, name.start - 20) : name.start])]
    if not said:
        return None
    office = _OFFICE.search(said[-1].name)
    start = said[-1].start + (office.end() if office else 0)
    return Scalar(text[start : said[-1].end], start, said[-1].end)
