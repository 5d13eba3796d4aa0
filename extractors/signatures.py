"""The blocks of a signature: the chain of authority, and the name under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.authority import Line, is_continuation, read_lines
from extractors.bodies import is_body
from extractors.casing import title_case
from extractors.deputies import may_be_deputy
from extractors.evidence import seen
from extractors.finding import Part
from extractors.keys import key
from extractors.persons import Person, read_person
from extractors.pieces import Piece
from extractors.reading import Reading

_APPROVED = "phe duyet"
_EITHER = 0.8  # how sure a name is that repair would make another one
_LIKELY = 0.6  # a name less sure is left to a person
_NEAR = 0.09  # of the page's width: how far a line's middle may be from the line's above
_NEXT = 0.035  # of the page's height: how far the next printed line is


@dataclass
class Link:
    """A line of the chain and its place, with the lines that go on with it."""

    line: Line
    pieces: list[Piece]

    @property
    def text(self) -> str:
        """Return whom or what the line names, in title case."""
        if len(self.pieces) == 1:
            return self.line.text
        words = [self.line.text.upper(), *(piece.text for piece in self.pieces[1:])]
        return title_case(" ".join(words))

    @property
    def part(self) -> Part:
        """Return the place of the line in the text, and how sure it is."""
        first, last = self.pieces[0], self.pieces[-1]
        end = last.end if len(self.pieces) > 1 else first.start + self.line.end
        return Part((first.start + self.line.start, end), self.line.sure)


@dataclass
class Block:
    """A signature: the chain of authority, and the name under it."""

    links: list[Link] = field(default_factory=list)
    name: tuple[Piece, Person] | None = None
    damaged: list[str] = field(default_factory=list)
    stray: list[Piece] = field(default_factory=list)  # letters that could not be read

    @property
    def pieces(self) -> list[Piece]:
        """Return the lines of the chain and of the name."""
        found = [piece for link in self.links for piece in link.pieces]
        return found + ([self.name[0]] if self.name else [])


def read_blocks(reading: Reading, lines: Sequence[Piece]) -> Iterator[Block]:
    """Each chain of authority with the name under it, from the top."""
    block = Block()
    for piece in lines:
        if block.links and key(piece.text).lstrip(" .-").startswith(_APPROVED):
            break
        found = list(read_lines(piece.text))
        person = None if found else read_person(piece.text)
        if found and block.name:
            yield block
            block = Block()
        if found:
            block.links += [Link(line, [piece]) for line in found]
        elif person and not block.name:
            person = _as_read(reading, piece, person)
            _named(block, piece, person, lines, seen(reading, piece.start, piece.end))
        elif block.links and not block.name and _goes_on(block.links[-1], piece):
            block.links[-1].pieces.append(piece)
        elif not block.name:
            block.stray.append(piece)
    yield block


def _as_read(reading: Reading, piece: Piece, repaired: Person) -> Person:
    """Return the name as it was read, if it is a whole one: repair likes the more common name.

    Where both are names, neither is quite sure.
    """
    start, end = reading.text.raw_span(piece.start, piece.end)
    raw = reading.text.raw[start:end]
    person = read_person(raw)
    if person is None or person.odd or not person.whole or person.name not in raw:
        return repaired
    differ = person.name != repaired.name and not repaired.odd
    return replace(person, sure=min(person.sure, _EITHER)) if differ else person


def _named(
    block: Block, piece: Piece, person: Person, lines: Sequence[Piece], clear: float
) -> None:
    """Take the name, unless it was seen badly or its beginning may lie under the seal beside it.

    A mark that no name has is a clerk's in a plain text, and the scan's on a page.
    """
    short = len(person.name.split()) < 3
    if person.strange and piece.box is not None:
        person = replace(person, whole=False)
    person = replace(person, whole=person.whole and person.sure * clear >= _LIKELY)
    if person.whole and not (short and any(_covers(other, piece) for other in lines)):
        block.name = (piece, person)
    else:
        block.damaged.append(person.name)


def _covers(other: Piece, name: Piece) -> bool:
    """Whether letters of a seal stand where the beginning of a name would be."""
    if other is name or other.box is None or name.box is None:
        return False
    level = abs(other.box[1] - name.box[1]) < 0.03
    return level and 0 < name.box[0] - other.box[0] < 0.2


def _goes_on(link: Link, piece: Piece) -> bool:
    """Whether a line goes on with the chain's last line: `ỦY BAN NHÂN DÂN` / `HUYỆN TỨ KỲ`."""
    above = link.pieces[-1]
    if link.line.mode == "KT" and may_be_deputy(piece.text, link.line.text):
        return False
    if not is_continuation(piece.text) or (link.line.mode is None and is_body(piece.text)):
        return False
    if above.box is None or piece.box is None or above.middle is None or piece.middle is None:
        return True
    near = abs(above.middle - piece.middle) < _NEAR
    return near and 0 < piece.box[1] - above.box[1] < _NEXT


def is_over(piece: Piece, below: Piece) -> bool:
    """Whether a piece stands right over another one."""
    if piece.box is None or below.box is None or piece.middle is None or below.middle is None:
        return False
    near = abs(piece.middle - below.middle) < _NEAR
    return near and -0.01 < below.box[1] - piece.box[1] < _NEXT
