"""Restore what a wrong or weak OCR made of Vietnamese words: the repair proper.

Every word that may be wrong gets candidates from the channel; the lattice weighs them by the
language. What the gate, the letters or the protected list vouch for is not opened at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import exp, log

import numpy as np

from normalizers import debris, ends
from normalizers.codes import Codes
from normalizers.company import Company
from normalizers.document import UNSETTLED, Document, stretches
from normalizers.gate import Gate, Words
from normalizers.language import Language
from normalizers.lattice import Floats, Place, weigh
from normalizers.letters import one_placement
from normalizers.numerals import Numerals
from normalizers.reconsider import reconsider
from normalizers.spots import Line, Opener, Spot
from normalizers.text import Edit, Text
from normalizers.tokens import KEPT, WORD, Token, Tokenizer

Evidence = Sequence[tuple[int, int, float]]
_SCALE = 0.9  # the weight of the language against the channel
_FEW = 6  # candidates weighed by triples
_SURE = 0.9  # the share of a word that is not weighed again, and speaks for the document
_SOBER, _DOUBT = 0.80, 0.55  # belief to share of right repairs, on the scale of log odds
_MODERN = 6.0  # how strongly hòa is expected where nothing speaks for hoà
_CLEARLY = 0.3
_LITTLE = 1e-3
_STOPS = ".;:!?…"
_FAST: Floats = np.ones(1, np.float32)  # the share of a word that is not open


@dataclass(frozen=True, slots=True)
class Restorer:
    """All that is known of the language and of the ways it is misread."""

    language: Language
    words: Words
    gate: Gate
    tokenizer: Tokenizer
    opener: Opener
    codes: Codes
    numerals: Numerals
    company: Company

    def restore(
        self, text: Text, *, evidence: Evidence = (), certainty: float, forced: bool = False
    ) -> Text:
        """Return the text with its garbled words repaired, each surer than `certainty`."""
        lines = self._lines(text, evidence, forced=forced)
        sentences = list(self._sentences(lines))
        weighed = self._first_weighed(sentences)
        if not evidence and any(line.garbled for line in lines):
            self._weigh_again(sentences, weighed)
        if any(map(_open, chain(*sentences))):
            reconsider(self.company, sentences, weighed)
        edits = list(_apart(self._certain(lines)))
        taken = {at for edit in edits for at in range(edit.start, edit.end)}
        weighed_spots = [
            pair
            for spots, chances in zip(sentences, weighed, strict=True)
            for pair in zip(spots, chances, strict=True)
            if _open(pair[0])
        ]
        late = _late_tones(weighed_spots)
        for spot, shares in weighed_spots:
            edit = _repair(spot, shares, certainty, late=late)
            if edit and taken.isdisjoint(range(edit.start, edit.end)):
                edits.append(edit)
        return text.replacing(edits)

    def _first_weighed(self, sentences: Sequence[Sequence[Spot]]) -> list[list[Floats]]:
        """Weigh the sentences in which a word is open; in the others all stands fast."""
        places = [[s.place for s in spots] for spots in sentences if any(map(_open, spots))]
        done = iter(self._weighed(places))
        return [
            next(done) if any(map(_open, spots)) else [_FAST] * len(spots) for spots in sentences
        ]

    def _weighed(
        self, sentences: Sequence[Sequence[Place]], document: Document | None = None
    ) -> list[list[Floats]]:
        return weigh(self.language, sentences, scale=_SCALE, few=_FEW, document=document)

    def _weigh_again(
        self, sentences: Sequence[Sequence[Spot]], weighed: Sequence[list[Floats]]
    ) -> None:
        """Weigh anew what stayed in doubt, by the words that the document is sure of."""
        doubtful = [list(map(_doubtful, *pair)) for pair in zip(sentences, weighed, strict=True)]
        found = [(row, *span) for row, doubts in enumerate(doubtful) for span in stretches(doubts)]
        if not found:
            return
        runs = [list(map(_settled, *pair)) for pair in zip(sentences, weighed, strict=True)]
        document = Document.counted(runs, self.language.single)
        places = [
            list(map(_narrowed, sentences[row][start:end], weighed[row][start:end]))
            for row, start, end in found
        ]
        for (row, start, _), again in zip(found, self._weighed(places, document), strict=True):
            for at, shares in enumerate(again, start):
                if doubtful[row][at]:
                    weighed[row][at] = shares

    def _certain(self, lines: Sequence[Line]) -> Iterator[Edit]:
        """Yield the repairs that need no weighing; they may overlap."""
        yield from self.numerals.edits(lines)
        for line in lines:
            yield from self.codes.edits(line)
            yield from debris.edits(line)
        for pair in pairwise(lines):
            yield from ends.edits(*pair)

    def _lines(self, text: Text, evidence: Evidence, *, forced: bool) -> list[Line]:
        rows = text.value.split("\n")
        tokens = [self.tokenizer.tokens(row) for row in rows]
        kinds = [
            [self.words.kind(t.text) if t.kind == WORD else t.kind for t in row] for row in tokens
        ]
        judged = self.gate.judge(
            [[kind for kind in row if kind in self.gate.shares] for row in kinds], forced=forced
        )
        lines, start = [], 0
        for row, found, kind, chances in zip(rows, tokens, kinds, judged, strict=True):
            sure = _confidences(text, start, found, evidence)
            lines.append(Line(start, row, found, kind, chances, sure, _in_capitals(row)))
            start += len(row) + 1
        return lines

    def _sentences(self, lines: Sequence[Line]) -> Iterator[list[Spot]]:
        spots: list[Spot] = []
        capitals = False
        for line in lines:
            if spots and (_opens(line) or line.capitals != capitals):
                yield spots
                spots = []
            capitals = line.capitals
            for token, found in self.opener.spots(line, first=not spots):
                if spots and line.text[: token.start].endswith("\t"):  # a cell of a table
                    yield spots
                    spots = []
                spots.extend(found)
                after = line.after(token)
                if after and after in _STOPS and not spots[-1].text.endswith(after):
                    yield [*spots, Spot(0, "", Place((0,), (0.0,)), ("",))]
                    spots = []
        if spots:
            yield spots


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield edits from left to right, each place once."""
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start >= done:
            yield edit
            done = edit.end


def _doubtful(spot: Spot, shares: Floats) -> bool:
    """Whether a spot of a garbled line stayed in doubt."""
    return not spot.least and float(shares.max()) < _SURE


def _settled(spot: Spot, shares: Floats) -> int:
    """Return the word of a spot if it is known surely enough to be counted."""
    best = int(shares.argmax())
    return spot.place.words[best] if shares[best] >= _SURE else UNSETTLED


def _narrowed(spot: Spot, shares: Floats) -> Place:
    """Return the place of a spot, with one candidate where there is no doubt."""
    if _doubtful(spot, shares):
        return spot.place
    return Place((spot.place.words[int(shares.argmax())],), (0.0,))


def _repair(spot: Spot, shares: Floats, certainty: float, *, late: bool) -> Edit | None:
    """Return the repair of a spot, if what most likely stands there is another word."""
    surface, share = _best(spot, shares, late=late)
    sure = calibrated(share)
    if surface == spot.text or sure < max(certainty, spot.least):
        return None
    end = spot.start + len(spot.text)
    return Edit(spot.start, end, surface, sure, "restore")


def calibrated(share: float) -> float:
    """Return how often repairs of this share of the lattice's belief are right.

    Measured on pages that took no part in training: the lattice believes a little too much.
    """
    bounded = min(max(share, 1e-6), 1 - 1e-6)
    return 1 / (1 + exp(_DOUBT - _SOBER * log(bounded / (1 - bounded))))


def _best(spot: Spot, shares: Floats, *, late: bool) -> tuple[str, float]:
    """Return the likeliest word: `hòa` and `hoà` are one, written as the document writes it."""
    totals: defaultdict[str, float] = defaultdict(float)
    for surface, share in zip(spot.surfaces, shares, strict=True):
        totals[one_placement(surface)] += float(share)
    word, sure = max(totals.items(), key=lambda total: total[1])
    if spot.text in spot.surfaces and one_placement(spot.text) == word:
        return spot.text, sure
    ways = [surface for surface in spot.surfaces if one_placement(surface) == word]
    return next((way for way in ways if (way != word) == late), ways[0]), sure


def _late_tones(spots: Sequence[tuple[Spot, Floats]]) -> bool:
    """Whether a document writes `hoà`: its garbled letters say so on the whole, and clearly."""
    lean = -_MODERN
    for spot, shares in spots:
        found = dict(zip(spot.surfaces, map(float, shares), strict=True))
        for surface, share in found.items():
            other = one_placement(surface)
            if other != surface and share + found.get(other, 0.0) > _CLEARLY:
                lean += log((share + _LITTLE) / (found.get(other, 0.0) + _LITTLE))
    return lean > 0


def _open(spot: Spot) -> bool:
    return len(spot.surfaces) > 1 or spot.surfaces[0] != spot.text


def _opens(line: Line) -> bool:
    """Whether a line opens a paragraph: it is empty, or starts with a dash, a plus or a number."""
    return not line.tokens or line.tokens[0].kind not in (WORD, KEPT)


def _in_capitals(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    return 3 * sum(map(str.isupper, letters)) > 2 * len(letters)


def _confidences(
    text: Text, start: int, tokens: Sequence[Token], evidence: Evidence
) -> list[float | None]:
    """Return for each token the least confidence of the words seen behind it."""
    if not evidence:
        return [None] * len(tokens)
    result: list[float | None] = []
    for token in tokens:
        first, last = text.raw_span(start + token.start, start + token.start + len(token.text))
        at = bisect_left(evidence, first + 1, key=lambda word: word[1])
        seen = []
        while at < len(evidence) and evidence[at][0] < last:
            seen.append(evidence[at][2])
            at += 1
        result.append(min(seen) if seen else None)
    return result
