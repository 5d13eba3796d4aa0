"""Names of bodies: which lines make one, and which unit a body stands for."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractors.contract import Unit
from extractors.keys import key
from extractors.words import any_of, keyed, table


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
    if done in keyed("bodies", "unfinished") or before.rstrip().endswith(("-", "–", ",")):
        return True
    if regex.search(r"\b(?:va|cac|cua|tinh|huyen|thanh pho|xa|phuong|thi xa)$", done):
        return True
    if regex.match(any_of("bodies", "tails") + r"(?:\W|$|(?<=\W))", new):
        return not regex.match(any_of("bodies", "heads") + r"\b", new) or "phong chong" in new
    return regex.match(any_of("bodies", "heads") + r"\b", new) is None


def unit_of(name: str, parent: str | None) -> Unit | None:
    """Return the administrative unit a body stands for; a department is its own unit."""
    del parent
    government = regex.match(any_of("bodies", "governments") + r"\s+", key(name))
    if government:
        place = name[government.end() :]
        level = _level(place)
        if level is not None:
            return Unit.model_validate({"name": place, "level": level, "code": None})
    return Unit(name=name, level="agency", code=None)


def _level(place: str) -> str | None:
    cities = keyed_cities()
    for kind, level in table("bodies")["levels"].items():
        match = regex.match(regex.escape(key(kind)) + r"\.?\s+", key(place))
        if match:
            city = key(place)[match.end() :] in cities
            return "province" if city else str(level)
    return None


def keyed_cities() -> frozenset[str]:
    """Return the names of the cities that are provinces, as keys."""
    return frozenset(key(name) for name in table("bodies")["cities"]["names"])
