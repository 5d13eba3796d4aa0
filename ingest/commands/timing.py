"""What a reading costs: wall clock, processor time and memory, of this program and of others."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil

from ingest.opening import Opened
from ingest.reading import model_folder
from ingest.runner import Outcome, Runner
from ingest.settings import given

PDF = "application/pdf"
EVERY = 0.1  # seconds between two looks at the memory
DPI = "300"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took; `peak` is the most memory that one worker and its children held."""

    name: str
    pages: int
    seconds: float
    processor: float
    peak: int

    @property
    def a_minute(self) -> float:
        """Pages a minute."""
        return 60 * self.pages / self.seconds

    @property
    def processor_a_page(self) -> float:
        """Seconds of one core for a page."""
        return self.processor / self.pages


def measured(name: str, pages: int, work: Callable[[], None]) -> Cost:
    """Do some work and return what it cost; its processes must have ended when it returns."""
    before, start = children_seconds(), time.perf_counter()
    with Watch() as watch:
        work()
    seconds = time.perf_counter() - start
    return Cost(name, pages, seconds, children_seconds() - before, watch.peak)


def children_seconds() -> float:
    """Return the processor time of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Watch:
    """Looks at the memory of the child processes while it is open; `peak` in bytes."""

    def __init__(self) -> None:
        self.peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(EVERY):
            self.peak = max(self.peak, *workers_memory(), 0)


def workers_memory() -> Iterator[int]:
    """Yield the memory of each child process together with its own children.

    A child that still is a copy of its parent, on the way to another program, shares its memory.
    """
    for worker in psutil.Process().children():
        try:
            others = [one for one in worker.children(recursive=True) if one.exe() != worker.exe()]
            yield sum(one.memory_info().rss for one in (worker, *others))
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue


def run_ingest(files: Sequence[Path], jobs: int, keep: Callable[[Outcome], None]) -> None:
    """Read the files with this program; each outcome is handed on."""
    with Runner(given(), jobs=jobs) as runner:
        for outcome in runner.outcomes(files):
            keep(outcome)


def run_plain(files: Sequence[Opened], jobs: int, keep: Callable[[str], None]) -> None:
    """Draw every page with pdftoppm and read it with tesseract: the same model, one thread each.

    The text of each page is handed on.

    Raises:
        subprocess.CalledProcessError: when one of the programs fails.
    """
    pages = [
        (file.path, page.number if file.media_type == PDF else None)
        for file in files
        for page in (file.pages if file.media_type == PDF else file.pages[:1])
    ]
    with tempfile.TemporaryDirectory(prefix="ingest-bench-") as folder:
        numbered = [(Path(folder) / str(at), *page) for at, page in enumerate(pages)]
        with ThreadPoolExecutor(jobs) as pool:
            for text in pool.map(lambda job: plain_page(*job), numbered):
                keep(text)


def plain_page(stem: Path, file: Path, page: int | None) -> str:
    """Return the text of one page of a PDF, or of a picture file (`page` is null)."""
    picture = str(file)
    if page is not None:
        number = str(page)
        call(["pdftoppm", "-r", DPI, "-gray", "-singlefile", "-f", number, "-l", number,
              str(file), str(stem)])  # fmt: skip
        picture = f"{stem}.pgm"
    model = str(model_folder())
    call(["tesseract", picture, str(stem), "-l", "vie", "--dpi", DPI, "--tessdata-dir", model])
    Path(f"{stem}.pgm").unlink(missing_ok=True)
    return Path(f"{stem}.txt").read_text(encoding="utf-8")


def run_ocrmypdf(files: Sequence[Opened], jobs: int) -> None:
    """Read every PDF with OCRmyPDF, pictures with their resolution told.

    Raises:
        subprocess.CalledProcessError: when it fails.
    """
    with tempfile.TemporaryDirectory(prefix="ingest-bench-") as folder:
        for file in files:
            out = str(Path(folder) / "out.pdf")
            call(["ocrmypdf", "-l", "vie", "--force-ocr", "--image-dpi", DPI, "--jobs", str(jobs),
                  "--output-type", "pdf", str(file.path), out])  # fmt: skip


def call(command: list[str]) -> None:
    """Run a program with one Tesseract thread, its output thrown away."""
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run(command, env=one_thread, capture_output=True, check=True)


def has_ocrmypdf() -> bool:
    """Whether OCRmyPDF is installed."""
    return shutil.which("ocrmypdf") is not None
