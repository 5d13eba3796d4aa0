"""Who signed (người ký), in which position, and on whose behalf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.authority import Line
from extractors.contract import Authority, ReviewCode, Signatory
from extractors.deputies import deputy_of, head_of, is_deputy, may_be_deputy
from extractors.evidence import confirmed
from extractors.finding import Finding, Part, Remark
from extractors.foot import Foot, find_foot
from extractors.keys import key
from extractors.letterhead import find_letterhead
from extractors.pieces import Piece
from extractors.reading import Reading
from extractors.signatures import Block, Link, is_over, read_blocks

_ONE = 0.7  # how sure it is that of several signers the first one is meant
_READ = 0.85  # how sure a position is of which nothing was mended
_LEAST = 0.011  # of the page's height: the least step from line to line


def find(reading: Reading) -> Iterator[Finding[Signatory]]:
    """Yield the person at the dispatch's foot. Persons that the body names are not meant.

    Of several signatures the first one counts; a second one is left to a person to judge.
    """
    foot = find_foot(reading, find_letterhead(reading))
    blocks = [block for block in read_blocks(reading, foot.right) if block.pieces]
    if not blocks:
        return
    signed = blocks[0] if any(line.box for line in foot.right) else blocks[-1]
    others = [block for block in blocks if block is not signed and block.name]
    others += _left(reading, foot)
    yield _signed(signed, tuple(_remarks(signed, others)))


def _left(reading: Reading, foot: Foot) -> list[Block]:
    """Signatures in the left column: a second signer stands there, whose name may not be read."""
    beside = [block for block in read_blocks(reading, foot.beside) if block.links]
    under = [block for block in read_blocks(reading, foot.left) if block.links and block.name]
    return [*beside, *under]


def _signed(block: Block, remarks: tuple[Remark, ...]) -> Finding[Signatory]:
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
    if any(remark.code is ReviewCode.SEVERAL_SIGNERS for remark in remarks):
        parts = {
            at: replace(it, confidence=min(it.confidence or 1, _ONE)) for at, it in parts.items()
        }
    pieces = [block.name[0]] if block.name else block.pieces
    start, end = min(it.start for it in pieces), max(it.end for it in pieces)
    return Finding(value, start, end, 0.93, "signatory/foot", parts, remarks)


def _mates(chain: Sequence[tuple[str, Link]], own: Link | None) -> list[Link]:
    """Return head and deputy where both were read: each speaks for the other."""
    heads = [link for mode, link in chain if mode == "KT" and own and _is_deputy_of(own, link)]
    mates = [own, heads[-1]] if own and heads else []
    return mates if all(link.line.sure >= _READ for link in mates) else []


def _part(link: Link, mates: Sequence[Link]) -> Part:
    return confirmed(link.pieces, link.line.sure) if link in mates else link.part


def _ordered(block: Block) -> tuple[list[tuple[str, Link]], Link | None]:
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


def _for_head(mode: str, link: Link, signer: Link) -> str:
    """Return the mode of a link: a head's own deputy signs for the head, by no order (`TL.`)."""
    return "KT" if mode == "TL" and _is_deputy_of(signer, link) else mode


def _is_deputy_of(signer: Link, head: Link) -> bool:
    """Whether the signer's position is that of the head, with a `Phó` before it."""
    return key(signer.text) == key(deputy_of(head.text))


def _is_under(head: Link, signer: Link) -> bool:
    """Whether the same position stands in two printed lines, one right under the other."""
    above, below = head.pieces[-1].box, signer.pieces[0].box
    if above is None or below is None or key(head.text) != key(signer.text):
        return False
    return below[1] - above[1] > _LEAST and is_over(head.pieces[-1], signer.pieces[0])


def _of_head(deputy: Link) -> Link:
    """Read the head's position of which a deputy's was read: a deputy signs for the head."""
    line = replace(deputy.line, text=head_of(deputy.text) or deputy.text, sure=0.7)
    return Link(line, deputy.pieces[:1])


def _deputy(torn: Link) -> Link:
    """Read a deputy's position of which only the head's is left: under `KT.` no head signs."""
    text, sure = deputy_of(torn.line.text), 0.8 if torn.line.torn else 0.7
    return Link(replace(torn.line, text=text, sure=sure), torn.pieces[:1])


def _under(block: Block) -> Link | None:
    """Read a deputy's position of which `PHÓ` or `ĐỐC` is left under `KT. GIÁM ĐỐC`."""
    head = block.links[-1]
    for piece in block.stray:
        if may_be_deputy(piece.text, head.text) and is_over(head.pieces[0], piece):
            line = Line(None, deputy_of(head.text), 0, len(piece.text), 0.75)
            return Link(line, [piece])
    return None


def _head(own: Link, stray: Sequence[Piece]) -> Link | None:
    """Return the head for whom a deputy signs, by an unread line over the deputy's."""
    below = own.pieces[0]
    head = head_of(own.text)
    if head is None or below.box is None:
        return None
    for piece in stray:
        if is_over(piece, below) and sum(map(str.isupper, piece.text)) >= 3:
            line = Line("KT", head, 0, len(piece.text), 0.7)
            return Link(line, [piece])
    return None


def _remarks(block: Block, others: Sequence[Block]) -> Iterator[Remark]:
    names = dict.fromkeys(it.name[1].name for it in (block, *others) if it.name)
    if block.name and others and (len(names) > 1 or not all(other.name for other in others)):
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
