"""Fuzz what opens files and what parses text: `python -m tools.fuzz [TARGET...] [--minutes 60]`.

Sample scans and texts are damaged by hypothesis, which reduces what it finds. A finding is
anything but a dispatch or an `IngestError`, a dispatch that does not come back from its JSON, or
a text that takes more than half a minute of a core. The last input is kept as `FOLDER/last`.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import AnyStr

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from extractors.contract import Dispatch
from ingest import pdf
from ingest.errors import IngestError
from ingest.feed import to_json
from ingest.opening import open_file
from ingest.pages import draw, tasks_of
from ingest.pipeline import study
from ingest.settings import Settings
from ingest.workers import prepare_worker
from tools.hostile import SETS

CORPUS = Path(__file__).parents[1] / "corpus" / "tuning"
SCANS = (".pdf", ".png", ".jpg", ".tif")
LIMITS = Settings(page_seconds=20)
SLOW = 30.0  # seconds of a core for a text
HANGS = 300.0  # seconds after which the program says where it hangs, and ends
LARGEST = 2_000_000  # bytes of a sample: enough for its structure, and quick to damage
SIGNS = "0123456789/.,;:-–+()[]{}|%&\"'*#\t\n\f \u0301\u0323\u200b\ufeffĐđƠơƯưAaáảạXxIVXLVN"

Edit = tuple[str, float, int, str]  # what to do, where (a share of the whole), how much, with what
EDITS = st.lists(
    st.tuples(
        st.sampled_from(("cut", "double", "write", "change", "end")),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from((1, 1, 3, 20, 300, 3000)),
        st.text(SIGNS, min_size=1, max_size=8),
    ),
    min_size=1, max_size=20,
)  # fmt: skip


def damaged(sample: AnyStr, edits: Sequence[Edit], fill: Callable[[str], AnyStr]) -> AnyStr:
    """Return a sample with pieces cut, doubled, written over and cut off."""
    data = sample
    for what, where, size, signs in edits:
        at = int(where * len(data))
        before, piece, after = data[:at], data[at : at + size], data[at + size :]
        if what == "cut":
            data = before + after
        elif what == "double":
            data = before + piece * 3 + after
        elif what == "write":
            data = before + (fill(signs) * size)[: max(size, 8)] + piece + after
        elif what == "change":
            data = before + fill(signs) + after
        elif len(before) > len(data) // 2:
            data = before
    return data


def opening(file: Path) -> None:
    """Open a file, draw its first page and take its text layer."""
    opened = open_file(file, LIMITS)
    for task in tasks_of(opened, LIMITS)[:1]:
        draw(task)
        if task.media_type == "application/pdf":
            pdf.text_lines(file, 1, task.plan.dpi)


def text(file: Path) -> None:
    """Read a plain text whole; the dispatch must be one by its own contract."""
    start = time.process_time()
    dispatch = study(file, settings=LIMITS).dispatch
    assert time.process_time() - start < SLOW, "slow"  # noqa: S101  the fuzzer's own question
    assert Dispatch.model_validate_json(to_json(dispatch)) == dispatch, "changed"  # noqa: S101


@cache
def scans() -> list[bytes]:
    """Return what files are made from: the sample scans, and the hostile ones."""
    samples = [file.read_bytes() for file in sorted(CORPUS.rglob("*")) if file.suffix in SCANS]
    hostile = [(name, content) for make in SETS for name, content, _ in make()]
    samples += [content for name, content in hostile if "bomb" not in name]  # each costs a timeout
    return [content for content in samples if len(content) < LARGEST]


@cache
def texts() -> list[str]:
    """Return what texts are made from."""
    return [file.read_text() for file in sorted(CORPUS.rglob("gold.text"))]


def spoilt_scan(sample: int, edits: Sequence[Edit]) -> bytes:
    """Return a damaged scan: any bytes are written into it."""
    return damaged(scans()[sample], edits, partial(str.encode, encoding="utf-16"))


def spoilt_text(sample: int, edits: Sequence[Edit]) -> bytes:
    """Return a damaged text: it stays one, letter for letter."""
    return damaged(texts()[sample], edits, str).encode()


TARGETS = {"opening": (opening, spoilt_scan, scans), "text": (text, spoilt_text, texts)}


def one_round(target: str, file: Path, ends: Counter[str]) -> None:
    """Try a hundred damaged samples; the first finding is reduced and raised."""
    work, spoilt, samples = TARGETS[target]

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=HealthCheck)
    @seed(sum(ends.values()))
    @given(st.sampled_from(range(len(samples()))), EDITS)
    def holds(sample: int, edits: Sequence[Edit]) -> None:
        file.write_bytes(spoilt(sample, edits))
        faulthandler.dump_traceback_later(HANGS, exit=True)
        try:
            work(file)
            ends[f"{target}: read"] += 1
        except IngestError as error:
            ends[f"{target}: {error.code}"] += 1
        finally:
            faulthandler.cancel_dump_traceback_later()

    holds()


def main() -> int:
    """Fuzz until the time is over; print the counts. The first finding ends it with its trace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", default=list(TARGETS), help="opening, text; both")
    parser.add_argument("--minutes", type=float, default=60.0)
    options = parser.parse_args()
    prepare_worker(LIMITS.worker_bytes)
    end = time.monotonic() + 60 * options.minutes
    ends: Counter[str] = Counter()
    last = Path(tempfile.mkdtemp(prefix="ingest-fuzz-")) / "last"
    print(f"the last input is {last}", flush=True)
    while time.monotonic() < end:
        for target in options.targets:
            one_round(target, last, ends)
    print(f"{sum(ends.values())} inputs without a finding: {dict(ends)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
