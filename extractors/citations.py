"""The words of one citation: its head (`Công văn số 3607/UBND-VP`) and what is said after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import regex

from extractors.agencies import first_name
from extractors.cited_subjects import ABOUT, subject_at
from extractors.language import data
from extractors.limits import compiled
from extractors.times import iso
from extractors.wording import Clause

NUMBER = r"""
    (?P<number>
      \d{1,5} [a-zđ]? (?: \s? / \s? \d{4} (?= \s? [/-] ) )?      # 1532  3176b  09/2025
      (?: \s? / \s? | \s? [-–] \s? (?= \p{Lu}{2,3} [ri]? / ) )      # 123/ , 15-NQ/TW
      \p{Lu} [\p{L}\d&.]* (?: (?<= /QH ) \s \d{2} \b )?                 # 43/2013/QH 13
      (?: \s? [-–/] \s? (?: - \s? )? (?= \p{Lu}{2} ) [\p{L}\d&.]+  # UBND-VP, NQ- CP
        | [-–/&+] [\p{Lu}\d] [\p{L}\d&.]* )*
      (?<! [.] )
    )
"""
_DATE = compiled(
    r"""
    [\s,]* (?: \. \s+ (?= ngày\s ) )? (?P<common> cùng \s+ )?
    (?: ký \s+ | ban \s hành \s+ )? (?: ngày \s+ (?= ngày ) )?
    (?: (?: hồi | lúc ) \s+ %clock% \s* ,? \s+ )?
    (?P<date> %date%
      | ngày \s \S{1,3} \s tháng \s \S{1,3} \s năm \s \d{4}  # ngày 0J tháng 7 năm 2016
      | th[áa]ng \s+ \d{1,2} (?: / | \s+ n[ăâ]m \s+ ) \d{4} | %year% )
    """
)
_OF = regex.compile(r"[\s,.:]*của\s+", regex.IGNORECASE)
_NEXT = regex.compile(r"\s*(?:tại|trong)\s+(?:các\s+)?\p{Lu}[\p{L} ]{2,20}\ssố\s")
_TERM = regex.compile(r"\s*\(kh[óo][áa]\s+[IVX]+\)")  # (khóa XII)
_AND = regex.compile(r"\s+và\s+|,\s+(?=Bộ trưởng)|(?P<comma>,\s+)")
_AFTER_ISSUER = regex.compile(r"\s*(?:[;.]|v[ềê]\s|hướng dẫn|quy định|ban hành|$)")
_LOOSE_NAME = regex.compile(r"\p{Lu}[^,.;:()]{1,80}?(?=\s+(?:về|ban|quy|phê|tại|và)\b|[,.;:()]|$)")
_JOINT = regex.compile(r"\s*(?:[,;]|(?:,\s*)?(?:và|cùng|hoặc)(?:\s+các)?)\s*$")
_PARTED = regex.compile(r";\s*(?:và\s+)?$")  # a list goes on: các Công văn: số …; số …
_ASIDE = regex.compile(r"\s*\([^()]{1,20}\)(?=\s+(?:ngày|của))")  # (lần 2)
_TITLED = regex.compile(r"(?:của|hành|về)\s+$")
_PREMIER = regex.compile(  # QĐ-TTg however its last letter was read
    r"(?<=(?:QĐ|QÐ|CT|CĐ|NQ)-TT)\p{Ll}$"
)
_SPACES = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value and its place in the passage."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A document as one passage cites it.

    `joined` to the one before by a comma or an `và`; `bare` where it borrows its type from there;
    `listed` where it has that from the list's head; `common` where its date is that of both (cùng
    ngày).
    """

    start: int
    end: int
    scalars: dict[str, Scalar] = field(default_factory=dict)
    joined: bool = False
    bare: bool = False
    listed: bool = False
    common: bool = False

    def get(self, name: str) -> str | None:
        """Return one of its values."""
        scalar = self.scalars.get(name)
        return scalar.value if scalar else None


def citations(text: str) -> Iterator[Citation]:
    """Yield the citations of a passage in the order of their heads, nothing borrowed yet."""
    heads = list(_heads(text))
    if not heads:
        return
    clause = Clause.of(text)
    before: Citation | None = None
    listed: dict[str, Scalar] = {}
    for at, head in enumerate(heads):
        if before is not None and head.start() < before.end:
            continue  # a law in the title of another document
        after = (one.start() for one in heads[at + 1 :] if not _in_title(text, one))
        shared = listed if _PARTED.search(text, 0, head.start()) else {}
        citation = _read(clause, text, head, next(after, len(text)), before, shared)
        if citation is not None:
            if not (head["type"] or head["law"] or head["dated"] or citation.bare):
                listed = _announced(text, head.start()) or listed
            yield citation
            before = citation


def _in_title(text: str, head: regex.Match[str]) -> bool:
    """Whether a law may belong to another's title: `một số điều của Luật Lâm nghiệp`."""
    named = head["law"] and not head["number"]
    return (
        bool(named) and _TITLED.search(text[max(0, head.start() - 12) : head.start()]) is not None
    )


@cache
def _patterns() -> tuple[regex.Pattern[str], ...]:
    words = data("references")
    types = "|".join(_longest(words["type"]["phrases"]))
    laws = "|".join(_longest(words["law"]["phrases"]))
    names = "|".join(_longest(words["law_name"]["phrases"]))
    stops = "|".join(_longest(words["law_stop"]["phrases"]))
    urgency = r"(?: \s+ (?: khẩn | thượng\ khẩn | hỏa\ tốc | hoả\ tốc | mật ) )?"
    joint = r"(?: \s+ liên \s+ (?: ngành | tịch | sở ) )?"
    head = rf"""
        (?<! \p{{L}} ) (?:
          (?P<law> {laws} ) \b (?: \s+ (?P<name> {names}
              | [Ss]ửa\ đổi [^;.()]{{5,160}}? (?= \s+ (?: ngày | năm | số ) \s+ \d | [;.()] | $ )
              | \p{{Lu}}{{2,8}} (?! \p{{L}} )                                  # Luật PCTN
              | \p{{Ll}}+ (?: ,? \s+ \p{{L}}+ ){{0,9}}? (?= \s+ số \s* :? \s* \d{{1,3}}/\d{{4}}/QH )
              | \p{{Lu}} \p{{Ll}}+ (?: \s+ (?! (?: {stops} ) \b ) \p{{L}}+ ){{0,9}} ) )?
            (?: \s+ s[ốôó] \s* :? \s* {NUMBER} )?
        | (?P<type> (?: {types} ) {joint} ) {urgency}
            (?: \s* ,? \s* s[ốôóo] \s* [:.]? \s* | \s+ (?= \d ) )
            (?: {NUMBER} | (?P<plain> \d{{1,5}} [a-z]? ) (?= \s+ ngày \s+ (?: \d | tháng ) ) )
        | (?: [Ss][ốôó] \s* [:.]? \s* )? {NUMBER}
        | (?P<dated> {types} ) (?= \s+ ngày \s+ \d )
        )
        """
    listed = rf"""
        (?<! \p{{L}} ) (?P<kind> {types}
          | (?= \p{{Lu}} ) (?: {types} )                            # Thông báo thụ lý vụ án
            (?: \s+ (?! (?: {stops} | của ) \b ) \p{{Ll}}+ ){{1,5}} )
        (?: \s+ của \s+ (?P<by> [^.;:()]{{3,80}}? ) )? \s* [:,]? \s* $
        """
    return regex.compile(head, regex.VERBOSE), regex.compile(listed, regex.VERBOSE)


def _longest(phrases: Iterable[str]) -> list[str]:
    return [regex.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)]


def _heads(text: str) -> Iterator[regex.Match[str]]:
    for match in _patterns()[0].finditer(text):
        if not match["law"] or match["name"] or match["number"] or match["law"] == "Hiến pháp":
            yield match


def _read(
    clause: Clause,
    text: str,
    head: regex.Match[str],
    stop: int,
    before: Citation | None,
    listed: dict[str, Scalar],
) -> Citation | None:
    kind = next((name for name in ("law", "type", "dated") if head[name]), None)
    joined = before is not None and _JOINT.fullmatch(text, before.end, head.start()) is not None
    if kind is not None:
        scalars = {"document_type": _scalar(head, kind)}
    elif joined or listed:
        scalars = dict(listed)
    else:
        scalars = _announced(text, head.start())
        if not scalars:
            return None
    for name, group in (("number", "number"), ("number", "plain"), ("subject", "name")):
        if head[group]:
            scalars[name] = _scalar(head, group)
    end = _tail(clause, text, head.end(), stop, scalars)
    kinds = [one.start for name, one in scalars.items() if name == "document_type"]
    common = bool((date := _DATE.match(text, head.end(), stop)) and date["common"])
    start = head.start() if joined else min([head.start(), *kinds])
    many = kind is None and bool(listed)
    return Citation(start, end, scalars, joined=joined, bare=not kinds, listed=many, common=common)


def _announced(text: str, at: int) -> dict[str, Scalar]:
    """Read what a list's head says: `các Nghị định của Chính phủ: số 29/2023/NĐ-CP …`."""
    start = max(0, at - 120)
    match = _patterns()[1].search(text[start:at])
    if match is None:
        return {}
    names = {"document_type": "kind", "issuer": "by"}
    return {
        name: Scalar(match[group].strip(), start + match.start(group), start + match.end(group))
        for name, group in names.items()
        if match[group]
    }


def _scalar(match: regex.Match[str], group: str) -> Scalar:
    value = match[group]
    if group in ("number", "plain"):
        value = _SPACES.sub("", value).replace("–", "-").replace("--", "-")
        value = _PREMIER.sub("g", value)
    return Scalar(value, match.start(group), match.end(group))


def _tail(clause: Clause, text: str, at: int, stop: int, scalars: dict[str, Scalar]) -> int:
    """Read date, issuer and subject after a citation's head; return where the citation ends."""
    aside = _ASIDE.match(text, at, stop)
    at = aside.end() if aside else at
    for _ in range(2):  # either order: ngày … của …, của … ngày …
        if "date" not in scalars and (date := _DATE.match(text, at, stop)):
            if value := iso(date["date"]):
                scalars["date"] = Scalar(value, date.start("date"), date.end("date"))
            at = date.end()
        if "issuer" not in scalars and (issuer := _issuer(clause, text, at, stop)):
            scalars["issuer"] = issuer
            at = issuer.end
    if (
        "subject" not in scalars
        and ("number" in scalars or "issuer" in scalars)
        and (subject := subject_at(clause, text, at, stop))
    ):
        scalars["subject"] = Scalar(text[slice(*subject)], *subject)
        at = subject[1]
    return at


def _issuer(clause: Clause, text: str, at: int, stop: int) -> Scalar | None:
    """Read whom `của` names; it may be missing where `về việc` follows the name."""
    of = _OF.match(text, at, stop)
    start = of.end() if of else at + len(text[at:stop]) - len(text[at:stop].lstrip(" ,"))
    name = first_name(clause, clause.at_char(start))
    if name is not None and name.start == start:
        about = ABOUT.search(text, start, min(name.end + 10, stop))
        if _NEXT.match(text, name.end) and not _SPACES.match(text, at):
            return None  # , của UBND tỉnh tại Công văn …
        if of or about:
            end = min(name.end, stop, about.start() if about else stop)
            end = _with_second(clause, text, end)
            term = _TERM.match(text, end, stop)
            end = term.end() if term else end
            return Scalar(text[start:end].strip(), start, end)
    loose = _LOOSE_NAME.match(text, start, stop) if of else None
    return Scalar(loose[0].strip(), loose.start(), loose.end()) if loose else None


def _with_second(clause: Clause, text: str, end: int) -> int:
    """Two bodies may have issued one document: `của Sở Tài chính và Sở Y tế về việc`."""
    joint = _AND.match(text, end)
    second = first_name(clause, clause.at_char(joint.end())) if joint else None
    if joint is None or second is None or second.start != joint.end():
        return end
    after = ABOUT if joint["comma"] else _AFTER_ISSUER
    return second.end if after.match(text, second.end) else end
