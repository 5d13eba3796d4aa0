"""The one rule pipeline that reads the body's words: spaCy, without a trained model.

Each file `data/<group>.toml` named in `GROUPS` fills one span group of a document: its tables
are the labels, `phrases` are matched word for word, `tokens` are spaCy token patterns. A group in
`AS_PRINTED` minds capitals (a Sở is an agency, a sở hữu is none), the others do not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import regex
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

GROUPS = ("instructions", "agencies", "references")
AS_PRINTED = frozenset({"agencies", "references"})

_BEFORE = regex.compile(r"""^[("'“‘«\[…]""")
_AFTER = regex.compile(r"""(?:\./\.?|[)"'”’»\]….,;:!?%])$""")
_WITHIN = regex.compile(r"(?<=\p{L})[,;:](?=\p{L})|(?<=\d)%(?=\p{L})")


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
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=_BEFORE.search,
        suffix_search=_AFTER.search,
        infix_finditer=_WITHIN.finditer,
    )
    for group in GROUPS:
        attribute = "ORTH" if group in AS_PRINTED else "LOWER"
        config = {"spans_key": group, "phrase_matcher_attr": attribute}
        ruler: Any = nlp.add_pipe("span_ruler", name=group, config=config)
        ruler.add_patterns(list(_patterns(group)))
    return nlp


def _patterns(group: str) -> Iterator[dict[str, Any]]:
    for label, table in data(group).items():
        for phrase in table.get("phrases", ()):
            yield {"label": label, "pattern": phrase}
        for tokens in table.get("tokens", ()):
            yield {"label": label, "pattern": tokens}


def spans(doc: Doc, group: str) -> list[Span]:
    """Return a group's spans from left to right, the longest where several begin; none overlap."""
    found: list[Span] = []
    for span in sorted(doc.spans.get(group, ()), key=lambda span: (span.start, -span.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found
