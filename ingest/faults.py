"""What went wrong with a page or a file while it was read, and what the clerk is told of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TaskTimeout
from concurrent.futures.process import BrokenProcessPool

from pebble import ProcessExpired

from extractors.contract import ReviewCode
from ingest.errors import ErrorCode, IngestError
from ingest.page import Page
from ingest.pages import PageTask

DIED = (ProcessExpired, BrokenProcessPool)  # a worker, or the last of them


def internal(error: Exception) -> IngestError:
    """Return what a file is told whose reading met a fault of ours."""
    message = f"the reader failed ({type(error).__name__}): tell the makers, the file is kept"
    return IngestError(ErrorCode.INTERNAL, message)


def read_or_given_up(task: PageTask, future: Future[Page]) -> Page:
    """Return the page, or an empty one that says why it could not be read.

    Raises:
        ProcessExpired, BrokenProcessPool: when the worker died.
    """
    try:
        return future.result()
    except DIED:
        raise
    except TaskTimeout:
        return _given_up(
            task, ReviewCode.PAGE_TIMEOUT, "the page took too long: scan it again at 300 dpi"
        )
    except IngestError as error:
        late = error.code is ErrorCode.TIMEOUT
        code = ReviewCode.PAGE_TIMEOUT if late else ReviewCode.PAGE_UNREADABLE
        return _given_up(task, code, error.message)
    except Exception as error:  # what a library throws at a page costs that page alone
        why = f"the page could not be read ({type(error).__name__}): scan it again"
        return _given_up(task, ReviewCode.PAGE_UNREADABLE, why)


def _given_up(task: PageTask, code: ReviewCode, message: str) -> Page:
    return Page(task.plan.number, 1, 1, task.plan.dpi or 1, faults=((code.value, message),))


def refuse_if_none(pages: Sequence[Page]) -> None:
    """Refuse a file of which no page could be read.

    Raises:
        IngestError: `broken`, with what was wrong with the first page.
    """
    if pages and all(page.faults and not page.lines for page in pages):
        code, message = pages[0].faults[0]
        timed_out = code == ReviewCode.PAGE_TIMEOUT
        raise IngestError(ErrorCode.TIMEOUT if timed_out else ErrorCode.BROKEN, message)


def refuse_without_room(least: int) -> None:
    """Refuse to read while the disk for temporary files is full: good files would look broken.

    Raises:
        IngestError: `no_room`.
    """
    folder = tempfile.gettempdir()
    if shutil.disk_usage(folder).free < least:
        message = f"less than {least // 1_000_000} MB are free in {folder}: make room there"
        raise IngestError(ErrorCode.NO_ROOM, message)
