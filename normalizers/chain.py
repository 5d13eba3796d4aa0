"""The order in which a text is normalized."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.certain import bar_letters, compose, straighten_spaces
from normalizers.loading import restore
from normalizers.text import Text

CHAIN = (compose, bar_letters, straighten_spaces)


def normalize(
    text: str | Text, *, evidence: Sequence[tuple[int, int, float]] = (), certainty: float = 0.2
) -> Text:
    """Return the text with all repairs of the chain made; each line stays its line.

    `evidence` is what our own OCR says of the words it read: `(start, end, confidence)` in the
    raw text, in order; without it the text is taken as it came. Words are repaired where the
    repair is surer than `certainty`.
    """
    result = text if isinstance(text, Text) else Text.of(text)
    for step in CHAIN:
        result = step(result)
    return restore(result, evidence=evidence, certainty=certainty)
