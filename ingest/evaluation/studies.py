"""Reads files side by side for the evaluation: a process a core, nothing kept between runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as StudyTimeout
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from extractors.reading import Hand
from ingest.errors import IngestError

MINUTES = 20.0  # a file takes longer only when something hangs


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read: the dispatch as JSON and the handwriting, or why it could not be read."""

    file: Path
    said: dict[str, Any] | None
    hands: tuple[Hand, ...] = ()
    unread: str | None = None


def answers(files: Sequence[Path], jobs: int | None = None) -> Iterator[Answer]:
    """Yield an answer for each file, in order, as soon as it is read."""
    workers = min(jobs or os.cpu_count() or 1, len(files) or 1)
    with ProcessPool(max_workers=workers, context=get_context("spawn")) as pool:
        futures = [pool.schedule(answer, args=[file], timeout=60 * MINUTES) for file in files]
        for file, future in zip(files, futures, strict=True):
            try:
                yield future.result()
            except StudyTimeout:
                yield Answer(file, None, unread=f"timeout: over {MINUTES:.0f} minutes")
            except ProcessExpired as error:
                yield Answer(file, None, unread=f"worker_died: status {error.exitcode}")


def answer(file: Path) -> Answer:
    """Return what is read from one file."""
    from ingest.pipeline import (
        study,
    )  # in the worker: the OCR and its tables are not for the parent

    try:
        done = study(file)
    except IngestError as error:
        return Answer(file, None, unread=f"{error.code}: {error.message}")
    said = done.dispatch.model_dump(mode="json", by_alias=True)
    return Answer(file, said, done.reading.hands)
