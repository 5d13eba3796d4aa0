"""Numbers as Vietnamese paper prints them: decimal commas, thousand points, leading zeros."""

from __future__ import annotations

import regex

from extractors.contract import Amount

# A number: 32.104  98,70  06  1.250,5; a point before one or two digits is a slip for a comma.
NUMBER = r"\d{1,3}(?:[.]\d{3}){1,5}(?:,\d{1,4}|[.]\d{1,2}(?!\d))?|\d{1,12}(?:,\d{1,4}|[.]\d{1,2})?"

_THOUSANDS = regex.compile(r"(\d{1,3}(?:[.]\d{3})+)(?:[.,](\d+))?")


def amount(printed: str) -> Amount:
    """Return the value of a printed number: `98,70` is 98.7, `32.104` is 32104, `06` is 6."""
    value = float(_plain(printed))
    return int(value) if value.is_integer() else value


def decimals(printed: str) -> int:
    """Return how many decimal places are printed: 2 for `98,70`, none for `32.104`."""
    return len(_plain(printed).partition(".")[2])


def _plain(printed: str) -> str:
    """Return a number without thousand points, a point before its decimals."""
    found = _THOUSANDS.fullmatch(printed)
    if found is None:
        return printed.replace(",", ".")
    return f"{found[1].replace('.', '')}.{found[2] or ''}".removesuffix(".")
