"""Where a phrase that may limit a time stands: `trước 15 giờ ngày thứ Sáu hằng tuần`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from extractors.language import data

Kind = Literal["interval", "recurring", "periods", "relative", "date", "dates", "immediate"]

_NEAR = 90  # characters that a phrase reaches from its number or its word of time
_PART = regex.compile(r"%(\w+)%")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that may set a time limit, and the words in it that say how it bounds."""

    kind: Kind
    start: int
    end: int
    text: str
    bound: str | None = None


def phrases(text: str) -> list[Phrase]:
    """Return the phrases that name a time, from left to right; the longest wins."""
    found = [phrase for window in _windows(text) for phrase in _phrases_in(text, *window)]
    taken: list[Phrase] = []
    for phrase in sorted(found, key=lambda one: one.start - one.end):
        if all(phrase.end <= one.start or one.end <= phrase.start for one in taken):
            taken.append(phrase)
    return sorted(taken, key=lambda one: one.start)


def _phrases_in(text: str, start: int, end: int) -> Iterator[Phrase]:
    for kind, pattern in _patterns():
        for match in pattern.finditer(text, start, end):
            yield Phrase(kind, *match.span(), match[0], match.groupdict().get("bound"))


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text around whatever can belong to a time."""
    found: list[tuple[int, int]] = []
    for anchor in part("anchor").finditer(text):
        start, end = max(0, anchor.start() - _NEAR), min(len(text), anchor.end() + _NEAR)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


@cache
def _patterns() -> tuple[tuple[Kind, regex.Pattern[str]], ...]:
    start = r"(?<! [\p{L}\d/.,-] ) "
    return tuple(
        (entry["kind"], compiled(start + entry["pattern"])) for entry in data("limits")["phrase"]
    )


@cache
def part(name: str) -> regex.Pattern[str]:
    """Return a part of the grammar (`clock`, `date`) as a pattern of its own."""
    return compiled(f"%{name}%")


def compiled(source: str) -> regex.Pattern[str]:
    """Compile a pattern of the grammar, its parts put in."""
    return regex.compile(expanded(source), regex.VERBOSE | regex.IGNORECASE)


def expanded(source: str) -> str:
    """Put the grammar's parts in the place of their names."""
    parts = data("limits")["parts"]
    while _PART.search(source):
        source = _PART.sub(lambda match: _inserted(parts, match[1]), source)
    return source


def _inserted(parts: dict[str, str], name: str) -> str:
    if name != "bound":
        return f"(?:{parts[name]}\n)"
    words = [word for group in data("times")["bounds"].values() for word in group]
    longest = sorted(words, key=len, reverse=True)
    return "(?P<bound> " + " | ".join(word.replace(" ", r" \s+ ") for word in longest) + " )"
