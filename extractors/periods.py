"""The day that a figure holds for, and the stretch of time that it covers."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date

import regex

from extractors.contract import Period
from normalizers import Span

_COUNTS = {
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
}
_YEAR = r"(?: \s*(?:/|năm\s|-)\s* (?P<year> (?:19|20)\d{2} ) (?!\d) )"
_QUARTER = r"quý \s+ (?P<quarter> [IV]{1,3} | [1-4] )"


def _day_of(name: str) -> str:
    """Return the pattern of a day, in digits or with its words: 29/9/2023, 09 tháng 11."""
    return rf"""
        (?P<{name}day> \d{{1,2}} ) \s?(?:/|-|\.|\stháng\s)\s? (?P<{name}month> \d{{1,2}} )
        (?: \s?(?:/|-|\.|\snăm\s)\s? (?P<{name}year> (?:19|20)\d{{2}} ) (?!\d) )?
    """


_AS_OF = regex.compile(
    rf"""
    (?<!\p{{L}})
    (?: tính \s+ )?
    (?: đến | trước | chậm \s nhất | vào | cuối
      | lúc \s+ \d{{1,2}} \s+ giờ (?: \s+ \d{{1,2}} \s+ phút )? ) \s+
    (?: thời \s+ điểm \s+ )? (?: hết \s+ | nay \s+ \( )? (?: ngày \s+ | hôm \s+ )?
    (?: {_day_of("a")}                                       # tính đến 29/9/2023
      | tháng \s+ (?P<month> \d{{1,2}} ) {_YEAR}?            # đến hết tháng 9/2023
      | {_QUARTER} {_YEAR}?
      | năm \s+ (?P<only> (?:19|20)\d{{2}} )                 # đến năm 2025
    )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# What follows `10 tháng` alone where it is a stretch of the year, and no duration.
_BARE = r"""
    (?<! (?: thời\s\p{L}+ | kỳ\shạn | sau | mỗi | cứ | quá | tối\sđa | tù | đào\stạo | dưới | trên
           | tuổi | vòng | được ) \s \S+ \s+ tháng )
    (?= \s* (?: [,:] (?!\d)
      | (?: đạt | ước | thực\ hiện | là | toàn | trên\ địa\ bàn | đã | có | giải\ ngân | thu | chi
          | số | tổng | ghi\ nhận | xảy\ ra | tiếp\ nhận | tăng | giảm | bằng
          | cả | qua ) (?!\p{L}) ) )"""
_SOME_DAY = r"(?: (?: \p{Ll}+ \s+ ){0,2} ngày \s+ )?"
_PERIOD = regex.compile(
    rf"""
    (?<!\p{{L}})
    (?: từ \s+ {_SOME_DAY} {_day_of("s")}                    # từ ngày 01/01 đến hết ngày 30/6/2024
          \s+ (?: đến | - ) \s+ (?: hết \s+ )? {_SOME_DAY} {_day_of("e")}
      | từ \s đầu \s năm {_YEAR}? \s+ (?: cho \s )? đến \s+ (?: hết \s+ )?
          (?: {_SOME_DAY} {_day_of("f")} | tháng \s+ (?P<until> \d{{1,2}} ) {_YEAR}? )
      | (?P<count> \d{{1,2}} | \L<counts> ) \s+ tháng         # 10 tháng đầu năm 2023
          (?: \s+ (?P<part>đầu|cuối) (?: {_YEAR} | \s+ năm \b )? | {_YEAR} | {_BARE} )
      | {_QUARTER} {_YEAR}?
      | (?: giai \s đoạn | nhiệm \s kỳ | thời \s kỳ ) \s+
          (?P<from> (?:19|20)\d{{2}} ) \s?[-–]\s? (?P<to> (?:19|20)\d{{2}} )
      | (?: trong \s+ | của \s+ )? tháng \s+ (?P<month> \d{{1,2}} ) {_YEAR}?
      | (?: cả \s+ | trong \s+ )? năm \s+ (?P<only> (?:19|20)\d{{2}} )
      | (?: cả | (?: đến \s+ )? (?: hết | cuối ) ) \s+ năm   # đến cuối năm: of this one
          (?! \s+ (?: \d | trước | sau | ngoái | học ) )
    )
    """,
    regex.VERBOSE | regex.IGNORECASE,
    counts=list(_COUNTS),
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
# Words before a time that make it another's: the year compared with, the date of a document.
_OTHER = regex.compile(
    r"""(?: so \s với | hơn | cùng \s kỳ | ngày [\s.\d…_]* | đến | từ | \d/ | hết | cuối | đầu )
        \s* (?: của \s+ | hết \s+ | cuối \s+ | đầu \s+ )? $""",
    regex.VERBOSE | regex.IGNORECASE,
)
_NAMED_BY_YEAR = regex.compile(
    r"(?:kế hoạch|dự toán|chỉ tiêu|quyết định|luật|nghị quyết)\s+(?:của\s+)?$", regex.IGNORECASE
)
_AGAINST = regex.compile(r"so với[^.;,]{0,20}$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Time:
    """When a text says its figures hold: a day, or a stretch, and where it says so."""

    span: Span
    as_of: str | None = None
    period: Period | None = None

    @property
    def broad(self) -> bool:
        """Whether it is no more than a year, as in a title: `… năm 2024`."""
        period = self.period
        return bool(
            period
            and period.start
            and period.start.endswith("01-01")
            and period.end
            and period.end.endswith("12-31")
        )


def find(text: str, year: int | None, *, plans: bool = False) -> list[Time]:
    """Return the days and stretches that a text names, in order; `year` is the dispatch's.

    The year of a plan (`Kế hoạch năm 2023`) is a name of it, but for `plans`.
    """
    found = [*_of(_AS_OF, _day, text, year), *_of(_PERIOD, _stretch, text, year)]
    kept: list[Time] = []
    for time in sorted(found, key=lambda time: time.span):
        inside = bool(kept) and time.span[0] < kept[-1].span[1]
        if not inside and not _is_other(text, time, plans=plans):
            kept.append(time)
    return kept


def _is_other(text: str, time: Time, *, plans: bool) -> bool:
    """Whether a time is that of something else than the figures: a year compared with, a law's."""
    before = text[max(0, time.span[0] - 30) : time.span[0]]
    if time.period is None:
        return _AGAINST.search(before) is not None
    if _OTHER.search(before):
        return True
    return not plans and time.broad and _NAMED_BY_YEAR.search(before) is not None


_Read = Callable[[regex.Match[str], int | None], tuple[str | None, Period | None]]


def _of(pattern: regex.Pattern[str], read: _Read, text: str, year: int | None) -> Iterator[Time]:
    for match in pattern.finditer(text):
        try:
            as_of, period = read(match, year)
        except ValueError:  # 31/02: no such day
            continue
        if as_of or period:
            yield Time(match.span(), as_of, period)


def _day(match: regex.Match[str], year: int | None) -> tuple[str | None, Period | None]:
    if match["only"]:
        return f"{match['only']}-12-31", None
    here = int(match["ayear"] or match["year"] or year or 0)
    if not here:
        return None, None
    if match["aday"]:
        return Date(here, int(match["amonth"]), int(match["aday"])).isoformat(), None
    month = int(match["month"]) if match["month"] else 3 * _quarter(match["quarter"])
    return _last(here, month), None


def _stretch(match: regex.Match[str], year: int | None) -> tuple[str | None, Period | None]:
    if match["from"]:
        return None, Period(start=f"{match['from']}-01-01", end=f"{match['to']}-12-31")
    years: list[str] = match.capturesdict()["year"]
    here = int(
        match["only"]
        or match["eyear"]
        or match["syear"]
        or match["fyear"]
        or (years[0] if years else year or 0)
    )
    if not here:
        return None, None
    if match["fday"]:
        end = Date(int(match["fyear"] or here), int(match["fmonth"]), int(match["fday"]))
        return None, Period(start=Date(end.year, 1, 1).isoformat(), end=end.isoformat())
    first, last = _months(match)
    if match["sday"]:
        start = Date(int(match["syear"] or here), int(match["smonth"]), int(match["sday"]))
        end = Date(here, int(match["emonth"]), int(match["eday"]))
        return None, Period(start=start.isoformat(), end=end.isoformat())
    return None, Period(start=Date(here, first, 1).isoformat(), end=_last(here, last))


def _months(match: regex.Match[str]) -> tuple[int, int]:
    if match["until"]:
        return 1, int(match["until"])
    if match["month"]:
        return int(match["month"]), int(match["month"])
    if match["quarter"]:
        last = 3 * _quarter(match["quarter"])
        return last - 2, last
    if match["count"]:
        count = _COUNTS.get(match["count"].casefold()) or int(match["count"])
        last = (match["part"] or "").casefold() == "cuối"
        return (13 - count, 12) if last else (1, count)
    return 1, 12


def _quarter(printed: str) -> int:
    return _ROMAN.get(printed.upper()) or int(printed)


def _last(year: int, month: int) -> str:
    """Return the last day of a month."""
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return Date(year, month, monthrange(year, month)[1]).isoformat()
