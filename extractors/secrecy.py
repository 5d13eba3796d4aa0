"""The degree of secrecy (độ mật) that is stamped on the dispatch."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.finding import Finding
from extractors.reading import Reading
from extractors.stamps import stamped


def find(reading: Reading) -> Iterator[Finding[str]]:
    """`mật`, `tối mật` or `tuyệt mật`, from a stamp; the word in a sentence is not meant."""
    return stamped(reading, "secrecy")
