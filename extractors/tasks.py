"""Task tables (bảng phân công nhiệm vụ): a row is a directive with its assignees and its limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from extractors import tables
from extractors.agencies import names_at
from extractors.contract import Assignee, Directive, Table
from extractors.finding import Finding, Part
from extractors.language import data
from extractors.limits import phrases
from extractors.others import supports
from extractors.reading import Reading
from extractors.told import Role
from extractors.wording import Clause

LIMIT = "/deadlines"  # the part of a task's finding that holds its time limit
_ROLES = ("support", "lead", "limit", "product", "task")  # the first that fits
_PARTS = regex.compile(r"\s*[;\n]\s*")
_LISTED = regex.compile(r"\s*[;\n]\s*|(?:^|\s+)[-+]\s+")  # - Sở X - Sở Y


def find_tasks(reading: Reading) -> Iterator[Finding[Directive]]:
    """Yield a directive for each row of each task table: `T1.3` is table 1, row 3."""
    for number, found in enumerate(tables.find(reading), 1):
        columns = _columns(found.value)
        if "task" in columns and "lead" in columns:
            yield from _rows(found, number, columns)


def _columns(table: Table) -> dict[str, int]:
    """Return which column holds task, lead, support and limit, by the words of its header."""
    columns: dict[str, int] = {}
    for at, header in enumerate(table.header):
        for role in _ROLES:
            words = data("tasks")[role]
            said = any(word in header.casefold() for word in words["words"])
            if said and role not in columns and at not in columns.values():
                columns[role] = at
                break
    return columns


def _rows(
    found: Finding[Table], number: int, columns: Mapping[str, int]
) -> Iterator[Finding[Directive]]:
    leading = 0  # the row in which the lead was printed last: a cell may be merged downward
    for at, row in enumerate(found.value.rows):
        task, lead = row[columns["task"]], row[columns["lead"]]
        place = found.parts.get(f"/rows/{at}/{columns['task']}")
        others = [row[columns[role]] for role in ("support", "limit") if role in columns]
        if not task or task == lead or place is None or not (lead or any(others)):
            continue  # a row that heads a group
        leading = at if lead else leading
        assignees, parts = _assignees(found, {"lead": leading, "support": at}, columns)
        parts["/text"] = place
        limit = found.parts.get(f"/rows/{at}/{columns['limit']}") if "limit" in columns else None
        if limit is not None:
            parts[LIMIT] = limit
        value = Directive(id=f"T{number}.{at + 1}", assignees=assignees, text=task, deadlines=[])
        end = max(part.span[1] for part in parts.values())
        yield Finding(value, place.span[0], end, found.confidence, "directives.task", parts)


def _assignees(
    found: Finding[Table], rows: Mapping[Role, int], columns: Mapping[str, int]
) -> tuple[list[Assignee], dict[str, Part]]:
    assignees: list[Assignee] = []
    parts: dict[str, Part] = {}
    for role, at in rows.items():
        if role not in columns:
            continue
        place = found.parts.get(f"/rows/{at}/{columns[role]}")
        cell = found.value.rows[at][columns[role]]
        for name in names_in(cell):
            if place is not None:
                parts[f"/assignees/{len(assignees)}/name"] = place
            aside = supports(cell, cell.find(name) + len(name))
            assignees.append(Assignee(name=name, role="support" if aside else role))
    return assignees, parts


def names_in(cell: str) -> Iterator[str]:
    """Yield the names that a cell lists."""
    parts = (_LISTED if cell.startswith(("- ", "+ ")) else _PARTS).split(cell)
    for part in filter(None, (part.strip(" .,;") for part in parts)):
        clause = Clause.of(part)
        names, after = names_at(clause, 0)
        rest = part[clause.doc[after].idx :] if after < len(clause.doc) else ""
        if names and (not rest or rest.startswith(",")):
            yield from (name.name for name in names)
            yield from filter(None, (other.strip(" .") for other in rest.split(",")))
        elif any(map(str.isalpha, part)) and not phrases(part):
            yield part
