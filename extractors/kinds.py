"""Whether a figure is a result, a target, a forecast or a change."""

from __future__ import annotations

from functools import cache

import regex

from extractors.language import data
from extractors.quantity import Quantity
from extractors.scene import Kind, Scene
from extractors.structure import Paragraph


def of(quantity: Quantity, before: str, zone: Kind, *, report: bool) -> Kind:
    """Return the kind that the words before a quantity in its clause tell; else its zone's.

    A bound such as `tối thiểu` makes a target, and `dự kiến` a forecast; the last word counts.
    What a report estimates (`ước`) is its result, but for the year that still goes on.
    """
    if quantity.sign:
        return "change"
    order: tuple[Kind, ...] = ("forecast", "target", "actual")
    cues = [(match.end(), kind) for kind in order for match in _cues()[kind].finditer(before)]
    if not cues:
        return zone
    kind: Kind = max(cues)[1]
    estimated = kind == "forecast" and report and not _AHEAD.search(before)
    return "actual" if estimated else kind


_AHEAD = regex.compile(
    r"dự (?:kiến|báo|ước)|(?:cả|cuối|hết|đến) năm|thời gian tới", regex.IGNORECASE
)


@cache
def _cues() -> dict[Kind, regex.Pattern[str]]:
    words = data("figures")
    named: dict[Kind, str] = {"forecast": "forecast", "target": "target", "actual": "past"}
    return {
        kind: regex.compile(
            r"(?<!\p{L})(?:\L<words>)(?!\p{L})", regex.IGNORECASE, words=words[name]["words"]
        )
        for kind, name in named.items()
    }


def zone(paragraph: Paragraph, scene: Scene) -> Kind:
    """Return the kind of the figures that stand under the headings, the nearest first."""
    for lead in scene.leads:
        if kind := _told(lead.text, orders=not scene.report):
            return kind
    return "target" if _ORDER.match(paragraph.text) else scene.usual


_ORDER = regex.compile(r"(?:Giao|Yêu cầu|Đề nghị|Phấn đấu|Kiến nghị|Đề xuất)(?!\p{L})")


def _told(heading: str, *, orders: bool) -> Kind | None:
    """Return what a heading announces; `Kết quả thực hiện nhiệm vụ` is about results.

    Where orders are given, a heading that names who is to act announces what is to be done.
    """
    if heading.rstrip().endswith(":") and _orders().search(heading[-200:]):
        return "target"
    if not _is_heading(heading):
        return None
    found = _heading().search(heading)
    if found is None:
        names = orders and not heading.rstrip().endswith((".", ";")) and _assignee().match(heading)
        return "target" if names else None
    return "actual" if found["actual"] else "target"


def _is_heading(text: str) -> bool:
    return len(text) < 160 and not regex.search(r"[;,]$|\d\s?%", text)


@cache
def _assignee() -> regex.Pattern[str]:
    words = data("figures")["assignees"]["begin"]
    return regex.compile(r"(?:\L<words>)(?!\p{L})", words=words)


@cache
def _heading() -> regex.Pattern[str]:
    words = data("figures")["headings"]
    return regex.compile(
        r"(?<!\p{L})(?:(?P<actual>\L<actual>)|\L<target>)(?!\p{L})",
        regex.IGNORECASE,
        actual=words["actual"],
        target=words["target"],
    )


@cache
def _orders() -> regex.Pattern[str]:
    words = data("figures")["orders"]["words"]
    return regex.compile(r"(?<!\p{L})(?:\L<words>)(?!\p{L})", regex.IGNORECASE, words=words)
