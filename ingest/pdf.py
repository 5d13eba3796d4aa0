"""The only file that knows the PDF programs (Poppler), each run as a child process.

A hostile file kills the child, not the service, and a timeout is real.
"""

from __future__ import annotations

import mmap
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path

import regex

from ingest.errors import ErrorCode, IngestError
from ingest.page import Line, Word
from ingest.settings import Settings

SECONDS = 30.0  # the time limit of one look into a file
MOST_BYTES = 2_000_000_000  # what a look may take of memory
MOST_PRINTED = 100_000_000  # bytes: what a program prints of a hostile file may have no end
_NO_PROGRAM = 127  # what `prlimit` returns when it does not find the program
_PAGE_SIZE = regex.compile(r"^Page +(\d+) size: +([\d.]+) x ([\d.]+)", regex.MULTILINE)
_FIELD = regex.compile(r"^(Pages|Encrypted|CreationDate): +(.+)$", regex.MULTILINE)
_SIGNING = regex.compile(r"Signing Time: (\w{3} \d{1,2} \d{4})")
_WORD = regex.compile(
    r"""<word\ xMin="(-?[\d.]+)"\ yMin="(-?[\d.]+)"\ xMax="(-?[\d.]+)"\ yMax="(-?[\d.]+)">
        ([^<]*)</word>""",
    regex.VERBOSE,
)
_COVERS = 0.6  # the share of a page's width that a picture must fill to be the scan


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF: size in points, and the resolution of the scan that covers it, if any."""

    number: int
    width: float
    height: float
    image_dpi: int | None
    color: bool
    words: int


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a PDF says of itself; `created` is an ISO date."""

    count: int
    pages: tuple[PdfPage, ...]
    created: str | None
    signed: bool


def run(*command: str, seconds: float = SECONDS) -> str:
    """Return what a program prints.

    Raises:
        IngestError: `tool_missing`, `timeout`, or what the program's own message tells.
    """
    limits = (f"--as={MOST_BYTES}", f"--fsize={MOST_PRINTED}")
    try:
        with tempfile.TemporaryFile() as printed:
            done = subprocess.run(
                ["prlimit", *limits, *command],
                stdout=printed, stderr=subprocess.PIPE, timeout=seconds, check=False,
            )  # fmt: skip
            printed.seek(0)
            output = printed.read()
    except subprocess.TimeoutExpired as error:
        raise IngestError(
            ErrorCode.TIMEOUT,
            f"{command[0]} took over {seconds:.0f} s: print the file to PDF again",
        ) from error
    if done.returncode == _NO_PROGRAM:
        raise IngestError(
            ErrorCode.TOOL_MISSING, f"{command[0]} is missing: apt install poppler-utils"
        )
    if done.returncode:
        raise _refusal(done.stderr.decode(errors="replace"))
    return output.decode("utf-8", errors="replace")


def _refusal(message: str) -> IngestError:
    if "Incorrect password" in message or "encrypt" in message.lower():
        return IngestError(
            ErrorCode.ENCRYPTED, "the PDF has a password: ask the sender for one without"
        )
    return IngestError(
        ErrorCode.BROKEN, "the PDF is broken: ask the sender for it again, or scan it"
    )


def facts(path: Path, settings: Settings) -> PdfFacts:
    """Return what a PDF is made of.

    Raises:
        IngestError: `encrypted`, `broken`, `empty` or `timeout`.
    """
    info = run("pdfinfo", "-f", "1", "-l", str(settings.max_pages), "-isodates", str(path))
    fields = {name: value.strip() for name, value in _FIELD.findall(info)}
    count = int(fields.get("Pages", "0"))
    if count > settings.max_pages:
        message = f"the PDF has {count} pages, the limit is {settings.max_pages}: split it"
        raise IngestError(ErrorCode.TOO_MANY_PAGES, message)
    if not count:
        raise IngestError(ErrorCode.EMPTY, "the PDF has no pages: scan the dispatch again")
    sizes = [(int(n), float(w), float(h)) for n, w, h in _PAGE_SIZE.findall(info)]
    images = _images(path, settings)
    words = dict(enumerate(word_counts(path, settings), 1))
    pages = tuple(_page(n, w, h, images.get(n, []), words.get(n, 0)) for n, w, h in sizes)
    created = fields.get("CreationDate", "")[:10]
    return PdfFacts(
        count, pages, created if regex.fullmatch(r"\d{4}-\d\d-\d\d", created) else None,
        _holds(path, b"/ByteRange"),
    )  # fmt: skip


def _holds(path: Path, token: bytes) -> bool:
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(token) >= 0


@dataclass(frozen=True, slots=True)
class _Image:
    width: int
    color: bool
    dpi: int


def _images(path: Path, settings: Settings) -> dict[int, list[_Image]]:
    found: dict[int, list[_Image]] = {}
    listing = run("pdfimages", "-list", "-l", str(settings.max_pages), str(path))
    for row in listing.splitlines()[2:]:
        cells = row.split()
        if len(cells) > 12 and cells[2] == "image" and cells[12].isdigit() and int(cells[12]) > 0:
            image = _Image(int(cells[3]), cells[5] not in ("gray", "-"), int(cells[12]))
            found.setdefault(int(cells[0]), []).append(image)
    return found


def _page(number: int, width: float, height: float, images: list[_Image], words: int) -> PdfPage:
    short = min(width, height)
    covering = [image for image in images if image.width / image.dpi * 72 >= _COVERS * short]
    if not covering:
        return PdfPage(number, width, height, None, color=True, words=words)
    best = max(covering, key=lambda image: image.width)
    color = any(image.color for image in images)
    return PdfPage(number, width, height, best.dpi, color, words)


def signing_dates(path: Path) -> tuple[str, ...]:
    """Return the days (ISO) on which the PDF was digitally signed, first to last."""
    try:
        listing = run("pdfsig", "-nocert", str(path))
    except IngestError:
        return ()
    days = [datetime.strptime(day, "%b %d %Y") for day in _SIGNING.findall(listing)]
    return tuple(sorted(day.date().isoformat() for day in days))


def text_lines(path: Path, number: int, dpi: int) -> tuple[Line, ...]:
    """Return the text layer of a page, with boxes in pixels at `dpi`; empty where it has none."""
    first = str(number)
    page = run("pdftotext", "-bbox-layout", "-f", first, "-l", first, str(path), "-")
    lines = []
    for line in page.split("<line ")[1:]:
        words = (_word(match, dpi / 72) for match in _WORD.finditer(line))
        if kept := tuple(word for word in words if word.text.strip()):
            lines.append(Line(kept))
    return tuple(lines)


def _word(match: regex.Match[str], scale: float) -> Word:
    left, top, right, bottom = (round(float(match[group]) * scale) for group in (1, 2, 3, 4))
    return Word(unescape(match[5]), (left, top, right, bottom), 1.0)


def word_counts(path: Path, settings: Settings) -> list[int]:
    """Return how many words the text layer of each page has."""
    text = run("pdftotext", "-l", str(settings.max_pages), str(path), "-")
    return [len(page.split()) for page in text.split("\f")]
