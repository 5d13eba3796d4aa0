"""A quantity: a number in a sentence, with what it counts and what bounds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.contract import Amount
from normalizers import Span

Comparison = Literal["=", ">=", "<=", ">", "<"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts, and its place in the text.

    `whole` spans all words that belong to it (`tối thiểu 80%`), `at` its first number alone.
    `sign` is 1 for `tăng`, -1 for `giảm`, else 0. A rank alone has no value; `known` tells that
    the measure is in the word list.
    """

    whole: Span
    at: Span
    value: Amount | None = None
    measure: str | None = None
    numerator: Amount | None = None
    denominator: Amount | None = None
    rank: int | None = None
    rank_of: int | None = None
    comparison: Comparison = "="
    sign: int = 0
    known: bool = True
    words: Span | None = None  # the measure as printed, of the first number where two are joined

    @property
    def share(self) -> bool:
        """Whether it is a share of a whole."""
        return self.measure in ("%", "‰")
