"""`ingest normalize`: text in, repaired text out, line for line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text as Painted

from normalizers import Repair, Text
from normalizers import normalize as repaired

_CHUNK = 400  # lines repaired at a time: enough company for every one, and flat memory


def normalize(
    file: Annotated[str, typer.Argument(help="a text file, or - for standard input")],
    *,
    certainty: Annotated[float, typer.Option(min=0, max=1, help="how sure a repair must be")] = 0.2,
    explain: Annotated[bool, typer.Option("--explain", help="show repairs as a diff")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="the repairs, one a line")] = False,
) -> None:
    """Repair what a wrong OCR made of Vietnamese text; good text comes out as it went in."""
    lines = _read(file).split("\n")
    console = Console(highlight=False, soft_wrap=True)
    for first in range(0, len(lines), _CHUNK):
        last = first + _CHUNK
        done = repaired(Text.of("\n".join(lines[first:last])), certainty=certainty)
        if explain:
            _explain(done, console)
        elif as_json:
            for repair in done.repairs:
                sys.stdout.write(_json(repair, done.raw, first + 1) + "\n")
        else:
            sys.stdout.write(done.value + ("\n" if last < len(lines) else ""))


def _read(file: str) -> str:
    source = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    return source.decode("utf-8", errors="replace")


def _explain(done: Text, console: Console) -> None:
    """Print every line; what was read in red, what it became in green."""
    painted, at = Painted(), 0
    for repair in sorted(done.repairs, key=lambda repair: repair.span):
        start, end = repair.span
        painted.append(done.raw[at:start])
        painted.append(f"[{done.raw[start:end]}]", style="red strike")
        painted.append(repair.value, style="green" if repair.confidence > 0.9 else "yellow")
        at = end
    painted.append(done.raw[at:])
    console.print(painted)


def _json(repair: Repair, raw: str, first: int) -> str:
    start, end = repair.span
    row = {
        "line": first + raw.count("\n", 0, start),
        "column": start - raw.rfind("\n", 0, start),
        "raw": raw[start:end],
        "value": repair.value,
        "confidence": round(repair.confidence, 3),
        "rule": repair.rule,
    }
    return json.dumps(row, ensure_ascii=False)
