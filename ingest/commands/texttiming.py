"""What understanding costs: loading, normalizing and extracting, on one core and warm."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from unidecode import unidecode

from extractors.assemble import assemble
from extractors.contract import Dispatch
from extractors.reading import Reading
from normalizers import normalize

# A fresh interpreter: everything is loaded, then the first page of text is read.
LOADING = """
import time
start = time.process_time()
from extractors.assemble import assemble
from extractors.reading import Reading
Reading.of("Kính gửi: Ủy ban nhân dân các xã")
print(time.process_time() - start)
"""


@dataclass(frozen=True, slots=True)
class TextCost:
    """Seconds to load, seconds a page to extract, syllables a second to normalize."""

    load_seconds: float
    pages: int
    extract_seconds_a_page: float
    syllables: int
    syllables_a_second: float
    unmarked_syllables_a_second: float


def text_cost(dispatches: Sequence[Dispatch]) -> TextCost | None:
    """Return what the text of these dispatches costs; null when there is none."""
    texts = ["\f".join(page.text for page in one.pages) for one in dispatches]
    pages = sum(len(one.pages) for one in dispatches)
    syllables = sum(len(text.split()) for text in texts)
    if not syllables:
        return None
    unmarked = [unidecode(text) for text in texts]
    normalize(texts[0]), normalize(unmarked[0])  # what is loaded at the first use is loaded now
    readings = [Reading.of(text) for text in texts]
    first = dispatches[0]
    assemble(readings[0], first.source, first.producer, first.id)
    extracting = sum(
        elapsed(assemble, reading, one.source, one.producer, one.id)
        for reading, one in zip(readings, dispatches, strict=True)
    )
    return TextCost(
        load_seconds=load_seconds(),
        pages=pages,
        extract_seconds_a_page=extracting / pages,
        syllables=syllables,
        syllables_a_second=syllables / sum(elapsed(normalize, text) for text in texts),
        unmarked_syllables_a_second=syllables / sum(elapsed(normalize, text) for text in unmarked),
    )


def elapsed(work: object, *arguments: object) -> float:
    """Return the seconds of a core that a call takes: what else runs does not count."""
    start = time.process_time()
    work(*arguments)  # type: ignore[operator]
    return time.process_time() - start


def load_seconds() -> float:
    """Return the seconds that a fresh process takes to load all tables and read a line."""
    command = [sys.executable, "-c", LOADING]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)
