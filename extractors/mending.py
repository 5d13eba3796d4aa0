"""Printed names that a scan garbled, read as the known name they are nearest to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extractors.casing import is_known
from extractors.distance import distance
from extractors.keys import key
from extractors.words import table

_BRANCH = regex.compile(r"(?<=[Cc])hỉ(?= (?:cục|nhánh)(?!\p{L}))")  # Chỉ cục for Chi cục
_SHARE = 6  # one letter in so many may be wrong
_MOST = 3


def mended(line: str) -> str:
    """Return the known body's name that a line of the letterhead garbles; else the line itself.

    `SỚYTẺ` is `SỞ Y TẾ`. A line that reads as known words already keeps its own spelling.
    """
    words = [word for word in line.split() if len(word) > 1 or not word.islower()]
    text = " ".join(words)
    known = None if is_known(text) else nearest(text, _bodies())
    if known is None or key(known).split() == key(text).split():
        return text
    return known.upper() + (" -" if text.endswith(("-", "–", "—")) else "")


def mended_branches(text: str) -> str:
    """Return the text with its Chi cục and Chi nhánh mended, letter for letter."""
    return _BRANCH.sub("hi", text)


@cache
def _bodies() -> tuple[str, ...]:
    bodies = table("bodies")
    places = table("casing")["places"]
    named = [form.format(place) for form in bodies["of_provinces"] for place in places]
    return (*bodies["known"], *named)


def nearest(text: str, names: Sequence[str], among: str = "") -> str | None:
    """Return the one name that the letters of a text are nearest to; null where none is near.

    Of several as near, the one that stands in the text `among` is taken.
    """
    letters = _letters(text)
    limit = min(_MOST, len(letters) // _SHARE) if len(letters) > _SHARE else int(len(letters) > 4)
    near: dict[int, list[str]] = {}
    for name in names:
        if abs(len(_letters(name)) - len(letters)) <= limit:
            near.setdefault(distance(letters, _letters(name), limit), []).append(name)
    best = near.get(min(near, default=0), []) if min(near, default=limit + 1) <= limit else []
    if len(best) > 1:
        best = [name for name in best if key(name) in key(among)]
    return best[0] if len(best) == 1 else None


def are_near(one: str, other: str) -> bool:
    """Whether two names differ by one letter in five at most, their marks left aside."""
    longest = max(len(_letters(one)), len(_letters(other)))
    limit = max(1, longest // 5)
    return distance(_letters(one), _letters(other), limit) <= limit


@cache
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, key(text)))
