"""Every single value of a dispatch against the gold: right, wrong, withheld or rightly absent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ingest.evaluation.gold import Gold
from ingest.evaluation.same import exact_subject, same, same_authority, same_subject

Agrees = Callable[[object, object], bool]

# In the order of the page. A path may stand twice, under a stricter rule.
FIELDS: Mapping[str, tuple[str, Agrees]] = MappingProxyType(
    {
        "document_type.code": ("document_type.code", same),
        "document_type.name": ("document_type.name", same),
        "number.text": ("number.text", same),
        "number.sequence": ("number.sequence", same),
        "number.suffix": ("number.suffix", same),
        "number.year": ("number.year", same),
        "number.notation": ("number.notation", same),
        "issuer.name": ("issuer.name", same),
        "issuer.parent": ("issuer.parent", same),
        "issuer.unit.name": ("issuer.unit.name", same),
        "issuer.unit.level": ("issuer.unit.level", same),
        "issuer.unit.code": ("issuer.unit.code", same),
        "place": ("place", same),
        "date": ("date", same),
        "subject": ("subject", same_subject),
        "subject, to the letter": ("subject", exact_subject),
        "signatory.name": ("signatory.name", same),
        "signatory.position": ("signatory.position", same),
        "signatory.on_behalf": ("signatory.on_behalf", same_authority),
        "urgency": ("urgency", same),
        "secrecy": ("secrecy", same),
        "meeting.start": ("meeting.start", same),
        "meeting.end": ("meeting.end", same),
        "meeting.place": ("meeting.place", same),
    }
)
OPEN = frozenset(("issuer.unit.code",))  # a gold without it does not say that there is none
STRICTER = frozenset(("subject, to the letter",))  # shown, and left out of sums
BY_HAND = MappingProxyType(
    {"number.text": "number", "number.sequence": "number", "date": "date"}
)  # fields that depend on a gap that may be filled by hand


class Outcome(StrEnum):
    """What became of a value."""

    RIGHT = "right"
    WRONG = "wrong"  # differs from the gold, or is given where the gold has none
    WITHHELD = "withheld"  # the gold has a value and the dispatch gives null, or less of a date
    ABSENT = "absent"  # null in both


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one field of one file; `hand` is null where nobody noted it."""

    field: str
    outcome: Outcome
    said: object
    gold: object
    confidence: float | None = None
    hand: bool | None = None


class UnlabelledError(LookupError):
    """The gold has no such key."""


def value_at(values: object, path: str) -> object:
    """Return the value under a path of keys; of null, every part is null; an empty list is null.

    Raises:
        UnlabelledError: when a key on the way is missing.
    """
    for key in path.split("."):
        if values is None:
            return None
        if not isinstance(values, Mapping) or key not in values:
            raise UnlabelledError(path)
        values = values[key]
    return None if values == [] else values


def judge_fields(said: Mapping[str, Any], gold: Gold) -> Iterator[Verdict]:
    """Yield a verdict for each field that the gold labels; `said` is a dispatch as JSON."""
    for field, (path, agrees) in FIELDS.items():
        try:
            want = value_at(gold.values, path)
        except UnlabelledError:
            continue
        if want is None and field in OPEN:
            continue
        value = value_at(said, path)
        yield Verdict(
            field,
            outcome(value, want, agrees),
            value,
            want,
            None if value is None else confidence(said, path),
            by_hand(field, gold),
        )


def outcome(said: object, gold: object, agrees: Agrees = same) -> Outcome:
    """Return what became of one value. `2024-03` for the gold's `2024-03-14` withholds the day."""
    if said is None:
        return Outcome.ABSENT if gold is None else Outcome.WITHHELD
    if gold is None:
        return Outcome.WRONG
    if agrees(said, gold):
        return Outcome.RIGHT
    return Outcome.WITHHELD if reduced(said, gold) else Outcome.WRONG


def reduced(said: object, gold: object) -> bool:
    """Whether a date is the gold's date with the day or the month left out."""
    whole = isinstance(gold, str) and len(gold) in (7, 10) and gold[:4].isdigit()
    return whole and str(said) in (str(gold)[:7], str(gold)[:4])


def by_hand(field: str, gold: Gold) -> bool | None:
    """Whether a number or a date stands there in handwriting, as far as the gold notes it."""
    gap = BY_HAND.get(field)
    return None if gap is None or gold.handwritten is None else gap in gold.handwritten


def confidence(said: Mapping[str, Any], path: str) -> float | None:
    """Return how sure the dispatch says it is of a value: of itself, its first part, its whole."""
    provenance = said.get("provenance") or {}
    pointer = "/" + path.replace(".", "/")
    while pointer:
        below = [key for key in provenance if key == pointer or key.startswith(pointer + "/")]
        if below:
            return min(float(provenance[key]["confidence"]) for key in below)
        pointer = pointer.rpartition("/")[0]
    return None
