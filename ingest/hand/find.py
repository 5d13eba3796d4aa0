"""Find what is handwritten in the letterhead: the number and the parts of the date."""

from __future__ import annotations

from collections.abc import Sequence

import onnxruntime
import regex

from extractors.reading import Box, Hand, HandField
from ingest.hand.anchors import (
    EDGE,
    Anchor,
    advance,
    em_of,
    zone_words,
)
from ingest.hand.crops import Gap, Gray, baseline, dark_of, look
from ingest.hand.digits import Seen, load_net, see
from ingest.hand.judge import is_plain_year, judge
from ingest.hand.lines import find_date_line, find_number_line
from ingest.page import Image, Page, Word

# What surely is print, in ems: measured on print and on pens that the OCR took for print.
PLAIN_TALL, PLAIN_WIDE = (0.55, 0.85), 0.15  # a token's height; how far off its width may be
PLAIN_FOOT, PLAIN_SLASH = 0.05, 0.18  # how far from the baseline digits, a slash, may end
PLAIN_ALONE, PLAIN_MERGED = 0.95, 0.88  # the OCR's least confidence: in digits, in a whole token


def find_hands(page: Page) -> tuple[Hand, ...]:
    """Return the handwriting of a first page's letterhead, with what it may say.

    A gap that is printed and was read well has no entry: the OCR's word is to be trusted there.
    """
    gaps = find_gaps(page)
    if not gaps or page.image is None:
        return ()
    net, found = load_net(), []
    for gap in gaps:
        if gap.plain or is_plain_year(gap):
            continue
        answer = judge(gap, see_gap(page.image, gap, net))
        if answer is not None:
            found.append(Hand(gap.field, page.number, box_of(gap, page), *answer))
    return tuple(found)


def see_gap(image: Image, gap: Gap, net: onnxruntime.InferenceSession) -> Seen:
    """Show a gap to the net; where nothing is dark, perhaps the number was stamped in red."""
    seen = see(look(dark_of(image), gap), net)
    if image.ndim == 3 and not gap.text and seen.blank > seen.hand:
        stamped = see(look(image[:, :, 1], gap), net)
        return stamped if stamped.blank < 0.5 else seen
    return seen


def find_gaps(page: Page) -> tuple[Gap, ...]:
    """Return the gaps of the letterhead in which a number or a part of the date may stand."""
    words = zone_words(page)
    em = em_of(words, page.dpi)
    date = find_date_line(words, em, page.width)
    number = find_number_line(words, date, em, page.width)
    gray, gaps = None if page.image is None else dark_of(page.image), []
    if number:
        gaps.append(_gap("sequence", gray, number.label, number.notation, number.words, em))
    if date:
        gaps.append(_gap("day", gray, date.day, date.month, date.words, em))
        gaps.append(_gap("month", gray, date.month, date.year, date.words, em))
        end = Anchor(date.year.right + 2.4 * em, date.year.right + 2.6 * em, date.year.middle)
        gaps.append(_gap("year", gray, date.year, end, date.words, em))
    return tuple(gaps)


def _gap(
    field: HandField,
    gray: Gray | None,
    before: Anchor,
    after: Anchor,
    words: Sequence[Word],
    em: float,
) -> Gap:
    """Return the gap between two anchors; its baseline is the print's."""
    base = None if gray is None else baseline(gray, (before, after), em)
    left, right = before.right, max(after.left, before.right + 0.3 * em)
    text, confidence, tokens = said(before, after, words, em)
    sure = before.word is not None and (after.word is not None or field == "year")
    if base is None:
        base = before.middle + 0.3 * em
    plain = is_plain(text, tokens, base, em)
    return Gap(field, left, right, base, em, text, confidence, sure, plain)


def is_plain(text: str, tokens: Sequence[Word], base: float, em: float) -> bool:
    """Whether digits are surely print: one token that was read well, of print's height and width.

    A pen's digits are higher, or stand above or below the line.
    """
    if len(tokens) != 1 or not regex.fullmatch(r"\d{1,5}", text):
        return False
    (token,) = tokens
    alone = token.text.strip(EDGE) == text
    low, least = (PLAIN_FOOT, PLAIN_ALONE) if alone else (PLAIN_SLASH, PLAIN_MERGED)
    wide = (token.box[2] - token.box[0]) / (em * advance(token.text))
    return (
        token.confidence >= least
        and PLAIN_TALL[0] < (token.box[3] - token.box[1]) / em < PLAIN_TALL[1]
        and abs(token.box[3] - base) < low * em
        and abs(wide - 1) < PLAIN_WIDE
    )


def said(
    before: Anchor, after: Anchor, words: Sequence[Word], em: float
) -> tuple[str, float, tuple[Word, ...]]:
    """Return what the OCR saw between two anchors, how sure it was, and in which tokens.

    Where it saw nothing, it is as sure as can be (1).
    """
    if before.word is not None and before.word is after.word:
        text = before.word.text[before.end : after.start].strip(EDGE)
        return text, before.word.confidence, (before.word,)
    between = [
        word
        for word in words
        if word not in (before.word, after.word)
        and before.right - em < word.box[0] < max(after.left, before.right) - 0.1 * em
    ]
    parts = [before.tail, *(word.text for word in between), after.head]
    merged = [one.word for one, rest in ((before, before.tail), (after, after.head)) if rest]
    tokens = tuple(word for word in (*between, *merged) if word)
    confidence = min((word.confidence for word in tokens), default=1.0)
    return " ".join(part for part in parts if part).strip(EDGE), confidence, tokens


def box_of(gap: Gap, page: Page) -> Box:
    """Return a gap's place as shares of the page."""
    top, bottom = gap.base - 1.1 * gap.em, gap.base + 0.4 * gap.em
    left, right = gap.left / page.width, gap.right / page.width
    top, bottom = top / page.height, bottom / page.height
    return max(left, 0.0), max(top, 0.0), min(right, 1.0), min(bottom, 1.0)
