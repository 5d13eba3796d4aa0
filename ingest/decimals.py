"""Decimal commas in a column of figures: one whose tail the scan lost is read as a point.

A point parts thousands, so that one or two digits after it are no figure. It may be the number of
a paragraph (`1.2`), though: the other cells of the column tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import regex

from ingest.page import Ruling, Word

_DECIMAL = regex.compile(r"-?\d{1,3}(?:\.\d{3})*,\d{1,3}%?")
_POINTED = regex.compile(r"(-?\d{1,3}(?:\.\d{3})*)\.(\d{1,2}%?)")
_FEWEST = 2  # cells with a comma that a column must have


def with_commas(ruling: Ruling, cells: Sequence[Sequence[Word]]) -> list[Sequence[Word]]:
    """Return the words of the cells, with a comma for the point in a column of decimals."""
    decimals: dict[int, int] = defaultdict(int)
    for block, words in zip(ruling.blocks, cells, strict=True):
        decimals[block.column] += len(words) == 1 and bool(_DECIMAL.fullmatch(words[0].text))
    return [
        [_mended(words[0])] if len(words) == 1 and decimals[block.column] >= _FEWEST else words
        for block, words in zip(ruling.blocks, cells, strict=True)
    ]


def _mended(word: Word) -> Word:
    found = _POINTED.fullmatch(word.text)
    return replace(word, text=f"{found[1]},{found[2]}") if found else word
