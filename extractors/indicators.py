"""What a figure measures (chỉ tiêu), in the dispatch's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractors.clauses import Clauses
from extractors.language import data
from extractors.quantity import Quantity
from normalizers import Span


def before(clauses: Clauses, quantity: Quantity, last: int, skip: Sequence[Span]) -> Span | None:
    """Return the words before a quantity that say what it measures; none where there are none.

    They stand in its clause, after the quantity before (`last`), or before the colon where
    nothing but `tỷ lệ` follows it. Names of units and times (`skip`) are no part of them.
    """
    start = max(clauses.past(last, quantity.whole[0]), clauses.clause(quantity.whole[0], ";:"))
    for span in _pieces(clauses.text, start, quantity.whole[0], skip):
        if not _is_general(clauses.text, span) and not is_aside(clauses.text, span):
            return span
    return _before_colon(clauses, start, last, skip) or _before_bracket(clauses, start, last, skip)


def aside(clauses: Clauses, quantity: Quantity, last: int) -> Span | None:
    """Return what stands before a quantity where nothing better says what it measures."""
    start = max(clauses.past(last, quantity.whole[0]), clauses.clause(quantity.whole[0], ";:"))
    return _trimmed(clauses.text, (start, quantity.whole[0]))


def is_aside(text: str, span: Span) -> bool:
    """Whether words say when or where, rather than what: `Trong tháng`, `So với cùng kỳ`."""
    return _aside().match(text, *span) is not None


@cache
def _aside() -> regex.Pattern[str]:
    words = data("figures")["aside"]["words"]
    return regex.compile(r"(?:\L<words>)(?!\p{L})", regex.IGNORECASE, words=words)


def after(clauses: Clauses, quantity: Quantity) -> Span | None:
    """Return the words that follow: `100% hồ sơ phát sinh`, `06 xã chưa đạt`, `23 vụ cháy rừng`."""
    if quantity.words is None:
        return None
    start, end = quantity.words
    match = _FOLLOWING.match(clauses.text, end)
    words = clauses.text[end : match.end()].strip() if match else ""
    if not words or _AGAINST.match(words):
        return None
    if not _is_thing(clauses.text[start:end].casefold()):
        start = end
    finish = end + len(words) + 1
    lead = _LEAD.match(clauses.text, start, finish)
    return (lead.end() if lead else start), finish


_LEAD = regex.compile(r"\s*(?:(?:có|của|là)\s)?")
_FOLLOWING = regex.compile(r"(?:[^.;:,()\d]|\d(?=\d*[a-z]))+")
_AGAINST = regex.compile(r"so với|kế hoạch|dự toán|chỉ tiêu|cùng kỳ|trở lên|tổng số|toàn ")


def _is_thing(measure: str) -> bool:
    """Whether a measure is a thing counted, a part of its indicator: `hộ nghèo`, not `vụ`."""
    counted = data("quantities")["measures"]["counted"]
    return measure in counted and measure not in data("figures")["classifiers"]["words"]


def _pieces(text: str, start: int, end: int, skip: Sequence[Span]) -> Iterator[Span]:
    """Yield what lies between names, times and commas that open a clause, the last one first."""
    marks = [match.span() for match in _comma().finditer(text, start, end)]
    marks += [span for span in skip if start <= span[0] and span[1] <= end]
    right = end
    for mark in sorted(marks, reverse=True):
        if mark[1] <= right and (span := _trimmed(text, (mark[1], right))):
            yield span
        right = min(right, mark[0])
    if span := _trimmed(text, (start, right)):
        yield span


@cache
def _comma() -> regex.Pattern[str]:
    words = data("figures")["opens"]["words"]
    return regex.compile(r",\s(?=(?:\L<words>)(?!\p{L}))", regex.IGNORECASE, words=words)


def _before_colon(clauses: Clauses, start: int, last: int, skip: Sequence[Span]) -> Span | None:
    text = clauses.text
    colon = text.rfind(":", 0, start + 1)
    if colon < last or clauses.sentence(start)[0] > colon:
        return None
    first = max(last, clauses.clause(colon, marks=";"))
    pieces = (span for span in _pieces(text, first, colon, skip) if not _is_general(text, span))
    return next(pieces, None)


def _before_bracket(clauses: Clauses, start: int, last: int, skip: Sequence[Span]) -> Span | None:
    """Return the words before the bracket that a list of units stands in."""
    open_ = start - 1
    if last > clauses.sentence(start)[0] or open_ <= last or clauses.text[open_] != "(":
        return None
    first = max(last, clauses.clause(open_ - 1, ";:"))
    return next(_pieces(clauses.text, first, open_, skip), None)


@cache
def _ends() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    words = data("figures")["trim"]
    first = regex.compile(
        r"(?:[\s,;:()+–-]|(?:\L<words>)(?!\p{L}|(?<=chỉ)\s(?:tiêu|số)))+",
        regex.IGNORECASE,
        words=words["first"],
    )
    last = regex.compile(
        r"(?:[\s,;:()=–-]|(?<!\p{L})(?:\L<words>))+$", regex.IGNORECASE, words=words["last"]
    )
    return first, last


_TAIL = 80  # characters at the end of a piece in which words are stripped


_RATE = regex.compile(r"(?<!\p{L})có\s(?=(?:tỷ|tỉ) lệ\s)")


def trimmed(text: str, span: Span) -> Span:
    """Return an indicator as a list after it inherits it: `tỷ lệ đấu nối`, without `thấp`."""
    return _trimmed(text, span) or span


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span
    for rate in _RATE.finditer(text, start, end):  # Một số cơ sở có tỷ lệ từ chối cao
        start = rate.end()
    first, last = _ends()
    if match := first.match(text, start, end):
        start = match.end()
    if match := last.search(text, max(start, end - _TAIL), end):
        end = match.start()
    return (start, end) if end - start > 1 else None


def _is_general(text: str, span: Span) -> bool:
    words = text[span[0] : span[1]].casefold().strip()
    given = tuple(data("figures")["opens"]["given"])
    return words in data("figures")["general"]["words"] or words.endswith(given)
