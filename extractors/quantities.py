"""Quantities in a sentence: counts, shares, fractions and ranks that may be figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extractors import amounts, ranks
from extractors.masks import masked
from extractors.quantity import Comparison, Quantity
from normalizers import Span


def find(text: str) -> list[Quantity]:
    """Return the quantities of a text in order; those that make one figure are joined."""
    places = list(ranks.find(text))
    names = masked(text)
    hidden = {at for span in names + [one.whole for one in places] for at in range(*span)}
    found = [one for one in amounts.find(text) if one.at[0] not in hidden]
    found = _shared_changes(text, _ranges(text, sorted(found, key=lambda one: one.at)))
    found = _with_shares(_without_digits(text, names), found)
    return ranks.joined(text, sorted([*found, *places], key=lambda one: one.at))


def _without_digits(text: str, names: Sequence[Span]) -> str:
    """Return a text of the same length in which no name has digits: `mức độ 2`, `năm 2024`."""
    letters = list(text)
    for start, end in names:
        letters[start:end] = ["x" if one.isdigit() else one for one in letters[start:end]]
    return "".join(letters)


_OPEN = regex.compile(r"\s?[(=]\s?|,?\s(?:tương ứng|tương đương)\s(?:với\s)?")
_TO = regex.compile(r"\s?(?:[-–]|đến|tới)\s?")


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Read `150 - 250 mm` as at least the first and at most the second; `tăng 5 - 7%` as two."""
    kept = list(found)
    for i, (one, after) in enumerate(pairwise(found)):
        gap = text[one.whole[1] : after.at[0]]
        if one.sign and after.share and _OPEN.fullmatch(gap):
            kept[i + 1] = replace(after, sign=one.sign)  # giảm 7 vụ (15,56%)
        if not _TO.fullmatch(gap) or not _rises(one, after):
            continue
        ends: tuple[Comparison, Comparison] = ("=", "=") if one.sign else (">=", "<=")
        kept[i] = replace(one, measure=after.measure, known=after.known, comparison=ends[0])
        kept[i + 1] = replace(after, sign=one.sign, comparison=ends[1])
    return kept


_THEN = regex.compile(r"(?:\s(?!so|với|đạt|còn|lên|do|là|và)\p{Ll}+){0,6}(?:,|\s?và)\s")


def _shared_changes(text: str, found: list[Quantity]) -> list[Quantity]:
    """Read `tăng 3 vụ, 2 người chết` as two changes: nothing between tells otherwise."""
    for i, (one, after) in enumerate(pairwise(found)):
        plain = after.value is not None and after.comparison == "=" and after.words
        alike = one.share == after.share and not after.sign and after.at[0] == after.whole[0]
        gap = text[one.whole[1] : after.at[0]]
        if found[i].sign and plain and alike and _THEN.fullmatch(gap):
            found[i + 1] = replace(after, sign=found[i].sign)
    return found


def _rises(one: Quantity, after: Quantity) -> bool:
    """Whether two numbers may be the ends of a range: alike, the smaller one first."""
    if one.value is None or after.value is None or after.measure is None:
        return False
    return one.measure in (None, after.measure) and one.value < after.value


_LINK = regex.compile(
    r"""[^.;:\d()]{0,80}?
        (?: \( | đạt | chiếm | bằng | tỷ\ lệ | tỉ\ lệ | tương\ (?:ứng|đương) | = | là )
        [^.;\d()]{0,20}""",
    regex.VERBOSE,
)


def _with_shares(text: str, found: list[Quantity]) -> list[Quantity]:
    """Join `2.498/2.531 hồ sơ, đạt tỷ lệ 98,70%` and `98,70% (2.498/2.531 hồ sơ)`."""
    joined: list[Quantity] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and _is_pair(last, one) and _LINK.fullmatch(text[last.whole[1] : one.whole[0]]):
            share, fraction = (one, last) if one.value is not None else (last, one)
            pair = replace(share, numerator=fraction.numerator, denominator=fraction.denominator)
            whole = (last.whole[0], one.whole[1])
            joined[-1] = replace(pair, whole=whole, at=share.at, words=last.words)
        else:
            joined.append(one)
    return joined


def _is_pair(first: Quantity, second: Quantity) -> bool:
    """Whether one is a share and the other a bare fraction."""
    shares = [one for one in (first, second) if one.share and one.value is not None]
    fractions = [one for one in (first, second) if one.value is None and one.numerator is not None]
    free = all(one.numerator is None and not one.sign for one in shares)
    return len(shares) == len(fractions) == 1 and free
