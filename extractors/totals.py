"""Which rows and columns of a table are the total (tổng cộng)."""

from __future__ import annotations

import regex

from extractors.language import data

_TOTAL = regex.compile(
    r"(?:tổng|cộng|toàn)(?!\p{L})(?!\s(?:công\sty|cục|đài|liên\sđoàn|kho))", regex.IGNORECASE
)


def is_total(name: str) -> bool:
    """Whether a row or a column is the total: it speaks of the issuer's unit."""
    words = name.casefold()
    return words in data("tables")["totals"]["words"] or _TOTAL.match(words) is not None
