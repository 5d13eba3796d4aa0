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
    """Return the tables that stand on the pages of the gold's tables."""
    pages = {page for table in gold for page in table["pages"]}
    return [table for table in said if pages & set(table["pages"])]
