"""A second look at the letterhead, where the first did not see the number's or the date's line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import cv2
import numpy as np
import regex

from extractors.notation import read_notation
from ingest.hand.anchors import Anchor, em_of, zone_words
from ingest.hand.lines import DateLine, NumberLine, find_date_line, find_number_line
from ingest.page import Line, Page, Word
from ingest.reading import Engine

HEAD = 0.28  # the share of the page that is read again
MODES: tuple[int, ...] = (6, 11)  # Tesseract: one block of text; scattered words
ONE_LINE = 7  # Tesseract's mode
SURE = 0.6  # a notation that is less sure is read again by itself
BEFORE = (0.2, 0.45, 0.8, 1.2)  # ems shown before the notation's letters: its slash and more
SCALES = (1.0, 1.4)
MOST_SAY = 0.6  # the share of the looks that must say the same
TOLD = 0.95  # how sure that is if all do
SLACK = 10  # white around a crop, in pixels
BESIDE = (1.5, 4.0)  # the number stands at most so many ems above and below the date


def look_at_head(page: Page, engine: Engine) -> Page:
    """Return the page with the lines of number and date that another look found.

    The OCR at times takes these lines for a picture when a stamp or a pen touches them.
    """
    if page.image is None or page.number != 1:
        return page
    for mode in MODES:
        number, date = lines_of(page)
        if number and date:
            break
        top = page.image[: round(page.height * HEAD)]
        seen = replace(page, lines=engine.read(top, page.dpi, mode))
        better = lines_of(seen)
        for before, after in ((number, better[0]), (date, better[1])):
            if before is None and after is not None:
                page = with_line(page, after.words, f"read again in mode {mode}")
    return look_at_notation(look_beside_date(page, engine), engine)


def look_at_notation(page: Page, engine: Engine) -> Page:
    """Return the page with the notation as most of several looks read it by itself.

    The OCR reads it badly, or is not sure of it, where the pen before it runs into it.
    """
    number, _ = lines_of(page)
    word = number.notation.word if number else None
    if number is None or word is None or word.confidence > SURE or word.text[-1] in "-–":
        return page  # a notation in two words is not read as one
    em = em_of(zone_words(page), page.dpi)
    read = [read_notation(text, 0) for text in _texts(page, number.notation, em, engine)]
    said = Counter(notation.value for notation in read if notation)
    letters = Counter(regex.sub(r"\W", "", value) for value in said.elements())
    if not said:
        return page
    alike, times = letters.most_common(1)[0]
    forms = [one for one, _ in said.most_common() if regex.sub(r"\W", "", one) == alike]
    value = min(forms, key=lambda one: "." in one)  # a dash is often read as a point
    share = times / len(read)
    if share < MOST_SAY or share <= word.confidence:
        return page
    left = round(number.notation.left - BEFORE[0] * em)
    found = Word(f"/{value}", (left, word.box[1], word.box[2], word.box[3]), share * TOLD)
    head = word.text[: number.notation.start].rstrip("/")
    before = replace(word, text=head, box=(*word.box[:2], max(left, word.box[0] + 1), word.box[3]))
    return with_words(page, word, (before, found) if head else (found,))


def _texts(page: Page, notation: Anchor, em: float, engine: Engine) -> Iterator[str]:
    """Yield what several looks see at a notation, with more and more of what stands before it."""
    word = notation.word
    if page.image is None or word is None:
        return
    top, right = max(0, word.box[1] - SLACK), round(word.box[2] + em)
    for before, scale in product(BEFORE, SCALES):
        left = max(0, round(notation.left - before * em))
        crop = page.image[top : word.box[3] + SLACK, left:right]
        sized = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        shown = np.asarray(np.pad(sized, SLACK, constant_values=255), np.uint8)
        yield " ".join(line.text for line in engine.read(shown, page.dpi, ONE_LINE))


def with_words(page: Page, word: Word, words: tuple[Word, ...]) -> Page:
    """Return the page with words in place of one."""
    lines = []
    for line in page.lines:
        parts = [words if one is word else (one,) for one in line.words]
        lines.append(replace(line, words=tuple(one for part in parts for one in part)))
    return replace(page, lines=tuple(lines), notes=page.notes | {"notation": "read again"})


def look_beside_date(page: Page, engine: Engine) -> Page:
    """Return the page with the number's line, sought once more by itself: left of the date.

    A stamp below it makes the OCR lose it on the whole page.
    """
    number, date = lines_of(page)
    if page.image is None or number or date is None:
        return page
    em = em_of(date.words, page.dpi)
    top = max(0, round(date.day.middle - BESIDE[0] * em))
    bottom = round(date.day.middle + BESIDE[1] * em)
    seen = engine.read(page.image[top:bottom, : max(1, round(date.place))], page.dpi, MODES[0])
    lines = [Line(tuple(lower(word, top) for word in line.words)) for line in seen]
    found, _ = lines_of(replace(page, lines=(*lines, Line(date.words))))
    return with_line(page, found.words, "read again beside the date") if found else page


def lower(word: Word, by: int) -> Word:
    """Return a word further down on the page."""
    left, top, right, bottom = word.box
    return replace(word, box=(left, top + by, right, bottom + by))


def lines_of(page: Page) -> tuple[NumberLine | None, DateLine | None]:
    """Return the lines of number and date as far as their printed words were seen."""
    words = zone_words(page)
    em = em_of(words, page.dpi)
    date = find_date_line(words, em, page.width)
    number = find_number_line(words, date, em, page.width)
    whole = number is not None and number.label.word and number.notation.word
    return number if whole else None, date


def with_line(page: Page, words: tuple[Word, ...], note: str) -> Page:
    """Return the page with a line added; what had been read in its place is dropped."""
    kept = []
    for line in page.lines:
        rest = tuple(word for word in line.words if not any(covers(new, word) for new in words))
        if rest:
            kept.append(replace(line, words=rest))
    return replace(page, lines=(*kept, Line(words)), notes=page.notes | {"letterhead": note})


def covers(word: Word, other: Word) -> bool:
    """Whether the middle of another word lies in this one's box."""
    across, down = (other.box[0] + other.box[2]) / 2, (other.box[1] + other.box[3]) / 2
    return word.box[0] <= across <= word.box[2] and word.box[1] <= down <= word.box[3]
