"""Many files through the pipeline: pages in parallel, in processes that can be killed.

A page that takes too long is given up and listed; a worker that dies costs its page one more
try; everything else goes on. Outcomes come in the order of the paths.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as TaskTimeout
from dataclasses import dataclass, field
from math import inf
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pebble import ProcessPool

from extractors.contract import Dispatch
from ingest.errors import ErrorCode, IngestError
from ingest.faults import (
    DIED,
    internal,
    read_or_given_up,
    refuse_if_none,
    refuse_without_room,
)
from ingest.opening import Opened, open_file
from ingest.page import Page
from ingest.pages import PageTask, read_page, tasks_of
from ingest.settings import Settings
from ingest.workers import clear_away, leanly, prepare_worker

T = TypeVar("T")
_AHEAD = 4  # pages in work or waiting, for each worker
_TASKS = 500  # a worker is replaced after so many, so that no leak of a library grows
_LOOK_SECONDS = 0.5  # how often a wait looks whether the program is to stop
_CONCLUDE_SECONDS = 120.0  # the time limit of normalizing and extracting a file


class _StopError(Exception):
    """The program is to stop: what is in work is given back."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its dispatch, or the error that says why there is none.

    Neither, where the program was told to stop before the file was read.
    """

    path: Path
    dispatch: Dispatch | None = None
    error: IngestError | None = None
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    opened: Opened | None = None
    error: IngestError | None = None
    tasks: Sequence[PageTask] = ()
    futures: list[Future[Page]] = field(default_factory=list)


class Runner:
    """A pool of workers; use it as a context. `on_page` is called as each page is done.

    `read` is what a worker does with a page; `stopping` is asked while the work is waited for.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        jobs: int | None = None,
        on_page: Callable[[], None] = lambda: None,
        stopping: Callable[[], bool] = lambda: False,
        read: Callable[[PageTask], Page] = read_page,
    ) -> None:
        self.settings = settings or Settings()
        self.jobs = jobs or len(os.sched_getaffinity(0))
        self._on_page = on_page
        self._stopping = stopping
        self._read = read
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.jobs,
            max_tasks=_TASKS,
            context=get_context("spawn"),
            initializer=prepare_worker,
            initargs=[self.settings.worker_bytes],
        )

    def __enter__(self) -> Runner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._pool.close()
            self._pool.join()
        self.stop()

    def stop(self) -> None:
        """Stop all workers at once, whatever they do."""
        self._pool.stop()
        self._pool.join()
        clear_away()

    def outcomes(self, paths: Iterable[Path]) -> Iterator[Outcome]:
        """Yield what became of each file, in order; pages of the next files are read meanwhile."""
        waiting: deque[_Job] = deque()
        for path in paths:
            waiting.append(self._begin(path))
            while self._is_full(waiting):
                yield self._finish(waiting.popleft())
        while waiting:
            yield self._finish(waiting.popleft())

    def _is_full(self, jobs: Sequence[_Job]) -> bool:
        """Say whether enough is in work: more would only fill the memory."""
        ahead = _AHEAD * self.jobs
        return len(jobs) > ahead or sum(not f.done() for job in jobs for f in job.futures) > ahead

    def _begin(self, path: Path) -> _Job:
        try:
            refuse_without_room(self.settings.free_bytes)
            opened = open_file(path, self.settings)
        except IngestError as error:
            return _Job(path, error=error)
        except Exception as error:  # a fault of ours costs this file alone
            return _Job(path, error=internal(error))
        tasks = tasks_of(opened, self.settings)
        futures = [self._schedule(task) for task in tasks]
        return _Job(path, opened, tasks=tasks, futures=futures)

    def _schedule(self, task: PageTask) -> Future[Page]:
        future = self._submit(self._read, task, seconds=self.settings.page_seconds)
        future.add_done_callback(lambda _: self._on_page())
        return future

    def _submit(self, work: Callable[..., T], *arguments: object, seconds: float) -> Future[T]:
        """Give work to a worker; a pool that broke with its last worker is replaced."""
        if not self._pool.active:
            self.stop()
            self._pool = self._new_pool()
        future: Future[T] = self._pool.schedule(leanly, args=[work, *arguments], timeout=seconds)
        return future

    def _wait(self, future: Future[T], end: float = inf) -> None:
        """Wait for a worker, until a time at most, or until the program is to stop."""
        while not future.done() and time.monotonic() < end:
            if self._stopping():
                raise _StopError
            wait([future], timeout=min(_LOOK_SECONDS, max(0.0, end - time.monotonic())))

    def _finish(self, job: _Job) -> Outcome:
        if job.error or job.opened is None:
            return Outcome(job.path, error=job.error)
        try:
            pages = self._pages(job)
            dispatch = self._conclude(job.opened, pages)
        except (IngestError, _StopError) as error:
            for future in job.futures:
                future.cancel()
            return Outcome(job.path, error=error if isinstance(error, IngestError) else None)
        return Outcome(job.path, dispatch, pages=tuple(pages))

    def _pages(self, job: _Job) -> list[Page]:
        """Return the pages of a file; one that a full disk spoilt is no reason to fail.

        Raises:
            IngestError: when the file takes too long, or no page of it can be read.
        """
        end = time.monotonic() + self.settings.file_seconds
        pages = [self._page(task, future, end)
                 for task, future in zip(job.tasks, job.futures, strict=True)]  # fmt: skip
        if any(page.faults for page in pages):
            refuse_without_room(self.settings.free_bytes)
        refuse_if_none(pages)
        return pages

    def _page(self, task: PageTask, future: Future[Page], end: float) -> Page:
        self._wait(future, end)
        if not future.done():
            message = f"the file takes over {self.settings.file_seconds:.0f} s: split it"
            raise IngestError(ErrorCode.TIMEOUT, message)
        try:
            return read_or_given_up(task, future)
        except DIED:
            return self._second_try(task)

    def _second_try(self, task: PageTask) -> Page:
        again = self._submit(self._read, task, seconds=self.settings.page_seconds)
        self._wait(again)
        try:
            return read_or_given_up(task, again)
        except DIED as error:
            message = f"page {task.plan.number} stops the reader each time: scan the page again"
            raise IngestError(ErrorCode.WORKER_DIED, message) from error

    def _conclude(self, opened: Opened, pages: Sequence[Page], *, again: bool = True) -> Dispatch:
        future = self._submit(
            conclude_dispatch, opened, pages, self.settings, seconds=_CONCLUDE_SECONDS
        )
        self._wait(future)
        try:
            return future.result()
        except TaskTimeout as error:
            message = (
                f"the text takes over {_CONCLUDE_SECONDS:.0f} s to understand: tell the makers"
            )
            raise IngestError(ErrorCode.TIMEOUT, message) from error
        except (*DIED, MemoryError) as error:
            if again:
                return self._conclude(opened, pages, again=False)
            message = "the text stops the reader: tell the makers, the file is kept"
            raise IngestError(ErrorCode.WORKER_DIED, message) from error
        except Exception as error:  # a fault of ours costs this file alone
            raise internal(error) from error


def conclude_dispatch(opened: Opened, pages: Sequence[Page], settings: Settings) -> Dispatch:
    """Return the dispatch alone: what crosses back to the parent stays small."""
    from ingest.pipeline import conclude  # the language tables are for the workers alone

    return conclude(opened, pages, settings).dispatch
