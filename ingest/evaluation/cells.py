"""The cells of ruled tables against the gold's: tables paired, rows aligned, cells compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.evaluation.same import fold

Rows = list[list[str]]
Pairs = list[tuple[int, int]]  # places in what is said, and in the gold


def match_cells(
    said: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]], *, whole: bool = True
) -> tuple[int, int, int]:
    """Return how many filled cells agree, how many are given, how many the gold has.

    Each table of the gold takes the table that shares most cells with it and is still free. Of
    gold that is not whole, the columns that it leaves out are not counted as given.
    """
    free, wanted = [rows_of(table) for table in said], [rows_of(table) for table in gold]
    given = sum(filled(rows) for rows in free)
    asked = sum(filled(rows) for rows in wanted)
    hits = 0
    for gold_rows in wanted:
        columns = [columns_of(rows, gold_rows) for rows in free]
        shared = [agreeing(*pair, gold_rows) for pair in zip(free, columns, strict=True)]
        best = max(shared, default=0)
        if best:
            hits += best
            taken = shared.index(best)
            rows, kept = free.pop(taken), {column for column, _ in columns[taken]}
            if not whole:
                given -= filled([[c for n, c in enumerate(row) if n not in kept] for row in rows])
    return hits, given, asked


def rows_of(table: Mapping[str, Any]) -> Rows:
    """Return a table's rows as they are compared, its header first."""
    return [[fold(cell) for cell in row] for row in (table["header"], *table["rows"])]


def filled(rows: Rows) -> int:
    """Return how many cells hold something."""
    return sum(bool(cell) for row in rows for cell in row)


def columns_of(said: Rows, gold: Rows) -> Pairs:
    """Return the columns that are held against each other: at the same place in as many.

    Where one table has more, they are aligned in order so that most of their cells agree.
    """
    wide, other = (max(map(len, rows), default=0) for rows in (said, gold))
    if wide == other:
        return [(n, n) for n in range(wide)]
    alike = [[agreeing(said, [(i, j)], gold) for j in range(other)] for i in range(wide)]
    return aligned(np.array(alike, np.int64).reshape(wide, other))


def agreeing(said: Rows, columns: Pairs, gold: Rows) -> int:
    """Return how many filled cells of the columns agree, under the best alignment of rows."""
    equal = np.zeros((len(said), len(gold)), np.int64)
    for i, row in enumerate(said):
        for j, other in enumerate(gold):
            pairs = ((row[a], other[b]) for a, b in columns if a < len(row) and b < len(other))
            equal[i, j] = sum(bool(cell) and cell == wanted for cell, wanted in pairs)
    return sum(int(equal[pair]) for pair in aligned(equal))


def aligned(alike: NDArray[np.int64]) -> Pairs:
    """Return which of the one are which of the other, in order, so that most is alike."""
    best = np.zeros((alike.shape[0] + 1, alike.shape[1] + 1), np.int64)
    for i, j in np.ndindex(alike.shape):
        best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], best[i, j] + alike[i, j])
    pairs: Pairs = []
    i, j = alike.shape
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.insert(0, (i, j))
    return pairs
