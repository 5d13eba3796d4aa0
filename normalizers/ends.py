"""The sign that closes an item or a paragraph: a wrong model takes points for commas and colons."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from normalizers.spots import Line
from normalizers.text import Edit

_SURE = 0.9
_ITEM = regex.compile(r"\s*([-–+](?=\s*\p{L})|\d{1,2}[.)](?=\s+\p{Lu})|[a-zđ]\)(?=\s+\p{L}))")
_LAST = regex.compile(r"(?<=\w[)”\"]?)[,:](?=\s*$)")


def edits(line: Line, after: Line) -> Iterator[Edit]:
    """Yield the repair of a garbled line's last sign; `after` is the line that follows it.

    No comma stands before a new item, and no colon between two items of the same kind.
    """
    last = _LAST.search(line.text)
    next_ = _ITEM.match(after.text)
    if last is None or next_ is None or not line.surely_garbled:
        return
    item = _ITEM.match(line.text)
    alike = item is not None and item[1] == next_[1]
    if last[0] == "," or alike:
        new = ";" if alike else "."
        yield Edit(line.start + last.start(), line.start + last.end(), new, _SURE, "end")
