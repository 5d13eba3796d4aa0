"""The cells of ruled tables against the gold's: tables paired, rows aligned, cells compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ingest.evaluation.same import fold

Rows = list[list[str]]


def match_cells(
    said: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]
) -> tuple[int, int, int]:
    """Return how many filled cells agree, how many are given, how many the gold has.

    Each table of the gold takes the table that shares most cells with it and is still free.
    """
    free, wanted = [rows_of(table) for table in said], [rows_of(table) for table in gold]
    given = sum(filled(rows) for rows in free)
    asked = sum(filled(rows) for rows in wanted)
    hits = 0
    for gold_rows in wanted:
        shared = [agreeing(rows, gold_rows) for rows in free]
        best = max(shared, default=0)
        if best:
            hits += best
            del free[shared.index(best)]
    return hits, given, asked


def rows_of(table: Mapping[str, Any]) -> Rows:
    """Return a table's rows as they are compared, its header first."""
    return [[fold(cell) for cell in row] for row in (table["header"], *table["rows"])]


def filled(rows: Rows) -> int:
    """Return how many cells hold something."""
    return sum(bool(cell) for row in rows for cell in row)


def agreeing(said: Rows, gold: Rows) -> int:
    """Return how many filled cells agree, at the same column, under the best alignment of rows."""
    best = np.zeros((len(said) + 1, len(gold) + 1), dtype=np.int64)
    for i, row in enumerate(said, 1):
        for j, other in enumerate(gold, 1):
            equal = sum(bool(a) and a == b for a, b in zip(row, other, strict=False))
            best[i, j] = max(best[i - 1, j], best[i, j - 1], best[i - 1, j - 1] + equal)
    return int(best[-1, -1])
