"""To whom the dispatch goes (Kính gửi), one entry a line item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractors.beginnings import begins_body, is_addressees
from extractors.finding import Finding
from extractors.letterhead import find_letterhead
from extractors.lists import after_label, has_bullet, items
from extractors.phrases import is_foreign
from extractors.pieces import Piece, boxed, is_rule, segments, within
from extractors.reading import Reading
from extractors.stamps import is_stamp
from extractors.words import any_of

_DEEPEST = 30  # lines below the letterhead in which the label stands
_WORD = 4  # letters of the shortest addressee
_LONGEST = 40  # lines of addressees


def find(reading: Reading) -> Iterator[Finding[str]]:
    """Yield the addressees after the label. `Kính gửi` inside of an annex's form is not meant."""
    letterhead = find_letterhead(reading)
    if not (letterhead.left or letterhead.right):
        return
    below = [line for line in letterhead.below[:200] if line.row.kind == "text"]
    for at, line in enumerate(below[:_DEEPEST]):
        if is_addressees(line):
            lines = list(_zone(line, list(_own(reading, below[at + 1 : at + 1 + _LONGEST]))))
            yield from _entries(lines)
            return


def _own(reading: Reading, lines: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the lines without what stands left of a list with dashes: the receiver's stamp."""
    edge = 0.0
    for line in lines:
        parts = segments(reading, line) if line.box else [line]
        dashed = [part.box[0] for part in parts if part.box and has_bullet(part.text)]
        edge = edge or min(dashed, default=0.0)
        kept = [part for part in parts if part.box is None or part.box[2] > edge]
        if kept and len(kept) < len(parts):
            yield boxed(reading, within(line, kept[0].start - line.start, len(line.text)))
        elif kept:
            yield line


def _zone(label: Piece, following: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the lines that name addressees, from the label's own line on."""
    match = regex.match(r"\W{0,4}" + any_of("letterhead", "addressees"), label.key)
    last = after_label(label, match.end()) if match else None
    if last is not None and sum(map(str.isalpha, last.text)) < _WORD and following:
        last = None  # a speck of the scan
    if last is not None:
        yield last
    dashed = last is not None and has_bullet(last.text)
    for line in following:
        if is_rule(line.text):
            if not line.text and last is not None and not _more(following, line):
                return
            continue
        if is_foreign(line.text) or is_stamp(line.text) or line.key.startswith("(sau day"):
            continue
        if last is not None and _ends(last, line, label, dashed=dashed):
            return
        dashed = dashed or has_bullet(line.text)
        last = line
        yield line


def _more(following: Sequence[Piece], blank: Piece) -> bool:
    """Whether the list goes on after a blank line: the next line has a dash."""
    after = (line for line in following if line.start > blank.start and not is_rule(line.text))
    line = next(after, None)
    return line is not None and has_bullet(line.text) and line.text.rstrip().endswith((";", "."))


def _ends(last: Piece, line: Piece, label: Piece, *, dashed: bool) -> bool:
    """Whether the body begins with this line."""
    if line.row.page != label.row.page:
        return True
    first = line.text.lstrip("-–—_~.,'\"“ ")[:1]
    if first.islower() or (last.text.rstrip(" .").endswith(",") and not last.text.endswith(".")):
        return False
    if has_bullet(line.text):
        return _closed(last) and not dashed
    if dashed and not _closed(last) and not last.text.rstrip().endswith(";"):
        return _wide(line)
    if begins_body(line) or _closed(last):
        return True
    if dashed and last.text.rstrip().endswith(";"):
        return _wide(line)
    return _wide(line) or not _wraps(last, line)


def _closed(line: Piece) -> bool:
    return regex.search(r"\.[\s'`,\"]*$", line.text) is not None


def _wide(line: Piece) -> bool:
    """Whether a line begins left of where addressees do and fills the page's width."""
    if line.box is None:
        return len(line.text) >= 75
    return line.box[0] < 0.22 and line.box[2] - line.box[0] > 0.62


def _wraps(last: Piece, line: Piece) -> bool:
    """Whether a line in capitals goes on with an addressee that ran to the page's edge."""
    if last.box is None or line.box is None:
        return len(last.text) >= 55 and len(line.text) < 60
    return last.box[2] > 0.82 and line.box[0] > 0.3


def _entries(lines: Sequence[Piece]) -> Iterator[Finding[str]]:
    if any(has_bullet(line.text) for line in lines):
        yield from items(lines, "addressees/list", 0.93)
        return
    parts = [part for line in lines for part in _parted(line)]
    yield from items(parts, "addressees/line", 0.93, lambda _, before: before.text.endswith(";"))


def _parted(line: Piece) -> Iterator[Piece]:
    """Addressees without dashes are parted by semicolons alone."""
    start = 0
    for match in regex.finditer(r";\s*", line.text):
        yield within(line, start, match.start() + 1)
        start = match.end()
    if line.text[start:].strip():
        yield within(line, start, len(line.text))
