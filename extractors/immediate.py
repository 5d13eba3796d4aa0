"""What is to be done at once: `báo cáo ngay`, `ngay sau khi nhận được Công điện này`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extractors.language import data
from extractors.limits import Phrase

_LONGEST = 20  # words of the event that something is to follow


def at_once(text: str) -> Iterator[Phrase]:
    """Yield each `ngay` with its verb, or with the event that it follows."""
    if "ngay" not in text.lower():
        return
    for match in _pattern().finditer(text):
        end = match.end()
        if _is_quoted(text, end):
            continue
        if match["event"]:
            end = event_end(text, end)
        yield Phrase("immediate", match.start(), end, text[match.start() : end])


def _is_quoted(text: str, at: int) -> bool:
    """Whether a position stands between quotation marks: in a title."""
    return text.count("“", 0, at) > text.count("”", 0, at)


@cache
def _pattern() -> regex.Pattern[str]:
    words = data("instructions")
    acts = [
        phrase
        for label in ("act", "order", "support", "name")
        for phrase in words[label]["phrases"]
    ]
    return regex.compile(
        r"""
        (?<! \p{L} ) (?:
          (?P<event> (?<! (?: trong | trước ) \s và \s )
              ngay \s+ (?: (?: sau \s+ )? khi | sau \s+ \L<occasions> ) ) \b
        | (?: (?P<verb> \L<acts> ) \s+ ngay (?: \s+ lập \s+ tức )?
            | (?<= \p{L} \s ) ngay \s+ (?: trong \s+ ngày | lập \s+ tức )
            | (?P<other> (?-i: \p{Ll}+ ) ) \s+ ngay
                (?! \s+ (?: trong \s+ ngày | lập \s+ tức ) ) ) \b
          (?! \s+ trong \s+ (?! ngày \b (?! \s+ \d ) )
            | \s+ (?: từ | tại | cả | đầu | lúc | trước | bên | sau | khi | cạnh | ngắn | vào ) \b
            | \s+ \d )
        )
        """,
        regex.VERBOSE | regex.IGNORECASE,
        acts=sorted(acts, key=len, reverse=True),
        occasions=data("times")["occasions"]["words"],
    )


def event_end(text: str, start: int) -> int:
    """Return where an event ends: `kể từ ngày nhận được văn bản này | báo cáo UBND tỉnh`."""
    stops = tuple(f"{stop} " for stop in data("times")["event_stops"]["words"])
    words = list(regex.finditer(r"[^\s,;.:()]+|[,;.:()]", text[start : start + 200]))[:_LONGEST]
    end = start
    for at, word in enumerate(words):
        if word[0] in ";.:()" or (word[0] == "," and not _paired(words, at)):
            break
        if at >= 3 and text.startswith(stops, start + word.start()):
            break
        end = start + word.end()
        if word[0].lower() == "này":
            break
    return end


def _paired(words: list[regex.Match[str]], comma: int) -> bool:
    """Whether a comma stands inside of a name of two parts: khám bệnh, chữa bệnh."""
    return comma + 2 < len(words) and words[comma - 1][0] == words[comma + 2][0]
