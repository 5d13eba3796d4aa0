"""The degree of urgency (độ khẩn) that is stamped on the dispatch."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.finding import Finding
from extractors.reading import Reading
from extractors.stamps import stamped


def find(reading: Reading) -> Iterator[Finding[str]]:
    """`khẩn`, `thượng khẩn` or `hỏa tốc`, from a stamp; the word in a sentence is not meant."""
    return stamped(reading, "urgency")
