"""Words that are not in the table of the language: a measure of a text that needs no gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from ingest.evaluation.errors import Errors
from normalizers.letters import one_placement
from normalizers.loading import restorer

# Whole words of two letters or more; codes such as `15/UBND-VP` are none.
_WORD = regex.compile(r"(?<![\p{L}\d/@_.-])\p{L}{2,}(?![\p{L}\d/@_-])")

# In capitals without marks: every office has its own (`TTYT`), and no table knows them all.
_ABBREVIATION = regex.compile(r"[A-ZĐ]+")


def strange_words(texts: Iterable[str]) -> Errors:
    """Return how many words are no Vietnamese ones, of how many; abbreviations are not counted."""
    words = list(_words(texts))
    known = restorer().words.syllables
    return Errors(sum(one_placement(word.lower()) not in known for word in words), len(words))


def _words(texts: Iterable[str]) -> Iterator[str]:
    spared = restorer().tokenizer.kept
    for text in texts:
        for word in _WORD.findall(text):
            if word not in spared and not _ABBREVIATION.fullmatch(word):
                yield word
