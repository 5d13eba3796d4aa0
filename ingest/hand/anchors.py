"""The printed words around the handwriting: Số, the notation, ngày, tháng, năm."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from statistics import median

import regex
from unidecode import unidecode

from ingest.page import Page, Word

ZONE = 0.42  # the letterhead ends in the upper part of the page
EDGE = " .,:;_-'\"“”…·"  # signs at a token's edge that say nothing
MOST_WORDS, MOST_SEEN = 600, 25  # more words, or more of one anchor, are no letterhead
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

    def between(self, left: float, right: float) -> Anchor:
        """Return an anchor on the same row that nobody saw."""
        return Anchor(left, max(left, right), self.middle)

    @property
    def head(self) -> str:
        """What the token holds before the anchor's letters."""
        return self.word.text[: self.start].strip(EDGE) if self.word else ""

    @property
    def tail(self) -> str:
        """What the token holds after the anchor's letters."""
        return self.word.text[self.end :].strip(EDGE) if self.word else ""


@dataclass(frozen=True, slots=True)
class Seen:
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
    """Return a token without marks, a character for a character; only a slash is a slash."""
    plain = (char if char == "/" else unidecode(char).replace("/", " ") for char in text)
    return "".join((char or " ")[0] for char in plain)


def advance(text: str) -> float:
    """Return how wide a text is in print, in ems."""
    widths = _grammar()[1]
    return sum(widths.get(char, widths["other"]) for char in key(text))


def zone_words(page: Page) -> tuple[Word, ...]:
    """Return the words of the page's upper part, from the top."""
    words = [word for line in page.lines for word in line.words]
    inside = [word for word in words if word.box[3] < page.height * ZONE]
    return tuple(sorted(inside, key=lambda word: word.box[1])[:MOST_WORDS])


def em_of(words: Iterable[Word], dpi: int) -> float:
    """Return the size of the letterhead's print in pixels, from the width of its known words."""
    usual = dpi * POINTS / 72
    known = [word for word in words if key(word.text).lower() in {"thang", "ngay", "nam"}]
    sizes = [(word.box[2] - word.box[0]) / advance(word.text) for word in known]
    fair = [size for size in sizes if 0.5 < size / usual < 2]
    return median(fair) if fair else usual


def is_word(word: Word) -> bool:
    """Whether a token is surely a word: letters that the OCR was sure of."""
    return word.confidence >= 0.8 and bool(regex.fullmatch(r"\p{L}{2,}[.,;:]?", word.text))


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
    parts = [word for word in words if pattern.fullmatch(key(word.text))]
    for word in parts[:40]:
        row = on_row(parts, word, em)
        if len(row) >= 3:
            return max(other.box[3] for other in row)
    return None


def find_all(words: Iterable[Word], name: str) -> list[Seen]:
    """Return the tokens that hold an anchor of that name."""
    pattern = _grammar()[0][name]
    found = (
        Seen(word, match.start(), match.end(), sum(match.fuzzy_counts))
        for word in words
        if len(word.text) <= 40 and (match := pattern.search(key(word.text)))
    )
    return list(islice(found, MOST_SEEN))


def anchor_of(seen: Seen, em: float) -> Anchor:
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


def nearest(seen: list[Seen], row: Sequence[Word], after: float, before: float) -> Seen | None:
    """Return the best anchor on the row whose token ends within the bounds; the last of equals."""
    fitting = [one for one in seen if one.word in row and after < one.word.box[2] <= before]
    return min(fitting, key=lambda one: (one.errors, -one.word.box[0]), default=None)
