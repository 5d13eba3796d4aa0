"""Who signed (người ký), in which position, and on whose behalf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.authority import Line, is_continuation, read_lines
from extractors.bodies import is_body
from extractors.casing import title_case
from extractors.contract import Authority, ReviewCode, Signatory
from extractors.deputies import deputy_of, head_of, is_deputy, may_be_deputy
from extractors.evidence import confirmed, seen
from extractors.finding import Finding, Part, Remark
from extractors.foot import Foot, find_foot
from extractors.keys import key
from extractors.letterhead import find_letterhead
from extractors.persons import Person, read_person
from extractors.pieces import Piece
from extractors.reading import Reading

_APPROVED = "phe duyet"
_LIKELY = 0.6  # a name less sure is left to a person
_READ = 0.85  # how sure a position is of which nothing was mended
_NEAR = 0.09  # of the page's width: how far a line's middle may be from the line's above
_LEAST = 0.011  # of the page's height: the least step from line to line
_NEXT = 0.035  # of the page's height: how far the next printed line is


@dataclass
class _Link:
    """A line of the chain and its place, with the lines that go on with it."""

    line: Line
    pieces: list[Piece]

    @property
    def text(self) -> str:
        if len(self.pieces) == 1:
            return self.line.text
        words = [self.line.text.upper(), *(piece.text for piece in self.pieces[1:])]
        return title_case(" ".join(words))

    @property
    def part(self) -> Part:
        first, last = self.pieces[0], self.pieces[-1]
        end = last.end if len(self.pieces) > 1 else first.start + self.line.end
        return Part((first.start + self.line.start, end), self.line.sure)


@dataclass
class _Block:
    """A signature: the chain of authority, and the name under it."""

    links: list[_Link] = field(default_factory=list)
    name: tuple[Piece, Person] | None = None
    damaged: list[str] = field(default_factory=list)
    stray: list[Piece] = field(default_factory=list)  # letters that could not be read

    @property
    def pieces(self) -> list[Piece]:
        found = [piece for link in self.links for piece in link.pieces]
        return found + ([self.name[0]] if self.name else [])


def find(reading: Reading) -> Iterator[Finding[Signatory]]:
    """Yield the person at the dispatch's foot. Persons that the body names are not meant.

    Of several signatures the first one counts; a second one is left to a person to judge.
    """
    foot = find_foot(reading, find_letterhead(reading))
    blocks = [block for block in _blocks(reading, foot.right) if block.pieces]
    if not blocks:
        return
    signed = blocks[0] if any(line.box for line in foot.right) else blocks[-1]
    names = [block.name[1].name for block in [*blocks, *_left(reading, foot)] if block.name]
    yield _signed(signed, tuple(_remarks(signed, names)))


def _left(reading: Reading, foot: Foot) -> list[_Block]:
    """Signatures in the left column: a second signer stands there."""
    found = [*_blocks(reading, foot.beside), *_blocks(reading, foot.left)]
    return [block for block in found if block.links and block.name]


def _blocks(reading: Reading, lines: Sequence[Piece]) -> Iterator[_Block]:
    """Each chain of authority with the name under it, from the top."""
    block = _Block()
    for piece in lines:
        if block.links and key(piece.text).lstrip(" .-").startswith(_APPROVED):
            break
        found = list(read_lines(piece.text))
        person = None if found else read_person(piece.text)
        if found and block.name:
            yield block
            block = _Block()
        if found:
            block.links += [_Link(line, [piece]) for line in found]
        elif person and not block.name:
            person = _as_read(reading, piece) or person
            _named(block, piece, person, lines, seen(reading, piece.start, piece.end))
        elif block.links and not block.name and _goes_on(block.links[-1], piece):
            block.links[-1].pieces.append(piece)
        elif not block.name:
            block.stray.append(piece)
    yield block


def _as_read(reading: Reading, piece: Piece) -> Person | None:
    """Return the name as it was read, if it is a whole one: repair likes the more common name."""
    start, end = reading.text.raw_span(piece.start, piece.end)
    raw = reading.text.raw[start:end]
    person = read_person(raw)
    if person is None or person.odd or not person.whole or person.name not in raw:
        return None
    return person


def _named(
    block: _Block, piece: Piece, person: Person, lines: Sequence[Piece], clear: float
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


def _goes_on(link: _Link, piece: Piece) -> bool:
    """Whether a line goes on with the chain's last line: `ỦY BAN NHÂN DÂN` / `HUYỆN TỨ KỲ`."""
    above = link.pieces[-1]
    if not is_continuation(piece.text) or (link.line.mode is None and is_body(piece.text)):
        return False
    if above.box is None or piece.box is None or above.middle is None or piece.middle is None:
        return True
    near = abs(above.middle - piece.middle) < _NEAR
    return near and 0 < piece.box[1] - above.box[1] < _NEXT


def _signed(block: _Block, remarks: tuple[Remark, ...]) -> Finding[Signatory]:
    chain, own = _ordered(block)
    name = block.name[1].name if block.name else None
    behalf = [Authority.model_validate({"mode": mode, "of": link.text}) for mode, link in chain]
    value = Signatory(name=name, position=own.text if own else None, on_behalf=behalf)
    parts = {"": confirmed(block.pieces, 0.93)}
    mates = _mates(chain, own)
    parts |= {f"/on_behalf/{at}": _part(link, mates) for at, (_, link) in enumerate(chain)}
    if own:
        parts["/position"] = _part(own, mates)
    if block.name:
        piece, person = block.name
        parts["/name"] = Part((piece.start, piece.end), person.sure)
    pieces = [block.name[0]] if block.name else block.pieces
    start, end = min(it.start for it in pieces), max(it.end for it in pieces)
    return Finding(value, start, end, 0.93, "signatory/foot", parts, remarks)


def _mates(chain: Sequence[tuple[str, _Link]], own: _Link | None) -> list[_Link]:
    """Return head and deputy where both were read: each speaks for the other."""
    heads = [link for mode, link in chain if mode == "KT" and own and _is_deputy_of(own, link)]
    mates = [own, heads[-1]] if own and heads else []
    return mates if all(link.line.sure >= _READ for link in mates) else []


def _part(link: _Link, mates: Sequence[_Link]) -> Part:
    return confirmed(link.pieces, link.line.sure) if link in mates else link.part


def _ordered(block: _Block) -> tuple[list[tuple[str, _Link]], _Link | None]:
    """Return the chain and the signer's own position.

    A deputy's position under the head's own is signed for the head, though the scan or the clerk
    lost the printed `KT.` before it. The same position twice is not believed: the first lost its
    `KT.`, the second its `PHÓ`.
    """
    own = [link for link in block.links if link.line.mode is None]
    chain = [(link.line.mode, link) for link in block.links if link.line.mode]
    if not own:
        lost = _under(block) if chain and chain[-1][0] == "KT" else None
        return chain, chain[-1][1] if chain and chain[-1][0] == "Q" else lost
    signer, heads = own[-1], [*own[:-1], *(link for mode, link in chain if mode == "KT")]
    same = any(key(signer.text) == key(link.text) for link in heads)
    over = next((link for link in heads if _is_under(link, signer)), None)
    deputy = is_deputy(signer.text)
    if over and not chain:
        return [("KT", _of_head(over) if deputy else over)], signer if deputy else _deputy(signer)
    if same or (signer.line.torn and not deputy):
        return chain, _deputy(signer) if over or (same and signer.line.torn) else None
    if chain or not deputy:
        return [(_for_head(mode, link, signer), link) for mode, link in chain], signer
    head = next((link for link in own[:-1] if _is_deputy_of(signer, link)), None)
    head = head or _head(signer, block.stray)
    return [("KT", head)] if head else [], signer


def _for_head(mode: str, link: _Link, signer: _Link) -> str:
    """Return the mode of a link: a head's own deputy signs for the head, by no order (`TL.`)."""
    return "KT" if mode == "TL" and _is_deputy_of(signer, link) else mode


def _is_deputy_of(signer: _Link, head: _Link) -> bool:
    """Whether the signer's position is that of the head, with a `Phó` before it."""
    return key(signer.text) == key(deputy_of(head.text))


def _is_under(head: _Link, signer: _Link) -> bool:
    """Whether the same position stands in two printed lines, one right under the other."""
    above, below = head.pieces[-1].box, signer.pieces[0].box
    if above is None or below is None or key(head.text) != key(signer.text):
        return False
    return below[1] - above[1] > _LEAST and _is_over(head.pieces[-1], signer.pieces[0])


def _of_head(deputy: _Link) -> _Link:
    """Read the head's position of which a deputy's was read: a deputy signs for the head."""
    line = replace(deputy.line, text=head_of(deputy.text) or deputy.text, sure=0.7)
    return _Link(line, deputy.pieces[:1])


def _deputy(torn: _Link) -> _Link:
    """Read a deputy's position of which only the head's is left: under `KT.` no head signs."""
    text, sure = deputy_of(torn.line.text), 0.8 if torn.line.torn else 0.7
    return _Link(replace(torn.line, text=text, sure=sure), torn.pieces[:1])


def _under(block: _Block) -> _Link | None:
    """Read a deputy's position of which `PHÓ` or `ĐỐC` is left under `KT. GIÁM ĐỐC`."""
    head = block.links[-1]
    for piece in block.stray:
        if may_be_deputy(piece.text, head.text) and _is_over(head.pieces[0], piece):
            line = Line(None, deputy_of(head.text), 0, len(piece.text), 0.75)
            return _Link(line, [piece])
    return None


def _head(own: _Link, stray: Sequence[Piece]) -> _Link | None:
    """Return the head for whom a deputy signs, by an unread line over the deputy's."""
    below = own.pieces[0]
    head = head_of(own.text)
    if head is None or below.box is None:
        return None
    for piece in stray:
        if _is_over(piece, below) and sum(map(str.isupper, piece.text)) >= 3:
            line = Line("KT", head, 0, len(piece.text), 0.7)
            return _Link(line, [piece])
    return None


def _is_over(piece: Piece, below: Piece) -> bool:
    """Whether a piece stands right over another one."""
    if piece.box is None or below.box is None or piece.middle is None or below.middle is None:
        return False
    near = abs(piece.middle - below.middle) < _NEAR
    return near and -0.01 < below.box[1] - piece.box[1] < _NEXT


def _remarks(block: _Block, names: Sequence[str]) -> Iterator[Remark]:
    if len(set(names)) > 1:
        yield Remark(ReviewCode.SEVERAL_SIGNERS, "several persons signed", "/name", tuple(names))
    elif not block.name:
        message = "the signer's name could not be read whole"
        yield Remark(ReviewCode.UNREADABLE, message, "/name", tuple(block.damaged))
    chain, own = _ordered(block)
    if own is None:
        said = tuple(dict.fromkeys(link.text for link in block.links))
        yield Remark(ReviewCode.UNREADABLE, "the signer's position was not read", "/position", said)
    elif is_deputy(own.text) and not chain:
        message = "a deputy signs for the head: the line above the position was not read"
        yield Remark(ReviewCode.UNREADABLE, message, "/on_behalf", ())
