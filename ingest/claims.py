"""What a reading of a line in the signature block claims: a position or an authority, or a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from extractors.authority import Line as Chained
from extractors.authority import read_lines
from extractors.persons import read_person
from ingest.page import Line, Pixels, Word

_ODD = 0.1  # what a name with an unheard-of syllable counts against one without
_CLOSE = 1.0  # of a line's height: how far before the position its mode ends
_KNOWN, _SURE = 0.75, 0.9  # how sure a clear reading is, of a position and of a name
_CLEAR = 0.85  # the mean confidence of a name that needs no second look


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reading says, in its words, how much it counts, from 0 to 1, and if it is clear."""

    value: str
    words: tuple[Word, ...]
    vote: float
    clear: bool


def claims_of(words: Sequence[Word], *, weight: float) -> Iterator[Claim]:
    """Yield what the words claim: lines of a chain with all before them, or a person's name.

    A chain counts by `weight`, the less the more was seen around it; a name may need the room.
    """
    said = tuple(word for word in words if any(map(str.isalnum, word.text)))
    text = " ".join(word.text for word in said)
    lines = tuple(read_lines(text))
    if lines and all(line.known for line in lines):
        strength = min(line.sure for line in lines) * _mean(said)
        value = "; ".join(f"{line.mode or ''} {line.text}" for line in lines).casefold()
        whole = lines[0].mode is not None or lines[0].text.startswith("Phó")
        clear = whole and strength > _KNOWN  # else a `Phó` may have been lost before it
        yield Claim(value, _spelled(said, lines), weight * strength, clear)
        return
    person = read_person(text) if not lines else None
    if person is not None:
        named = _named(said, person.name) if not person.strange else said
        strength = person.sure * _mean(named)
        vote = strength * (_ODD if person.odd else 1.0) * (1.0 if person.whole else 0.5)
        yield Claim(person.name, named, vote, strength > _SURE)


def _spelled(words: Sequence[Word], lines: Sequence[Chained]) -> tuple[Word, ...]:
    """Return the words, a lone line spelled as it is understood, after what stands before it."""
    if len(lines) != 1:
        return tuple(words)
    ends = accumulate(len(word.text) + 1 for word in words)
    begun = lines[0].begun
    first = next((at for at, end in enumerate(ends) if end > begun), 0)
    box, sure = Line(tuple(words[first:])).box, _mean(words[first:])
    mode = f"{lines[0].mode}. " if lines[0].mode else ""
    parts = f"{mode}{lines[0].text}".upper().split()
    step = (box[2] - box[0]) / len(parts)
    sides = [
        (round(box[0] + at * step), round(box[0] + (at + 1) * step)) for at in range(len(parts))
    ]
    spelled = (
        Word(part, (left, box[1], right, box[3]), sure)
        for part, (left, right) in zip(parts, sides, strict=True)
    )
    return (*_before(words[:first], box), *spelled)


def _before(words: Sequence[Word], box: Pixels) -> tuple[Word, ...]:
    """Return the words that stand close before a line, as its mode does and a seal does not."""
    kept: list[Word] = []
    left = box[0]
    for word in reversed(words):
        if left - word.box[2] > _CLOSE * (box[3] - box[1]):
            break
        kept.insert(0, word)
        left = word.box[0]
    return tuple(kept)


def told_by(lines: Sequence[Line]) -> Line | None:
    """Return the line of the signer's position, if a clear name stands there as well."""
    own = [line for line in lines if any(said.mode is None for said in read_lines(line.text))]
    chain = [said for line in lines for said in read_lines(line.text)]
    if not own or not _is_named(lines):
        return None
    signer = [said for said in chain if said.mode is None][-1]
    heads = [said for said in chain if said.mode == "KT" or said is not signer]
    deputy = signer.text.startswith("Phó")
    if signer.torn or (deputy and not heads):
        return None
    lost = not deputy and any(said.mode == "KT" and said.text == signer.text for said in heads)
    return None if lost else own[-1]


def is_deputy(line: Line) -> bool:
    """Whether a line of the chain is a deputy's position."""
    return any(said.mode is None and said.text.startswith("Phó") for said in read_lines(line.text))


def _is_named(lines: Sequence[Line]) -> bool:
    for line in lines:
        person = read_person(line.text)
        if person and person.whole and person.sure > _CLEAR and _mean(line.words) > _CLEAR:
            return True
    return False


def _named(words: Sequence[Word], name: str) -> tuple[Word, ...]:
    """Return the words of the name, the last ones of the line, as the name spells them.

    A surname whose beginning was misread is as sure as the rest: the name is less sure as a whole.
    """
    parts = name.split()
    first, *rest = words[-len(parts) :]
    sure = first.confidence if first.text == parts[0] else _mean(rest)
    last = (replace(first, confidence=sure), *rest)
    return tuple(replace(word, text=part) for word, part in zip(last, parts, strict=False))


def _mean(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0
