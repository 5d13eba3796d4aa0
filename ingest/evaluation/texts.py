"""The normalizer against pairs of noisy and gold text: errors before and after, and its harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from ingest.evaluation.errors import Errors, character_errors, word_errors
from ingest.evaluation.report import percent, plain_table

Normalize = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class TextRow:
    """A pair of texts: word and letter errors before and after, and words of the gold changed."""

    name: str
    words_before: Errors
    words_after: Errors
    letters_before: Errors
    letters_after: Errors
    harm: Errors

    def __add__(self, other: TextRow) -> TextRow:
        """Return both pairs as one."""
        return TextRow(
            self.name,
            self.words_before + other.words_before,
            self.words_after + other.words_after,
            self.letters_before + other.letters_before,
            self.letters_after + other.letters_after,
            self.harm + other.harm,
        )


def compare(pairs: Sequence[tuple[Path, Path]], normalize: Normalize) -> Iterator[TextRow]:
    """Yield a row for each pair of texts; the gold itself is normalized too, to see the harm."""
    for noisy_file, gold_file in pairs:
        noisy, gold = (file.read_text(encoding="utf-8") for file in (noisy_file, gold_file))
        mended = normalize(noisy)
        yield TextRow(
            noisy_file.name,
            word_errors(gold, noisy),
            word_errors(gold, mended),
            character_errors(gold, noisy),
            character_errors(gold, mended),
            word_errors(gold, normalize(gold)),
        )


def texts_table(rows: Sequence[TextRow]) -> Table:
    """Return the errors of each pair, and of all together, in percent."""
    table = plain_table(
        "Texts, % errors", "text", "words", "before", "after", "letters before", "after", "harm"
    )
    table.caption = "harm: the share of words that change when the gold itself is normalized"
    for row in (*rows, *([total(rows)] if len(rows) > 1 else [])):
        parts = (row.words_before, row.words_after, row.letters_before, row.letters_after, row.harm)
        rates = [percent(part.rate, 2) for part in parts]
        table.add_row(row.name, str(row.words_before.total), *rates)
    return table


def total(rows: Sequence[TextRow]) -> TextRow:
    """Return all pairs as one."""
    none = Errors(0, 0)
    return sum(rows, start=TextRow("all", none, none, none, none, none))


def texts_json(rows: Sequence[TextRow]) -> dict[str, Any]:
    """Return the rows for programs."""
    return {"texts": [asdict(row) for row in rows], "all": asdict(total(rows))}
