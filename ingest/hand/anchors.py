"""The printed words around the handwriting: Số, the notation, ngày, tháng, năm."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import median

import regex
from unidecode import unidecode

from ingest.page import Page, Word

ZONE = 0.42  # the letterhead ends in the upper part of the page
EDGE = " .,:;_-'\"“”…·"  # signs at a token's edge that say nothing
POINTS = 13.5  # the usual size of print, where nothing tells better


@dataclass(frozen=True, slots=True)
class Anchor:
    """A printed word, or the part of a merged token that is printed.

    `left` and `right` are its edges, `word` the token in which it was seen (null where its place
    was only inferred); in it the anchor's letters reach from `start` to `end`.
    """

    left: float
    right: float
    middle: float
    word: Word | None = None
    start: int = 0
    end: int = 0

    @property
    def head(self) -> str:
        """What the token holds before the anchor's letters."""
        return self.word.text[: self.start].strip(EDGE) if self.word else ""

    @property
    def tail(self) -> str:
        """What the token holds after the anchor's letters."""
        return self.word.text[self.end :].strip(EDGE) if self.word else ""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The anchors of the date, any of which may be inferred, and the tokens of the line."""

    day: Anchor
    month: Anchor
    year: Anchor
    place: float  # where the line begins
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The anchors of the number and the tokens of the line."""

    label: Anchor
    notation: Anchor
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """An anchor word found in a token: where its letters begin and end in it."""

    word: Word
    start: int
    end: int
    errors: int = 0


@cache
def _grammar() -> tuple[dict[str, regex.Pattern[str]], dict[str, float]]:
    data = tomllib.loads((files("ingest.hand") / "anchors.toml").read_text("utf-8"))
    flags = {name: 0 if name in {"notation", "loose"} else regex.I for name in data["patterns"]}
    patterns = {name: regex.compile(text, flags[name]) for name, text in data["patterns"].items()}
    widths = {char: size / 1000 for chars, size in data["widths"].items() for char in chars}
    return patterns, widths | {"other": data["widths"]["other"] / 1000}


def key(text: str) -> str:
    """Return a token without marks, a character for a character."""
    return "".join((unidecode(char) or " ")[0] for char in text)


def advance(text: str) -> float:
    """Return how wide a text is in print, in ems."""
    widths = _grammar()[1]
    return sum(widths.get(char, widths["other"]) for char in key(text))


def zone_words(page: Page) -> tuple[Word, ...]:
    """Return the words of the page's upper part."""
    words = [word for line in page.lines for word in line.words]
    return tuple(word for word in words if word.box[3] < page.height * ZONE)


def em_of(words: Iterable[Word], dpi: int) -> float:
    """Return the size of the letterhead's print in pixels, from the width of its known words."""
    usual = dpi * POINTS / 72
    known = [word for word in words if key(word.text).lower() in {"thang", "ngay", "nam"}]
    sizes = [(word.box[2] - word.box[0]) / advance(word.text) for word in known]
    fair = [size for size in sizes if 0.5 < size / usual < 2]
    return median(fair) if fair else usual


def middle(word: Word) -> float:
    """Return the height on the page of a word's middle."""
    return (word.box[1] + word.box[3]) / 2


def on_row(words: Sequence[Word], word: Word, em: float) -> tuple[Word, ...]:
    """Return the tokens that stand on one row with a word, from left to right."""
    row = [other for other in words if abs(middle(other) - middle(word)) < 0.75 * em]
    return tuple(sorted(row, key=lambda other: other.box[0]))


def find_motto(words: Sequence[Word], em: float) -> float | None:
    """Return the lower edge of the motto (Độc lập - Tự do - Hạnh phúc)."""
    pattern = _grammar()[0]["motto"]
    for word in words:
        row = [other for other in on_row(words, word, em) if pattern.fullmatch(key(other.text))]
        if len(row) >= 3:
            return max(other.box[3] for other in row)
    return None


def _seen(words: Iterable[Word], name: str) -> list[_Seen]:
    pattern = _grammar()[0][name]
    return [
        _Seen(word, match.start(), match.end(), sum(match.fuzzy_counts))
        for word in words
        if len(word.text) <= 40 and (match := pattern.search(key(word.text)))
    ]


def _anchor(seen: _Seen, em: float) -> Anchor:
    """Return where an anchor's letters stand, by the font's widths where the token holds more.

    A box wider than its letters has taken in a neighbor: both edges are drawn in.
    """
    text, (left, _, right, _) = seen.word.text, seen.word.box
    head, tail = text[: seen.start].strip(EDGE), text[seen.end :].strip(EDGE)
    wide = em * advance(text[seen.start : seen.end])
    start = right - em * advance(text[seen.start :]) if head else right - wide - 0.2 * em
    end = left + em * advance(text[: seen.end]) if tail else left + wide + 0.2 * em
    start, end = left if tail and not head else start, right if head and not tail else end
    edges = max(start, left), min(end, right)
    return Anchor(*edges, middle(seen.word), seen.word, seen.start, seen.end)


def _nearest(seen: list[_Seen], row: Sequence[Word], after: float, before: float) -> _Seen | None:
    """Return the best anchor on the row whose token ends within the bounds; the last of equals."""
    fitting = [one for one in seen if one.word in row and after < one.word.box[2] <= before]
    return min(fitting, key=lambda one: (one.errors, -one.word.box[0]), default=None)


def find_date_line(words: Sequence[Word], em: float, width: int) -> DateLine | None:
    """Return the line of place and date: it stands just under the motto, its year at the end."""
    motto = find_motto(words, em)
    lines = [line for line in _date_lines(words, em) if line.year.right > width * 0.5]
    if motto is not None:
        lines = [line for line in lines if -em < line.day.middle - motto < 6 * em]
    return min(lines, key=lambda line: line.day.middle, default=None)


def _date_lines(words: Sequence[Word], em: float) -> Iterable[DateLine]:
    months = [one for one in _seen(words, "month") if len(key(one.word.text)) < 12]
    days, years = _seen(words, "day"), _seen(words, "year")
    for month in months:
        row = on_row(words, month.word, em)
        at = month.word.box
        day = _nearest(days, row, at[0] - 8 * em, at[0] + em * 0.5 if month.start else at[0])
        year = _nearest(
            years, row, at[2] - em if month.end < len(month.word.text) else at[2], at[2] + 8 * em
        )
        if not (day or year):
            continue
        yield _date_line(day, month, year, row, em)


def _date_line(
    day: _Seen | None, month: _Seen, year: _Seen | None, row: tuple[Word, ...], em: float
) -> DateLine:
    middle_anchor = _anchor(month, em)
    first = (
        _anchor(day, em)
        if day
        else Anchor(
            middle_anchor.left - 4 * em, middle_anchor.left - 1.6 * em, middle_anchor.middle
        )
    )
    last = (
        _anchor(year, em)
        if year
        else Anchor(
            middle_anchor.right + 1.2 * em, middle_anchor.right + 3 * em, middle_anchor.middle
        )
    )
    tokens = tuple(word for word in row if first.left - 10 * em < word.box[0] < last.right + 4 * em)
    place = min((word.box[0] for word in tokens), default=first.left)
    return DateLine(first, middle_anchor, last, place, tokens)


def find_number_line(
    words: Sequence[Word], date: DateLine | None, em: float, width: int
) -> NumberLine | None:
    """Return the line of the number: under the issuing body, about as high as the date."""
    limit = date.place if date else width * 0.62
    left = [word for word in words if word.box[0] < limit]
    lines = list(_number_lines(left, em))
    if date:
        lines = [one for one in lines if -4 * em < one.label.middle - date.day.middle < 6 * em]
    return min(lines, key=lambda one: (one.label.word is None, one.label.middle), default=None)


def _number_lines(words: Sequence[Word], em: float) -> Iterable[NumberLine]:
    notes = {one.word: one for one in [*_seen(words, "loose"), *_seen(words, "notation")]}
    subjects = [middle(one.word) for one in _seen(words, "subject")]
    top = min(subjects, default=float("inf"))
    for label in _seen(words, "number"):
        row = _column_row(words, label.word, em)
        note = next((notes[one] for one in row if one in notes), None)
        if middle(label.word) < top - 0.5 * em and (note or ":" in label.word.text):
            start = _anchor(label, em)
            end = _anchor(note, em) if note else _row_end(start, row, em)
            yield NumberLine(start, end, row)
    for word, note in notes.items():
        if middle(word) < top - 0.5 * em:
            at = _anchor(note, em)
            start = Anchor(at.left - 5 * em, at.left - 3.4 * em, at.middle)
            row = tuple(one for one in on_row(words, word, em) if one.box[2] > start.left)
            yield NumberLine(start, at, row)


def _column_row(words: Sequence[Word], word: Word, em: float) -> tuple[Word, ...]:
    """Return the tokens of a row from a word on, as far as a number line reaches."""
    begin = word.box[0]
    return tuple(one for one in on_row(words, word, em) if begin <= one.box[0] < begin + 16 * em)


def _row_end(start: Anchor, row: Sequence[Word], em: float) -> Anchor:
    """Return a place for a notation that nobody saw: after what stands behind the label."""
    ends = [word.box[2] for word in row if word.box[2] < start.right + 6 * em]
    return Anchor(max([*ends, start.right + 3 * em]), max(ends, default=0), start.middle)
