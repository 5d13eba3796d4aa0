"""For which day or stretch of time a figure holds, from its sentence and what stands above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractors import periods
from extractors.clauses import Clauses
from extractors.contract import Period
from extractors.periods import Time
from extractors.quantity import Quantity
from extractors.scene import Kind, Scene

When = tuple[str | None, Period | None]


def of(
    clauses: Clauses,
    quantity: Quantity,
    until: int,
    times: Sequence[Time],
    scene: Scene,
    kind: Kind,
) -> When:
    """Return the day and the stretch that hold for a quantity; `until` is where the next begins.

    A target has only a day: the one by which it is to be met, which may follow it.
    """
    near = _near(clauses, quantity, until, times, due=kind == "target")
    start = clauses.sentence(quantity.at[0])[0]
    found = next((one for one in near if one.span[0] >= start or not _to_come(one, scene)), None)
    if found is None:
        higher = (one for one in above(scene) if (kind == "target") == _to_come(one, scene))
        found = next(higher, None)
    if kind == "target":
        return day(found), None
    if kind == "forecast" and found is None:
        return None, None
    return (found.as_of, found.period) if found else (scene.as_of, scene.period)


def _to_come(time: Time, scene: Scene) -> bool:
    return bool(scene.day and (day(time) or "") > scene.day)


def _near(
    clauses: Clauses, quantity: Quantity, until: int, times: Sequence[Time], *, due: bool
) -> Iterator[Time]:
    """Yield the times of the paragraph that may hold, the likeliest first."""
    start, end = quantity.at[0], quantity.whole[1]
    yield from (time for time in times if 0 <= time.span[0] - end <= 3 and _opens(clauses, time))
    now = max((match.end() for match in _NOW.finditer(clauses.text, 0, start)), default=0)
    before = [
        time
        for time in reversed(times)
        if now <= time.span[1] <= start and clauses.reaches(time.span[0], start)
    ]
    clause = clauses.clause(start, marks=";")
    yield from (time for time in before if time.span[0] >= clause)
    if due:
        until = min(until, clauses.sentence(start)[1])
        yield from (time for time in times if end <= time.span[0] < until)
        first = clauses.sentence(start)[0]
        yield from (time for time in before if _heads(clauses, time, first))
        return
    yield from before


# Words that end the time told before them: what follows is so today.
_NOW = regex.compile(
    r"""(?<!\p{L}) (?: (?:đến|hiện)\ nay | hiện\ tại | đến\ thời\ điểm\ (?: này | hiện\ tại )
        | hiện (?= \ (?:toàn|có|còn) ) )""",
    regex.VERBOSE | regex.IGNORECASE,
)


def _heads(clauses: Clauses, time: Time, start: int) -> bool:
    """Whether a time holds for the whole sentence: `Đến năm 2025, …; …`, `Chỉ tiêu cả năm: …`."""
    after = clauses.text[time.span[1] : time.span[1] + 1]
    start = max(start, clauses.text.rfind(": ", start, time.span[0]) + 2)
    return time.span[0] >= start and (time.span[0] - start <= _LEAD or after == ":")


_LEAD = 12  # characters before a time that heads a sentence: `Phấn đấu đến …`


def _opens(clauses: Clauses, time: Time) -> bool:
    """Whether a time stands alone in a bracket: not in `(năm 2024: 3,48 điểm)`."""
    text, (start, end) = clauses.text, time.span
    return text[start - 1] == "(" and text[end : end + 2].lstrip().startswith(")")


def above(scene: Scene) -> Iterator[Time]:
    """Yield the times that the headings and lead-ins above tell, the nearest first."""
    for lead in scene.leads:
        yield from (one for one in reversed(periods.find(lead.text, scene.year)) if not one.broad)


def day(time: Time | None) -> str | None:
    """Return the day that a time ends with: the one by which a target is to be met."""
    if time is None:
        return None
    return time.as_of or (time.period.end if time.period else None)
