"""The two lines of the letterhead that are filled in: number and notation, place and date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.hand.anchors import (
    Anchor,
    Seen,
    anchor_of,
    find_all,
    find_motto,
    is_word,
    middle,
    nearest,
    on_row,
)
from ingest.page import Word


@dataclass(frozen=True, slots=True)
class DateLine:
    """The anchors of the date, any of which may be inferred, and the tokens of the line."""

    day: Anchor
    month: Anchor
    year: Anchor
    place: float  # where the line begins
    words: tuple[Word, ...]

    @property
    def anchors(self) -> tuple[Anchor, Anchor, Anchor]:
        """The words ngày, tháng, năm."""
        return self.day, self.month, self.year


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The anchors of the number and the tokens of the line."""

    label: Anchor
    notation: Anchor
    words: tuple[Word, ...]


def find_date_line(words: Sequence[Word], em: float, width: int) -> DateLine | None:
    """Return the line of place and date: it stands just under the motto, its year on the right.

    Without the motto a date must be whole: a title may well say "9 tháng đầu năm 2023".
    """
    motto = find_motto(words, em)
    lines = [line for line in _date_lines(words, em) if line.year.right > width * 0.5]
    if motto is not None:
        lines = [line for line in lines if -em < line.day.middle - motto < 6 * em]
    else:
        lines = [line for line in lines if all(one.word for one in line.anchors)]
    return min(lines, key=lambda line: line.day.middle, default=None)


def _date_lines(words: Sequence[Word], em: float) -> Iterable[DateLine]:
    """Return all that looks like a date of which at least two anchors were seen."""
    days, years = find_all(words, "day"), find_all(words, "year")
    months = [one for one in find_all(words, "month") if len(one.word.text) < 12]
    for month in months:
        row = on_row(words, month.word, em)
        left, right = month.word.box[0], month.word.box[2]
        day = nearest(days, row, left - 8 * em, left + (0.5 * em if month.start else 0))
        merged = month.end < len(month.word.text)
        year = nearest(years, row, right - em if merged else right, right + 8 * em)
        line = _date_line(day, month, year, row, em)
        if line and not _speaks(line):
            yield line
    for day in days:
        row, right = on_row(words, day.word, em), day.word.box[2]
        year = nearest(years, row, right + 2 * em, right + 9 * em)
        line = _date_line(day, None, year, row, em)
        if line and not any(one.word in row for one in months) and not _speaks(line):
            yield line


def _date_line(
    day: Seen | None, month: Seen | None, year: Seen | None, row: tuple[Word, ...], em: float
) -> DateLine | None:
    """Return a date's line; an anchor that was not seen stands where the others tell."""
    first, second, third = (anchor_of(one, em) if one else None for one in (day, month, year))
    if second is None and first and third:
        second = first.between(first.right + 1.5 * em, third.left - 1.2 * em)
    if second is None or not (first or third):
        return None
    first = first or second.between(second.left - 4 * em, second.left - 1.6 * em)
    third = third or second.between(second.right + 1.2 * em, second.right + 3 * em)
    tokens = tuple(
        word for word in row if first.left - 10 * em < word.box[0] < third.right + 4 * em
    )
    place = min((word.box[0] for word in tokens), default=first.left)
    return DateLine(first, second, third, place, tokens)


def _speaks(line: DateLine) -> bool:
    """Whether a sure word stands between the anchors: then it is a sentence and no date."""
    return any(
        line.day.right < word.box[0] < line.year.left
        and word not in (line.day.word, line.month.word, line.year.word)
        and is_word(word)
        for word in line.words
    )


def find_number_line(
    words: Sequence[Word], date: DateLine | None, em: float, width: int
) -> NumberLine | None:
    """Return the line of the number: under the issuing body, about as high as the date."""
    limit = date.place if date else width * 0.62
    left = [word for word in words if word.box[0] < limit]
    found = chain(_labeled(left, em), _unlabeled(left, em) if date else ())
    subjects = [middle(one.word) for one in find_all(left, "subject")]
    top = min(subjects, default=float("inf")) - 0.5 * em
    lines = [one for one in found if one.label.middle < top]
    if date:
        lines = [one for one in lines if -4 * em < one.label.middle - date.day.middle < 6 * em]
    return min(lines, key=lambda one: (one.label.word is None, one.label.middle), default=None)


def _labeled(words: Sequence[Word], em: float) -> Iterable[NumberLine]:
    """Return the lines that begin with Số, and go on with a notation or a colon."""
    notes = _notations(words)
    for label in find_all(words, "number"):
        begin = label.word.box[0]
        row = on_row(words, label.word, em)
        inside = tuple(one for one in row if begin <= one.box[0] < begin + 16 * em)
        found = [notes[one] for one in inside if one in notes]
        note = max(found, key=lambda one: len(one.word.text), default=None)
        if _opens(label.word, row, em) and (note or ":" in label.word.text):
            start = anchor_of(label, em)
            end = anchor_of(note, em) if note else _row_end(start, inside, em)
            yield NumberLine(start, end, inside)


def _unlabeled(words: Sequence[Word], em: float) -> Iterable[NumberLine]:
    """Return the lines of a notation before which nobody saw the label."""
    for word, note in _notations(words).items():
        row = on_row(words, word, em)
        if _opens(word, row, em):
            end = anchor_of(note, em)
            start = end.between(end.left - 5 * em, end.left - 3.4 * em)
            yield NumberLine(start, end, tuple(one for one in row if one.box[2] > start.left))


def _notations(words: Sequence[Word]) -> dict[Word, Seen]:
    return {one.word: one for one in [*find_all(words, "loose"), *find_all(words, "notation")]}


def _opens(word: Word, row: Sequence[Word], em: float) -> bool:
    """Whether no sure word stands before this one on its row: else it is cited in a sentence."""
    return not any(
        is_word(other) and word.box[0] - 6 * em < other.box[0] < word.box[0] for other in row
    )


def _row_end(start: Anchor, row: Sequence[Word], em: float) -> Anchor:
    """Return a place for a notation that nobody saw: after what stands behind the label."""
    ends = [word.box[2] for word in row if word.box[2] < start.right + 6 * em]
    left = max([*ends, start.right + 3 * em])
    return start.between(left, left + em)
