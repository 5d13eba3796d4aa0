"""What understanding costs: loading, normalizing and extracting, on one core and warm."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from unidecode import unidecode

from extractors.assemble import assemble
from extractors.contract import Dispatch
from extractors.reading import Reading
from normalizers import normalize
from normalizers.channel import likeliest_readings

# A fresh interpreter: everything is loaded, then the first page of text is read.
LOADING = """
import time
start = time.process_time()
from extractors.assemble import assemble
from extractors.reading import Reading
Reading.of("Kính gửi: Ủy ban nhân dân các xã")
print(time.process_time() - start)
"""
# The same of the normalizer alone: seconds to load, and the bytes held after a page of text.
NORMALIZER = """
import resource, sys, time
start = time.process_time()
from normalizers import normalize
normalize("Kính gửi: Uy ban nhan dan cac xa")
seconds = time.process_time() - start
normalize(sys.stdin.read())
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
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
    garbled_syllables_a_second: float  # garbled words met for the first time
    garbled_again_syllables_a_second: float  # the same words met before
    normalizer_load_seconds: float
    normalizer_bytes: int  # of memory, at most
    tables_bytes: int


def text_cost(dispatches: Sequence[Dispatch]) -> TextCost | None:
    """Return what the text of these dispatches costs; null when there is none."""
    texts = ["\f".join(page.text for page in one.pages) for one in dispatches]
    pages = sum(len(one.pages) for one in dispatches)
    syllables = sum(len(text.split()) for text in texts)
    if not syllables:
        return None
    unmarked = [unidecode(text) for text in texts]
    spoilt = [garbled(text) for text in texts]
    (
        normalize(texts[0]),
        normalize(unmarked[0]),
        normalize(spoilt[0]),
    )  # what is loaded at the first use is loaded now
    readings = [Reading.of(text) for text in texts]
    first = dispatches[0]
    assemble(readings[0], first.source, first.producer, first.id)
    extracting = sum(
        elapsed(assemble, reading, one.source, one.producer, one.id)
        for reading, one in zip(readings, dispatches, strict=True)
    )
    load, memory = normalizer_alone(spoilt[0])
    return TextCost(
        load_seconds=load_seconds(),
        pages=pages,
        extract_seconds_a_page=extracting / pages,
        syllables=syllables,
        syllables_a_second=syllables / sum(elapsed(normalize, text) for text in texts),
        unmarked_syllables_a_second=syllables / sum(elapsed(normalize, text) for text in unmarked),
        garbled_syllables_a_second=syllables / sum(elapsed(normalize, text) for text in spoilt),
        garbled_again_syllables_a_second=syllables
        / sum(elapsed(normalize, text) for text in spoilt),
        normalizer_load_seconds=load,
        normalizer_bytes=memory,
        tables_bytes=tables_bytes(),
    )


def garbled(text: str) -> str:
    """Return a text as an English model would read it, letter by letter."""
    return text.translate(_readings())


@cache
def _readings() -> dict[int, str]:
    return str.maketrans(likeliest_readings())


def tables_bytes() -> int:
    """Return the size of the normalizer's tables."""
    folder = files("normalizers") / "data"
    return sum(len(file.read_bytes()) for file in folder.iterdir() if file.is_file())


def normalizer_alone(text: str) -> tuple[float, int]:
    """Return the seconds that the normalizer takes to load, and the memory it takes for a text."""
    command = [sys.executable, "-c", NORMALIZER]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    seconds, held = done.stdout.split()
    return float(seconds), int(held)


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
