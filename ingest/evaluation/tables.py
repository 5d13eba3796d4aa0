"""The gold of single tables: `tables.json` beside the scans, for files of which no more is noted.

`[{"file": "a.pdf", "pages": [3], "title": …, "columns": [header cells], "rows": [[cells]]}]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

KEY = "tables of some pages"  # the key of a file's gold: other pages may hold other tables

Table = Mapping[str, Any]


def by_file(entries: Sequence[Table]) -> Iterator[tuple[str, list[Table]]]:
    """Yield each file with its tables as the contract has them; one that runs on is one."""
    files: dict[str, list[Table]] = {}
    for entry in sorted(entries, key=lambda entry: (entry["file"], entry["pages"])):
        tables = files.setdefault(entry["file"], [])
        table = {
            "pages": entry["pages"],
            "caption": entry.get("title"),
            "header": entry["columns"],
            "rows": entry["rows"],
        }
        if tables and _runs_on(tables[-1], table):
            rows, pages = tables[-1]["rows"] + table["rows"], tables[-1]["pages"] + table["pages"]
            tables[-1] = {**table, "rows": rows, "pages": pages}
        else:
            tables.append(table)
    yield from files.items()


def _runs_on(above: Table, below: Table) -> bool:
    same = all(above[key] == below[key] for key in ("caption", "header"))
    return same and below["pages"][0] - above["pages"][-1] in (0, 1)


def on_pages_of(gold: Sequence[Table], said: Sequence[Table]) -> list[Table]:
    """Return the tables that stand on the pages of the gold's tables.

    Those on the pages of one table that the gold gives page by page are put together like it.
    """
    found: list[Table] = []
    for table in said:
        if not any(set(table["pages"]) & set(other["pages"]) for other in gold):
            continue
        last = found[-1] if found else None
        if last and _are_one(last, table, gold):
            rows, pages = [*last["rows"], *table["rows"]], [*last["pages"], *table["pages"]]
            found[-1] = {**last, "rows": rows, "pages": pages}
        else:
            found.append(table)
    return found


def _are_one(above: Table, below: Table, gold: Sequence[Table]) -> bool:
    pages = {*above["pages"], *below["pages"]}
    together = len(pages) > 1 and any(pages <= set(table["pages"]) for table in gold)
    return together and len(above["header"]) == len(below["header"])
