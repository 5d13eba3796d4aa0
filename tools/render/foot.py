"""The two-column foot: recipients (Nơi nhận) on the left, the signature on the right."""

from __future__ import annotations

from tools.render.flow import Flow, put, set_line
from tools.render.sheet import Ink, Sheet
from tools.render.source import Foot
from tools.render.words import broken, words

SMALL = 11.0
SIGNING = 78.0  # height left for the signature


def draw(flow: Flow, foot: Foot) -> None:
    """Print the foot; where it does not fit it goes to the next page whole."""
    names = len(foot.chain) + 1
    listed = sum(len(lines) for lines in recipient_lines(flow, foot))
    signing, listing = names * flow.style.head * 1.25 + SIGNING, listed * SMALL * 1.18 + 16
    high = signing + listing if foot.second else max(signing, listing)
    flow.need(high + 14)
    flow.y += 10
    top = flow.y
    left, right = flow.left + flow.room * 0.24, flow.left + flow.room * 0.74
    if foot.second:
        bottom = signature(flow, foot.second, left, top)
        bottom = max(bottom, signature(flow, foot, right, top))
        flow.y = bottom + 14
        recipients(flow, foot)
        return
    recipients(flow, foot)
    bottom = signature(flow, foot, right, top)
    flow.y = max(flow.y, bottom)


def recipient_lines(flow: Flow, foot: Foot) -> list[list[list[object]]]:
    """Return the broken lines of each recipient."""
    return [broken(words(text), SMALL, flow.room * 0.42) for text in listed(foot)]  # type: ignore[misc]


def listed(foot: Foot) -> list[str]:
    """Return the recipients as they are printed."""
    last = len(foot.recipients) - 1
    return [f"- {text}{'.' if at == last else ';'}" for at, text in enumerate(foot.recipients)]


def recipients(flow: Flow, foot: Foot) -> None:
    """Print the list of recipients."""
    if not foot.recipients:
        return
    flow.y += 12 * 1.15
    put(flow.sheet, words("***Nơi nhận:***"), flow.left, flow.y, 12)
    for text in listed(foot):
        for line in broken(words(text), SMALL, flow.room * 0.42):
            flow.y += SMALL * 1.18
            put(flow.sheet, line, flow.left, flow.y, SMALL)


def signature(flow: Flow, foot: Foot, x: float, y: float) -> float:
    """Print chain and name, sign and seal between them; return where they end."""
    size, sheet = flow.style.head, flow.sheet
    for place, text in enumerate(foot.chain):
        room = flow.room * 0.5
        for line in broken(words(text, bold=True), size, room):
            y += size * (1.18 if place else 1.1)
            set_line(sheet, line, x, y, size)
    top = y
    y += SIGNING
    sign(sheet, foot, x, (top + y - size) / 2)
    if foot.name:
        set_line(sheet, words(foot.name, bold=True), x, y, size + 0.5)
    return y


def sign(sheet: Sheet, foot: Foot, x: float, y: float) -> None:
    """Leave the ink of a pen, and of the seal over a third of it on the left."""
    if not foot.signed:
        return
    sheet.inks.append(Ink("signature", x + 6, y, foot.name, width=105))
    if foot.seal:
        sheet.inks.append(Ink("seal", x - 38, y + 4, foot.seal, width=51))
