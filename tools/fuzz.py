"""Fuzz what opens files and what parses text: `python tools/fuzz.py [--minutes 60] [--seed 1]`.

Sample scans and texts are damaged at random. A finding is anything but a dispatch or an
`IngestError`, or a text that takes more than half a minute; it is printed and the file is kept.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from ingest.errors import IngestError
from ingest.opening import open_file
from ingest.pages import draw, tasks_of
from ingest.pipeline import study
from ingest.settings import Settings

CORPUS = Path(__file__).parents[1] / "corpus"
SLOW = 30.0  # seconds
SIGNS = "0123456789/.,;:-–+()[]{}|%&\"'*#\t\n \u0301\u0323\u200b\ufeffĐđƠơƯưAaáảạXxIVXL"


def main() -> int:
    """Fuzz until the time is over; print the counts, and return 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    end = time.monotonic() + 60 * options.minutes
    texts = [file.read_text() for file in sorted(CORPUS.rglob("gold.text"))]
    scans = [
        file
        for file in sorted(CORPUS.rglob("*"))
        if file.suffix in (".pdf", ".png", ".jpg", ".tif")
    ]
    ends: Counter[str] = Counter()
    findings = Path(tempfile.mkdtemp(prefix="ingest-fuzz-"))
    while time.monotonic() < end:
        whole = chance.random() < 0.7
        if whole:
            data, suffix = damaged_text(chance.choice(texts), chance).encode(), ".txt"
        else:
            scan = chance.choice(scans)
            data, suffix = damaged_bytes(scan.read_bytes(), chance), scan.suffix
        file = findings / f"{sum(ends.values())}{suffix}"
        file.write_bytes(data)
        result = tried(file, whole=whole)
        ends[result.split("\n")[0]] += 1
        if result.startswith("FOUND"):
            print(file, result, flush=True)
        else:
            file.unlink()
    print(dict(ends))
    return int(any(name.startswith("FOUND") for name in ends))


def tried(file: Path, *, whole: bool) -> str:
    """Return how a file ended: `read`, the code of its error, or `FOUND` and why."""
    start = time.monotonic()
    settings = Settings(page_seconds=20)
    try:
        if whole:
            study(file, settings=settings)
        else:
            for task in tasks_of(open_file(file, settings), settings)[:1]:
                draw(task)
    except IngestError as error:
        return str(error.code)
    except Exception as error:
        return f"FOUND {type(error).__name__}\n{traceback.format_exc()}"
    return "read" if time.monotonic() - start < SLOW else "FOUND slow"


def damaged_text(text: str, chance: random.Random) -> str:
    """Return a text with pieces cut, doubled, moved and sprinkled with signs."""
    letters = list(text)
    for _ in range(chance.randint(1, 12)):
        at, size = chance.randrange(len(letters) + 1), chance.choice((1, 1, 3, 20, 300))
        what = chance.random()
        if what < 0.3:
            del letters[at : at + size]
        elif what < 0.5:
            letters[at:at] = letters[at : at + size] * chance.choice((1, 2, 30))
        elif what < 0.8:
            letters[at:at] = [chance.choice(SIGNS) for _ in range(size)]
        else:
            letters[at:at] = chance.choice(SIGNS) * chance.choice((5, 200, 3000))
    return "".join(letters)


def damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some changed, cut out or cut off."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(broken) or 1)
        what = chance.random()
        if what < 0.6:
            broken[at : at + 1] = bytes([chance.randrange(256)])
        elif what < 0.8:
            del broken[at : at + chance.choice((1, 10, 1000))]
        elif what < 0.9:
            broken[at:at] = broken[at : at + 100]
        else:
            del broken[at:]
    return bytes(broken)


if __name__ == "__main__":
    sys.exit(main())
