"""The units that a sentence names: `xã Cộng Lạc`, bare names in lists, agencies, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from extractors import gazetteer, offices
from extractors.contract import Unit
from extractors.language import data
from extractors.offices import NAME
from extractors.units import Level, Place, level_of_kind, look_up, words
from normalizers import Span

_NUMBERED = r"(?:số\s)?\d{1,2}(?![\d.,%/])"


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in a text.

    `bare` tells that its kind is not printed; `whole` is `all` for `toàn huyện`, `of` for `của
    huyện`, which name no unit but the one at hand.
    """

    span: Span
    unit: Unit
    bare: bool = False
    whole: Literal["all", "of"] | None = None


def find(text: str, around: Place, *, below: Level | None = None) -> list[Mention]:
    """Return the units that a text names, in order.

    `below` is the level that a bare name not in the gazetteer has: that of the units under the
    issuer.
    """
    taken = bytearray(len(text))
    found = [*_free(_offices(text), taken), *_free(kinded(text, around), taken)]
    found += _free(_groups(text), taken)
    found += _free(_bare(text, around, below, found), taken)
    return sorted(found, key=lambda mention: mention.span)


def _free(more: Iterator[Mention], taken: bytearray) -> Iterator[Mention]:
    """Yield what does not lie in a mention that is found already, and take its place."""
    for mention in more:
        start, end = mention.span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield mention


@cache
def _kind_pattern() -> regex.Pattern[str]:
    kinds = [form for kind, facts in words()["kinds"].items() for form in (kind, *facts["short"])]
    capitals = [form[0].upper() + form[1:] for form in kinds] + [form.upper() for form in kinds]
    return regex.compile(
        rf"""
        (?<! [\p{{L}}\d] | (?i:\L<parts>) \s ) (?P<kind> \L<kinds> ) (?: \s | (?<=\.) )
        (?P<name> (?<! (?<! đặc\s ) (?i:\L<only>) \s ) {NAME} | (?<= \L<numbered> \s ) {_NUMBERED} )
        (?P<more> (?: (?: ,\s | \svà\s | ;\s ) (?: {NAME} ) (?! \s\p{{Ll}}+\s? : ) ){{0,30}} )
        """,
        regex.VERBOSE,
        kinds=kinds + capitals,
        parts=words()["numbered"]["parts"],
        only=words()["numbered"]["only"],
        numbered=[
            form for form in kinds + capitals if form.casefold() in words()["numbered"]["kinds"]
        ],
    )


_ITEM = regex.compile(NAME)
_PLURAL = regex.compile(r"(?<!\p{L})(?:các|những|hai|ba|bốn|\d{1,2})\s$", regex.IGNORECASE)


def kinded(text: str, around: Place) -> Iterator[Mention]:
    """Yield the units that are named with their kind, and those listed after one of them."""
    for match in _kind_pattern().finditer(text):
        kind = match["kind"]
        after = text[match.end("name") : match.end("name") + 30]
        name = _trimmed(_without_count(match["name"], after), kind)
        if level_of_kind(kind) == "village" and _known(f"{kind} {name}"):
            continue  # Buôn Đôn, Bản Ngò: a name as a whole
        many = _PLURAL.search(text, max(0, match.start() - 12), match.start())
        start = match.start("name" if many else 0)
        end = match.start("name") + len(name)
        level = level_of_kind(kind) if many else None
        yield Mention((start, end), look_up(text[start:end], around, level=level), bare=bool(many))
        if end == match.end("name"):
            yield from _listed(match, around)


def _listed(match: regex.Match[str], around: Place) -> Iterator[Mention]:
    """Yield the names that follow the first one of its kind: `xã Cộng Lạc, Dân Chủ và Tái Sơn`."""
    level = level_of_kind(match["kind"])
    for item in _ITEM.finditer(match["more"]):
        unit = look_up(item[0], around, level=level)
        if unit.code is None and level != "village" and not _known(item[0]):
            return
        start = match.start("more") + item.start()
        yield Mention((start, start + len(item[0])), unit, bare=True)


def _known(name: str) -> bool:
    return any(gazetteer.load().named(name, "abc"))


def _trimmed(name: str, kind: str) -> str:
    """Cut a run of capitals down to the longest name that the gazetteer has."""
    parts = name.split(" ")
    for end in range(len(parts), 0, -1):
        if _known(" ".join(parts[:end])):
            return " ".join(parts[:end])
    return name if level_of_kind(kind) == "village" else " ".join(parts[:3])


def _offices(text: str) -> Iterator[Mention]:
    for start, end in offices.find(text):
        yield Mention((start, end), Unit(name=text[start:end], level="agency", code=None))


_GROUP = regex.compile(
    r"""
    (?<!\p{L})
    (?: (?P<whole> [Tt]oàn | của | [Tt]rên\ địa\ bàn (?:\ toàn)? ) \s
          (?P<self> tỉnh | huyện | thành\ phố | thị\ xã | quận | xã | phường | thị\ trấn
            | đặc\ khu )
      | (?P<level> [Cc]ấp\ (?: tỉnh | huyện | xã ) )
      | (?P<many> (?: [Cc]ác | [Mm]ỗi | [Tt]ừng )\ (?: xã | phường | thị\ trấn | huyện | quận
            | thành\ phố | thị\ xã | thôn | chủ\ đầu\ tư | sở | phòng | ban | ngành | địa\ phương
            | đơn\ vị | cơ\ quan | trường )
          (?: (?: ,\ | \ và\ ) (?: xã | phường | thị\ trấn | huyện | quận | thành\ phố | thị\ xã
            | đặc\ khu | tổ\ dân\ phố | ban | ngành | địa\ phương | đơn\ vị | cơ\ quan ) ){0,3} )
    ) (?!\p{L}) (?! \s? \p{Lu} )
    """,
    regex.VERBOSE,
)


def _groups(text: str) -> Iterator[Mention]:
    for match in _GROUP.finditer(text):
        if match["self"]:
            all_of = match["whole"].casefold() == "toàn"
            name = match[0] if all_of else match["self"]
            unit = Unit(name=name, level=level_of_kind(match["self"]), code=None)
            yield Mention(match.span(), unit, whole="all" if all_of else "of")
        else:
            yield Mention(match.span(), Unit(name=match[0], level="group", code=None))


_RUN = regex.compile(
    r"(?<![\p{L}\d][\s]|[\p{L}\d])"
    + NAME
    + r"|(?<=(?:\bvà|\blà|\bnhư|\bở|\btại|\bnhất|\bgồm|\bvới|\briêng|\bthuộc|\bcho|\bcủa|\bđến)\s)"
    + NAME
)
_THEN_NUMBER = regex.compile(r"\s*(?:[:(=–-]\s*)?(?:(?:đạt|có|là|còn|chiếm)\s+)?(?:tỷ\slệ\s+)?\d")
_OPENED = regex.compile(r"(?:^|[;,(:]|\bvà|\blà)\s*(?:[-+]\s*)?$")


def _bare(
    text: str, around: Place, below: Level | None, found: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield names alone: those of the gazetteer's units around, and items like `Cộng Lạc 24%`.

    A name that two units share is of the level spoken of before it. One that is new to the
    gazetteer is taken only where the text speaks of units.
    """
    said = _levels_in(text)
    new = bool(said) or any(one.unit.level in _COMMON for one in found)
    for match in _RUN.finditer(text):
        name = _without_count(match[0], text[match.end() : match.end() + 30])
        start, end = match.start(), match.start() + len(name)
        level = next((level for at, level in reversed(said) if at <= start), below)
        unit = look_up(name, around, level=level if level == "village" else None)
        if unit.code is None and level:  # the town Mường Lát, or the district
            unit = look_up(name, around, level=level)
        if unit.code:
            yield Mention((start, end), unit, bare=True)
        elif new and level and _is_item(name) and _stands_as_item(text, start, end):
            level = unit.level or level
            yield Mention((start, end), Unit(name=name, level=level, code=None), bare=True)


_COMMON = ("province", "district", "commune")


def _stands_as_item(text: str, start: int, end: int) -> bool:
    opened = _OPENED.search(text, max(0, start - 8), start)
    return opened is not None and _THEN_NUMBER.match(text, end) is not None


def _without_count(name: str, after: str) -> str:
    """Return a name without a number that counts: `Mỹ Đình 1` and `ấp Mỹ Tây 1` keep theirs."""
    bare, _, last = name.rpartition(" ")
    if not (bare and last.isdigit()) or _known(name):
        return name
    return bare if _counts().match(after) else name


@cache
def _counts() -> regex.Pattern[str]:
    measures = data("quantities")["measures"]
    things = [
        word for name in ("physical", "counted", "marks", "scales") for word in measures[name]
    ]
    return regex.compile(r"\s*[);,.]|\s*$|\s\L<things>(?!\p{L})", things=things)


def _is_item(name: str) -> bool:
    """Whether a name may be a unit's though the gazetteer of the place has it not."""
    parts = name.split()
    plain = all(len(part) > 1 and not part.isupper() and part.isalpha() for part in parts)
    return plain and (len(parts) > 1 or _known(name))


_KIND_NOUN = regex.compile(
    r"""(?: \d | [Cc]ác | [Nn]hững | [Mm]ột\ số | [Ss]ố ) \s
        ( xã | phường | thị\ trấn | huyện | quận | thôn | thành\ phố | tỉnh | thị\ xã )
        (?! \p{L} | \s\p{Lu} )""",
    regex.VERBOSE,
)


def _levels_in(text: str) -> list[tuple[int, Level | None]]:
    """Return where a text speaks of a level: `05 huyện (Cư M'gar …)`, `các xã`."""
    return [(match.end(), level_of_kind(match[1])) for match in _KIND_NOUN.finditer(text)]


_LISTED = regex.compile(
    r"(?:các|những)\s(?:xã|phường|thị trấn|huyện|quận|thành phố|thị xã)[^.;:]{0,40}:\s$",
    regex.IGNORECASE,
)


def grouped(text: str, series: Sequence[Mention]) -> Mention | None:
    """Return the group that a list of units is named as: `các xã: Cộng Lạc, Dân Chủ`."""
    if len(series) < 2:
        return None
    match = _LISTED.search(text, max(0, series[0].span[0] - 60), series[0].span[0])
    if match is None:
        return None
    span = (match.start(), series[-1].span[1])
    return Mention(span, Unit(name=text[slice(*span)], level="group", code=None))
