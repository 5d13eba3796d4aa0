"""Printed figures that do not add up: they stay as printed, and a person is told."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from extractors.contract import Amount, ReviewCode
from extractors.finding import Remark


def share(value: Amount, decimals: int, numerator: Amount, denominator: Amount) -> Remark | None:
    """Return a remark where a share is not that of its fraction, beyond its own rounding."""
    if not denominator:
        return None
    true = 100 * numerator / denominator
    if abs(true - value) <= 0.5 * 10**-decimals + 1e-6:
        return None
    message = f"{numerator}/{denominator} is {true:.2f}%, printed is {value}%"
    return Remark(ReviewCode.ARITHMETIC, message, "/value", (round(true, max(decimals, 2)),))


def total(printed: Amount, parts: Sequence[Amount], *, partial: bool = False) -> Remark | None:
    """Return a remark where parts do not sum to the total printed; `partial` ones may be less."""
    summed = round(fsum(parts), 6)
    if abs(summed - printed) < 1e-6 or (partial and summed < printed):
        return None
    message = f"the parts sum to {summed:g}, printed is {printed:g}"
    return Remark(ReviewCode.ARITHMETIC, message, "/value", (summed,))
