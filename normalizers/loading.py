"""The tables that lie beside the code, read once."""

from __future__ import annotations

import lzma
import tomllib
from functools import cache
from importlib.resources import files
from itertools import compress
from pathlib import Path

from normalizers.channel import Channel, Operations, trie_of
from normalizers.codes import Codes
from normalizers.company import Company
from normalizers.emission import Emitter
from normalizers.gate import Gate, Words
from normalizers.initials import Initials
from normalizers.language import Language
from normalizers.letters import is_syllable, one_placement, other_placement, plain
from normalizers.numerals import Numerals
from normalizers.restore import Evidence, Restorer
from normalizers.spots import Opener
from normalizers.text import Text
from normalizers.tokens import Tokenizer


@cache
def restorer() -> Restorer:
    """Return the restorer with the tables of the package."""
    folder = Path(str(files("normalizers") / "data"))
    language = Language.load(folder / "language.npz")
    numbers = {word: number for number, word in enumerate(language.words)}
    spellings = _spellings(language.words[3:])
    vouched = tuple(map(is_syllable, spellings))
    syllables = frozenset(compress(spellings, vouched))
    english = lzma.decompress((folder / "english.txt.xz").read_bytes()).decode().split("\n")
    words = Words(
        frozenset(map(one_placement, syllables)),
        frozenset(map(plain, syllables)),
        frozenset(english),
    )
    protected = tomllib.loads((folder / "protected.toml").read_text())
    trie = trie_of(
        (n, word) for n, word in enumerate(spellings) if len(word) > 1 or word in words.syllables
    )
    keys = tuple(numbers[one_placement(word)] for word in spellings)
    figures = protected["figures"]
    single = language.single[list(keys)].tolist()
    ways = [Operations.load(folder / f"{name}.json") for name in ("garbled", "misread")]
    ways.append(Operations.bare(sorted({letter for word in spellings for letter in word})))
    emitters = [
        Emitter(language, numbers, spellings, keys, vouched, Channel(way, trie, single), figures)
        for way in ways
    ]
    gate = Gate.load(folder / "gate.toml")
    tokenizer = Tokenizer(
        frozenset(protected["abbreviations"]), frozenset(protected["measures"]), {}
    )
    codes = Codes.load(folder / "codes.toml", Initials.load(folder / "initials.json"))
    numerals = Numerals.load(folder / "codes.toml")
    company = Company.load(folder / "company.npz")
    opener = Opener(numbers, gate, *emitters)
    return Restorer(language, words, gate, tokenizer, opener, codes, numerals, company)


def _spellings(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words as they may be written: `hòa` is also written `hoà`."""
    late = (other_placement(word) for word in words)
    return (*words, *(word for word in late if word))


def restore(
    text: Text, *, evidence: Evidence = (), certainty: float = 0.2, forced: bool = False
) -> Text:
    """Repair garbled words where the repair is surer than `certainty`.

    `evidence` is what our own OCR says of the words it read: `(start, end, confidence)` in the
    raw text, in order.

    `forced` holds the gate open, for measuring what it is worth.
    """
    return restorer().restore(text, evidence=evidence, certainty=certainty, forced=forced)
