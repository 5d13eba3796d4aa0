"""What looks like a figure and is none: document numbers, dates, times, labels, telephones."""

from __future__ import annotations

from functools import cache

import regex

from extractors.language import data
from normalizers import Span

_YEAR = r"(?:19|20)\d{2}"
_NOT_ON = r"(?! \d | [.,/]\d | \s? % )"  # the number ends here, and is no share
_DATES = rf"""
      ngày \s \d{{1,2}} (?: (?: ,\s | \s và \s (?:ngày\s)? | \s?-\s? ) \d{{1,2}} ){{0,4}}
        (?= \s (?: tháng | hằng | hàng | của ) )                         # ngày 05 và 20 hằng tháng
    | tháng \s \d{{1,2}} \s năm \s {_YEAR}
    | \d{{1,2}} (?: ,\s\d{{1,2}} ){{0,4}} \s (?: và | đến ) \s \d{{1,2}} \s tháng \s \d
    | (?<![\d/.,]) \d{{1,2}} \s?[/.-]\s? \d{{1,2}} \s?[/.-]\s? {_YEAR} (?!\d)          # 29/9/2023
    | (?<![\d/.,]) \d{{1,2}} \s?[/-]\s? {_YEAR} (?!\d)                                 # 9/2023
    | (?<!\p{{L}}) \L<days> \s \d{{1,2}} (?: [/-]\d{{1,2}} )?
        (?! [\d/,.]*\d | \s?[%\p{{L}}] )
    | (?<!\p{{L}}) \L<days> \s \d{{1,2}} [/-] \d{{1,2}} (?! [\d/] )
    | \d{{1,2}}[/-]\d{{1,2}} (?= \s?(?:đến|-)\s (?:ngày\s)? \d{{1,2}}/\d{{1,2}} )
    | (?<!\p{{L}}) (?: tháng | quý | tuần ) \s (?:thứ\s)? (?: \d{{1,2}} | [ivx]{{1,3}} )
        (?: \s?/\s? {_YEAR} | (?= \s? (?: [,;.):-] | năm | và | đến | trở | tới | $ ) ) )
    | (?<!\p{{L}}) (?: riêng | vào | từ | đến | hết | cuối | đầu | giữa | sang ) \s tháng \s
        (?: 0?[1-9] | 1[0-2] ) (?! \d | [.,/]\d | \s?% )                   # riêng tháng 12
    | (?: \d{{1,2}} | hai | ba | sáu | chín ) \s (?: tháng | quý | tuần )
        \s (?: đầu | cuối | năm | qua | giữa | còn \s lại ) (?!\p{{L}})     # 6 tháng đầu năm
    | (?<!\p{{L}}) \L<years> \s {_YEAR} (?: \s?[-–]\s? {_YEAR} )? {_NOT_ON}
        (?! \s (?: hồ | người | hộ | triệu | tỷ | đồng | ha ) )
    | (?<= (?-i:\p{{Lu}})\p{{Ll}}{{1,8}} \s ) {_YEAR} {_NOT_ON}
        (?! \s \L<measured> (?!\p{{L}}) )                                            # Hè Thu 2024
    | (?<![\d.,]) {_YEAR} \s?[-–]\s? {_YEAR} (?!\d)                                    # 2021 - 2025
"""
_TIMES = r"""
      \d{1,2} \s? (?: giờ | h | g ) \s? (?: \d{2} \s? (?: phút | ' | p )? )? (?! \p{L} | \s?/ )
    | (?<!\d) [0-2]?\d : [0-5]\d (?!\d)                                               # 08:00
    | thứ \s [2-7] (?! \s?/ | \d )
    | (?<!\d) 24/(?:24|7) (?!\d)
"""
_DOCUMENTS = r"""
      (?<![\d,.]) \d{1,5}[a-zđ]? / (?: (?:19|20)\d{2} / )?
        (?-i:\p{Lu}{2,}) [\p{L}\d&.-]*                                      # 3607/UBND-VP
    | (?<! \p{L} | (?:tổng|thiểu|dân|đa|hệ|đổi|chỉ|tham|trị)\s ) số
        \s? :? \s? \d{1,5}[a-z]? (?: / [\p{L}\d&.-]+ )?
        (?! [.,]?\d | \s?% | \s \L<measured> (?!\p{L}) )
    | (?<! \p{L} | dứt\s | thời\s | trọng\s )
        (?: (?= (?-i:\p{Ll}) ) | (?<! (?-i:\p{Lu}\p{Ll}{1,6}) \s ) ) \L<parts> \s (?:số\s)?
        \d{1,3} (?: [.,/]\d{1,2} ){0,3} (?! \d | [.,]\d )
        (?: ,\s \d{1,3} (?! [\d%] | [,.]\d | \s \p{Ll} ) ){0,6} (?! \s?% )  # khoản 2, 3
    | (?<!\p{L}) \L<documents> \s (?:số\s)? \d{1,5}
        (?! [\d,.]*\d | \s?% | \s \L<measured> (?!\p{L}) )  # Đề án 06
    | (?<!\d) \d \s trong \s \d (?! \d | [.,]\d )              # vắc xin 5 trong 1
    | \( \s? \d{1,2} \s? \) (?= \s?\p{L} )                      # (1) công khai
    | (?<![\d.,]) \d{1,3} (?: [.,]\d{1,2} )? \s độ \s (?: vĩ | kinh ) (?!\p{L})  # 9 độ Vĩ Bắc
    | (?<!\d) \d{1,3} (?: \s?[-–]\s?\d{1,3} )? \s? km/(?: giờ | h ) (?!\p{L})  # 75-88 km/giờ
"""
_NAMES = r"""
      (?<!\p{L}) \L<named> \s (?: (?:số|thứ)\s )? \d{1,4}
        (?: \s? (?: , | và | [-–] | đến ) \s? \d{1,4} (?! [\d%] | [,.]\d | \s\p{Ll} ) ){0,4}
        (?! \d | [,.]\d | /\d | \s?% | \s \L<measured> (?!\p{L}) )      # Quốc lộ 37
    | (?<![\p{L}\d]) (?-i:\p{Lu}{2,}) [-–]\d{1,4} | (?: ISO | TCVN | QCVN ) \s [\d:./-]+
    | (?<!\p{L}) tài \s khoản \s (?:số\s)? [\d.]{4,} (?! [\d,] | \s \L<measured> (?!\p{L}) )
    | km \s? \d+ \+ \d+ | (?-i:(?<![\p{L}\d])\p{Lu}{1,3}\d{1,3}(?![\d%]))              # A1, CT07
"""
_TELEPHONES = r"""
      (?<![\d.,]) (?: \(?0\d{2,3}\)? [ .-]? \d{3,4} [ .-]? \d{3,4} | 0\d{9} | \+84 [\d ]{9,12} )
        (?! [\d,] )
    | (?<!\p{L}) \L<telephones> \s?[:.]?\s? (?:số\s:?\s?)? (?= \d )[\d.\s-]{5,20}
"""
_LIMITS = r"""
      (?<! \p{L} | không\s ) \L<before> \s \d{1,3} \s \L<units> (?! \p{L} | \s?/ )
        (?: \s làm \s việc )?
    | \d{1,3} \s \L<units> (?: \s làm \s việc )? ,? \s \L<after> (?!\p{L})
    | \d{1,3} \s ngày \s làm \s việc
    | (?<!\p{L}) trước \s (?: \p{L}+ \s ){1,8}? (?: ít \s nhất \s | tối \s thiểu \s )?
        \d{1,3} \s \L<units> (?! \p{L} )                              # trước ngày khám 15 ngày
    | (?<!\p{L}) (?: mỗi | hằng | hàng | một ) \s \L<units> ,? \s (?: \p{Ll}+ \s ){0,2}
        \d{1,2} \s lần (?!\p{L})                                         # mỗi quý 01 lần
    | \d{1,2} \s lần \s? (?: / | trong | mỗi | một ) \s? (?:một\s)? \L<units> (?!\p{L})
"""

_MEASURED = ("physical", "money", "scales", "marks", "counted")


@cache
def _patterns() -> tuple[regex.Pattern[str], ...]:
    words = data("masks")
    kinds = ("days", "years", "parts", "documents", "named", "telephones")
    lists = {kind: words[kind]["words"] for kind in kinds} | words["limits"]
    measures = data("quantities")["measures"]
    lists["measured"] = [word for name in _MEASURED for word in measures[name]]
    flags = regex.VERBOSE | regex.IGNORECASE
    sources = (_DATES, _TIMES, _DOCUMENTS, _NAMES, _TELEPHONES, _LIMITS)
    return tuple(
        regex.compile(
            source,
            flags,
            **{name: words for name, words in lists.items() if rf"\L<{name}>" in source},
        )
        for source in sources
    )


def masked(text: str) -> list[Span]:
    """Return the spans of the text in which no number is a figure."""
    return [match.span() for pattern in _patterns() for match in pattern.finditer(text)]
