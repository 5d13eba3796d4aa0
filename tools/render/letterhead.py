"""The two-column head of the first page, after Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Iterable

from tools.render.flow import Flow, line_width, put, set_line
from tools.render.sheet import Ink, Rule, Sheet
from tools.render.source import Letterhead
from tools.render.words import Word, broken, width, words

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT_SHARE = 0.215  # the middle of the left column, as a share of the text's width
RIGHT_SHARE = 0.72
GAPS = {"so": 30.0, "ngay": 24.0, "thang": 22.0, "nam": 20.0}

Piece = tuple[str, str]  # what is printed, or the name of the gap that is written in


def draw(flow: Flow, head: Letterhead, hand: tuple[str, ...]) -> None:
    """Print the left column, then the right, and write in the gaps."""
    top = flow.y
    middle = flow.left + flow.room * LEFT_SHARE
    bottom = left_column(flow, head, hand, middle)
    flow.y = top
    right = flow.left + flow.room * RIGHT_SHARE
    flow.y = max(bottom, right_column(flow, head, hand, right)) + 8
    stamps(flow, head, middle, bottom)


def left_column(flow: Flow, head: Letterhead, hand: tuple[str, ...], x: float) -> float:
    """Print the issuing body, the number and the subject; return where they end."""
    size, y = flow.style.head, flow.y
    room = flow.room * 0.43
    for text in head.parent:
        y = centered(flow.sheet, words(text), x, y, fitting(words(text), size, room))
    for text in head.issuer:
        bold = words(text, bold=True)
        y = centered(flow.sheet, bold, x, y, fitting(bold, size, room))
    wide = line_width(words(head.issuer[-1], bold=True), size) / 2
    flow.sheet.rules.append(Rule(x - wide / 2, y + 5, x + wide / 2, y + 5))
    y += 10 + size * 1.15
    pieces = [("Số: ", ""), (head.number, "so"), (f"/{head.notation}", "")]
    fill(flow.sheet, pieces, hand, x, y, size)
    if head.secrecy:
        flow.sheet.inks.append(Ink("urgency", x, y + 19, head.secrecy, width=0.8))
        y += 34
    if head.about:
        y += 3
        for line in broken(words(head.about), size - 1, flow.room * 0.36):
            y = centered(flow.sheet, line, x, y, size - 1)
    return y


def fitting(line: list[Word], size: float, room: float) -> float:
    """Return the size at which a line fits its column."""
    return min(size, size * room / line_width(line, size))


def right_column(flow: Flow, head: Letterhead, hand: tuple[str, ...], x: float) -> float:
    """Print nation, motto, place and date; return where they end."""
    size, y = flow.style.head, flow.y
    nation = words(NATION, bold=True)
    y = centered(flow.sheet, nation, x, y, fitting(nation, size, flow.room * 0.56))
    motto = words(MOTTO, bold=True)
    y = centered(flow.sheet, motto, x, y, size + 0.5)
    wide = line_width(motto, size + 0.5) / 2
    flow.sheet.rules.append(Rule(x - wide, y + 5, x + wide, y + 5))
    y += 10 + size * 1.2
    year = [("năm ", ""), (head.year, "nam")]
    if "nam" in hand:
        year = [(f"năm {head.year[:2]}", ""), (head.year[2:], "nam")]
    pieces = [(f"{head.place}, ngày ", ""), (head.day, "ngay"), (" tháng ", "")]
    pieces += [(head.month, "thang"), (" ", ""), *year]
    fill(flow.sheet, pieces, hand, x, y, size, italic=True)
    return y


def centered(sheet: Sheet, line: list[Word], x: float, y: float, size: float) -> float:
    """Print a line below `y` and return its baseline."""
    y += size * 1.18
    set_line(sheet, line, x, y, size)
    return y


def fill(
    sheet: Sheet,
    pieces: Iterable[Piece],
    hand: tuple[str, ...],
    x: float,
    y: float,
    size: float,
    *,
    italic: bool = False,
) -> None:
    """Print a line with gaps, centered at `x`, and note it as it reads when filled in."""
    face = "italic" if italic else "regular"
    pieces = list(pieces)
    wide = [
        gap_width(text, gap) if is_gap(text, gap, hand) else width(text, face, size)
        for text, gap in pieces
    ]
    left = x - sum(wide) / 2
    for (text, gap), room in zip(pieces, wide, strict=True):
        if text and is_gap(text, gap, hand):
            sheet.inks.append(Ink("hand", left, y, text, width=room))
        elif not is_gap(text, gap, hand):
            print_piece(sheet, text, left, y, size, italic=italic)
        left += room
    sheet.lines.append(" ".join("".join(text for text, _ in pieces).split()))


def gap_width(text: str, gap: str) -> float:
    """Return the room left for what is written; a long number gets more."""
    return GAPS[gap] + (6.0 * max(len(text), 2) if gap == "so" else 0)


def is_gap(text: str, gap: str, hand: tuple[str, ...]) -> bool:
    """Whether a piece is left open in print: written by hand, or blank in a draft."""
    return bool(gap) and (gap in hand or not text)


def print_piece(sheet: Sheet, text: str, x: float, y: float, size: float, *, italic: bool) -> None:
    """Print the words of a piece without noting their text."""
    lead = len(text) - len(text.lstrip())
    face = "italic" if italic else "regular"
    scratch = Sheet(0, 0, runs=sheet.runs)
    put(scratch, words(text, italic=italic), x + width(" ", face, size) * lead, y, size)


def stamps(flow: Flow, head: Letterhead, x: float, bottom: float) -> None:
    """Stamp the urgency below the left column and the day of arrival over the top."""
    if head.urgency:
        ink = Ink("urgency", x, bottom + 24, head.urgency, width=1, angle=head.urgency_slant)
        flow.sheet.inks.append(ink)
        flow.y = max(flow.y, bottom + (46 if head.urgency_slant else 40))
    if head.arrival:
        text = (head.arrival["office"], head.arrival["number"], head.arrival["date"])
        flow.sheet.inks.append(Ink("arrival", flow.left + 40, 40 + 150, more=text))
