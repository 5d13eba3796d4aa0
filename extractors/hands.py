"""Gaps that are filled by hand: `Số: (1532) /UBND-VP`, `ngày (14) tháng (3)`.

The OCR program reads one handwritten number in twenty-five and invents a well-formed one for a
fifth of them. So its digits count only where the gap looks printed.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.contract import ReviewCode
from extractors.finding import Part
from extractors.pieces import Piece
from extractors.reading import Box, Hand, HandField, Mark, Reading

SURE = 0.97  # printed and read well
_POSSIBLE = 0.4  # the least probability of a reading that the OCR's digits confirm
_CONFIRMED = 0.93  # both readers say the same
_AGAINST = 0.85  # the OCR saw other digits, and saw them well
_LOOKALIKES = str.maketrans("OoÔôÓÒÕÖQlI|]ÏïíìÍ[!SsŠ", "0" * 9 + "1" * 11 + "555")
_CLEAR = 0.9  # the OCR read so surely that its other digits count against the handwriting
_SHORT = 0.92  # a day `1` may have lost its second digit: Decree 30 writes 01
_READ_WELL = 0.8  # the least confidence of printed digits
_EMPTY = " .…_·-,:'`\"“”‘’"


@dataclass(frozen=True, slots=True)
class Gap:
    """What a gap says: a value or nothing, how sure, and why a person should look at it."""

    start: int  # in the line's text
    end: int
    value: str | None
    confidence: float
    rule: str
    code: ReviewCode | None = None
    message: str = ""
    candidates: tuple[str, ...] = ()
    box: tuple[int, Box] | None = None
    likely: float = 0.0  # how likely the first candidate is, where no value is given

    def place(self, line: Piece) -> Part:
        """Return where the gap is on the page, for one who looks at its candidates."""
        return Part((line.start + self.start, line.start + self.end), self.likely, self.box)


def gap_of(reading: Reading, name: HandField, line: Piece, start: int, end: int) -> Gap:
    """Return what `line.text[start:end]` says, by the handwriting found there or by the print."""
    text = line.text[start:end]
    word = text.strip(_EMPTY)
    first = start + text.find(word)
    sure = printed(reading, line, first, first + len(word)) if word else 0.0
    hand = _hand(reading, name, line)
    if hand is not None:
        return _by_hand(hand, start, end, _digits(word), sure, enough=reading.enough)
    if not word:
        return _empty(reading, start, end)
    if regex.fullmatch(r"\d{1,5}\s?[a-zđ]?", word) and sure >= _READ_WELL:
        return Gap(start, end, word, sure, "printed")
    guess = (word,) if regex.fullmatch(r"\d{1,5}[a-zđ]?", word) else ()
    message = "written by hand or read badly; the scan must be looked at"
    return Gap(start, end, None, SURE, "withheld", ReviewCode.HANDWRITTEN, message, guess)


def _hand(reading: Reading, name: HandField, line: Piece) -> Hand | None:
    """Return the handwriting of that field on the line's page, the nearest in height."""
    found = [hand for hand in reading.hands if hand.field == name and hand.page == line.row.page]
    if line.box is None or not found:
        return found[0] if found else None
    middle = (line.box[1] + line.box[3]) / 2
    nearest = min(found, key=lambda hand: abs((hand.box[1] + hand.box[3]) / 2 - middle))
    away = abs((nearest.box[1] + nearest.box[3]) / 2 - middle)
    return nearest if away < 0.04 else None


def _digits(word: str) -> str | None:
    """Return the digits that the OCR saw, letters that look like digits taken for these."""
    text = word.translate(_LOOKALIKES)
    return text if regex.fullmatch(r"\d{1,5}[a-zđ]?", text) else None


def _by_hand(
    hand: Hand, start: int, end: int, seen: str | None, sure: float, *, enough: float
) -> Gap:
    """Return what the handwriting says. The OCR's digits may confirm it, and never replace it."""
    place = (hand.page, hand.box)
    if hand.blank:
        message = "the gap is blank on the paper"
        return Gap(start, end, None, SURE, "blank", ReviewCode.BLANK, message, (), place)
    texts = tuple(text for text, _ in hand.readings)
    best, chance = hand.readings[0] if hand.readings else ("", 0.0)
    if best and best == seen and chance >= _POSSIBLE:
        chance = max(chance, _CONFIRMED)
    if seen not in (None, best) and sure >= _CLEAR:
        enough = max(enough, _AGAINST)
    if hand.field in ("day", "month") and len(best) == 1 and best != seen:
        enough = max(enough, _SHORT)
    if chance >= enough:
        return Gap(start, end, best, chance, "handwriting", None, "", texts, place)
    if seen and seen not in texts:
        texts = (*texts, seen)
    message = "written by hand and not read surely enough"
    code, likely = ReviewCode.HANDWRITTEN, round(chance, 4)
    return Gap(start, end, None, SURE, "handwriting", code, message, texts, place, likely)


def _empty(reading: Reading, start: int, end: int) -> Gap:
    """Nothing was read: blank in a plain text; in a scan perhaps ink that was not seen."""
    if reading.marks:
        message = "nothing could be read in the gap"
        return Gap(start, end, None, SURE, "unread", ReviewCode.HANDWRITTEN, message)
    return Gap(start, end, None, SURE, "blank", ReviewCode.BLANK, "the gap is blank")


def printed(reading: Reading, line: Piece, start: int, end: int) -> float:
    """How sure it is that these digits are printed and read well; plain text is."""
    marks = reading.marks_in(line.start + start, line.start + end)
    if not marks:
        return SURE
    sure = min(mark.confidence for mark in marks)
    return min(SURE, sure * _evenness(reading, line, marks))


def _evenness(reading: Reading, line: Piece, marks: tuple[Mark, ...]) -> float:
    """Less than 1 where the digits stand taller than the print beside them, as a pen's do."""
    others = [mark for mark in reading.marks_in(line.start, line.end) if mark not in marks]
    heights = sorted(mark.box[3] - mark.box[1] for mark in others if mark.end - mark.start > 2)
    if not heights:
        return 1.0
    usual = heights[len(heights) // 2]
    tallest = max(mark.box[3] - mark.box[1] for mark in marks)
    return 1.0 if tallest <= 1.35 * usual else 0.5
