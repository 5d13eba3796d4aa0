"""How a line begins tells what it is: the addressees, a công văn's subject, the body."""

from __future__ import annotations

import regex

from extractors.keys import key
from extractors.labels import read_label
from extractors.pieces import Piece
from extractors.words import any_of

_WIRED = regex.compile(r"\p{Lu}.{4,90}\s(?:điện|ĐIỆN|diện)\s*:\W{0,3}")
# `V/v …`, `Vv: …`, `V / v`; only at a line's beginning.
ABOUT = r"v(?:(?:\s?\S\s?|\S{0,2})vy?|\s?[^\w\s]?\s?y)\b"
_ABOUT = regex.compile(rf"[\W_]{{0,3}}{ABOUT}[\s:.,-]*")
_LABELED = 12  # letters that a stamp may leave before a label


def is_addressees(line: Piece) -> bool:
    """Whether a line begins with `Kính gửi`, or is a telegram's `ỦY BAN NHÂN DÂN TỈNH điện:`.

    Before it may stand what is left of a stamp. A line that goes on with `gửi` is none.
    """
    if _WIRED.fullmatch(line.text):
        return True
    label = regex.search(
        r"(?<=^|\s|\W)" + any_of("letterhead", "addressees") + r"\b\s*(?P<colon>:?)", line.key[:40]
    )
    if label is None or label.start() > _LABELED:
        return False
    if label[0].startswith("gui") and not label["colon"]:
        return False  # - Gửi biểu mẫu về Sở
    letters = sum(map(str.isalnum, line.text[: label.start()]))
    capital = line.text[label.start()].isupper()
    return capital and bool(label["colon"]) if letters else capital or bool(label["colon"])


def is_about(line: Piece) -> bool:
    """Whether a line begins with `V/v`, as a công văn's subject does."""
    return _ABOUT.match(line.key) is not None


def begins_body(line: Piece, *, first: bool = False) -> bool:
    """Whether a line begins as a body's paragraph does: `Căn cứ …`, `1. …`, `Điều 1`.

    The first line under a title may begin with such a word and still be the subject.
    """
    text = line.text.lstrip("'\"“.,_ ")
    label = read_label(text)
    if label is not None and (label.kind != "bullet" or not first):
        return True
    pattern = any_of("letterhead", "openers") + r"\b"
    opens = regex.match(pattern, key(text)) is not None and text[:1].isupper()
    opens = opens and (not text.isupper() or text.endswith(":"))
    return opens and not first
