"""What a figure measures (chỉ tiêu), in the dispatch's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractors.clauses import Clauses
from extractors.language import data
from extractors.quantity import Quantity
from normalizers import Span


def own(clauses: Clauses, quantity: Quantity, last: int, skip: Sequence[Span]) -> Span | None:
    """Return the words of a quantity's own clause that say what it measures; none where none do.

    They stand after the quantity before (`last`). Names of units and times (`skip`) are no part
    of them.
    """
    start = _start(clauses, quantity, last)
    text = clauses.text
    pieces = list(_pieces(text, start, quantity.whole[0], skip))
    fits = [one for one in pieces if not _is_general(text, one) and not is_aside(text, one)]
    if len(fits) > 1 and _head().match(text, *fits[1]) and "," not in text[fits[1][1] : fits[0][0]]:
        return fits[1]  # diện tích lúa toàn tỉnh xuống giống được 186 ha
    return fits[0] if fits else None


def above(clauses: Clauses, quantity: Quantity, last: int, skip: Sequence[Span]) -> Span | None:
    """Return the words before the colon, or before the bracket, that a quantity's clause is in."""
    start = _start(clauses, quantity, last)
    return _before_colon(clauses, start, last, skip) or _before_bracket(clauses, start, last, skip)


def is_light(text: str, span: Span) -> bool:
    """Whether words say no more than that something is there: `Xảy ra`, `phát hiện`."""
    return text[slice(*span)].casefold() in data("figures")["light"]["words"]


def is_apart(clauses: Clauses, quantity: Quantity) -> bool:
    """Whether words of its own stand between the colon and a quantity: `Trật tự: Xảy ra 7 vụ`."""
    start = clauses.clause(quantity.whole[0], ";:")
    return any(map(str.isalpha, clauses.text[start : quantity.whole[0]]))


def _start(clauses: Clauses, quantity: Quantity, last: int) -> int:
    return max(clauses.past(last, quantity.whole[0]), clauses.clause(quantity.whole[0], ";:"))


def aside(clauses: Clauses, quantity: Quantity, last: int) -> Span | None:
    """Return what stands before a quantity where nothing better says what it measures."""
    return _trimmed(clauses.text, (_start(clauses, quantity, last), quantity.whole[0]))


def is_aside(text: str, span: Span) -> bool:
    """Whether words say when or where, rather than what: `Trong tháng`, `So với cùng kỳ`."""
    return _aside().match(text, *span) is not None


@cache
def _aside() -> regex.Pattern[str]:
    words = data("figures")["aside"]["words"]
    return regex.compile(r"(?:\L<words>)(?!\p{L})", regex.IGNORECASE, words=words)


def after(clauses: Clauses, quantity: Quantity, skip: Sequence[Span] = ()) -> Span | None:
    """Return the words that follow: `100% hồ sơ phát sinh`, `06 xã chưa đạt`, `23 vụ cháy rừng`.

    They end where a name, a comparison or a new statement begins.
    """
    if quantity.words is None:
        return None
    start, end = quantity.words
    match = _FOLLOWING.match(clauses.text, end)
    finish = min([match.end() if match else end, *(one[0] for one in skip if one[0] >= end)])
    first = _WORD.match(clauses.text, end, finish)  # 14 xã đạt chuẩn
    if first and (ends := _ENDS.search(clauses.text, first.end(), finish)):
        finish = ends.start()
    words = clauses.text[end:finish].strip()
    if (
        not any(map(str.isalpha, words))
        or _AGAINST.match(words)
        or words.casefold() in data("figures")["trim"]["last"]
    ):
        return None
    finish = end + len(clauses.text[end:finish].rstrip())
    if not _is_thing(clauses.text[start:end].casefold()):
        start = end
    lead = _LEAD.match(clauses.text, start, finish)
    return (lead.end() if lead else start), finish


_LEAD = regex.compile(r"\s*(?:(?:có|của|là|bị can về|thuộc)\s)?")
_FOLLOWING = regex.compile(r"(?:[^.;:,()\d]|\d[Gg](?!\p{L})|\d(?=\d*[a-z]))+")


_WORD = regex.compile(r"\s*\p{L}+")
_ENDS = regex.compile(
    r"""\s (?: so\ với | với\ (?:tổng|số|diện\ tích) | tăng | giảm | đạt | chiếm | bằng | trong\ đó
        | gồm | bao\ gồm | tại | ở | trên\ địa\ bàn | trong | do | để | với (?=\ \d)
        | theo (?=\ (?:khoản|điều|nghị|quy|quyết|kế|luật)) ) (?!\p{L})""",
    regex.VERBOSE,
)
_AGAINST = regex.compile(
    r"""(?: so\ với | kế\ hoạch | dự\ toán | chỉ\ tiêu | cùng\ kỳ | trở\ lên | tổng | toàn | và
        | hoặc | nhưng | song | đến | dân\ số | nghị\ quyết | mục\ tiêu | số ) (?!\p{L})""",
    regex.VERBOSE,
)


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
    heads = data("figures")["heads"]["words"]
    return regex.compile(
        r",\s(?=(?:\L<words>)(?!\p{L}))|\svới\s(?=(?:\L<heads>)(?!\p{L}))",
        regex.IGNORECASE,
        words=words,
        heads=heads,
    )


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


def named(clauses: Clauses, quantity: Quantity, last: int, skip: Sequence[Span]) -> Span | None:
    """Return what a count in a bracket is of: `kế đến là tiểu học (13.920 học sinh)`."""
    open_ = quantity.whole[0] - 1
    if quantity.share or open_ < 1 or clauses.text[open_] != "(":
        return None
    first = max(clauses.past(last, open_), clauses.clause(open_ - 1, ";:"))
    for word in _IS.finditer(clauses.text, first, open_):
        first = word.end()
    if any(first < one[1] and one[0] < open_ for one in skip):
        return None  # a unit, rather
    return _trimmed(clauses.text, (first, open_))


_IS = regex.compile(r"(?<!\p{L})(?:là|và|gồm|như)\s")


@cache
def _ends() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    words = data("figures")["trim"]
    first = regex.compile(
        r"(?:[\s,;:()=+–-]|làm(?=\sbị\s)|(?:\L<words>)(?!\p{L}|(?<=chỉ)\s(?:tiêu|số)))+",
        regex.IGNORECASE,
        words=words["first"],
    )
    last = regex.compile(
        r"(?:[\s,;:()=–-]|(?<!\p{L})(?:\L<words>)(?<!(?<!\p{L})\L<ends>))+$",
        regex.IGNORECASE,
        words=words["last"],
        ends=words["ends"],
    )
    return first, last


_TAIL = 80  # characters at the end of a piece in which words are stripped


_RATE = regex.compile(r"(?<!\p{L})(?:có|đạt)\s(?=(?:tỷ|tỉ) lệ\s(?!từ|trên|dưới|hơn|gần)\p{Ll})")


def trimmed(text: str, span: Span) -> Span:
    """Return an indicator as a list after it inherits it: `tỷ lệ đấu nối`, without `thấp`."""
    start, end = _trimmed(text, span) or span
    return start, end


def without_mean(text: str, span: Span) -> Span:
    """Return an indicator without `bình quân`: the highest and the lowest are no mean."""
    mean = _MEAN.search(text, *span)
    return (span[0], mean.start()) if mean else span


_MEAN = regex.compile(r"\s(?:bình quân|trung bình)$")


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span
    for rate in _RATE.finditer(text, start, end):  # Một số cơ sở có tỷ lệ từ chối cao
        start = rate.end()
    if match := _MEASURED.search(text, start, end):  # Năng suất theo xã (tạ/ha):
        end = match.start()
    start, end = _balanced(text, start, end)
    first, last = _ends()
    if match := first.match(text, start, end):
        start = match.end()
    if match := last.search(text, max(start, end - _TAIL), end):
        end = match.start()
    done = None if _head().match(text, start, end) else _DONE.search(text, start, end)
    if done and done.end() < end:  # các cấp công đoàn đã trao
        start = done.end()
    return (start, end) if end - start > 1 else None


_MEASURED = regex.compile(r"\s*\([^()]{1,30}\)[\s:]*$")
_DONE = regex.compile(r"(?<!\p{L})đã\s(?!giải quyết)", regex.IGNORECASE)


@cache
def _head() -> regex.Pattern[str]:
    """Return the pattern of nouns that head an indicator: `Số quyết định đã ban hành`."""
    words = [*data("figures")["heads"]["words"], *data("quantities")["measures"]["counted"]]
    return regex.compile(r"\s*(?:\L<words>)(?!\p{L})", regex.IGNORECASE, words=words)


def _balanced(text: str, start: int, end: int) -> Span:
    """Leave out what a bracket that is not whole parts off: `qua Phòng X) bổ sung máy`."""
    part = text[start:end]
    if part.rfind("(") > part.rfind(")"):
        end = start + part.rfind("(")
    closing = text.find(")", start, end)
    if closing >= 0 and text.find("(", start, closing) < 0:
        start = closing + 1
    return start, end


def _is_general(text: str, span: Span) -> bool:
    words = text[span[0] : span[1]].casefold().strip()
    given = tuple(data("figures")["opens"]["given"])
    return words in data("figures")["general"]["words"] or words.endswith(given)
