"""How all files did together: counts and shares for each field, list and quality of scan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import add

from ingest.evaluation.fields import BY_HAND, FIELDS, STRICTER, Outcome, Verdict
from ingest.evaluation.lists import LISTS, Tally
from ingest.evaluation.score import Score, TextScore

PRINTED = frozenset(("document_type.name", "number.notation", "issuer.name", "place", "subject"))
HANDED = frozenset(("number.sequence", "date"))
HEAD_LISTS = frozenset(("addressees", "recipients"))


@dataclass(frozen=True, slots=True)
class Count:
    """How often a field was right, wrong, withheld, and rightly null."""

    field: str
    right: int
    wrong: int
    withheld: int
    absent: int

    @property
    def total(self) -> int:
        """The files in which there was something to say or something was said."""
        return self.right + self.wrong + self.withheld

    def share(self, outcome: Outcome) -> float | None:
        """Return the share of an outcome in the total; null when the total is nothing."""
        counts = {"right": self.right, "wrong": self.wrong, "withheld": self.withheld}
        return counts[outcome] / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the tables show. `head` counts each value of letterhead and foot as a list's entry."""

    files: int
    unread: tuple[tuple[str, str], ...]
    fields: tuple[Count, ...]
    gaps: tuple[Count, ...]
    lists: tuple[Tally, ...]
    head: Tally
    text: TextScore | None


def summarize(scores: Sequence[Score]) -> Summary:
    """Return the counts over all files."""
    verdicts = [verdict for score in scores for verdict in score.verdicts]
    return Summary(
        len(scores),
        tuple((score.file, score.unread) for score in scores if score.unread),
        tuple(field_counts(verdicts)),
        tuple(hand_counts(verdicts)),
        tuple(list_tallies(scores)),
        head_tally(scores),
        text_total(scores),
    )


def by_quality(scores: Sequence[Score]) -> dict[str, Summary]:
    """Return a summary for each quality of scan; nothing where no scan names its quality."""
    names = sorted({score.quality for score in scores if score.quality})
    return {name: summarize([score for score in scores if score.quality == name]) for name in names}


def field_counts(verdicts: Sequence[Verdict]) -> Iterable[Count]:
    """Yield the outcomes of each field that some gold labels."""
    for field in FIELDS:
        mine = [verdict for verdict in verdicts if verdict.field == field]
        if mine:
            yield count(field, mine)


def hand_counts(verdicts: Sequence[Verdict]) -> Iterable[Count]:
    """Yield numbers and dates apart: those written by hand, those printed."""
    for field, (hand, words) in product(BY_HAND, ((True, "by hand"), (False, "printed"))):
        mine = [verdict for verdict in verdicts if (verdict.field, verdict.hand) == (field, hand)]
        if mine:
            yield count(f"{field}, {words}", mine)
    by_hand = [verdict for verdict in verdicts if verdict.hand and verdict.field in HANDED]
    if by_hand:
        yield count("sequence and date, by hand", by_hand)
    printed = [verdict for verdict in verdicts if is_printed(verdict)]
    if printed:
        yield count("what is printed, all", printed)


def is_printed(verdict: Verdict) -> bool:
    """Whether a value belongs to what every letterhead prints: dates too, unless by hand."""
    return verdict.field in PRINTED or (verdict.field == "date" and not verdict.hand)


def count(name: str, verdicts: Iterable[Verdict]) -> Count:
    """Return how often each outcome happened."""
    outcomes = [verdict.outcome for verdict in verdicts]
    return Count(name, *(outcomes.count(outcome) for outcome in Outcome))


def list_tallies(scores: Iterable[Score]) -> Iterable[Tally]:
    """Yield the tally of each list over all files."""
    tallies = [tally for score in scores for tally in score.tallies]
    for name in (*LISTS, "table cells"):
        same = [tally for tally in tallies if tally.list == name]
        if same:
            yield reduce(add, same, Tally(name, 0, 0, 0))


def head_tally(scores: Iterable[Score]) -> Tally:
    """Return letterhead and foot as one tally: each scalar value, addressee and recipient."""
    total = Tally("letterhead and foot", 0, 0, 0)
    for score in scores:
        for verdict in score.verdicts:
            if verdict.field not in STRICTER:
                total += as_tally(verdict)
        for tally in score.tallies:
            if tally.list in HEAD_LISTS:
                total += tally
    return total


def as_tally(verdict: Verdict) -> Tally:
    """Return a scalar as a list of one entry; a withheld value, reduced or null, is not given."""
    given = verdict.outcome in (Outcome.RIGHT, Outcome.WRONG)
    right = verdict.outcome is Outcome.RIGHT
    return Tally(verdict.field, int(right), int(given), int(verdict.gold is not None))


def text_total(scores: Iterable[Score]) -> TextScore | None:
    """Return the text errors over all files that have gold text; null when none has."""
    texts = [score.text for score in scores if score.text]
    return reduce(add, texts) if texts else None
