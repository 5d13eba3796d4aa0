"""Whether confidence means what it says, and what another threshold would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.evaluation.fields import STRICTER, Outcome, Verdict
from ingest.evaluation.score import HandAnswer

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995)  # where each bin begins


@dataclass(frozen=True, slots=True)
class Bin:
    """The values given with a confidence from `low` to `high`: said on average, and right."""

    low: float
    high: float
    values: int
    said: float
    right: float


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold does to the handwritten gaps: shares that are right, wrong, withheld."""

    threshold: float
    right: float
    wrong: float
    withheld: float


def reliability(verdicts: Iterable[Verdict]) -> list[Bin]:
    """Return a bin for each range of confidence in which a value was given."""
    given = [
        (verdict.confidence, verdict.outcome is Outcome.RIGHT)
        for verdict in verdicts
        if verdict.confidence is not None
        and verdict.field not in STRICTER
        and verdict.outcome in (Outcome.RIGHT, Outcome.WRONG)
    ]
    found = (
        binned(low, high, [pair for pair in given if low <= pair[0] < high])
        for low, high in zip(EDGES, (*EDGES[1:], 1.0 + 1e-9), strict=True)
    )
    return [one for one in found if one]


def binned(low: float, high: float, pairs: Sequence[tuple[float, bool]]) -> Bin | None:
    """Return the bin of pairs of confidence and rightness; null when there is none."""
    if not pairs:
        return None
    said = sum(confidence for confidence, _ in pairs) / len(pairs)
    right = sum(right for _, right in pairs) / len(pairs)
    return Bin(low, min(high, 1.0), len(pairs), said, right)


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Return how far saying and being right lie apart on average; null without values."""
    values = sum(one.values for one in bins)
    apart = sum(one.values * abs(one.said - one.right) for one in bins)
    return apart / values if values else None


def curve(answers: Sequence[HandAnswer], steps: int = 20) -> list[Point]:
    """Return the shares at evenly spaced thresholds from 0 to 1; empty without handwriting."""
    if not answers:
        return []
    return [point(answers, step / steps) for step in range(steps + 1)]


def point(answers: Sequence[HandAnswer], threshold: float) -> Point:
    """Return the shares when a reading is given from this probability on."""
    given = [answer for answer in answers if answer.probability >= max(threshold, 1e-9)]
    right = sum(answer.right for answer in given)
    total = len(answers)
    return Point(
        threshold, right / total, (len(given) - right) / total, (total - len(given)) / total
    )
