"""The one rule pipeline that reads the body's words: spaCy, without a trained model.

Each file `data/<group>.toml` named in `GROUPS` fills one span group of a document: its tables
are the labels, `phrases` are matched word for word, `tokens` are spaCy token patterns. A group in
`AS_PRINTED` minds capitals (a Sở is an agency, a sở hữu is none), the others do not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache, partial
from importlib.resources import files
from typing import Any

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

GROUPS = ("instructions", "agencies", "references")
AS_PRINTED = frozenset({"agencies", "references"})

_RUN = regex.compile(r"\S+|\s+")
_BEFORE = frozenset("\"'“‘«[(…")
_AFTER = frozenset("\"'”’»]),.;:!?%…")
_CLOSE = regex.compile(r"\./\.?$")  # the sign that closes a dispatch is one word
_WITHIN = regex.compile(r"(?<=\p{L})[,;:](?=\p{L})|(?<=\d)%(?=\p{L})")
# The tone stands on either vowel at the end of a syllable: hóa, hoá.
_MOVED = {
    pair[0] + other: plain + pair[1]
    for plain, other, pairs in (
        ("o", "a", "òà óá ỏả õã ọạ"),
        ("o", "e", "òè óé ỏẻ õẽ ọẹ"),
        ("u", "y", "ùỳ úý ủỷ ũỹ ụỵ"),
        ("O", "A", "ÒÀ ÓÁ ỎẢ ÕÃ ỌẠ"),
        ("U", "y", "Ùỳ Úý Ủỷ Ũỹ Ụỵ"),
        ("U", "Y", "ÙỲ ÚÝ ỦỶ ŨỸ ỤỴ"),
    )
    for pair in pairs.split()
}
_TONE = regex.compile(rf"(?:{'|'.join(_MOVED)})(?!\p{{L}})")


@cache
def data(name: str) -> dict[str, Any]:
    """Return one of the package's word lists."""
    return tomllib.loads((files("extractors") / "data" / f"{name}.toml").read_text("utf-8"))


def read(text: str) -> Doc:
    """Return the text as words, with the span groups filled; `spans` picks among overlaps."""
    return pipeline()(text)


@cache
def pipeline() -> Language:
    """Load the pipeline once: a tokenizer and one span ruler for each group."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = partial(tokenized, nlp.vocab)
    for group in GROUPS:
        attribute = "ORTH" if group in AS_PRINTED else "LOWER"
        config = {"spans_key": group, "phrase_matcher_attr": attribute}
        ruler: Any = nlp.add_pipe("span_ruler", name=group, config=config)
        ruler.add_patterns(list(_patterns(group)))
    return nlp


def tokenized(vocab: Vocab, text: str) -> Doc:
    """Return the text as words: syllables, numbers and codes, marks of punctuation apart."""
    words: list[str] = []
    spaces: list[bool] = []
    for run in _RUN.finditer(text):
        if not run[0].isspace():
            words += _pieces(run[0])
            spaces += [False] * (len(words) - len(spaces))
            continue
        one = bool(words) and run[0].startswith(" ")
        if one:
            spaces[-1] = True
        if len(run[0]) > one:
            words.append(run[0][one:])
            spaces.append(False)
    return Doc(vocab, words=words, spaces=spaces)


def _pieces(run: str) -> Iterator[str]:
    """Part the marks before, after and within a run of letters."""
    start, end = 0, len(run)
    while start < end and run[start] in _BEFORE:
        start += 1
    close = _CLOSE.search(run, start)
    end = close.start() if close else end
    while end > start and run[end - 1] in _AFTER:
        end -= 1
    yield from run[:start]
    done = start
    for mark in _WITHIN.finditer(run, start, end):
        yield from filter(None, (run[done : mark.start()], mark[0]))
        done = mark.end()
    if done < end:
        yield run[done:end]
    yield from run[end : close.start() if close else None]
    if close:
        yield close[0]


def _patterns(group: str) -> Iterator[dict[str, Any]]:
    for label, table in data(group).items():
        for phrase in table.get("phrases", ()):
            for spelling in {phrase, _TONE.sub(lambda mark: _MOVED[mark[0]], phrase)}:
                yield {"label": label, "pattern": spelling}
        for tokens in table.get("tokens", ()):
            yield {"label": label, "pattern": tokens}


def _fits(span: Span) -> bool:
    """Whether no name begins within a phrase: `Giao Ban Quản lý` is no `giao ban`."""
    return span.text.isupper() or not any(token.text[:1].isupper() for token in span[1:])


def spans(doc: Doc, group: str) -> list[Span]:
    """Return a group's spans from left to right, the longest where several begin; none overlap."""
    found: list[Span] = []
    candidates = (span for span in doc.spans.get(group, ()) if group in AS_PRINTED or _fits(span))
    for span in sorted(candidates, key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found
