"""How one file did: its values, its lists, its text and its handwriting against the gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.reading import Hand
from ingest.evaluation.errors import Errors, character_errors, word_errors
from ingest.evaluation.fields import FIELDS, Verdict, judge_fields
from ingest.evaluation.gold import Gold
from ingest.evaluation.lists import Tally, judge_lists

# What a file that could not be read says.
NOTHING: Mapping[str, Any] = dict.fromkeys(path.split(".")[0] for path, _ in FIELDS.values())


@dataclass(frozen=True, slots=True)
class TextScore:
    """Errors of the text, and its words wherever they stand: how many of them are in the gold."""

    words: Errors
    letters: Errors
    found: Tally

    def __add__(self, other: TextScore) -> TextScore:
        """Return the score of both texts together."""
        return TextScore(
            self.words + other.words, self.letters + other.letters, self.found + other.found
        )


@dataclass(frozen=True, slots=True)
class HandAnswer:
    """The best reading of a handwritten gap: how likely it says to be, and whether it is right."""

    field: str
    probability: float
    right: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How one file did; `unread` says why it could not be read."""

    file: str
    quality: str | None
    verdicts: tuple[Verdict, ...]
    tallies: tuple[Tally, ...]
    text: TextScore | None = None
    hands: tuple[HandAnswer, ...] = ()
    unread: str | None = None
    unsure: bool = False


def score(
    gold: Gold,
    said: Mapping[str, Any] | None,
    hands: Sequence[Hand] = (),
    *,
    unread: str | None = None,
) -> Score:
    """Return how a file did; `said` is its dispatch as JSON, null when it could not be read."""
    given = NOTHING if said is None else said
    return Score(
        gold.file.name,
        gold.quality,
        tuple(judge_fields(given, gold)),
        tuple(judge_lists(given, gold.values)),
        None if gold.text is None else score_text(page_text(given), gold.text),
        tuple(judge_hands(hands, gold)),
        unread,
        gold.unsure,
    )


def page_text(said: Mapping[str, Any]) -> str:
    """Return the text of all pages of a dispatch."""
    return "\n".join(page["text"] for page in said.get("pages") or ())


def score_text(said: str, gold: str) -> TextScore:
    """Return how good a text is; words count as spaces part them, marks and case included."""
    wanted, given = Counter(gold.split()), Counter(said.split())
    found = Tally("words", (wanted & given).total(), given.total(), wanted.total())
    return TextScore(word_errors(gold, said), character_errors(gold, said), found)


def judge_hands(hands: Sequence[Hand], gold: Gold) -> Iterator[HandAnswer]:
    """Yield an answer for each gap that is filled by hand; one nobody read has no probability."""
    for field, want in gaps(gold):
        seen = [hand for hand in sorted(hands, key=lambda hand: hand.page) if hand.field == field]
        readings = seen[0].readings if seen else ()
        if readings:
            text, probability = readings[0]
            yield HandAnswer(field, probability, text.lstrip("0") == want)
        else:
            yield HandAnswer(field, 0.0, right=False)


def gaps(gold: Gold) -> Iterator[tuple[str, str]]:
    """Yield the gaps of number and day that are filled by hand, with what stands in them."""
    number, date = gold.values.get("number") or {}, gold.values.get("date") or ""
    by_hand = gold.handwritten or frozenset()
    if "number" in by_hand and number.get("sequence") is not None:
        yield "sequence", f"{number['sequence']}{number.get('suffix') or ''}"
    if "date" in by_hand and len(date) == len("2024-03-14"):
        yield "day", date[-2:].lstrip("0")
