"""A second look at the signature block: position and name under their seal and the pen.

The OCR takes the block for a picture where a seal and a signature lie over it, and lifting the
colors takes away what was stamped in them: deputies' positions and names often are. So its rows of
letters are found by their shape and read one by one, on the print alone and with all but the blue
ink, a little wider and larger each time. What most readings say counts, as far as they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.claims import Claim, claims_of, is_deputy, is_for_head, pooled, told_by
from ingest.columns import Zone, foot
from ingest.doubts import worth
from ingest.lights import blocks, raised
from ingest.page import Image, Line, Page, Pixels, Word
from ingest.reading import Engine
from ingest.rows import box_of, find_strips
from ingest.shown import HEIGHTS, Look, head_over, read, show

_SURE = 0.6  # words read with more confidence are no part of a signature if not in its column
# At a row's ends, in word heights; at last far before it: a stroke may hide its beginning.
_ROOM = ((0.3, 0.3), (0.9, 0.4), (1.6, 0.9), (2.6, 0.9), (4.6, 0.4))
_ENOUGH = 4  # readings that say the same, one of them clear
_AGREED = 0.85  # the share of the votes with which no more is read
_BEGUN = (1.0, 5.0)  # word heights that a pen's `KT.` takes before the head's position
_UNDER = 2.4  # word heights from the head's position to the deputy's
_CANDIDATE = 0.3  # the least confidence of a word that the readings differ on: a candidate
_LISTED = 0.6  # and of a position that enough readings say, each of them in part
_MOST = 12  # rows of one block


@dataclass(frozen=True, slots=True)
class _Seen:
    """The words seen in a row, and whether they tell a position or a name."""

    line: Line
    tells: bool


def look_again(page: Page, drawn: Image, engine: Engine) -> Page:
    """Read the signature block again where the first look did not see position and name.

    `drawn` is the picture of the page before its colors were lifted.
    """
    zone = foot(page.lines, page.width)
    if page.image is None or zone is None:
        return page
    zone = raised(page, zone)
    told = told_by(zone.right)
    if told is not None and is_deputy(told):
        return page
    rows = _rows(page, zone, drawn)
    if told is not None:
        rows = [row for row in rows if _is_beside(row[0], told)]
    if not rows:
        return page
    looks = [_read(row, zone, engine) for row in rows[:_MOST]]
    told_lines = [look.line for look in looks if look.tells]
    told_lines += list(_heads(looks, rows, engine))
    others = [look.line for look in looks if not look.tells and look.line.words]
    found = told_lines + [line for line in others if _is_mate(line, told_lines)]
    notes = page.notes | {"second_look": f"signature block: {len(found)} of {len(rows)} rows"}
    return replace(_with_lines(page, found), notes=notes)


def _heads(
    looks: Sequence[_Seen], rows: Sequence[Sequence[Look]], engine: Engine
) -> Iterator[Line]:
    """Yield the heads' positions that run into deputies' below them."""
    told = [look.line for look in looks if look.tells]
    for look, row in zip(looks, rows, strict=False):
        if not look.tells or not is_deputy(look.line):
            continue
        if not any(_is_over(other, look.line) for other in told):
            head = head_over(look.line, row, engine)
            yield from [head] if head else []


def _is_mate(line: Line, told: Sequence[Line]) -> bool:
    """Whether letters that tell nothing stand alone over a deputy's position or under a `KT.`."""
    over = any(is_deputy(it) and _is_over(line, it) for it in told)
    under = any(is_for_head(it) and _is_over(it, line) for it in told)
    return (over or under) and not any(_is_same(line.box, it.box) for it in told)


def _is_over(line: Line, below: Line) -> bool:
    """Whether a line stands right over another one, as a head's position does over a deputy's."""
    left, top, right, bottom = line.box
    near = 0 < below.box[1] - top < _UNDER * (bottom - top)
    return near and min(right, below.box[2]) > max(left, below.box[0])


def _is_beside(look: Look, position: Line) -> bool:
    """Whether a row may say that a deputy signed: under the head's position, or begun before it."""
    block, strip = look
    left, top, right, bottom = position.box
    begun = left - strip.left - block.corner[0]
    lower = strip.middle(strip.left) + block.corner[1] - (top + bottom) / 2
    if abs(lower) < 0.5 * block.em:
        return _BEGUN[0] * block.em < begun < _BEGUN[1] * block.em
    over = strip.left + block.corner[0] < right and strip.right + block.corner[0] > left
    return over and 0 < lower < _UNDER * block.em


def _rows(page: Page, zone: Zone, drawn: Image) -> list[list[Look]]:
    """Return the rows of letters in the block, each as it lies in every light."""
    rows: list[list[Look]] = []
    for block in blocks(page, zone, drawn):
        for strip in find_strips(block.picture, block.em):
            place = box_of(strip, block.em)
            mate = next((row for row in rows if _is_same(box_of(row[0][1], block.em), place)), None)
            if mate is None:
                rows.append([(block, strip)])
            else:
                mate.append((block, strip))
    return rows


def _is_same(one: Pixels, other: Pixels) -> bool:
    down = min(one[3], other[3]) - max(one[1], other[1])
    across = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3] - one[1], other[3] - other[1])
    return down > 0.6 * high and across > 0.3 * min(one[2] - one[0], other[2] - other[0])


def _read(row: Sequence[Look], zone: Zone, engine: Engine) -> _Seen:
    """Return what a row says, of position or name if it can be."""
    claims = list(_known(row[0], zone))
    most: tuple[Word, ...] = ()
    promising = bool(claims)
    shown: set[bytes] = set()
    readings: list[tuple[Word, ...]] = []
    for room, ends in enumerate(_ROOM):
        for look in row:
            cut = show(look, ends)
            if cut.picture.tobytes() in shown:
                continue
            shown.add(cut.picture.tobytes())
            for height in HEIGHTS:
                words = read(cut, height, engine)
                if not words:
                    break
                promising = promising or any(map(_is_word, words))
                most = max(most, words, key=worth)
                readings.append(words)
                claims += claims_of(words, weight=1 / (1 + room))
        if not promising or _is_agreed(claims):
            break
    named = all(claim.value[0].isupper() for claim in claims)
    if named and not _is_agreed(claims):
        claims = [claim] if (claim := pooled(readings)) else claims
    best = _best(claims)
    return _Seen(Line(most), tells=False) if best is None else _Seen(best, tells=True)


def _known(row: Look, zone: Zone) -> Iterator[Claim]:
    """Yield what the first look read in the row's place."""
    block, strip = row
    x0, y0, x1, y1 = box_of(strip, block.em)
    left, top = block.corner
    box = (x0 + left, y0 + top, x1 + left, y1 + top)
    for line in zone.right:
        if _is_same(line.box, box):
            yield from claims_of(line.words, weight=1)


def _is_word(word: Word) -> bool:
    return word.confidence > _SURE and sum(map(str.isalpha, word.text)) > 1


def _is_agreed(claims: Sequence[Claim]) -> bool:
    """Whether so many clear readings say one thing that more would not change it."""
    value, agreed = _most_said(claims)
    said = [claim for claim in claims if claim.value == value]
    clear = any(claim.clear for claim in said)
    return clear and len(said) >= _ENOUGH and agreed > _AGREED


def _most_said(claims: Sequence[Claim]) -> tuple[str, float]:
    """Return what most readings say, and the share of the votes that is for it.

    A reading that lost the beginning speaks for the whole, too: `Hoàng Anh` for `Lê Hoàng Anh`.
    """
    said = dict.fromkeys(claim.value for claim in claims)
    votes = {value: sum(c.vote for c in claims if value.endswith(c.value)) for value in said}
    value = max(votes, key=lambda value: votes[value], default="")
    against = sum(claim.vote for claim in claims if not value.endswith(claim.value))
    return value, votes[value] / (votes[value] + against) if value else 0.0


def _best(claims: Sequence[Claim]) -> Line | None:
    """Return the words of the best reading of what most readings say, as sure as they agree."""
    if not claims:
        return None
    value, agreed = _most_said(claims)
    said = [claim for claim in claims if claim.value == value]
    best = max(said, key=lambda claim: claim.vote)
    listed = not value[0].isupper() and len(said) >= _ENOUGH and agreed > _AGREED
    least = _LISTED if listed else _CANDIDATE
    sure = [max(least, word.confidence * agreed**2) for word in best.words]
    pairs = zip(best.words, sure, strict=True)
    return Line(tuple(replace(word, confidence=confidence) for word, confidence in pairs))


def _with_lines(page: Page, found: Sequence[Line]) -> Page:
    """Return the page with the lines; what had been read in their places is dropped."""
    boxes = [line.box for line in found]
    kept = []
    for line in page.lines:
        rest = tuple(word for word in line.words if not any(_lies(word, box) for box in boxes))
        if len(rest) == len(line.words) or line.kind == "table":
            kept.append(line)
        elif rest:
            kept.append(replace(line, words=rest))
    return replace(page, lines=(*kept, *found))


def _lies(word: Word, box: Pixels) -> bool:
    """Whether the middle of a word lies in a box."""
    across, down = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]
