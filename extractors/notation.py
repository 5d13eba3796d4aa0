"""The notation (ký hiệu) after the number: `UBND-VP`, `QĐ-SYT`, `QĐ/TU`."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.keys import key
from extractors.words import table

Span = tuple[int, int]

_GROUP = r"\p{Lu}[\p{L}&]{0,11}\d{0,4}(?:[&.]\p{L}{1,8}\d?)?"
_CODE = rf"{_GROUP}(?:\s?[-–—_/]{{1,2}}\s?(?:{_GROUP}|\d{{1,4}})){{0,4}}"
_TAIL = r"[\W_]{0,6}(?:\s\S{1,2})?\W{0,3}$"

# 12/2025/QĐ-TTg
_WITH_YEAR = regex.compile(
    rf"(?P<gap>[^/]{{0,24}}?)\s{{0,3}}[/⁄]\s{{0,3}}(?P<year>(?:19|20)\d\d)\s{{0,3}}[/⁄]\s{{0,3}}(?P<code>{_CODE}){_TAIL}"
)
# 123-QĐ/TU
_PARTY = regex.compile(
    rf"(?P<gap>[^/\p{{Lu}}]{{0,16}}?)\s?[-–—]\s?(?P<code>{_GROUP}/{_GROUP}(?:[-–—]{_GROUP})?){_TAIL}"
)
# 1532/UBND-VP, and the slash as the scan left it
_SLASHED = regex.compile(
    rf"(?P<gap>[^/⁄|\\]{{0,24}}?)\s{{0,3}}[/⁄|\\]{{1,2}}\s{{0,3}}(?P<code>{_CODE}){_TAIL}"
)
# 1532 UBND-VP: a pen ran over the slash
_BARE = regex.compile(
    rf"(?P<gap>.{{0,16}}?)(?P<code>(?<!\p{{Lu}})\p{{Lu}}[\p{{L}}&]{{1,11}}(?:\s?[-–—]\s?{_GROUP}){{1,3}}){_TAIL}"
)
# 12/cp-BCH: a letter of the code read small
_SMALL = regex.compile(
    rf"(?P<gap>[^/⁄]{{0,16}}?)\s{{0,3}}[/⁄]\s{{0,3}}(?P<code>\p{{L}}{{2,4}}-{_GROUP}(?:-{_GROUP}){{0,2}}){_TAIL}"
)
_FORMS = ((_WITH_YEAR, 0.97), (_PARTY, 0.95), (_SLASHED, 0.97), (_BARE, 0.75), (_SMALL, 0.6))

_DASH = regex.compile(r"\s{0,3}[-–—_]{1,3}\s{0,3}")


@dataclass(frozen=True, slots=True)
class Notation:
    """A notation, where it and the gap before it stand in the line, and the year if it has one."""

    value: str
    span: Span
    gap: Span
    year: int | None
    confidence: float
    party: bool = False

    def written(self, sequence: str) -> str:
        """Return the whole number as it is written with this sequence."""
        if self.party:
            return f"{sequence}-{self.value}"
        year = f"{self.year}/" if self.year else ""
        return f"{sequence}/{year}{self.value}"


def read_notation(line: str, start: int) -> Notation | None:
    """Return the notation that ends the line, read from a position after the label."""
    line = line.rstrip(" _-–—.…")  # a drawn rule beside it
    for form, confidence in _FORMS:
        match = form.match(line, start)
        if match:
            year = match.groupdict().get("year")
            start = match.start("code") + _penned(match["code"])
            return Notation(
                _repaired(line[start : match.end("code")]),
                (start, match.end("code")),
                (match.start("gap"), start if start > match.start("code") else match.end("gap")),
                int(year) if year else None,
                confidence,
                form is _PARTY,
            )
    return None


def _penned(code: str) -> int:
    """Return how much of a code a pen wrote: `/17` before `/NQ-UBND` may be read `/J7/NQ-UBND`.

    A notation has a dash between its groups or a slash, and no slash before the dash.
    """
    match = regex.match(r"\W*(?P<first>[^-–—/]+)\s?/\s?(?=[^/]+[-–—][^/]+$)", code)
    return match.end() if match and not _code_of(match["first"].strip()) else 0


def type_code(notation: str) -> str | None:
    """Return the code of the type that a notation names: `KH` of `KH-UBND`; none of a công văn.

    Two codes may differ by a mark alone (HD, HĐ): then the notation's own letters tell.
    """
    groups = regex.split(r"[-/]", notation)
    return _code_of(groups[0]) if len(groups) > 1 else None


def _code_of(group: str) -> str | None:
    codes = table("types")["codes"]
    if group in codes:
        return group
    return next((str(code) for code in codes if key(code) == key(group)), None)


def _repaired(code: str) -> str:
    """Spaces and odd dashes out; a code of Decree 30 in its own letters (`QD-UBND`)."""
    joined = regex.sub(r"\s+", "", _DASH.sub("-", code)).replace("Ð", "Đ").strip("-")
    groups = joined.split("-")
    known = type_code(joined)
    if known and groups[0].isupper() and known.isupper():
        groups[0] = regex.sub(r"^[^/]+", known, groups[0])
    return "-".join("HĐND" if group == "HDND" else group for group in groups)
