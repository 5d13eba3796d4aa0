"""The notation (ký hiệu) after the number: `UBND-VP`, `QĐ-SYT`, `QĐ/TU`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extractors.distance import distance
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
    rf"(?P<gap>[^/\p{{Lu}}]{{0,16}}?)\s?[-–—]\s?(?P<code>{_GROUP}/{_GROUP}){_TAIL}"
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

_CLEAR = 0.9  # seen worse, a letter may be wrong
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
            return Notation(
                _repaired(match["code"]),
                match.span("code"),
                match.span("gap"),
                int(year) if year else None,
                confidence,
                form is _PARTY,
            )
    return None


def type_code(notation: str) -> str | None:
    """Return the code of the type that a notation names: `KH` of `KH-UBND`; none of a công văn."""
    codes = {key(code): str(code) for code in table("types")["codes"]}
    groups = regex.split(r"[-/]", notation)
    return codes.get(key(groups[0])) if len(groups) > 1 else None


def agreeing(notation: Notation, code: str | None) -> Notation:
    """Read the type's code of a notation as the title says, where one letter of it is misread."""
    first, dash, rest = notation.value.partition("-")
    if code is None or not dash or type_code(notation.value) is not None:
        return notation
    if len(first) != len(code) or distance(key(first), key(code), 1) > 1:
        return notation
    return replace(notation, value=f"{code}-{rest}", confidence=0.85)


def of_issuer(notation: Notation, names: Sequence[str], clear: float) -> Notation:
    """Weigh a notation by the issuing body's first letters, which it mostly bears.

    A notation that bears them needs no more proof. One that the OCR saw badly and that is one
    letter off is read as they say; else it is as sure as the OCR was.
    """
    groups = regex.split(r"([-/&])", notation.value)
    known = [short for short in map(initials, names) if len(short) > 1]
    if any(group == short for group in groups for short in known) or any(
        _is_short_for(group, name) for group in groups for name in names
    ):
        return replace(notation, confidence=max(notation.confidence, 0.97))
    for at, group in enumerate(groups):
        near = [short for short in known if len(short) > 2 and _one_off(group, short)]
        if len(near) == 1 and clear < _CLEAR:
            value = "".join([*groups[:at], near[0], *groups[at + 1 :]])
            return replace(notation, value=value, confidence=0.85)
    return replace(notation, confidence=notation.confidence * clear)


def initials(name: str) -> str:
    """Return the first letters of a name as a notation writes them: `ĐOÀN ĐBQH` is `ĐĐ`."""
    return "".join(
        "Đ" if word[0] in "ĐÐđ" else key(word[0]).upper() for word in name.split() if word
    )


def _is_short_for(group: str, name: str) -> bool:
    """Whether the letters of a group stand in a name in their order: `TTra` in `THANH TRA`."""
    letters, rest = key(group), iter(key(name))
    return (
        len(letters) > 2 and key(name).startswith(letters[0]) and all(it in rest for it in letters)
    )


def _one_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _repaired(code: str) -> str:
    """Spaces and odd dashes out; a code of Decree 30 in its own letters (`QD-UBND`)."""
    joined = regex.sub(r"\s+", "", _DASH.sub("-", code)).replace("Ð", "Đ").strip("-")
    groups = joined.split("-")
    known = type_code(joined)
    if known and groups[0].isupper() and known.isupper():
        groups[0] = regex.sub(r"^[^/]+", known, groups[0])
    return "-".join("HĐND" if group == "HDND" else group for group in groups)
