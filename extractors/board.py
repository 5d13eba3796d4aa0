"""What holds for all figures of a table: its kind, measure and time; and whose a name is."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors import measures, periods, timing
from extractors.around import Around
from extractors.columns import Column
from extractors.contract import Period, Table, Unit
from extractors.finding import Finding
from extractors.reading import Reading
from extractors.scene import Kind, Scene
from extractors.timing import When
from extractors.units import Level, look_up

_MEASURE = regex.compile(r"(?:[ĐDđ]ơn v[ịi](?: t[íi]nh)?|[ĐD]VT)\s*:\s*([^\n()\t]{1,30})")
_TARGET = regex.compile(r"chỉ tiêu|kế hoạch|mục tiêu|dự toán", regex.IGNORECASE)
_RESULT = regex.compile(r"kết quả|thực hiện|tình hình|tổng hợp|thống kê", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Board:
    """A table with what its caption and the lines above it say of all of its figures.

    `measure` is that of the whole table, `measures` the column that names one for each row.
    """

    found: Finding[Table]
    usual: Kind
    measure: str | None
    measures: int | None
    as_of: str | None
    period: Period | None

    @classmethod
    def of(cls, reading: Reading, found: Finding[Table], scene: Scene) -> Board:
        """Return a table in the light of the dispatch and of what stands above it."""
        caption = found.value.caption or ""
        usual: Kind = "target" if _TARGET.search(caption) else scene.usual
        named = _MEASURE.search(reading.text.value, max(0, found.start - 300), found.start)
        usual = "actual" if _RESULT.search(caption) else usual
        words = f"{caption} {_notes(reading, found)}"
        when = _when(words, scene)
        return cls(
            found,
            usual,
            _uncapped(named[1].strip(" .;*")) if named else None,
            measures.column(found.value),
            *(when or (scene.as_of, scene.period)),
        )

    def when(self, column: Column) -> When:
        """Return when a column's figures hold; a target has only the day it is to be met by."""
        time = column.time
        if column.kind == "target":
            return (timing.day(time) if time else self.as_of), None
        return (time.as_of, time.period) if time else (self.as_of, self.period)


_BRACKET = regex.compile(r"\(([^()]*)\)")


def _notes(reading: Reading, found: Finding[Table]) -> str:
    """Return the notes above a table: `(Số liệu tính đến 30/9/2024)`, not `(Kèm theo …)`."""
    lines = reading.text.value[max(0, found.start - 300) : found.start]
    notes = (match[1] for match in _BRACKET.finditer(lines))
    return " ".join(note for note in notes if "kèm theo" not in note.casefold())


def _when(text: str, scene: Scene) -> When | None:
    """Return the day that a caption tells, or else the stretch: a mere year tells nothing new."""
    times = periods.find(text, scene.year)
    day = next((time.as_of for time in times if time.as_of), None)
    if day:
        return day, None
    return next(((None, one.period) for one in times if one.period and not one.broad), None)


def _uncapped(measure: str) -> str:
    """Return a measure as it stands in a sentence: `Triệu đồng` is `triệu đồng`, TTHC stays."""
    return measure[0].lower() + measure[1:] if measure[1:2].islower() else measure


def names_unit(name: str, around: Around) -> bool:
    """Whether a cell may name a unit: in small letters only what is known as one (`xã X`)."""
    if len(name) < 2 or not name[0].isalpha():
        return False
    return name[0].isupper() or look_up(name, around.place).level is not None


def unit_of(name: str, around: Around, heading: str) -> Unit:
    """Return the unit that a cell names; `heading` tells the level of those that are not known."""
    told = _level(heading.casefold())
    unit = look_up(name, around.place, level="village" if told == "village" else None)
    if unit.level is not None:
        return unit
    other: Level | None = None if _PLAIN.fullmatch(name) else "agency"
    level = told or other or around.below or "agency"
    known = look_up(name, around.place, level=level)  # the district, not its town of that name
    return known.model_copy(update={"level": level})


_PLAIN = regex.compile(r"\p{Lu}[\p{L}'’]*\p{Ll}(?:\s\p{Lu}[\p{L}'’]*|\s\d+){0,4}")  # a place's


def _level(heading: str) -> Level | None:
    levels: dict[Level, tuple[str, ...]] = {
        "commune": ("xã", "phường", "thị trấn"),
        "district": ("huyện", "quận"),
        "village": ("thôn", "tổ dân phố", "ấp", "khu phố"),
        "agency": ("lĩnh vực", "cơ quan", "sở", "phòng"),
    }
    return next(
        (
            level
            for level, words in levels.items()
            if any(word in heading.split(",")[0].split(" / ")[-1] for word in words)
        ),
        None,
    )
