"""What the sources say in data: the text gold, the tables of the gold, the labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tools.render import tables
from tools.render.sheet import Sheet
from tools.render.source import Dispatch

LABELED = ("document_type", "number", "issuer", "place", "date", "subject", "urgency", "signatory")


def text_gold(sheets: list[Sheet]) -> str:
    """Return the text of the pages, form feeds between them."""
    return "\f".join("\n".join(sheet.lines) for sheet in sheets)


def complete(gold: dict[str, Any], dispatch: Dispatch, sheets: list[Sheet]) -> dict[str, Any]:
    """Return the gold with its tables and the pages of its attachments filled in."""
    own = dispatch.tables.values()
    gold["tables"] = [tables.gold(table, pages_of(table.name, sheets, dispatch)) for table in own]
    gold["tables"].sort(key=lambda table: table["pages"])
    for attachment, bound in zip(gold["attachments"], dispatch.bound, strict=True):
        attachment["pages"] = [
            page for page, sheet in enumerate(sheets, 1) if sheet.document == bound.slug
        ]
    return gold


def pages_of(name: str, sheets: list[Sheet], dispatch: Dispatch) -> list[int]:
    """Return the pages on which a table of the dispatch itself stands."""
    return [
        page
        for page, sheet in enumerate(sheets, 1)
        if name in sheet.tables and sheet.document == dispatch.slug
    ]


def label(gold: dict[str, Any], dispatch: Dispatch, file: str, pages: int) -> dict[str, Any]:
    """Return the line of `labels.jsonl` for one scan."""
    values = {key: gold[key] for key in LABELED}
    if values["issuer"]:
        values["issuer"] = {key: gold["issuer"][key] for key in ("name", "parent")}
    return {
        "file": file,
        "pages": pages,
        "handwritten": list(dispatch.hand),
        "doubtful": False,
        "label": values,
    }


def write_json(path: Path, value: object) -> None:
    """Write a value as people read it."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
