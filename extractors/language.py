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
from spacy.util import filter_spans

GROUPS = ("instructions", "agencies")
AS_PRINTED = frozenset({"agencies"})

_BEFORE = regex.compile(r"""^[("'“‘«\[…]""")
_AFTER = regex.compile(r"""(?:\./\.?|[)"'”’»\]….,;:!?%])$""")
_WITHIN = regex.compile(r"(?<=\p{L})[,;:](?=\p{L})|(?<=\d)%(?=\p{L})")


@cache
def data(name: str) -> dict[str, Any]:
    """Return one of the package's word lists."""
    return tomllib.loads((files("extractors") / "data" / f"{name}.toml").read_text("utf-8"))


def read(text: str) -> Doc:
    """Return the text as words, with the span groups filled; the longest match wins."""
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
        config = {
            "spans_key": group,
            "phrase_matcher_attr": attribute,
            "spans_filter": {"@misc": "spacy.first_longest_spans_filter.v1"},
        }
        ruler: Any = nlp.add_pipe("span_ruler", name=group, config=config)
        ruler.add_patterns(list(_patterns(group)))
    return nlp


def _patterns(group: str) -> Iterator[dict[str, Any]]:
    for label, table in data(group).items():
        for phrase in table.get("phrases", ()):
            yield {"label": label, "pattern": phrase}
        for tokens in table.get("tokens", ()):
            yield {"label": label, "pattern": tokens}


def spans(doc: Doc, group: str, *labels: str) -> list[Span]:
    """Return the spans of a group that bear one of the labels (all of them if none is named)."""
    found = filter_spans(doc.spans.get(group, ()))
    return [span for span in found if not labels or span.label_ in labels]
