"""Places in a ranking: `xếp thứ 8/12 toàn tỉnh`, and the value that they stand with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from extractors.language import data
from extractors.quantity import Quantity


def find(text: str) -> Iterator[Quantity]:
    """Yield the ranks of a text."""
    places: dict[str, int] = data("quantities")["rank"]["places"]
    for match in _rank().finditer(text):
        if match["rank"] and not match["of"] and not _PLACED.search(match[0]):
            continue  # bệnh viện hạng 2
        rank = int(match["rank"]) if match["rank"] else places[match["word"].casefold()]
        at = match.span("rank" if match["rank"] else "word")
        of = int(match["of"]) if match["of"] else None
        if rank == 0:
            continue  # a misreading: nobody stands in place 0
        yield Quantity(match.span(), at, rank=rank, rank_of=of)


_PLACED = regex.compile(r"thứ|xếp|đứng|vị\strí", regex.IGNORECASE)


@cache
def _rank() -> regex.Pattern[str]:
    words = data("quantities")["rank"]
    return regex.compile(
        r"""
        (?: (?<!\p{L}) \L<opens> | (?<= \( ) thứ (?= \s\d{1,3} (?: /\d{1,3} )? \) ) )
        (?: \s+ (?: thứ | ở | số ) ){0,2} \s*:?\s*
        (?: (?P<rank> \d{1,4} )
            (?: (?: \s?/\s? | \s (?:trên|trong) \s (?:tổng\s)? (?:số\s)? ) (?P<of> \d{1,4} ) )?
          | (?<= thứ \s ) (?P<word> \L<places> ) (?!\p{L}) )
        (?! [\d%] | [.,]\d | \s*% )
        """,
        regex.VERBOSE | regex.IGNORECASE,
        opens=words["opens"],
        places=list(words["places"]),
    )


_RANK_GAP = regex.compile(r"[^.;:]{0,60};?\s?")
_RANK_FIRST = regex.compile(
    r"[^.;:\d]{0,20} (?: với | đạt | \( | là ) [^.;:\d]{0,20}", regex.VERBOSE
)


def joined(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Put a rank on the value before it (`23 hồ sơ, xếp thứ 8/12`), or else on the one after."""
    kept: list[Quantity] = []
    waiting: Quantity | None = None
    for one in found:
        at = _ranked(text, kept, one) if one.rank is not None else None
        if at is not None:
            ranked = replace(kept[at], rank=one.rank, rank_of=one.rank_of)
            kept[at] = replace(ranked, whole=(ranked.whole[0], one.whole[1]))
        elif waiting and one.rank is None and _follows(text, waiting, one):
            kept[-1] = replace(
                one,
                rank=waiting.rank,
                rank_of=waiting.rank_of,
                whole=(waiting.whole[0], one.whole[1]),
            )
        else:
            kept.append(one)
        waiting = one if one.rank is not None and at is None else None
    return kept


def _ranked(text: str, before: list[Quantity], rank: Quantity) -> int | None:
    """Return the place of the quantity that a rank speaks of: a change only for want of another."""
    near = [at for at in range(len(before) - 1, -1, -1) if _reaches(text, before[at], rank)]
    plain = [at for at in near if not before[at].sign]
    outside = [
        at for at in plain if ")" not in _BRACKET.sub("", text[before[at].whole[1] : rank.whole[0]])
    ]
    return next(iter(outside or plain or near), None)


_BRACKET = regex.compile(r"\([^()]*\)")  # an aside: 3,62 điểm (năm 2024: 3,48 điểm), đứng thứ 4


def _reaches(text: str, one: Quantity, rank: Quantity) -> bool:
    gap = _BRACKET.sub("", text[one.whole[1] : rank.whole[0]])
    return one.rank is None and bool(one.measure) and _RANK_GAP.fullmatch(gap) is not None


def _follows(text: str, rank: Quantity, value: Quantity) -> bool:
    gap = text[rank.whole[1] : value.whole[0]]
    return bool(value.measure) and not value.sign and _RANK_FIRST.fullmatch(gap) is not None
