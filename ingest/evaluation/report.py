"""The evaluation for eyes (tables) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table

from ingest.evaluation.fields import Outcome
from ingest.evaluation.lists import Tally
from ingest.evaluation.reliability import Bin, Point, calibration_error, curve, reliability
from ingest.evaluation.score import Score
from ingest.evaluation.summary import Count, Summary, by_quality, summarize


def tables(scores: Sequence[Score]) -> Iterator[RenderableType]:
    """Yield what the evaluation shows on the terminal."""
    whole = summarize(scores)
    yield counts_table("Values", whole.fields)
    if whole.gaps:
        yield counts_table("Numbers and dates, by hand and printed", whole.gaps)
    yield tallies_table("Lists", (whole.head, *whole.lists))
    if whole.text:
        yield text_line(whole)
    qualities = by_quality(scores)
    if len(qualities) > 1:
        yield qualities_table(qualities)
    bins = reliability(verdict for score in scores for verdict in score.verdicts)
    if bins:
        yield reliability_table(bins)
    points = curve([answer for score in scores for answer in score.hands], steps=10)
    if points:
        yield curve_table(points)


def counts_table(title: str, counts: Iterable[Count]) -> Table:
    """Return right, wrong and withheld of each field, as counts and shares."""
    table = plain_table(title, "value", "of", "right", "wrong", "withheld", "%", "% wrong", "% w/h")
    for row in (row for row in counts if row.total):
        shares = [percent(row.share(outcome)) for outcome in list(Outcome)[:3]]
        numbers = (row.total, row.right, row.wrong, row.withheld)
        table.add_row(row.field, *map(str, numbers), *shares)
    return table


def tallies_table(title: str, tallies: Iterable[Tally]) -> Table:
    """Return precision, recall and F1 of each list."""
    table = plain_table(title, "list", "gold", "given", "right", "precision", "recall", "F1")
    for row in (row for row in tallies if row.gold or row.said):
        shares = [percent(share) for share in (row.precision, row.recall, row.f1)]
        table.add_row(row.list, str(row.gold), str(row.said), str(row.hits), *shares)
    return table


def text_line(summary: Summary) -> str:
    """Return the errors of the text in a sentence."""
    if summary.text is None:
        return ""
    text = summary.text
    return (
        f"Text: {percent(text.words.rate, 2)}% word error and {percent(text.letters.rate, 2)}% "
        f"character error over {text.words.total} words; wherever they stand, "
        f"{percent(text.found.recall)}% of the words were found, "
        f"{percent(text.found.precision)}% of those given are right.\n"
    )


def qualities_table(qualities: dict[str, Summary]) -> Table:
    """Return letterhead and foot, lists and text for each quality of scan."""
    table = plain_table(
        "By quality", "quality", "files", "head F1", "wrong", "lists F1", "word err.", "char. err."
    )
    for name, row in qualities.items():
        lists = sum_of([tally for tally in row.lists if "," not in tally.list])
        wrong = sum(one.wrong for one in row.fields if "," not in one.field)
        text = row.text
        errors = [percent(part.rate, 2) for part in (text.words, text.letters)] if text else []
        shares = (percent(row.head.f1), str(wrong), percent(lists.f1))
        table.add_row(name, str(row.files), *shares, *(errors or ["", ""]))
    return table


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """Return all tallies as one."""
    return sum(tallies, start=Tally("", 0, 0, 0))


def reliability_table(bins: Sequence[Bin]) -> Table:
    """Return what was said and what was right for each range of confidence."""
    table = plain_table("Reliability", "confidence", "values", "said", "right")
    for row in bins:
        name = f"{row.low:.3g} to {row.high:.3g}"
        table.add_row(name, str(row.values), percent(row.said), percent(row.right))
    table.caption = f"said and right lie {percent(calibration_error(bins))} points apart on average"
    return table


def curve_table(points: Sequence[Point]) -> Table:
    """Return what each threshold would do to the handwritten numbers and days."""
    table = plain_table("Handwriting by threshold", "threshold", "% right", "% wrong", "% w/h")
    for row in points:
        shares = [percent(share) for share in (row.right, row.wrong, row.withheld)]
        table.add_row(f"{row.threshold:.2f}", *shares)
    return table


def errors_text(scores: Sequence[Score]) -> Iterator[str]:
    """Yield a line for every value that is wrong or withheld, and every entry missed or extra."""
    file = None
    for row in error_rows(scores):
        if row["file"] != file:
            file = row["file"]
            yield file
        both = "; ".join(f"{key} «{row[key]}»" for key in ("said", "gold") if row[key])
        yield f"  {row['outcome']:<8} {row['field']}: {both}"


def error_rows(scores: Iterable[Score]) -> Iterator[dict[str, str]]:
    """Yield each value that is wrong or withheld, each entry of a list missed or too many.

    What is wrong by a rule and by its stricter form (`figures`, `figures, all fields`) comes once.
    """
    for score in scores:
        known = set()
        for field, *row in mistakes(score):
            mistake = (field.partition(",")[0], *row)
            if mistake not in known:
                known.add(mistake)
                yield error_row(score.file, field, *row)


def mistakes(score: Score) -> Iterator[tuple[str, str, str, str]]:
    """Yield field, outcome, what was said and the gold of all that is not right in a file."""
    mark = " (unsure)" if score.unsure else ""
    for verdict in score.verdicts:
        if verdict.outcome in (Outcome.WRONG, Outcome.WITHHELD):
            said, gold = shown(verdict.said), shown(verdict.gold)
            yield verdict.field, verdict.outcome.value + mark, said, gold
    for tally in score.tallies:
        yield from ((tally.list, "missed", "", entry) for entry in tally.missed)
        yield from ((tally.list, "extra", entry, "") for entry in tally.extra)


def error_row(file: str, field: str, outcome: str, said: str, gold: str) -> dict[str, str]:
    """Return one thing that is not right."""
    return {"file": file, "field": field, "outcome": outcome, "said": said, "gold": gold}


def shown(value: object) -> str:
    """Return a value for eyes; a chain of authority as it is printed."""
    if isinstance(value, list):
        return ", ".join(f"{link['mode']}. {link['of']}" for link in value)
    return "" if value is None else str(value)


def as_json(scores: Sequence[Score]) -> dict[str, Any]:
    """Return the evaluation for programs; its keys are in docs/evaluation.md."""
    bins = reliability(verdict for score in scores for verdict in score.verdicts)
    answers = [answer for score in scores for answer in score.hands]
    return {
        **summary_json(summarize(scores)),
        "qualities": {name: summary_json(row) for name, row in by_quality(scores).items()},
        "reliability": [asdict(row) for row in bins],
        "calibration_error": calibration_error(bins),
        "handwriting": [asdict(row) for row in curve(answers)],
        "errors": list(error_rows(scores)),
    }


def summary_json(summary: Summary) -> dict[str, Any]:
    """Return a summary for programs."""
    text = summary.text
    return {
        "files": summary.files,
        "unread": [{"file": file, "reason": reason} for file, reason in summary.unread],
        "values": {row.field: count_json(row) for row in (*summary.fields, *summary.gaps)},
        "lists": {row.list: tally_json(row) for row in (summary.head, *summary.lists)},
        "text": text
        and {
            "word_error": text.words.rate,
            "character_error": text.letters.rate,
            "words": text.words.total,
            "word_recall": text.found.recall,
            "word_precision": text.found.precision,
        },
    }


def count_json(row: Count) -> dict[str, int]:
    """Return the counts of a field for programs."""
    return {key: value for key, value in asdict(row).items() if key != "field"}


def tally_json(row: Tally) -> dict[str, int | float | None]:
    """Return the tally of a list for programs."""
    counts = {"gold": row.gold, "given": row.said, "right": row.hits}
    return {**counts, "precision": row.precision, "recall": row.recall, "f1": row.f1}


def plain_table(title: str, first: str, *others: str) -> Table:
    """Return an empty table: names at the left, numbers at the right."""
    table = Table(
        title=title,
        title_justify="left",
        caption_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
        min_width=72,
    )
    table.add_column(first, no_wrap=True)
    for heading in others:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share in percent; a dash where there is none."""
    return "–" if share is None else f"{100 * share:.{digits}f}"
