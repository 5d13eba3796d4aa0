"""From a folder of text to the language model: vocabulary, counts, titles, tables."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from normalizers.letters import one_placement
from tools.train_normalizer.count import encoded, rows, runs, vocabulary
from tools.train_normalizer.language import write_model
from tools.train_normalizer.near import leanings, nearest
from tools.train_normalizer.texts import held_out, paragraphs, register_lines, unit_lines

SOURCES = Path(__file__).with_name("sources.toml")
Weights = dict[str, dict[str, Any]]
_ENDS = '.:!?"“-;)'  # after these a capital says nothing of a word


def build_language(folder: Path, out: Path, *, triples: int, words: list[str] | None) -> None:
    """Count all text of a folder, without what is held out for tests, and write the model.

    `words` keeps a vocabulary that a network was trained on; without it, it is made anew.
    """
    weights = tomllib.loads(SOURCES.read_text())
    files = _files(folder)
    words = words or vocabulary(all_texts(folder), 32768, least=6)
    ids = {word: number for number, word in enumerate(words)}
    own = np.tile(encoded(_own_lines(weights), ids), weights["register"]["times"])
    texts = {_name(file): list(rows(_counted(file, weights), ids)) for file in files}
    lean = leanings(own, [np.concatenate(text) for text in texts.values()], len(words))
    parts = [own]
    for name, text in texts.items():
        times = weights.get(name, {})
        parts += text * int(times.get("times", 1))
        parts += nearest(text, lean, times.get("near", 0.0)) * int(times.get("near_times", 0))
    row = np.concatenate(parts)
    counted = [runs(row, order) for order in (1, 2, 3)]
    proper = [file for file in files if weights.get(_name(file), {}).get("titles")] or files
    write_model(out, words, _titled(proper, words), counted, triples=triples)


def texts_to_read(
    folder: Path, ids: dict[str, int]
) -> tuple[dict[str, NDArray[np.int64]], dict[str, float]]:
    """Return the texts that the network reads, as word numbers, and the share of each."""
    weights = tomllib.loads(SOURCES.read_text())
    files = {_name(file): file for file in _files(folder)}
    shares = {name: row["share"] for name, row in weights.items() if "share" in row}
    own = {"register": register_lines(random.Random(5), weights["register"]["lines"])}
    own["units"] = unit_lines()
    texts = {
        name: encoded(own[name] if name in own else _counted(files[name], weights), ids)
        for name in shares
        if name in own or name in files
    }
    return texts, {name: float(shares[name]) for name in texts}


def all_texts(folder: Path) -> Iterator[str]:
    """Return the paragraphs of a folder and the project's own lines, each once."""
    weights = tomllib.loads(SOURCES.read_text())
    return chain(_own_lines(weights), *(_counted(file, weights) for file in _files(folder)))


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.txt"), *folder.glob("*.txt.xz")])


def _own_lines(weights: Weights) -> list[str]:
    register = register_lines(random.Random(5), weights["register"]["lines"])
    return [*register, *unit_lines(), *unit_lines()]


def _counted(file: Path, weights: Weights) -> Iterator[str]:
    every = weights.get(_name(file), {}).get("every", 1)
    for number, text in enumerate(paragraphs(file)):
        if number % every == 0 and not held_out(text):
            yield text


def _name(file: Path) -> str:
    return file.name.split(".")[0]


def _titled(files: Iterable[Path], words: list[str]) -> NDArray[np.float64]:
    """Return how often each word opens with a capital inside a sentence."""
    capital: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for file in files:
        for text in paragraphs(file):
            for word in _inside(text):
                low = one_placement(word.lower())
                total[low] += 1
                capital[low] += word[0].isupper()
    return np.array([(capital[word] + 0.3) / (total[word] + 1) for word in words])


def _inside(text: str) -> Iterator[str]:
    before = "."
    for token in text.split():
        word = token.strip(".,;:!?()[]\"“”'")
        if word.isalpha() and before[-1] not in _ENDS:
            yield word
        before = token
