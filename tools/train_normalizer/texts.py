"""Text to count and to render: paragraphs of a folder, and lines of the register of dispatches."""

from __future__ import annotations

import lzma
import random
import re
import tomllib
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

UNITS = Path("extractors/data/units.tsv.xz")  # code, code above, kind, eras, name
REGISTER = Path(__file__).with_name("register.toml")
_SLOT = re.compile(r"\{(\w+)\}|\{(\d+)-(\d+)\}")
_LOOSE = ((r" ([,.;:!?%)”\]])", r"\1"), (r"([(“\[]) ", r"\1"), (r"(\d) ?/ ?(\d)", r"\1/\2"))


def paragraphs(file: Path) -> Iterator[str]:
    """Yield the paragraphs of a text file, packed with xz or plain; tokenized text is mended."""
    with lzma.open(file, "rt") if file.suffix == ".xz" else file.open() as lines:
        for line in lines:
            text = line.strip()
            for pattern, new in _LOOSE:
                text = re.sub(pattern, new, text)
            if text:
                yield text


def held_out(paragraph: str) -> bool:
    """Whether a paragraph is kept from counting, for tests: one in fifty, by its own bytes."""
    return zlib.crc32(paragraph.encode()) % 50 == 0


def register_lines(random_: random.Random, count: int) -> Iterator[str]:
    """Yield made-up lines as dispatches print them."""
    register = tomllib.loads(REGISTER.read_text())
    for _ in range(count):
        yield _filled(random_.choice(register["lines"]), register["slots"], random_)


def unit_lines() -> Iterator[str]:
    """Yield every administrative unit with its kind and the unit above, and lists of names."""
    lines = lzma.decompress(UNITS.read_bytes()).decode().splitlines()
    rows = [row for row in (line.split("\t") for line in lines) if len(row) == 5]
    names = {row[0]: f"{row[2]} {row[4]}" for row in rows}
    below: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        yield f"{row[2]} {row[4]}, {names.get(row[1], 'tỉnh')}."
        below[row[1]].append(row[4])
    for together in below.values():
        yield f"{', '.join(together)}."


def _filled(template: str, slots: dict[str, list[str]], random_: random.Random) -> str:
    def fill(match: re.Match[str]) -> str:
        if match[1]:
            return random_.choice(slots[match[1]])
        return str(random_.randint(int(match[2]), int(match[3])))

    while _SLOT.search(template):
        template = _SLOT.sub(fill, template)
    return template
