"""Names of bodies: which lines of the letterhead make one."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractors.keys import key
from extractors.words import any_of, keyed


def group(lines: Sequence[str]) -> list[list[int]]:
    """Group the lines of the letterhead into bodies: `ỦY BAN NHÂN DÂN`, `HUYỆN TỨ KỲ` is one.

    Each group holds the places of its lines. At most the last two levels are kept apart.
    """
    groups: list[list[int]] = []
    for at, line in enumerate(lines):
        if groups and _goes_on(" ".join(lines[it] for it in groups[-1]), line):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _goes_on(before: str, line: str) -> bool:
    """Whether a line belongs to the body in the lines before it."""
    done, new = key(before).strip(" .,-–"), key(line)
    heads = regex.match(any_of("bodies", "heads") + r"\b", new) is not None
    if done in keyed("bodies", "governments") and heads:
        return False
    if new.startswith(f"{done} "):
        return False  # KHO BẠC NHÀ NƯỚC over KHO BẠC NHÀ NƯỚC TỈNH …
    if done in keyed("bodies", "unfinished") or before.rstrip().endswith(("-", "–", ",")):
        return True
    if regex.search(r"\b(?:va|cac|cua|tinh|huyen|thanh pho|xa|phuong|thi xa)$", done):
        return True
    if regex.match(any_of("bodies", "tails") + r"(?:\W|$|(?<=\W))", new):
        return not heads or "phong chong" in new
    return not heads


def is_body(line: str) -> bool:
    """Whether a line begins as the name of a body does."""
    return regex.match(r"\W*" + any_of("bodies", "heads") + r"\b", key(line)) is not None
