"""Whose figure it is: the units that a quantity is stated of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from extractors.around import WIDTH, Around
from extractors.clauses import Clauses
from extractors.mentions import Mention
from extractors.quantity import Quantity
from extractors.units import words


def owners(
    clauses: Clauses, quantities: Sequence[Quantity], named: Sequence[Mention], around: Around
) -> list[tuple[Mention, ...]]:
    """Return for each quantity the mentions of its units; none where the sentence names nobody.

    A unit in the quantity's own clause comes first, then one that follows it (`5 hồ sơ tại xã
    X`), then the last one named before it in the sentence.
    """
    ends = [one.whole[1] for one in quantities if one.rank is not None]
    free = [
        _widened(one, around)
        for one in _dealing(clauses.text, named)
        if _may_own(clauses, one, around)
        and not any(at + 1 == one.span[0] for at in ends)
        and not _is_attribute(clauses.text, one, quantities)
    ]
    found: list[tuple[Mention, ...]] = []
    used: set[int] = set()
    for i, quantity in enumerate(quantities):
        if owner := _bracketed(clauses, quantity, named):
            found.append((_widened(owner, around),))
            continue
        end = quantities[i + 1].whole[0] if i + 1 < len(quantities) else len(clauses.text)
        before = [one for one in free if _stands_before(clauses, one, quantity)]
        clause = clauses.clause(quantity.whole[0], marks=";,")
        near = [one for one in before if one.span[1] > clause and _is_close(one, quantity)]
        after = [] if near else [one for one in free if _follows(clauses, one, quantity, end)]
        if after:
            series = _series(clauses, free, after[0], forward=True)
            used.update(one.span[0] for one in series)
            each = len(series) == 1 or quantity.share or _each(clauses.text, quantity, series)
            found.append(tuple(series) if each else ())  # 3 nhà tại xã A và xã B
            continue
        placed = [
            one
            for one in before
            if ";" not in clauses.text[one.span[1] : quantity.at[0]]
            or not _is_place(clauses, one, quantities)
        ]
        carried = [one for one in placed if one in near or _carries(clauses, one, used)]
        carried = carried or _topic(clauses, quantity, quantities, free)
        found.append(tuple(_series(clauses, free, carried[-1])) if carried else ())
    return _dealt(clauses.text, quantities, found)


def _each(text: str, quantity: Quantity, series: Sequence[Mention]) -> bool:
    """Whether each of several units has the whole: `3 nhà tại mỗi xã …`, `mỗi xã 3 nhà`."""
    start, end = quantity.whole[0], series[-1].span[1]
    return _EACH.search(text, max(0, start - 20), min(len(text), end + 12)) is not None


def _is_place(clauses: Clauses, one: Mention, quantities: Sequence[Quantity]) -> bool:
    """Whether a unit only says where what is counted before it is: `3 cuộc tại xã A; 2 đơn`."""
    start = clauses.clause(one.span[0], marks=";")
    counted = any(start <= quantity.at[0] < one.span[0] for quantity in quantities)
    return counted and _PLACE.search(clauses.text, start, one.span[0]) is not None


_PLACE = regex.compile(r"(?<!\p{L})(?:tại|ở)\s[^.;:()\d]*$")
_ASIDE = regex.compile(r"Riêng\s(?:tại\s|ở\s|đối với\s)?")


def _topic(
    clauses: Clauses, quantity: Quantity, quantities: Sequence[Quantity], free: Sequence[Mention]
) -> list[Mention]:
    """Return the unit that the sentence before is about: `Riêng thôn A …. Tỷ lệ thu đạt 61%`."""
    start = clauses.sentence(quantity.at[0])[0]
    first = clauses.sentence(start - 1)[0] if start else 0
    opened = _ASIDE.match(clauses.text, first, start)
    if opened is None or any(first <= one.at[0] < start for one in quantities):
        return []
    return [one for one in free if one.span[0] == opened.end()]


_EACH = regex.compile(r"(?:mỗi|từng)\s", regex.IGNORECASE)


def _dealing(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Leave out `mỗi thôn` after the names that it deals a value to: `thôn A và B mỗi thôn 1`."""
    ends = {one.span[1] for one in named}
    return [
        one
        for one in named
        if not (_EACH.match(one.unit.name) and _ends_before(text, one.span[0]) in ends)
    ]


def _ends_before(text: str, at: int) -> int:
    return len(text[:at].rstrip(" ,:"))


_OF = regex.compile(
    r"(?<!\p{L})(?:tại|ở|của|thuộc|cho|với|gồm|là|và|trong đó|khối|riêng|còn|ubnd)\s$",
    regex.IGNORECASE,
)


def _is_attribute(text: str, one: Mention, quantities: Sequence[Quantity]) -> bool:
    """Whether a level only tells what is counted: `69 đơn vị hành chính cấp xã (60 xã …)`."""
    if not one.unit.name.casefold().startswith("cấp"):
        return False
    if text[: one.span[0]].rstrip().endswith(tuple(words()["attributes"]["before"])):
        return True  # học sinh giỏi cấp tỉnh
    start = one.span[0]
    last = max((other.whole[1] for other in quantities if other.whole[1] <= start), default=None)
    gap = text[last:start] if last is not None else ","
    return not any(mark in gap for mark in ",;:.()") and not _OF.search(gap)


def _dealt(
    text: str, quantities: Sequence[Quantity], found: list[tuple[Mention, ...]]
) -> list[tuple[Mention, ...]]:
    """Deal values out where they are told in turn: `xã A và xã B lần lượt đạt 24% và 19%`."""
    dealt = list(found)
    for i, owners in enumerate(found):
        run = found[i : i + len(owners)]
        if len(owners) > 1 and run == [owners] * len(owners):
            between = text[owners[-1].span[1] : quantities[i].at[0]]
            if "lần lượt" in between and not any(map(str.isdigit, between)):
                dealt[i : i + len(owners)] = [(one,) for one in owners]
    return dealt


def _is_close(mention: Mention, quantity: Quantity) -> bool:
    """Whether a group of units is near enough to be the subject: not of a clause in between."""
    return not _is_many(mention) or quantity.whole[0] - mention.span[1] < 45


def _carries(clauses: Clauses, mention: Mention, used: set[int]) -> bool:
    """Whether a unit holds for later clauses: a group and `của huyện` hold for their own alone.

    One that opens the sentence holds for it: `Tại các huyện, thị xã, tỷ lệ …`.
    """
    start = clauses.sentence(mention.span[0])[0]
    if _AT_FIRST.fullmatch(clauses.text, start, mention.span[0]):
        return True
    return mention.span[0] not in used and mention.whole != "of" and not _is_many(mention)


_AT_FIRST = regex.compile(r"(?:Tại|Ở|Đối với|Riêng|Trên địa bàn)\s(?:địa bàn\s)?")


def _is_many(mention: Mention) -> bool:
    name = mention.unit.name.casefold()
    return mention.unit.level == "group" and not name.startswith("cấp")


_BRACKET = regex.compile(r"\s?\(\s?(?:(?:đạt|là|có)\s)?")


def _bracketed(clauses: Clauses, quantity: Quantity, named: Sequence[Mention]) -> Mention | None:
    """Return the unit right before a bracket: also one compared with, `của tỉnh (57,9%)`."""
    start = quantity.whole[0]
    near = (one for one in named if 0 < start - one.span[1] < 12)
    fits = (one for one in near if _BRACKET.fullmatch(clauses.text, one.span[1], start))
    return next(
        (
            one
            for one in fits
            if _AGAINST_WORD.search(clauses.text, max(0, one.span[0] - 60), one.span[0])
        ),
        None,
    )


_AGAINST_WORD = regex.compile(r"(?:so với|bình quân|mặt bằng)[^.;,()]{0,40}$", regex.IGNORECASE)


def _widened(mention: Mention, around: Around) -> Mention:
    return replace(mention, unit=around.self_named(mention.unit)) if mention.whole else mention


def _stands_before(clauses: Clauses, mention: Mention, quantity: Quantity) -> bool:
    start = clauses.sentence(quantity.at[0])[0]
    open_ = clauses.reaches(mention.span[0], quantity.at[0])
    return start <= mention.span[0] and mention.span[1] <= quantity.whole[0] + 1 and open_


def _follows(clauses: Clauses, mention: Mention, quantity: Quantity, end: int) -> bool:
    if quantity.rank is not None or not quantity.whole[1] <= mention.span[0] < end:
        return False
    gap = clauses.text[quantity.whole[1] : mention.span[0]]
    return bool(_plain().fullmatch(gap) if mention.whole else _at().fullmatch(gap))


@cache
def _at() -> regex.Pattern[str]:
    return regex.compile(
        r"[^.;:,()\d]{0,60}? (?<!\p{L})(?:tại|ở|của|thuộc|cho) \s+ (?: \L<bodies> \s+ )?",
        regex.VERBOSE | regex.IGNORECASE,
        bodies=words()["bodies"]["words"],
    )


@cache
def _plain() -> regex.Pattern[str]:
    return regex.compile(r"[^.;:,()\d]{0,40}\s")


_AND = regex.compile(r"\s*(?:,|;|và|,\s*và|cùng|cùng với|-|–)\s*(?:(?:UBND|thị trấn)\s)?")


def _series(
    clauses: Clauses, free: Sequence[Mention], one: Mention, *, forward: bool = False
) -> list[Mention]:
    """Return the mentions listed together with one: `xã A, xã B và xã C đạt 100%`."""
    at = free.index(one)
    series = [one]
    steps = range(at + 1, len(free)) if forward else range(at - 1, -1, -1)
    for i in steps:
        first, second = (series[-1], free[i]) if forward else (free[i], series[-1])
        if not _AND.fullmatch(clauses.text[first.span[1] : second.span[0]]):
            break
        if _lies_in(first, second):  # thôn Nà Lẹng, xã Văn Lang
            series = series if forward else [free[i]]
            break
        series.append(free[i])
    return series if forward else series[::-1]


def _lies_in(one: Mention, other: Mention) -> bool:
    """Whether the second of two neighbors is the wider unit that the first lies in."""
    wide = WIDTH.get(other.unit.level or "", 0)
    narrow = 0 if one.unit.level == "village" else WIDTH.get(one.unit.level or "", wide)
    return narrow < wide and not other.bare


def _may_own(clauses: Clauses, mention: Mention, around: Around) -> bool:
    """Whether figures may be stated of a mention: not of `so với huyện X`, `tỉnh X giao`."""
    if mention.whole and around.is_below(mention.unit):
        return False
    start, end = mention.span
    text = clauses.text
    return not (_against().search(text, max(0, start - 45), start) or _acting().match(text, end))


@cache
def _against() -> regex.Pattern[str]:
    not_owner = words()["not_owner"]
    return regex.compile(
        r"""(?<!\p{L}) (?: \L<before>
              | (?: quyết\ định | công\ văn | kế\ hoạch | báo\ cáo | nghị\ quyết | văn\ bản
                  | chỉ\ thị | thông\ báo | số\ \S+ ) [^.;,]{0,30} \ của )
            \s+ (?: (?: \L<bodies> | chung | bình\ quân ) \s+ ){0,2} $""",
        regex.VERBOSE | regex.IGNORECASE,
        before=not_owner["before"],
        bodies=words()["bodies"]["words"],
    )


@cache
def _acting() -> regex.Pattern[str]:
    return regex.compile(r"\s+(?:\L<after>)(?!\p{L})", after=words()["not_owner"]["after"])
