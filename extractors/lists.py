"""Lists of the letterhead and the foot: dashes begin items, semicolons end them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import regex

from extractors.finding import Finding
from extractors.mending import mended_branches
from extractors.pieces import Piece, within

# A dash as the scan left it.
_BULLET = regex.compile(
    r"^\W{0,2}[-–—_~+•*·=](?=\s|\p{L}|\()[\s_–—-]*|^\W{1,3}\s(?=\p{Lu})|^[.,'`|]+\s*"
)
_EDGES = " \t;,.:|~_`'‘’\"“”*•·=<>[]{}\\/-–—"


def items(
    lines: Sequence[Piece],
    rule: str,
    confidence: float,
    starts: Callable[[Piece, Piece], bool] | None = None,
) -> Iterator[Finding[str]]:
    """Yield one finding for each item; lines that go on with an item are joined to it."""
    group: list[Piece] = []
    for line in lines:
        if group and (starts or starts_item)(line, group[-1]):
            yield from _item(group, rule, confidence)
            group = []
        group.append(line)
    yield from _item(group, rule, confidence)


def starts_item(line: Piece, before: Piece) -> bool:
    """Whether a line begins an item: by its dash, or because the one before it is closed."""
    if has_bullet(line.text):
        return True
    closed = regex.search(r"[;.](?:\W{0,3}|\s\S{1,2})$", before.text) is not None
    return closed and not line.text.lstrip(_EDGES + "(")[:1].islower()


def has_bullet(text: str) -> bool:
    """Whether a line begins with a dash."""
    return regex.match(r"^\W{0,2}[-–—_~+•*·=]\W{0,2}(?=\p{L}|\(|\d)", text) is not None


def _item(group: Sequence[Piece], rule: str, confidence: float) -> Iterator[Finding[str]]:
    if not group:
        return
    first = _BULLET.sub("", group[0].text)
    words = [_cleaned(text) for text in (first, *(line.text for line in group[1:]))]
    value = regex.sub(r",(?=\p{L})", ", ", regex.sub(r"\s+", " ", " ".join(words)))
    value = mended_branches(value.strip(_EDGES))
    value += _bracket(value, " ".join(words))
    if sum(map(str.isalpha, value)) >= 2:
        yield Finding(value, group[0].start, group[-1].end, confidence, rule)


def _cleaned(text: str) -> str:
    """Drop a lone speck after the point or semicolon that ends a line."""
    return regex.sub(r"(?<=[;.:])\s+\S{1,2}$", "", text)


def _bracket(value: str, whole: str) -> str:
    return ")" if value.count("(") > value.count(")") and ")" in whole else ""


def after_label(line: Piece, end: int) -> Piece | None:
    """Return what stands on the label's own line after it; null where that is nothing."""
    rest = within(line, end, len(line.text))
    lead = len(rest.text) - len(rest.text.lstrip(" :;.,"))
    rest = within(rest, lead, len(rest.text))
    return rest if sum(map(str.isalnum, rest.text)) >= 2 else None
