"""Which quantities are figures: those that say what they count, or whose surroundings tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from extractors.clauses import Clauses
from extractors.language import data
from extractors.mentions import Mention
from extractors.quantity import Quantity

_JOIN = regex.compile(r"\s*[:(=–-]?\s*(?:(?:có|là|đạt|còn|được|với)\s+)?")
_CLOSED = regex.compile(r"(?:\s(?:nam|nữ)(?!\p{L}))?\s*(?:[,.;)\]]|$|và\s|so với|\(|trong đó|-\s)")
_GIVEN = regex.compile(r"(?:[:=]|(?<!\p{L})(?:là|đạt|có|gồm))\s*$")
_GIVEN_FRACTION = regex.compile(
    r"(?:[:=(]|(?<!\p{L})(?:là|đạt|có|gồm|với|giải quyết|hoàn thành))\s*$"
)
_MEAN = regex.compile(
    r"(?:trung bình|bình quân|giảm|tăng|thời gian(?!\s*:)|rút ngắn|tiết kiệm|cắt giảm)[^.;]{0,60}$",
    regex.IGNORECASE,
)


def counted(
    clauses: Clauses, found: Sequence[Quantity], named: Sequence[Mention]
) -> list[Quantity]:
    """Keep the quantities that say what they count, or whose measure the words around tell."""
    kept: list[Quantity] = []
    for one in found:
        bare = one.measure is None and one.rank is None
        quantity = _with_measure(clauses, one, kept, named) if bare else one
        if _is_figure(clauses.text, quantity):
            kept.append(quantity)
    return kept


def _with_measure(
    clauses: Clauses, quantity: Quantity, kept: Sequence[Quantity], named: Sequence[Mention]
) -> Quantity:
    """Give `Dân Chủ 7` the measure of `12 hồ sơ (Cộng Lạc 5, …`, and `Số hồ sơ: 23` its own."""
    text, at = clauses.text, quantity.at[0]
    after_name = any(one.span[1] <= at and _JOIN.fullmatch(text, one.span[1], at) for one in named)
    start = clauses.sentence(at)[0]
    closed = _CLOSED.match(text, quantity.at[1])
    if after_name and closed and (headed := _HEADED.search(text, start, at)):
        return replace(quantity, measure=headed["measure"], known=False)
    if after_name and closed and kept and kept[-1].whole[0] >= start and not kept[-1].sign:
        return replace(quantity, measure=kept[-1].measure, known=False)
    if closed and (total := _total(clauses, quantity, kept)):
        return replace(quantity, measure=total.measure, known=False)
    given = after_name or _GIVEN.search(text, max(0, at - 12), at)
    if given and closed and (thing := _things().search(text, start, at)):
        return replace(quantity, measure=_uncapped(thing["thing"]), known=False)
    return quantity


_HEADED = regex.compile(r"\((?P<measure>%|[\p{Ll}\d/]{1,12}(?:\s[\p{Ll}/]{1,12}){0,3})\)\s?:\s")
_PARTS = regex.compile(
    r"""(?:trong\ đó|gồm|bao\ gồm|chia\ ra|trong\ số\ đó|(?:chia|phân)\ theo[^.;:]{0,30})\s?:?\s""",
    regex.IGNORECASE | regex.VERBOSE,
)
_SEX = regex.compile(r"\s(?:nam|nữ)(?!\p{L})")
_NAMED = regex.compile(r"\p{L}{2,}\s?:?\s?$")


def _total(clauses: Clauses, quantity: Quantity, kept: Sequence[Quantity]) -> Quantity | None:
    """Return the count that a bare number is a part of: `1.200 đơn (khiếu nại 15, tố cáo 3)`."""
    text, at = clauses.text, quantity.at[0]
    start = clauses.sentence(at)[0]
    named = _NAMED.search(text, max(0, at - 30), at) or _SEX.match(text, quantity.at[1])
    if not named or quantity.value is None:
        return None
    for one in reversed(kept):
        if one.share and one.whole[0] >= start:
            continue  # 1.278 trẻ (95,37%), trong đó …
        if one.whole[0] < start or one.value is None or one.sign:
            return None
        bracket = clauses.depth[at] > clauses.depth[one.at[0]]
        listed = _PARTS.search(text, one.whole[1], at) is not None
        if bracket or listed:
            return one if one.value >= quantity.value else None
    return None


def _uncapped(words: str) -> str:
    """Return words as they stand within a sentence: `Hồ sơ` is `hồ sơ`, TTHC stays."""
    return words[0].lower() + words[1:] if words[1:2].islower() else words


@cache
def _things() -> regex.Pattern[str]:
    measures = data("quantities")["measures"]
    return regex.compile(
        r"""(?<!\p{L}) (?: (?:tổng\s)? số\s (?:lượng\s)? | ^\s* | :\s* | tổng\s )
            (?P<thing> \L<things> ) (?!\p{L})""",
        regex.VERBOSE | regex.IGNORECASE,
        things=measures["counted"] + measures["marks"],
    )


def _is_figure(text: str, quantity: Quantity) -> bool:
    start = quantity.at[0]
    if quantity.measure is None:
        return quantity.rank is not None or _is_fraction(text, quantity)
    if quantity.measure[:1].isupper() and quantity.measure[1:2].islower() and text[start] != "0":
        return quantity.at[1] - start > 1  # 4 Tổ chức …: a label
    if quantity.measure in data("quantities")["copies"]["words"]:
        return not _copies().search(text, max(0, start - 60), quantity.whole[1] + 8)
    spans = data("quantities")["measures"]["spans"]
    if quantity.measure in spans and quantity.comparison == "=":
        return _MEAN.search(text, max(0, quantity.whole[0] - 80), start) is not None
    guessed = not quantity.known and quantity.words and quantity.words[0] < quantity.words[1]
    return not guessed or text[start] == "0" or quantity.at[1] - start > 1


def _is_fraction(text: str, quantity: Quantity) -> bool:
    """Whether a fraction without a measure is stated as one: not a day, not `18/2`."""
    top, bottom = quantity.numerator, quantity.denominator
    if top is None or not bottom or top > bottom:
        return False
    start = quantity.at[0]
    return _GIVEN_FRACTION.search(text, max(0, start - 16), start) is not None


@cache
def _copies() -> regex.Pattern[str]:
    words = data("quantities")["copies"]["around"]
    return regex.compile(r"(?<!\p{L})(?:\L<words>)(?!\p{L})", regex.IGNORECASE, words=words)
