"""Judge a gap: printed and read well, blank, or handwriting, and then what it may say."""

from __future__ import annotations

import numpy as np
import regex

from ingest.hand.crops import Gap
from ingest.hand.digits import Seen, guess, weigh_texts

Readings = tuple[tuple[str, float], ...]

TRUSTED = 0.8  # the OCR's least confidence in digits that are taken as printed
PRINTED = 0.6  # the net's
BLANK = 0.8  # the net's in a gap without ink
FLOOR = 0.05  # what a picture that fits nothing counts for
VOTE = 0.5  # the OCR's share where the gap looks printed
WARMTH = 0.7  # averaging makes less sure than is right: calibrated on scans not trained on
INFERRED = 0.85  # what a reading is worth where an edge of the gap was inferred
LEAST, MOST = 0.01, 5  # readings less likely are not told; at most so many are

_DIGITS = regex.compile(r"\d{1,5}[a-zđ]?")


def judge(gap: Gap, seen: Seen) -> tuple[Readings, bool] | None:
    """Return the readings and whether the gap is blank; nothing where it is printed and sure."""
    readings = read(gap, seen)
    if is_printed(gap, seen, readings):
        return None
    if seen.blank > BLANK and not gap.text:
        return (), True
    return vote(gap, seen, readings), False


def is_printed(gap: Gap, seen: Seen, readings: Readings) -> bool:
    """Whether the gap is printed and the OCR's word may be trusted: all must agree."""
    if not _DIGITS.fullmatch(gap.text) or gap.confidence < TRUSTED:
        return False
    if seen.printed < PRINTED or not readings:
        return False
    return readings[0][0].lstrip("0") == gap.text.lstrip("0")


def vote(gap: Gap, seen: Seen, readings: Readings) -> Readings:
    """Let the OCR have a say where the gap looks printed: it reads print well, and no pen."""
    if seen.hand > 0.5 or not _DIGITS.fullmatch(gap.text):
        return readings
    say = VOTE * gap.confidence
    chances = {text: chance * (1 - say) for text, chance in readings}
    same = next((text for text in chances if text.lstrip("0") == gap.text.lstrip("0")), gap.text)
    chances[same] = chances.get(same, 0.0) + say
    return tuple(sorted(chances.items(), key=lambda reading: -reading[1]))[:MOST]


def is_plain_year(gap: Gap) -> bool:
    """Whether the year is printed and was read: it nearly always is, and is not looked at again."""
    plain = regex.search(r"\b(?:19|20)\d\d$", gap.text)
    return gap.field == "year" and bool(plain) and gap.confidence >= TRUSTED


def read(gap: Gap, seen: Seen) -> Readings:
    """Return what a gap may say with probabilities, best first."""
    texts = candidates(gap, seen)
    shares = weigh_texts(seen, texts)
    rest = FLOOR if gap.field != "sequence" else max(1 - float(shares.sum()), 0.0)
    warm = np.power(shares, 1 / WARMTH)
    chances = warm / (warm.sum() + rest ** (1 / WARMTH)) * (1.0 if gap.sure else INFERRED)
    ranked = sorted(zip(texts, chances.tolist(), strict=True), key=lambda pair: -pair[1])
    return tuple((text, chance) for text, chance in merged(ranked, gap) if chance >= LEAST)[:MOST]


def candidates(gap: Gap, seen: Seen) -> list[str]:
    """Return the texts that may stand in a gap: days and months that exist, any short number."""
    if gap.field == "day":
        return [str(day) for day in range(1, 32)] + [f"0{day}" for day in range(1, 10)]
    if gap.field == "month":
        return [str(month) for month in range(1, 13)] + [f"0{month}" for month in range(1, 10)]
    found = {text for scores in seen.cuts for text in guess(scores)}
    shape = r"(?:19|20)\d\d" if gap.field == "year" else r"\d{1,5}[a-d]?"
    return sorted(text for text in found if regex.fullmatch(shape, text)) or ["0"]


def merged(ranked: list[tuple[str, float]], gap: Gap) -> list[tuple[str, float]]:
    """Add up the readings of a date that mean the same (5 and 05), under the likelier one."""
    if gap.field in {"sequence", "year"}:
        return ranked
    best: dict[int, tuple[str, float]] = {}
    for text, chance in ranked:
        first, before = best.get(int(text), (text, 0.0))
        best[int(text)] = first, before + chance
    return sorted(best.values(), key=lambda pair: -pair[1])
