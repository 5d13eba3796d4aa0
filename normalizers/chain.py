"""The order in which a text is normalized."""

from __future__ import annotations

from normalizers.certain import compose, straighten_spaces
from normalizers.text import Text

CHAIN = (compose, straighten_spaces)


def normalize(text: str | Text) -> Text:
    """Return the text with all repairs of the chain made; each line stays its line."""
    result = text if isinstance(text, Text) else Text.of(text)
    for step in CHAIN:
        result = step(result)
    return result
