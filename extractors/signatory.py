"""Who signed (người ký), in which position, and on whose behalf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from extractors.casing import title_case
from extractors.contract import Authority, ReviewCode, Signatory
from extractors.finding import Finding, Part, Remark
from extractors.foot import find_foot, modes, starts_authority
from extractors.keys import upper_share
from extractors.letterhead import find_letterhead
from extractors.persons import has_surname, name_in
from extractors.pieces import Piece, trimmed, within
from extractors.reading import Reading
from extractors.words import any_of

_MODE = regex.compile(
    r"\W{0,3} (?P<mode> t[ ./]?u[ ./]?q | t[ ./]?m | k[ ./]?t | t[ ./]?l | q )"
    r" \s?[.,:]\s* (?=[a-z])",
    regex.VERBOSE,
)


@dataclass
class _Link:
    """One line of the chain, with the lines that go on with it; no mode is the position."""

    mode: str | None
    lines: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return title_case(" ".join(line.text for line in self.lines))


def find(reading: Reading) -> Iterator[Finding[Signatory]]:
    """Yield the person at the dispatch's foot. Persons that the body names are not meant."""
    foot = find_foot(reading, find_letterhead(reading))
    blocks = list(_blocks(foot.right))
    if not blocks:
        return
    links, name = blocks[-1] if _approves(foot.right) else blocks[0]
    others = tuple(name_in(it.text) for _, it in blocks if it)
    remarks: tuple[Remark, ...] = ()
    if len(set(others)) > 1:
        message = "several persons signed"
        remarks = (Remark(ReviewCode.SEVERAL_SIGNERS, message, "/name", others),)
    yield _signed(links, name, remarks)


def _approves(lines: Sequence[Piece]) -> bool:
    return any(line.key.startswith("phe duyet") for line in lines)


def _blocks(lines: Sequence[Piece]) -> Iterator[tuple[list[_Link], Piece | None]]:
    """Each chain of authority with the name under it."""
    links: list[_Link] = []
    for line in lines:
        name = name_in(line.text)
        if links and name and not starts_authority(line.text):
            yield links, trimmed(line)
            links = []
        elif upper_share(line.text) > 0.8:
            for part in _parts(trimmed(line)):
                _add(links, part)
    if links:
        yield links, None


def _parts(line: Piece) -> Iterator[Piece]:
    """Part `KT. CHỦ TỊCH PHÓ CHỦ TỊCH`, two lines that were read as one."""
    positions = any_of("positions", "positions")
    twice = rf"(?:\w{{1,3}}[.,:]\s*)?(?:{positions})\s+(?={positions})"
    match = regex.match(twice, line.key)
    if match is None:
        yield line
        return
    yield within(line, 0, len(line.text[: match.end()].rstrip()))
    yield within(line, match.end(), len(line.text))


def _add(links: list[_Link], line: Piece) -> None:
    match = _MODE.match(line.key)
    if match:
        mode = modes()[regex.sub(r"[ ./]", "", match["mode"])]
        links.append(_Link(mode, [within(line, match.end(), len(line.text))]))
    elif starts_authority(line.text):
        links.append(_Link(None, [line]))
    elif links and len(line.text) > 3:
        links[-1].lines.append(line)


def _signed(
    links: Sequence[_Link], name: Piece | None, remarks: tuple[Remark, ...]
) -> Finding[Signatory]:
    chain = [link for link in links if link.mode]
    own = [link for link in links if not link.mode]
    person = name_in(name.text) if name else None
    value = Signatory(
        name=person,
        position=own[-1].text if own else None,
        on_behalf=[
            Authority.model_validate({"mode": link.mode, "of": link.text}) for link in chain
        ],
    )
    parts = {f"/on_behalf/{at}": _part(link) for at, link in enumerate(chain)}
    if own:
        parts["/position"] = _part(own[-1])
    if name and person:
        parts["/name"] = Part((name.start, name.end), 0.95 if has_surname(person) else 0.7)
    pieces = [line for link in links for line in link.lines] + ([name] if name else [])
    start, end = min(p.start for p in pieces), max(p.end for p in pieces)
    return Finding(value, start, end, 0.93, "signatory/foot", parts, remarks)


def _part(link: _Link) -> Part:
    return Part((link.lines[0].start, link.lines[-1].end))
