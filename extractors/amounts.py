"""Numbers in a sentence with their measures: `tối thiểu 80%`, `2.498/2.531 hồ sơ`, `5 tỷ đồng`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from extractors.language import data
from extractors.numbers import NUMBER, amount
from extractors.quantity import Comparison, Quantity
from normalizers import Span


def find(text: str) -> Iterator[Quantity]:
    """Yield every number of a text as a quantity; whether it is a figure, others must tell."""
    for quantity in _numbers(text):
        if not _sets(text, quantity):
            yield quantity


_THEN = regex.compile(r"\s*(?:(?:là|có|:|chiếm)\s*(?:khoảng\s)?\d|(?:như|gồm|bao gồm)(?!\p{L}))")


def _sets(text: str, one: Quantity) -> bool:
    """Whether a bound only says what is counted: `thiệt hại trên 70% là 15,2 ha`."""
    return one.comparison != "=" and _THEN.match(text, one.whole[1]) is not None


@cache
def _number() -> regex.Pattern[str]:
    words = data("quantities")
    lists = words["measures"]
    things = [word for name, listed in lists.items() if name != "scales" for word in listed]
    return regex.compile(
        rf"""
        (?<! [\p{{L}}\d_] | \d[.,/:] )
        (?: (?P<numerator> {NUMBER} )
            (?: \s (?P<same> (?: (?-i: \L<scales> ) \s )? \L<things> ) )?        # 2.498 hồ sơ /
            (?: \s?/\s? (?: tổng \s số \s )? | \s trên \s (?: tổng \s (?: số \s )? )? ) (?= \d ) )?
        (?P<number> {NUMBER} ) (?! [\d/] | [.,:]\d | \p{{L}}{{3}} )
        (?: \s? (?P<share> %(?:/(?:năm|tháng|quý)(?!\p{{L}}))? | ‰ ) (?! \s? điểm )
          | \s? (?P<points> % \s điểm | điểm \s % )
          | \s (?P<measure> (?: (?-i: \L<scales> ) (?! \s (?:lệ|suất|trọng|số)(?!\p{{L}}) )
                  (?: \s \L<things> )? | (?: lượt \s )? \L<things> )
              (?: \s?/\s? (?: \L<things> | (?-i:\p{{Ll}}+) ) ){{0,2}} ) (?! \p{{L}} )
          | (?P<glued> ha | m2 | m² | km | kg | đ ) (?! [\p{{L}}\d] )
          | \s (?-i: (?P<thing> \p{{Ll}}+ (?: \s \p{{Ll}}+ )? ) (?! \p{{L}} ) )
        )?
        """,
        regex.VERBOSE | regex.IGNORECASE,
        scales=lists["scales"],
        things=things,
    )


@cache
def _before() -> regex.Pattern[str]:
    words = data("quantities")
    return regex.compile(
        r"""(?: (?<!\p{L}) (?P<change> (?P<up> \L<up> ) | \L<down> ) \s+
                (?: so\ với\ )? (?: cùng\ kỳ\ )?
                (?: (?: năm | tháng | quý | kỳ )\ (?: trước | [\d/]{1,7} )\ )? )?
            (?: (?<!\p{L}) (?P<bound> \L<bounds> ) \s* (?: khoảng \s+ )? )? $""",
        regex.VERBOSE | regex.IGNORECASE,
        bounds=list(_bounds()),
        up=words["change"]["up"],
        down=words["change"]["down"],
    )


@cache
def _bounds() -> dict[str, Comparison]:
    """Each word that bounds a number, and how."""
    signs: tuple[Comparison, ...] = (">=", "<=", ">", "<", "=")
    return {word: sign for sign in signs for word in data("quantities")["comparison"][sign]}


@cache
def _after() -> regex.Pattern[str]:
    after = data("quantities")["comparison"]["after"]
    return regex.compile(
        r"[^.;,\d]{0,25}? (?<!\p{L}) (?: (?P<least> \L<least> ) | \L<most> ) (?!\p{L})",
        regex.VERBOSE,
        least=after[">="],
        most=after["<="],
    )


def _numbers(text: str) -> Iterator[Quantity]:
    for match in _number().finditer(text):
        head = text[max(0, match.start() - 40) : match.start()]
        before = _before().search(head)
        start = match.start() - (len(head) - before.start() if before else 0)
        if _is_pair(match):
            one, other = _pair(match)
            one = replace(one, whole=(start, one.whole[1]))
            yield from (_bounded(one, before, text), _bounded(other, None, text))
            continue
        end = match.end("thing") if match["thing"] else match.end()
        number = match.start("numerator") if match["numerator"] else match.start("number")
        quantity = Quantity((start, end), (number, match.end("number")))
        found = _bounded(_measured(quantity, match), before, text)
        yield found if found.sign else _signed(found, head)


def _is_pair(match: regex.Match[str]) -> bool:
    """Whether two things are counted, and none of the other: `62 vụ/97 bị can`."""
    same, measure = (match["same"] or "").casefold(), (match["measure"] or "").casefold()
    counted = data("quantities")["measures"]["counted"]
    one = amount(match["number"]) == 1  # đồng/01 hồ sơ
    return same in counted and bool(measure) and not one and not measure.startswith(same)


def _pair(match: regex.Match[str]) -> tuple[Quantity, Quantity]:
    first, second = match.span("numerator"), match.span("number")
    kinds = match.span("same"), match.span("measure")
    return (
        Quantity(
            (first[0], kinds[0][1]),
            first,
            amount(match["numerator"]),
            match["same"],
            words=kinds[0],
        ),
        Quantity(
            (second[0], kinds[1][1]),
            second,
            amount(match["number"]),
            match["measure"],
            words=kinds[1],
        ),
    )


def _measured(quantity: Quantity, match: regex.Match[str]) -> Quantity:
    """Put in the value, or the fraction, and what is counted."""
    measure, known = _measure_of(match)
    quantity = replace(quantity, words=_words(match, measure))
    value = amount(match["number"])
    if not measure:
        quantity = replace(quantity, whole=(quantity.whole[0], match.end("number")))
    if match["numerator"]:
        top = amount(match["numerator"])
        measure = measure or match["same"]
        return replace(quantity, numerator=top, denominator=value, measure=measure, known=known)
    return replace(quantity, value=value, measure=measure, known=known)


def _words(match: regex.Match[str], measure: str | None) -> Span:
    """Return where the measure is printed; after the number where there is none."""
    group = next((name for name in ("measure", "thing", "glued", "points") if match[name]), None)
    if group is None or measure is None:
        end = match.end("share") if match["share"] else match.end("number")
        return end, end
    return match.start(group), match.start(group) + len(measure)


def _measure_of(match: regex.Match[str]) -> tuple[str | None, bool]:
    known = match["share"] or match["measure"] or match["glued"]
    if known or match["points"]:
        return (known or "điểm %"), True
    words = (match["thing"] or "").split()
    stop = data("quantities")["no_things"]["words"]
    if not words or words[0] in stop:
        return None, False
    return " ".join(words[:1] if len(words) > 1 and words[1] in stop else words), False


_ONWARD = regex.compile(r"\s*(?:\([^()]{1,30}\)\s*)?(?:lên|đến|tới|xuống|còn|[-–])")


def _is_change(before: regex.Match[str]) -> bool:
    """Whether `giảm` stands before the amount of the change: not in `giảm còn 1,85%`."""
    return bool(before["change"]) and (before["bound"] or "").casefold() not in ("còn", "là", "từ")


_SIGN = regex.compile(r"(?:\(|(?:^|[:;,]|(?<!\p{L})(?:là|đạt))\s)(?P<sign>[-+–−])$")


def _signed(quantity: Quantity, head: str) -> Quantity:
    """Read a printed sign as a change: `(-33,3%)`; a dash after a number is one of a range."""
    match = _SIGN.search(head)
    if match is None:
        return quantity
    start, end = quantity.whole
    return replace(quantity, whole=(start - 1, end), sign=1 if match["sign"] == "+" else -1)


def _bounded(quantity: Quantity, before: regex.Match[str] | None, text: str) -> Quantity:
    comparison: Comparison = "="
    if before and before["bound"]:
        comparison = _bounds()[before["bound"].casefold()]
        if before["bound"].casefold() == "từ" and not _ONWARD.match(text, quantity.whole[1]):
            comparison = ">="
    if after := _after().match(text, quantity.whole[1]):
        comparison = ">=" if after["least"] else "<="
        quantity = replace(quantity, whole=(quantity.whole[0], after.end()))
    sign = 0 if not before or not _is_change(before) else 1 if before["up"] else -1
    return replace(quantity, comparison=comparison, sign=sign)
