"""The type (tên loại) of the dispatch: its title, or công văn where it has none."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.beginnings import is_addressees
from extractors.contract import DocumentType, ReviewCode
from extractors.evidence import confirmed
from extractors.finding import Finding, Remark
from extractors.letterhead import Letterhead, find_letterhead
from extractors.notation import read_notation, type_code
from extractors.pieces import Piece
from extractors.reading import Reading
from extractors.subject import find_about
from extractors.title import Title, find_title, name_of


def find(reading: Reading) -> Iterator[Finding[DocumentType]]:
    """Yield the type by the title under the letterhead, else by the notation, else a công văn.

    A title in the body (`QUYẾT ĐỊNH:`) and titles of annexes are not meant.
    """
    letterhead = find_letterhead(reading)
    title = find_title(reading, letterhead)
    noted = _noted(letterhead)
    if title is not None and (letterhead.left or letterhead.right or noted):
        yield _titled(title, noted)
    elif noted is not None and letterhead.number is not None and not _is_letter(letterhead):
        yield _found(name_of(noted), noted, letterhead.number, 0.85, "notation")
    elif letterhead.number is not None:
        yield from _letter(letterhead)


def _noted(letterhead: Letterhead) -> str | None:
    line = letterhead.number
    notation = read_notation(line.text, 2) if line else None
    return type_code(notation.value) if notation else None


def _titled(title: Title, noted: str | None) -> Finding[DocumentType]:
    value = DocumentType(code=title.code, name=title.name)
    place = title.place
    agrees = noted in (None, title.code)
    sure = title.confidence if agrees else min(title.confidence, 0.85)
    remarks: tuple[Remark, ...] = ()
    if not agrees and title.code is not None and noted is not None:
        message = "the title and the notation name different types"
        remarks = (Remark(ReviewCode.CONFLICT, message, "", (title.name, name_of(noted))),)
    parts = {"": confirmed([place], sure)}
    return Finding(value, place.start, place.end, sure, "type/title", parts, remarks)


def _found(name: str, code: str, place: Piece, sure: float, rule: str) -> Finding[DocumentType]:
    value = DocumentType(code=code, name=name)
    parts = {"": confirmed([place], sure)}
    return Finding(value, place.start, place.end, sure, f"type/{rule}", parts)


def _is_letter(letterhead: Letterhead) -> bool:
    """Whether `V/v` and `Kính gửi` tell a công văn: `2210/CT-NVT` is of the Cục Thuế."""
    return bool(find_about(letterhead)) and any(map(is_addressees, letterhead.below[:25]))


def _letter(letterhead: Letterhead) -> Iterator[Finding[DocumentType]]:
    """Yield a công văn: it has no title; `V/v` or `Kính gửi` says so."""
    about = find_about(letterhead)
    to = next((line for line in letterhead.below[:25] if is_addressees(line)), None)
    number = letterhead.number
    if number is None:
        return
    if about or to:
        yield _found("Công văn", "CV", (about or (to,))[0] or number, 0.96, "letter")
    else:
        yield _found("Công văn", "CV", number, 0.7, "no-title")
