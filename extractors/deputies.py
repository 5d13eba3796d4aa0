"""Heads and their deputies: who signs under `KT.` (ký thay), and for whom."""

from __future__ import annotations

from functools import cache

from extractors.casing import title_case
from extractors.distance import distance
from extractors.keys import key
from extractors.words import table

_TELLING = 4  # letters of its end that tell a deputy's position; of so many, one may be misread


@cache
def _special() -> dict[str, str]:
    """Return the heads whose deputies have names of their own: `Bộ trưởng` -> `Thứ trưởng`."""
    pairs = table("positions")["deputies"].items()
    return {title_case(head): title_case(deputy) for head, deputy in pairs}


def deputy_of(head: str) -> str:
    """Return the deputy's position: `Phó Giám đốc` of `Giám đốc`, `Thứ trưởng` of `Bộ trưởng`."""
    return _special().get(head, f"Phó {head}")


def head_of(deputy: str) -> str | None:
    """Return the head's position of a deputy's; null where it is no deputy's."""
    text = deputy[4:]
    plain = text[:1].upper() + text[1:] if key(deputy).startswith("pho ") else None
    return next((head for head, own in _special().items() if own == deputy), plain)


def is_deputy(position: str) -> bool:
    """Whether a position is a deputy's."""
    return head_of(position) is not None


def may_be_deputy(letters: str, head: str) -> bool:
    """Whether letters under a head's position are what is left of the deputy's: `PHÓ`, `TỊCH`."""
    left = "".join(filter(str.isalpha, key(letters)))
    whole = "".join(filter(str.isalpha, key(deputy_of(head))))
    near = distance(left, whole, len(whole) // _TELLING) <= len(whole) // _TELLING
    return left == "pho" or near or (len(left) >= _TELLING and whole.endswith(left))
