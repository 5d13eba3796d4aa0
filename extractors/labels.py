"""The labels that number a dispatch's paragraphs: `III.`, `Điều 2.`, `4.1`, `đ)`, `-`, `+`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

Kind = Literal[
    "part", "upper", "roman", "article", "number", "decimal", "paren", "letter", "bullet"
]

# Outermost first. Bullets rank below everything; among themselves they nest as they appear.
RANKS: dict[Kind, int] = {
    "part": 0,
    "upper": 1,
    "roman": 2,
    "article": 3,
    "number": 4,
    "decimal": 5,
    "letter": 7,
    "paren": 8,
    "bullet": 9,
}
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10}
_COUNTED = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu")  # Phần thứ nhất

_LABEL = regex.compile(
    r"""
    \s* (?:
      (?: Phần | Chương | PHẦN | CHƯƠNG ) \s+ (?P<part> [IVX]{1,6} | \d{1,2} ) \b \s* [.:]? \s*
    | (?: Phần | PHẦN ) \s+ (?: thứ | THỨ ) \s+ (?P<part> (?i:\L<ordinals>) ) \b \s* [.:]? \s*
    | (?: Điều | ĐIỀU | Điêu ) \s+ (?P<article> \d{1,3} ) \s* [.:] \s*        # Điều 2.
    | (?P<roman> [IVX]{1,5} ) \s? (?: [./)] (?! \d ) | [-–:] (?= \s ) ) \s* (?= \S )  # III.  II/
    | (?P<upper> [A-HĐ] ) \s? [.)] \s+ (?= \S )                               # A.
    | (?P<decimal> \d{1,2} (?: [.,] \d{1,2} ){1,3} )                             # 4.1  1.2.
      (?: \s? [.)/:] [.,:]? \s* | - (?= \s ) | \s+ ) \s* (?= ["“(]? \p{Lu} )
    | (?P<number> \d{1,2} ) \s?                                              # 1.  2)  3/
      (?: [.)/] [.,:]{0,2} (?! \d ) | - (?= \s ) ) \s* (?= [^\s\d] )
    | (?P<paren> \L<counted> ) \s là \s* [,:] \s*                            # Một là,
    | \( (?P<paren> \d{1,2} | [ivx]{1,4} ) \) \s* (?= \S )                    # (1)  (ii)
    | (?P<letter> [a-zđ] (?: \d | \. \d{1,2} )? ) \s?                         # đ)  a.
      (?: [)\]}] | [./] (?= \s ) ) \s* (?= \S )
    | (?P<bullet> [-–—•+*●▪◦] ) \s* (?= [^\s\d\-–—+*.] | \s \d )              # -  +
    )
    """,
    regex.VERBOSE,
    counted=_COUNTED,
    ordinals=_ORDINALS,
)


# A Roman numeral that the reading took for other letters: `H. NHIỆM VỤ`, `IL TỔ CHỨC`.
_MISREAD = regex.compile(r"\s*(?P<name>[IVXHLTil1]{1,4})\s?(?:[.,]\s*(?=\p{Lu})|\s+(?=\p{Lu}{2}))")
_FIRST = regex.compile(r"\s*[ILl|]\s?[.,]?\s+(?=\p{Lu}\p{L})")  # L Phân công for I. Phân công
_SPECKS = regex.compile(r"[^\p{L}\p{N}(]{1,7}(?=[\p{L}\p{N}])")
_SPECK_DASH = regex.compile(r"\s*[^A-Za-zĐđ\d\s+*•●▪◦–—-]\s(?=[-–—]\s\p{Lu})")  # Ì - Đẩy mạnh
_POINTLESS = regex.compile(r"\s*(?P<number>\d{1,2})\s?[,:;]?\s+(?=\p{Lu})")
_CAPITALS = regex.compile(r"\p{Lu}{2}")
_SHAPES = {"H": "II", "L": "I", "T": "I", "i": "I", "l": "I", "1": "I"}
_NUMERALS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, without its point or bracket; `place` is its number in its series."""

    kind: Kind
    name: str
    place: int
    end: int  # where the paragraph's own words begin in the line


def read_label(line: str) -> Label | None:
    """Return the label at the start of a line; whether it is one, the neighbors must tell."""
    match = _LABEL.match(line)
    if match is None or not match.lastgroup:
        return None
    kind: Kind = match.lastgroup  # type: ignore[assignment]
    name = match[match.lastgroup]
    if kind == "bullet":
        name = "-" if name in "-–—•●▪◦" else name
    if kind == "decimal":
        name = name.replace(",", ".")
    if kind == "part" and name.lower() in _ORDINALS:
        name = _NUMERALS[_ORDINALS.index(name.lower()) + 1]
    if name in _COUNTED:
        name = str(_COUNTED.index(name) + 1)
    return Label(kind, name, place_of(kind, name), match.end())


def misread_roman(line: str, place: int, *, below: bool = False) -> Label | None:
    """Return the Roman numeral that is due here, where a line in capitals bears its shape.

    `below` tells that a lettered heading stands above it, as `C. PHÂN CÔNG` does over `L Giao …`.
    """
    first = _FIRST.match(line) if below and place == 1 else None
    if first is not None:
        return Label("roman", _NUMERALS[place], place, first.end())
    match = _MISREAD.match(line)
    if match is None or place >= len(_NUMERALS) or (place == 1 and not line.isupper()):
        return None
    name, due = match["name"], _NUMERALS[place]
    shape = "".join(_SHAPES.get(letter, letter) for letter in name)
    capitals = _CAPITALS.match(line, match.end()) is not None
    lost = name == _NUMERALS[place - 1] and (len(shape) > 1 or capitals)  # a stroke: VI. for VII.
    blurred = capitals and _is_blurred(name, shape, due)
    return Label("roman", due, place, match.end()) if shape == due or lost or blurred else None


def _is_blurred(name: str, shape: str, due: str) -> bool:
    """Whether letters that are no numeral have one stroke too many or too few: `HIL` for `III.`."""
    if len(name) == 1 or name.isdigit() or name in _NUMERALS:
        return False
    return {*shape, *due} == {"I"} and abs(len(shape) - len(due)) == 1


def behind_specks(line: str) -> Label | None:
    """Return the label behind a few specks: `-..—.b) Nắm tình hình`, `'1. Sở Y tế`, `Ì - Đẩy`."""
    dash = _SPECK_DASH.match(line)
    specks = dash or _SPECKS.match(line)
    label = read_label(line[specks.end() :]) if specks else None
    if specks is None or label is None or (label.kind == "bullet") != (dash is not None):
        return None
    return Label(label.kind, label.name, label.place, label.end + specks.end())


def pointless_number(line: str, place: int) -> Label | None:
    """Return the number that is due here, where its point was lost: `2 Ủy ban nhân dân`.

    Of a first one those that follow must tell.
    """
    match = _POINTLESS.match(line)
    if match is None or int(match["number"]) != place:
        return None
    return Label("number", match["number"], place, match.end())


def renumbered(labels: list[Label | None]) -> list[Label | None]:
    """Return the labels with a lone `I.` before a `2.` read as the `1.` that it is."""
    romans = [at for at, label in enumerate(labels) if label and label.kind == "roman"]
    if len(romans) != 1 or (lone := labels[romans[0]]) is None or lone.name != "I":
        return labels
    numbers = [label for label in labels[romans[0] + 1 :] if label and label.kind == "number"]
    if not numbers or numbers[0].place != 2:
        return labels
    one = Label("number", "1", 1, lone.end)
    return [one if at == romans[0] else label for at, label in enumerate(labels)]


def place_of(kind: Kind, name: str) -> int:
    """Return a label's number in its series: `đ` is 5, `IV` is 4, `2.3` is 3; 0 for bullets."""
    if kind == "bullet":
        return 0
    if name.isdigit():
        return int(name)
    if kind in ("roman", "part", "paren"):
        return _roman(name.upper())
    if kind == "decimal":
        return int(name.rsplit(".", 1)[1])
    if len(name) > 1:  # a1, a.2
        return int("".join(filter(str.isdigit, name)))
    return LETTERS.find(name.lower()) + 1


def _roman(name: str) -> int:
    values = [_ROMAN[letter] for letter in name]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
