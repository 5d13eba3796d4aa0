"""Repairs that are certain: they hold for every text, garbled or good."""

from __future__ import annotations

import unicodedata

import regex

from normalizers.text import Edit, Text

# A base letter and its marks, or a compatibility ligature that a text layer leaves behind.
_CLUSTER = regex.compile(r"\P{M}\p{M}+|[ﬀﬁﬂﬃﬄﬅﬆ]")
_ETH = regex.compile(r"Ð(?=\p{L})|(?<=\p{L})Ð")  # the Icelandic capital, which looks the same
_NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # they join signs such as emoji: those stay
_SPACES = regex.compile(rf"[^\S\n\t]{{2,}}|[^\S\n\t ]|(?<!\p{{So}})[{_NO_WIDTH}]")


def compose(text: Text) -> Text:
    """Compose letters and their marks (Unicode NFC) and split ligatures; tone placement stays."""
    edits = []
    for match in _CLUSTER.finditer(text.value):
        composed = unicodedata.normalize("NFC" if len(match[0]) > 1 else "NFKC", match[0])
        if composed != match[0]:
            edits.append(Edit(match.start(), match.end(), composed))
    return text.replacing(edits)


def bar_letters(text: Text) -> Text:
    """Make the look-alike Ð (eth) the Đ of the alphabet: `QÐ-UBND` is no notation, `QĐ-UBND` is."""
    edits = [Edit(match.start(), match.end(), "Đ") for match in _ETH.finditer(text.value)]
    return text.replacing(edits)


def straighten_spaces(text: Text) -> Text:
    """Make every run of odd spaces one space, and drop marks that have no width.

    Plain spaces on a line of ASCII stay: code and tables of numbers are set with them.
    """
    edits = []
    for match in _SPACES.finditer(text.value):
        if match[0].isascii() and _line(text.value, match.start()).isascii():
            continue
        new = " " if match[0].strip(_NO_WIDTH) else ""
        edits.append(Edit(match.start(), match.end(), new))
    return text.replacing(edits)


def _line(value: str, at: int) -> str:
    """Return the line of a text that a place lies on."""
    end = value.find("\n", at)
    return value[value.rfind("\n", 0, at) + 1 : end if end >= 0 else len(value)]
