"""Whether a figure is a result, a target, a forecast or a change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex
from unidecode import unidecode

from extractors.language import data
from extractors.quantity import Quantity
from extractors.scene import Kind, Scene
from extractors.structure import Paragraph


@dataclass(frozen=True, slots=True)
class Told:
    """The kind of a figure; whether it holds for the next clauses, whether its own words tell.

    `guessed` tells that it was estimated: a forecast, if the time is still to come.
    """

    kind: Kind
    holds: bool = True
    sure: bool = True
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """The kind of the figures below a heading; whether they are the results of a report."""

    kind: Kind
    results: bool = False


def of(quantity: Quantity, before: str, zone: Zone) -> Told:
    """Return the kind that the words before a quantity in its clause tell; else its zone's.

    A bound such as `tối thiểu` makes a target (also in `giảm ít nhất 30%`), and `dự kiến` a
    forecast; the last word counts. What is estimated (`ước`) is a result, but of a year that
    still goes on. A target given before (`kế hoạch giao 56 tỷ đồng`) says nothing of the clauses
    after it. Among results `yêu cầu`, `duy trì` and the like set nothing.
    """
    if quantity.sign and quantity.comparison not in (">=", "<="):
        return Told("change", holds=False)
    order = ("forecast", "target", "given", "past", *(() if zone.results else ("wish",)))
    cues = [
        (match.end(), cue)
        for cue in order
        for match in _cues()[cue].finditer(before)
        if cue != "given" or not _DONE.search(before, match.end())
    ]
    if not cues:
        bound = quantity.comparison in (">=", "<=") and not zone.results
        return Told("target" if bound else zone.kind, sure=False)
    cue = max(cues)[1]
    if cue == "given":
        return Told("target", holds=False)
    if cue == "past" or (cue == "forecast" and not _AHEAD.search(before)):
        return Told("actual", guessed=cue == "forecast")
    return Told("forecast" if cue == "forecast" else "target")


_DONE = regex.compile(  # between `dự toán tỉnh giao` and a result: `và bằng 108%`
    r"(?<!\p{L})(?:đạt|bằng|thực hiện|giải ngân|hoàn thành|ước|đã|có|trong đó)(?!\p{L})",
    regex.IGNORECASE,
)
_AHEAD = regex.compile(
    r"dự (?:kiến|báo|ước)|(?:cả|cuối|hết|đến) năm|thời gian tới", regex.IGNORECASE
)


@cache
def _cues() -> dict[str, regex.Pattern[str]]:
    words = data("figures")
    return {
        cue: regex.compile(
            r"(?<!\p{L})(?:\L<words>)(?!\p{L})", regex.IGNORECASE, words=words[cue]["words"]
        )
        for cue in ("forecast", "target", "wish", "given", "past")
    }


def zone(paragraph: Paragraph, scene: Scene) -> Zone:
    """Return what the figures are that stand under the headings, the nearest first."""
    kinds = [told(lead.text, orders=not scene.report) for lead in scene.leads]
    for at, kind in enumerate(kinds):
        if kind == "target" and "actual" in kinds[at + 1 :] and _DOES.match(scene.leads[at].text):
            return Zone("actual", results=True)  # KẾT QUẢ over THỰC HIỆN CÁC NHIỆM VỤ
        if kind:
            return Zone(kind, results=kind == "actual")
    named = scene.orders and paragraph.label and _assignee().match(paragraph.text)
    if named or _ORDER.match(paragraph.text):
        return Zone("target")
    tells = scene.usual == "actual" and not scene.leads and not _orders().search(paragraph.text)
    return Zone(scene.usual, results=scene.report or (tells and paragraph.label is None))


_DOES = regex.compile(r"(?:việc )?thực hiện(?!\p{L})", regex.IGNORECASE)
_ORDER = regex.compile(r"(?:Giao|Yêu cầu|Đề nghị|Phấn đấu|Kiến nghị|Đề xuất)(?!\p{L})")


def told(heading: str, *, orders: bool) -> Kind | None:
    """Return what a heading announces; `Kết quả thực hiện nhiệm vụ` is about results.

    Where orders are given, a heading that names who is to act announces what is to be done.
    """
    if heading.rstrip().endswith(":") and (
        _orders().search(_last_clause(heading)) or aims(heading)
    ):
        return "target"
    if not _is_heading(heading):
        return None
    found = _heading().search(unidecode(heading.casefold()))
    if found is None:
        says = heading.rstrip().endswith(":") and _SAYS.search(heading)
        open_ = orders and not says and not heading.rstrip().endswith((".", ";"))
        names = open_ and _assignee().match(heading)
        return "target" if names else None
    return "actual" if found["actual"] else "target"


def aims(lead: str) -> bool:
    """Whether a lead-in opens a list of what is to be reached: `toàn tỉnh phấn đấu:`."""
    words = data("figures")["orders"]
    small = regex.split(r"[.;]\s", lead)[-1].casefold()
    return any(word in small for word in words["aims"]) and not any(
        word in small for word in (*words["results"], *words["allotted"])
    )


def _last_clause(text: str) -> str:
    return _PARTS.split(text)[-1]


_PARTS = regex.compile(r"[,.;]\s")
_BROKEN = regex.compile(r"[;,]$|\d\s?%")


_SAYS = regex.compile(r"(?<!\p{L})(?:báo cáo|trình|đề xuất|thông báo|trả lời|kết luận)(?!\p{L})")


def _is_heading(text: str) -> bool:
    return len(text) < 160 and not _BROKEN.search(text)


@cache
def _assignee() -> regex.Pattern[str]:
    words = data("figures")["assignees"]["begin"]
    named = data("figures")["assignees"]["named"]
    return regex.compile(
        r"(?:\L<words>)(?!\p{L})|(?:\L<named>)\s(?:\p{Lu}|các\s)", words=words, named=named
    )


@cache
def _heading() -> regex.Pattern[str]:
    """Return the pattern of headings, without marks: scans lose them in capitals."""
    words = data("figures")["headings"]
    return regex.compile(
        r"(?<!\p{L})(?:(?P<actual>\L<actual>)|\L<target>)(?!\p{L})",
        actual=[unidecode(word) for word in words["actual"]],
        target=[unidecode(word) for word in words["target"]],
    )


@cache
def _orders() -> regex.Pattern[str]:
    words = data("figures")["orders"]
    return regex.compile(
        r"(?<!\p{L})(?:\L<words>)(?!\p{L})(?!.*(?:\L<results>))",
        regex.IGNORECASE,
        words=words["words"],
        results=words["results"],
    )
