"""Workers that hang, eat memory or die cost their own page, and nothing is left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from pathlib import Path

import psutil
import pytest
from PIL import Image

from extractors.contract import ReviewCode
from ingest.errors import ErrorCode
from ingest.page import Page
from ingest.pages import PageTask
from ingest.runner import Outcome, Runner
from ingest.settings import Settings

pytestmark = pytest.mark.programs


def hang(task: PageTask) -> Page:
    """Hang in native code that keeps the interpreter's lock, a child beside it, at `hangs`."""
    if "hangs" in task.path.name:
        subprocess.Popen(["sleep", "4321"])
        ctypes.PyDLL(None).sleep(4321)
    return read(task)


def eat(task: PageTask) -> Page:
    """Take more memory than a worker may have, at `eats`."""
    if "eats" in task.path.name:
        bytearray(3_000_000_000)
    return read(task)


def die(task: PageTask) -> Page:
    """Die, at `dies`."""
    if "dies" in task.path.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(task)


def read(task: PageTask) -> Page:
    """Return a page on which nothing stands."""
    return Page(task.plan.number, 9, 9, 300)


def outcomes(folder: Path, *names: str, runner: Runner) -> list[Outcome]:
    files = [folder / f"{name}.png" for name in names]
    for number, file in enumerate(files):
        Image.new("L", (9, 9 + number)).save(file)
    with runner:
        return list(runner.outcomes(files))


def test_a_page_that_hangs_in_native_code_is_ended_with_its_children(tmp_path: Path) -> None:
    runner = Runner(Settings(page_seconds=2), jobs=1, read=hang)
    first, second = outcomes(tmp_path, "hangs", "good", runner=runner)
    assert first.error is not None
    assert first.error.code == ErrorCode.TIMEOUT
    assert second.dispatch is not None
    assert not [
        p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "4321"]
    ]


def test_a_page_that_eats_memory_is_given_up_and_listed(tmp_path: Path) -> None:
    runner = Runner(Settings(worker_bytes=2_500_000_000), jobs=1, read=eat)
    first, second = outcomes(tmp_path, "eats", "good", runner=runner)
    assert first.error is not None
    assert "MemoryError" in first.error.message
    assert second.dispatch is not None


def test_a_page_that_kills_its_worker_twice_fails_and_the_others_go_on(tmp_path: Path) -> None:
    names = ("good", "dies", "better", "best")
    ends = outcomes(tmp_path, *names, runner=Runner(jobs=2, read=die))
    assert [end.error and end.error.code for end in ends] == [
        None, ErrorCode.WORKER_DIED, None, None,
    ]  # fmt: skip


def test_a_file_that_takes_too_long_as_a_whole_says_so(tmp_path: Path) -> None:
    settings = Settings(page_seconds=60, file_seconds=1)
    (end,) = outcomes(tmp_path, "hangs", runner=Runner(settings, jobs=1, read=hang))
    assert end.error is not None
    assert (end.error.code, "split it" in end.error.message) == (ErrorCode.TIMEOUT, True)


def test_without_room_for_temporary_files_nothing_is_blamed(tmp_path: Path) -> None:
    runner = Runner(Settings(free_bytes=10**18), jobs=1, read=read)
    (end,) = outcomes(tmp_path, "good", runner=runner)
    assert end.error is not None
    assert end.error.code == ErrorCode.NO_ROOM


def test_a_page_given_up_is_told_in_the_review(tmp_path: Path) -> None:
    frames = [Image.new("L", (9, 9)), Image.new("L", (9, 9))]
    frames[0].save(tmp_path / "hangs.tif", save_all=True, append_images=frames[1:])
    with Runner(Settings(page_seconds=2), jobs=2, read=hang_at_one) as runner:
        (end,) = runner.outcomes([tmp_path / "hangs.tif"])
    assert end.dispatch is not None
    assert ("/pages/0", ReviewCode.PAGE_TIMEOUT) in {(r.path, r.code) for r in end.dispatch.review}


def hang_at_one(task: PageTask) -> Page:
    """Hang at the first page."""
    return hang(task) if task.plan.number == 1 else read(task)
