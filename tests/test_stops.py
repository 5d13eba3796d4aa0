"""Commas, full stops and dust are told by their form."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.page import Line, Page, Word
from ingest.stops import with_stops

FOOT = 130  # where the letters stand


def said(stop: tuple[int, int], *texts: str, bilevel: bool = False) -> list[str]:
    """Return a line whose first word has a mark so high, and so far below the line, at its end."""
    image = np.full((200, 800), 255, np.uint8)
    words = []
    for number, text in enumerate(texts):
        left = 100 + 140 * number
        for letter in range(4):
            image[FOOT - 20 : FOOT, left + 22 * letter : left + 22 * letter + 14] = 0
        words.append(Word(text, (left, FOOT - 28, left + 88, FOOT), 0.9))
    high, low = stop
    image[FOOT + low - high : FOOT + low, 182:186] = 0
    first = Word(texts[0], (100, FOOT - 28, 187, FOOT + 4), 0.9)
    page = Page(1, 800, 200, 200, image, lines=(Line((first, *words[1:])),))
    return [word.text for word in with_stops(page, bilevel=bilevel).lines[0].words]


POINT, COMMA, BROKEN, NOTHING = (4, 0), (10, 5), (6, 2), (0, 0)


@pytest.mark.parametrize(
    ("why", "stop", "seen", "after", "told"),
    [
        ("a point", POINT, "hân.", "Nam", "hân."),
        ("a comma taken for a point", COMMA, "hân.", "Nam", "hân,"),
        ("a semicolon taken for a colon", COMMA, "hân:", "Nam", "hân;"),
        ("a colon", POINT, "hân:", "nhân", "hân:"),
        ("no point stands before small letters", POINT, "hân.", "nhân", "hân,"),
        ("a speck", NOTHING, "hân.", "nhân", "hân"),
        ("an item's letter may follow a point", POINT, "hân.", "c)", "hân."),
        ("an abbreviation", POINT, "thn.", "nhân", "thn."),
        ("a label", POINT, "1.", "nhân", "1."),
        ("a figure", POINT, "2024.", "nhân", "2024,"),
        ("no stop was read", COMMA, "hân", "nhân", "hân"),
    ],
)
def test_a_stop_is_told_by_its_form(
    why: str, stop: tuple[int, int], seen: str, after: str, told: str
) -> None:
    assert said(stop, seen, after, "xuân")[0] == told, why


@pytest.mark.parametrize(("bilevel", "told"), [(True, "hân,"), (False, "hân.")])
def test_a_comma_may_be_broken_in_black_and_white(bilevel: bool, told: str) -> None:
    assert said(BROKEN, "hân.", "Nam", "xuân", bilevel=bilevel)[0] == told
