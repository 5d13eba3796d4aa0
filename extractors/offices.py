"""Agencies, offices and fields of work that a sentence names: `Phòng Nội vụ`, `Công an huyện`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extractors.units import level_of_kind, words
from normalizers import Span

# A name: up to five capitalized syllables, and a number that belongs to it (Mỹ Đình 1).
NAME = r"\p{Lu}[\p{L}'’]*(?:\s\p{Lu}[\p{L}'’]*){0,4}(?:\s\d{1,2}(?![\d.,%/]))?"


def find(text: str) -> Iterator[Span]:
    """Yield the places of their names; where two readings overlap, the first one counts."""
    items = list(_item_pattern().finditer(text))
    fields = len(items) > 1 or "lĩnh vực" in text.casefold()
    for match in items:
        if fields or match["name"]:  # a field of work alone opens many a sentence: Dân số là …
            yield match.span("name" if match["name"] else "field")
    for match in _office_pattern().finditer(text):
        yield match.span()


@cache
def _office_pattern() -> regex.Pattern[str]:
    offices = words()["offices"]
    kinds = [kind for kind in words()["kinds"] if level_of_kind(kind) != "village"]
    return regex.compile(
        rf"""
        (?<![\p{{L}}\d])
        (?: \L<before> \s \L<sectors> | \L<alone> | \L<placed> (?= \s \L<kinds> (?!\p{{L}}) ) )
        (?![\p{{L}}])
        (?: \s (?: \L<kinds> ) (?: \s {NAME} )? (?![\p{{L}}]) | \s (?= \p{{Lu}} ) {NAME} )?
        """,
        regex.VERBOSE,
        before=offices["before_sector"],
        alone=offices["alone"],
        placed=offices["placed"],
        sectors=words()["sectors"]["words"],
        kinds=kinds,
    )


@cache
def _item_pattern() -> regex.Pattern[str]:
    """Offices and fields of work as items of a list: `Tư pháp 12 hồ sơ; Bệnh viện tỉnh 5`."""
    heads = [
        *words()["offices"]["before_sector"],
        *words()["offices"]["alone"],
        *words()["offices"]["placed"],
        *words()["offices"]["items"],
    ]
    return regex.compile(
        r"""
        (?: (?<= ^ | [;,(:.]\s | \( | \b(?:và|là|gồm|tại|ở|[Rr]iêng)\s
            | ;\s[-+]\s ) )
        (?: (?P<name> (?! Vụ\s(?:Hè|Đông|Xuân|Thu|Mùa) )
                \L<heads> \s (?= \p{Lu} | \L<small> (?!\p{L}) )
                (?: (?! \s \L<verbs> \s ) [^;:,()\d.] ){1,60}? (?: (?<= \ssố) \s \d{1,2} )? )
            (?= \s? (?: [:(–-]\s? )?
                (?: (?: \L<verbs> ) \s (?: [^;:,()\d.]{0,30}? \s )? )? \d )
          | (?P<field> \L<sectors> )
            (?= \s? (?: [:(–-]\s? )? (?: (?: đạt | có | là | còn | chiếm ) \s )? \d ) )
        """,
        regex.VERBOSE,
        heads=heads,
        small=words()["offices"]["small"],
        verbs=words()["verbs"]["after_name"],
        sectors=words()["sectors"]["words"],
    )
