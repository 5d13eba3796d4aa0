"""The words of one citation: its head (`Công văn số 3607/UBND-VP`) and what is said after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import regex

from extractors.agencies import Clause, first_name, names_at
from extractors.language import data
from extractors.limits import compiled
from extractors.times import iso

NUMBER = r"""
    (?P<number>
      \d{1,5} [a-zđ]? (?: \s? / \s? \d{4} (?= \s? [/-] ) )?      # 1532  3176b  09/2025
      (?: \s? / \s? | \s? [-–] \s? (?= \p{Lu}{2,3} r? / ) )      # 123/ , 15-NQ/TW
      \p{Lu} [\p{L}\d&.]*
      (?: \s? [-–/] \s? (?= \p{Lu}{2} ) [\p{L}\d&.]+              # UBND-VP, NQ- CP
        | [-–/&] [\p{Lu}\d] [\p{L}\d&.]* )*
      (?<! [.] )
    )
"""
_DATE = compiled(
    r"""
    [\s,]* (?: ký \s+ | ban \s hành \s+ )?
    (?P<date> %date% | th[áa]ng \s+ \d{1,2} (?: / | \s+ n[ăâ]m \s+ ) \d{4} | %year% )
    """
)
_OF = regex.compile(r"[\s,]*của\s+", regex.IGNORECASE)
_ABOUT = regex.compile(r"[\s,]*(?:về\s+việc|v\s?/\s?v|về)\s*:?\s+", regex.IGNORECASE)
_LOOSE_NAME = regex.compile(r"\p{Lu}[^,.;:()]{1,80}?(?=\s+(?:về|ban|quy|phê|tại|và)\b|[,.;:()]|$)")
_END = regex.compile(r"[.](?=\s|$)|\./|[;:)]|,\s|\s?\(|\s(?:và|cùng|theo|tại)\s|$")
_JOINT = regex.compile(r"\s*(?:[,;]|(?:,\s*)?(?:và|cùng|hoặc)(?:\s+các)?)\s*$")
_JOINTS = regex.compile(r"(?:[\s,;(]|\b(?:và|theo|tại|các|cùng|của|thay\s+thế|căn\s+cứ)\b)+$")
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

    `joined` to the one before by a comma or an `và`; `bare` where it borrows its type from there.
    """

    start: int
    end: int
    scalars: dict[str, Scalar] = field(default_factory=dict)
    joined: bool = False
    bare: bool = False

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
    for at, head in enumerate(heads):
        stop = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        citation = _read(clause, text, head, stop, before)
        if citation is not None:
            yield citation
            before = citation


@cache
def _patterns() -> tuple[regex.Pattern[str], ...]:
    words = data("references")
    types = "|".join(_longest(words["type"]["phrases"]))
    laws = "|".join(_longest(words["law"]["phrases"]))
    names = "|".join(_longest(words["law_name"]["phrases"]))
    stops = "|".join(_longest(words["law_stop"]["phrases"]))
    urgency = r"(?: \s+ (?: khẩn | thượng\ khẩn | hỏa\ tốc | hoả\ tốc | mật | liên\ ngành ) )?"
    head = rf"""
        (?<! \p{{L}} ) (?:
          (?P<law> {laws} ) \b (?: \s+ (?P<name> {names}
              | sửa\ đổi [^;.()]{{5,160}}? (?= \s+ (?: ngày | năm | số ) \s+ \d | [;.()] | $ )
              | \p{{Lu}} \p{{Ll}}+ (?: \s+ (?! (?: {stops} ) \b ) \p{{L}}+ ){{0,9}} ) )?
            (?: \s+ số \s* :? \s* {NUMBER} )?
        | (?P<type> {types} ) {urgency} (?: \s* ,? \s* số \s* [:.]? \s* | \s+ (?= \d ) )
            (?: {NUMBER} | (?P<plain> \d{{1,5}} [a-z]? ) (?= \s+ ngày \s ) )
        | (?: số \s* [:.]? \s* )? {NUMBER}
        | (?P<dated> {types} ) (?= \s+ ngày \s+ \d )
        )
        """
    return (regex.compile(head, regex.VERBOSE),)


def _longest(phrases: Iterable[str]) -> list[str]:
    return [regex.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)]


def _heads(text: str) -> Iterator[regex.Match[str]]:
    for match in _patterns()[0].finditer(text):
        if not match["law"] or match["name"] or match["number"] or match["law"] == "Hiến pháp":
            yield match


def _read(
    clause: Clause, text: str, head: regex.Match[str], stop: int, before: Citation | None
) -> Citation | None:
    kind = next((name for name in ("law", "type", "dated") if head[name]), None)
    joined = before is not None and _JOINT.fullmatch(text, before.end, head.start()) is not None
    if kind is None and not joined:
        return None
    scalars = {"document_type": _scalar(head, kind)} if kind else {}
    for name, group in (("number", "number"), ("number", "plain"), ("subject", "name")):
        if group in head.groupdict() and head[group]:
            scalars[name] = _scalar(head, group)
    end = _tail(clause, text, head.end(), stop, scalars)
    return Citation(head.start(), end, scalars, joined=joined, bare=kind is None)


def _scalar(match: regex.Match[str], group: str) -> Scalar:
    value = match[group]
    if group in ("number", "plain"):
        value = _SPACES.sub("", value).replace("–", "-")
    return Scalar(value, match.start(group), match.end(group))


def _tail(clause: Clause, text: str, at: int, stop: int, scalars: dict[str, Scalar]) -> int:
    """Read date, issuer and subject after a citation's head; return where the citation ends."""
    for _ in range(2):  # either order: ngày … của …, của … ngày …
        if "date" not in scalars and (date := _DATE.match(text, at, stop)):
            if value := iso(date["date"]):
                scalars["date"] = Scalar(value, date.start("date"), date.end("date"))
            at = date.end()
        if "issuer" not in scalars and (issuer := _issuer(clause, text, at, stop)):
            scalars["issuer"] = issuer
            at = issuer.end
    if "subject" not in scalars and (subject := _subject(clause, text, at, stop)):
        scalars["subject"] = subject
        at = subject.end
    return at


def _issuer(clause: Clause, text: str, at: int, stop: int) -> Scalar | None:
    of = _OF.match(text, at, stop)
    if of is None:
        return None
    word = clause.at_char(of.end())
    name = first_name(clause, word)
    if name is not None and name.start == of.end():
        return Scalar(
            text[name.start : min(name.end, stop)].strip(), name.start, min(name.end, stop)
        )
    loose = _LOOSE_NAME.match(text, of.end(), stop)
    return Scalar(loose[0].strip(), loose.start(), loose.end()) if loose else None


def _subject(clause: Clause, text: str, at: int, stop: int) -> Scalar | None:
    about = _ABOUT.match(text, at, stop)
    start = about.end() if about else at + len(text[at:stop]) - len(text[at:stop].lstrip())
    word = clause.at_char(start)
    if about is None and (not text[at:stop].startswith(" ") or not _opens(text, start)):
        return None
    end = _subject_end(clause, text, start, stop)
    value = text[start:end].strip()
    return Scalar(value, start, start + len(value)) if len(value) > 3 and word else None


def _opens(text: str, start: int) -> bool:
    openers = data("references")["opener"]["phrases"]
    return any(text.startswith(f"{opener} ", start) for opener in openers)


def _subject_end(clause: Clause, text: str, start: int, stop: int) -> int:
    depth = 0
    for end in _END.finditer(text, start):
        if end.start() >= stop:
            break
        if end[0].strip() == "(":
            if _enclosed(text, end.end()):
                return end.start()
            depth += 1
        elif end[0] == ")" and depth:
            depth -= 1
        elif not depth and _ends(clause, text, end):
            return end.start()
    return _trimmed(text, start, stop)


def _trimmed(text: str, start: int, stop: int) -> int:
    """Leave out what joins the next citation: a comma, `và`, `theo`, `các`."""
    start = max(start, stop - 40)
    cut = _JOINTS.search(text[start:stop])
    return start + cut.start() if cut else stop


def _enclosed(text: str, at: int) -> bool:
    words = data("references")["enclosed"]["phrases"]
    return any(text[at:].lower().startswith(word) for word in words)


def _ends(clause: Clause, text: str, end: regex.Match[str]) -> bool:
    """Whether a subject ends at a mark or a joint."""
    if end[0].strip() in ("theo", "tại", "và", "cùng"):
        return False
    if end[0] != ", ":
        return True
    if _after(text, end.end()):
        return True
    at = clause.at_char(end.end())
    names, past = names_at(clause, at)
    return bool(names) and (
        clause.verb(past, "order", "duty", "act", "ask", "past", "lead", "manner") is not None
        or clause.word(past) in ("kính", "nhận", "xin", ":")
    )


def _after(text: str, at: int) -> bool:
    words = data("references")["after"]["phrases"]
    return any(text.startswith(f"{word} ", at) for word in words)
