"""Who receives the dispatch (Nơi nhận), one entry a line item, with the archive line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from extractors.finding import Finding
from extractors.foot import find_foot
from extractors.keys import key
from extractors.letterhead import find_letterhead
from extractors.lists import after_label, has_bullet, items, starts_item
from extractors.phrases import is_foreign
from extractors.pieces import Piece, is_rule
from extractors.reading import Reading
from extractors.words import any_of, table

_OFFICE = regex.compile(r"\bV[IỊÍÌÏl1](?=\W|$)")
# What a recipient is to do, as the scan left it: `(i/o)`, `(b/O`, `(để brc)`; `(để Vh)`.
_TO_DO = regex.compile(
    r"""
    \( \s? (?P<for> (?:để\s)? )
    (?: (?P<told> [bhil] \W? [ruaáăứ]? [coe0CO] | b/ )   # báo cáo
      | (?P<act> [tvV] \W? h )                      # thực hiện
      | (?P<join> p \W? h )                         # phối hợp
    ) \W* $
    """,
    regex.VERBOSE,
)
_MEANT = {"told": "b/c", "act": "t/h", "join": "p/h"}
_ARCHIVE = regex.compile(r"\W{0,4}luu\b")


def find(reading: Reading) -> Iterator[Finding[str]]:
    """Yield the recipients at the dispatch's foot; lists in annexes are not meant."""
    foot = find_foot(reading, find_letterhead(reading))
    if foot.label is None:
        return
    match = regex.match(
        r"\W{0,4}(?:" + any_of("letterhead", "recipients") + r"){e<=1}", foot.label.key
    )
    rest = after_label(foot.label, match.end() if match else 0)
    lines = [rest] if rest else []
    lines += [line for line in foot.left if line.start > foot.label.start]
    for found in items(list(_until_archived(lines)), "recipients/list", 0.92):
        yield replace(found, value=_archived(_to_do(_mended(found.value))))


@cache
def _misread() -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple((regex.compile(it["as"]), it["is"]) for it in table("letterhead")["misread"])


def _mended(item: str) -> str:
    """Read the abbreviations that nearly all recipients have: `TỊ HĐND` is `TT HĐND`."""
    for pattern, text in _misread():
        item = pattern.sub(text, item)
    return item


def _to_do(item: str) -> str:
    """Read the bracket that ends an item, of which every office has the same few."""
    found = _TO_DO.search(item)
    if found is None:
        return item
    meant = next(text for name, text in _MEANT.items() if found[name])
    return f"{item[: found.start()]}({found['for']}{meant})"


def _archived(item: str) -> str:
    """Read the clerks' office (`VT`) in the archive line, whose T scans like to make an I."""
    return _OFFICE.sub("VT", item) if _ARCHIVE.match(key(item)) else item


def _until_archived(lines: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the lines up to the archive line, and what goes on with that one."""
    last: Piece | None = None
    archived = False
    for line in lines:
        if is_rule(line.text) or is_foreign(line.text):
            continue
        if last is not None and archived and _is_past(last, line):
            return
        archived = archived or _ARCHIVE.match(line.key) is not None
        last = line
        yield line


def _is_past(last: Piece, line: Piece) -> bool:
    """Whether a line after the archive line is not its own."""
    if has_bullet(line.text) or starts_item(line, last):
        return True
    open_ = last.text.rstrip().endswith((",", ";", "-", "(", "&"))
    return not open_ or line.row.page != last.row.page
