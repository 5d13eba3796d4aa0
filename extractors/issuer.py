"""The issuing body (cơ quan ban hành), the body above it, and the unit it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date

import regex

from extractors import date, place
from extractors.bodies import group, is_body
from extractors.casing import is_known, title_case
from extractors.contract import Issuer, ReviewCode, Unit
from extractors.evidence import confirmed, seen
from extractors.finding import Finding, Part, Remark
from extractors.keys import key, upper_share
from extractors.letterhead import Letterhead, find_letterhead
from extractors.mending import are_near, mended
from extractors.pieces import Piece, is_rule, trimmed, within
from extractors.place import is_unit
from extractors.reading import Reading
from extractors.repeated import as_repeated
from extractors.stamps import is_stamp
from extractors.units import resolve

# A province that the dispatch names: of two communes of one name it tells which.
_PROVINCE = regex.compile(r"\btỉnh \p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,2}")

_UNIT = regex.compile(r"(?:huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|thành phố)\s(?P<name>.+)$")


def find(reading: Reading) -> Iterator[Finding[Issuer]]:
    """Yield the lines in capitals over the number: the last body issues, under its parent.

    Bodies side by side (`SỞ TÀI CHÍNH - SỞ NỘI VỤ`) issue together.
    """
    lines = _lines(find_letterhead(reading))
    if not lines:
        return
    below = reading.text.value[lines[-1].end :]
    texts = [mended(as_repeated(line.text, below)) for line in lines]
    bodies = group(texts)
    names = [title_case(" ".join(" ".join(texts[at] for at in body).split())) for body in bodies]
    first = _first(names)
    name, parent = " - ".join(names[first:]), names[first - 1] if first else None
    name = _as_written(_as_placed(reading, name), below)
    own = [lines[at] for body in bodies[first:] for at in body]
    value = Issuer(name=name, parent=parent, unit=_unit(reading, name, parent))
    parts = {"/name": _part(reading, own, name)}
    parts |= {"": parts["/name"], "/unit": parts["/name"]}
    if parent is not None:
        parts["/parent"] = _part(reading, [lines[at] for at in bodies[first - 1]], parent)
    remarks = tuple(_several(name))
    yield Finding(
        value, lines[0].start, lines[-1].end, _sure(lines), "issuer/over-number", parts, remarks
    )


def _part(reading: Reading, lines: Sequence[Piece], name: str) -> Part:
    """Say where a body stands and how sure it is: a name of known words needs no other proof."""
    clear = 1.0 if is_known(name) else seen(reading, lines[0].start, lines[-1].end)
    return confirmed(lines, 0.96 * clear)


def _as_written(name: str, below: str) -> str:
    """Return a name with the capitals that the body gives it: `Trường THPT Lê Trực`."""
    words = regex.compile(r"\s+".join(map(regex.escape, name.split())), regex.IGNORECASE)
    written = (" ".join(match[0].split()) for match in words.finditer(below))
    return next((one for one in written if one[0].isupper() and not one.isupper()), name)


def _as_placed(reading: Reading, name: str) -> str:
    """Spell the unit's name as the line of the date does, where only so there is such a unit."""
    where = next((found.value for found in place.find(reading)), "")
    tail = name[-len(where) :]
    if " " in where and key(tail) == key(where) and is_unit(where) and not is_unit(tail):
        return name[: -len(where)] + where
    match = _UNIT.search(name) if where else None
    if match is None or not are_near(match["name"], where):
        return name
    return (
        name
        if is_unit(match["name"]) or not is_unit(where)
        else name[: match.start("name")] + where
    )


def _unit(reading: Reading, name: str, parent: str | None) -> Unit:
    """Look the unit up that a body stands for, by the place and the day of issue."""
    where = next((found.value for found in place.find(reading)), None)
    when = next((found.value for found in date.find(reading)), None)
    around = [it for it in (parent, where) if it]
    unit = resolve(name, within=around, on=_day(when))
    if unit.level is None:
        return Unit(name=name, level="agency", code=None)
    if unit.code is not None or unit.level == "agency":
        return unit
    named = set(_PROVINCE.findall(reading.text.value))
    found = [resolve(name, within=[*around, it], on=_day(when)) for it in named]
    codes = {it.code for it in found if it.code is not None}
    return next(it for it in found if it.code in codes) if len(codes) == 1 else unit


def _day(when: str | None) -> Date | None:
    """Return the first day that a reduced date may mean; a year alone may lie in two eras."""
    return Date.fromisoformat(f"{when}-01"[:10]) if when and len(when) > 4 else None


def _lines(letterhead: Letterhead) -> list[Piece]:
    number = letterhead.number
    lines = [line for line in letterhead.left if number is None or line.start < number.start]
    lines = [_bare(line) for line in lines if not (is_rule(line.text) or is_stamp(line.text))]
    capitals = [line for line in lines if upper_share(line.text) > 0.75 and _wordy(line.text)]
    return _beside(capitals, letterhead.right)


def _bare(line: Piece) -> Piece:
    """Return the line without specks at its edges; a bracket that it opens stays closed."""
    bare = trimmed(line)
    lead = bare.start - line.start
    if regex.search(r"[\p{L})]\s*[-–—]\W*$", line.text):
        return within(line, lead, len(line.text.rstrip(" .,;:|'`")))
    closed = line.text.find(")", lead + len(bare.text))
    if bare.text.count("(") > bare.text.count(")") and closed > 0:
        return within(line, lead, closed + 1)
    return bare


def _wordy(text: str) -> bool:
    """Whether a line has a word of three letters, or an abbreviation with a name."""
    return regex.search(r"\p{L}{3}", text) is not None or len(text.split()) > 2


def _beside(lines: list[Piece], right: Sequence[Piece]) -> list[Piece]:
    """Only the lines at the height of the national title: what stands higher is a stamp."""
    if not right:
        return lines
    top = right[0]
    if top.box is None:
        same = [at for at, line in enumerate(lines) if line.row.start == top.row.start]
        alone = bool(same) and not is_body(lines[same[0]].text)
        return lines[max(0, same[0] - alone) :] if same else lines
    height = top.box[3] - top.box[1]
    return [line for line in lines if line.box is None or line.box[3] > top.box[1] - height]


def _first(names: Sequence[str]) -> int:
    """Return which body is the first that issues: after the one on top all of one kind do.

    Of several kinds each is over the one below it: a Tổng cục, a Cục, a Chi cục.
    """
    kinds = {name.split()[0] for name in names[1:]}
    return min(1, len(names) - 1) if len(kinds) < 2 else len(names) - 1


def _several(name: str) -> Iterator[Remark]:
    bodies = [body.strip() for body in regex.split(r"\s[-–—]\s", name)]
    if len(bodies) > 1:
        message = "several bodies issue this dispatch together"
        yield Remark(ReviewCode.SEVERAL_ISSUERS, message, "/name", tuple(bodies))


def _sure(lines: Sequence[Piece]) -> float:
    return 0.95 if 1 <= len(lines) <= 3 else 0.8
