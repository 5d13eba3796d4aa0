"""What a reading of a line in the signature block claims: a position or an authority, or a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import regex

from extractors.authority import Line as Chained
from extractors.authority import read_lines
from extractors.deputies import is_deputy as is_deputys
from extractors.persons import is_named_so, name_word, read_person
from ingest.page import Line, Pixels, Word

_ODD = 0.1  # what a name with an unheard-of syllable counts against one without
_CLOSE = 1.0  # of a line's height: how far before the position its mode ends
_LISTED = 0.85  # how sure a position is of which no letter had to be mended
_KNOWN, _SURE = 0.75, 0.9  # how sure a clear reading is, of a position and of a name
_INK = 0.9  # the share of a word's place that is no gap
_MENDED = 0.8  # what a word counts whose marks were mended
_SEVERAL = 3  # readings that have a word of a name in the same place
_AGREED = 0.7  # and their share of those that have a word of names there
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
        whole = lines[0].mode is not None or is_deputys(lines[0].text)
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
    line = lines[0]
    box, sure = Line(tuple(words[first:])).box, _mean(words[first:]) * min(1, line.sure / _LISTED)
    mode = f"{line.mode}. " if line.mode else ""
    said = f"{mode}{line.text}".upper().split()
    return (*_before(words[:first], box), *_spread(said, box, sure))


def _spread(parts: Sequence[str], box: Pixels, sure: float) -> Iterator[Word]:
    """Yield words in a box, each in its share of the width."""
    step = (box[2] - box[0]) / len(parts)
    for at, part in enumerate(parts):
        left, right = round(box[0] + at * step), round(box[0] + (at + _INK) * step)
        yield Word(part, (left, box[1], right, box[3]), sure)


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
    deputy = is_deputys(signer.text)
    if signer.torn or (deputy and not heads):
        return None
    lost = not deputy and any(said.mode == "KT" and said.text == signer.text for said in heads)
    return None if lost or signer.sure < _LISTED else own[-1]


def is_deputy(line: Line) -> bool:
    """Whether a line of the chain is a deputy's position."""
    return any(said.mode is None and is_deputys(said.text) for said in read_lines(line.text))


def is_for_head(line: Line) -> bool:
    """Whether a line says for which head a deputy signs."""
    return any(said.mode == "KT" for said in read_lines(line.text))


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
    said = [regex.sub(r"[^\p{L}\p{M}'’]", "", word.text) for word in words[1 - len(parts) :]]
    if len(words) < len(parts) or said != parts[1:]:  # words of it were read as one
        return tuple(_spread(parts, Line(tuple(words)).box, _mean(words)))
    first, *rest = words[-len(parts) :]
    sure = first.confidence if first.text == parts[0] else _mean(rest)
    last = (replace(first, confidence=sure), *rest)
    return tuple(replace(word, text=part) for word, part in zip(last, parts, strict=True))


def pooled(readings: Sequence[Sequence[Word]]) -> Claim | None:
    """Return the name that readings give together, if each misread another word of it.

    Each word is one that several read in its place, and no other known syllable of names rivals.
    """
    tails = [tail for words in readings if len(tail := _tail(words)) > 2]
    size = Counter(map(len, tails)).most_common(1)[0][0] if tails else 0
    same = [tail[-size:] for tail in tails if len(tail) >= size]
    places = enumerate(zip(*same, strict=True))
    chosen = [_agreed(place, at == 0, middle=0 < at < size - 1) for at, place in places]
    words = tuple(word for word in chosen if word is not None)
    person = read_person(" ".join(word.text for word in words))
    if len(words) < len(chosen) or person is None or person.odd or not person.whole:
        return None
    return Claim(person.name, words, person.sure * _mean(words), clear=False)


def _tail(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words at a line's end that are written as a name's are, but for a capital."""
    said = [word for word in words if any(map(str.isalnum, word.text))]
    named = [replace(word, text=word.text[0].upper() + word.text[1:]) for word in said]
    first = next((at for at in range(len(said), 0, -1) if not is_named_so(named[at - 1].text)), 0)
    return tuple(named[first:])


def _agreed(place: Sequence[Word], first: bool, *, middle: bool) -> Word | None:
    """Return the word of a name that most readings have in a place, where its surest reading is."""
    told = ((word, name_word(word.text, first=first, middle=middle)) for word in place)
    known = [(word, text) for word, text in told if text]
    named = [word for word, text in known if text == word.text]
    if len(named) < _SEVERAL:
        named = [replace(w, text=text, confidence=_MENDED * w.confidence) for w, text in known]
    text, count = Counter(word.text for word in named).most_common(1)[0] if named else ("", 0)
    if count < _SEVERAL or count < _AGREED * len(named):
        return None
    said = [word for word in named if word.text == text]
    sure = sum(word.confidence for word in said) / len(named)
    return replace(max(said, key=lambda word: word.confidence), confidence=sure)


def _mean(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0
