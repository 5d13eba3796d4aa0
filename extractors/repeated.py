"""What the body repeats of the letterhead tells which marks the OCR misread there."""

from __future__ import annotations

from collections import Counter, defaultdict

import regex

from extractors.gazetteer import fold
from extractors.keys import key

_TIMES = 2  # so often must the body spell a word otherwise in the same company,
_MORE = 3  # and so many times as often as the letterhead's way
_RUN = 3  # words in a row that tell that it is the same company
_WORD = regex.compile(r"[^\W_]+|[^\w\s]")


def as_repeated(text: str, body: str) -> str:
    """Return a text, the marks of its words as the body has them where it repeats the words.

    `bản giao hồ sơ` is `bàn giao hồ sơ` if the body has that twice and never the other. A
    tone on the other vowel (`hoà`) is no other mark.
    """
    words = list(_WORD.finditer(text))
    keys = [key(word[0]) for word in words]
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - _RUN + 1):
        runs[tuple(keys[at : at + _RUN])].append(at)
    met = _met([word[0] for word in _WORD.finditer(body)], runs)
    for at, word in reversed(list(enumerate(words))):
        said = Counter(met[at].values())
        own = sum(times for other, times in said.items() if fold(other) == fold(word[0]))
        other, times = max(said.items(), key=lambda pair: pair[1], default=(word[0], 0))
        if fold(other) != fold(word[0]) and times >= max(_TIMES, _MORE * own):
            text = text[: word.start()] + _cased(other, word[0]) + text[word.end() :]
    return text


def _met(
    said: list[str], runs: dict[tuple[str, ...], list[int]]
) -> defaultdict[int, dict[int, str]]:
    """Return how the body spells each word where it repeats it: by its place there."""
    met: defaultdict[int, dict[int, str]] = defaultdict(dict)
    keys = [key(word) for word in said]
    for place in range(len(said) - _RUN + 1):
        for at in runs.get(tuple(keys[place : place + _RUN]), ()):
            for step in range(_RUN):
                met[at + step][place + step] = said[place + step].lower()
    return met


def _cased(word: str, model: str) -> str:
    """Return a word in the case of another one, letter for letter."""
    if len(word) != len(model):
        return word.upper() if model.isupper() else word
    return "".join(
        letter.upper() if like.isupper() else letter
        for letter, like in zip(word, model, strict=True)
    )
