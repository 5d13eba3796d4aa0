"""A second look at the letterhead, where the first did not see the number's or the date's line."""

from __future__ import annotations

from dataclasses import replace

from ingest.hand.anchors import em_of, zone_words
from ingest.hand.lines import DateLine, NumberLine, find_date_line, find_number_line
from ingest.page import Line, Page, Word
from ingest.reading import Engine

HEAD = 0.28  # the share of the page that is read again
MODES: tuple[int, ...] = (6, 11)  # Tesseract: one block of text; scattered words
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
    return look_beside_date(page, engine)


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
