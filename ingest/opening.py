"""Opening: what a file is by its bytes, what it may cost, its hash, and the plan of its pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import regex

import ingest.pdf as pdf
import ingest.pictures as pictures
from ingest.errors import ErrorCode, IngestError
from ingest.names import shown
from ingest.settings import Settings

MediaType = Literal[
    "application/pdf", "image/png", "image/jpeg", "image/tiff", "text/plain", "text/markdown"
]

_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_CONTROLS = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKDOWN = regex.compile(r"^(?:#{1,6} |[ \t]*[-*+] \*\*|.*\*\*\S[^*\n]*\*\*)", regex.MULTILINE)


@dataclass(frozen=True, slots=True)
class PagePlan:
    """How one page is to be read: where it lies, at what resolution, in colour or not."""

    number: int
    dpi: int
    color: bool = False
    picture: bool = True  # a picture covers the page: a scan, though it may have a text layer
    text_words: int = 0
    points: tuple[float, float] = (0.0, 0.0)  # width and height of a PDF's page


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read: its identity, its kind and the plan of its pages.

    `text` is the content of a plain text. `created` and `signed` are what the PDF says of its
    own creation and signatures (ISO dates): evidence, never an answer.
    """

    path: Path
    name: str
    id: str
    size: int
    media_type: MediaType
    pages: tuple[PagePlan, ...]
    text: str | None = None
    created: str | None = None
    signed: tuple[str, ...] = ()


def sniff(head: bytes) -> MediaType | None:
    """Return the media type of a binary document by its first kilobyte; null for anything else."""
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    return next((media for magic, media in _MAGIC if head.startswith(magic)), None)


def open_file(path: Path, settings: Settings, *, name: str | None = None) -> Opened:
    """Return the plan of a file.

    Raises:
        IngestError: when the file cannot be read; the code and the message say why.
    """
    size = _size_of(path, settings)
    try:
        with path.open("rb") as stream:
            media = sniff(stream.read(1024))
            stream.seek(0)
            identity = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        message = f"{shown(path.name)} cannot be opened ({error.strerror}): check its rights"
        raise IngestError(ErrorCode.NOT_FOUND, message) from error
    name = shown(name or path.name)
    if media is None:
        return _open_text(path, name, identity, size, settings)
    if media == "application/pdf":
        return _open_pdf(path, name, identity, size, settings)
    frames = pictures.frames(path, settings)
    _bound(len(frames), settings)
    pages = tuple(PagePlan(n, frame.dpi, frame.color) for n, frame in enumerate(frames, 1))
    return Opened(path, name, identity, size, media, pages)


def _open_text(path: Path, name: str, identity: str, size: int, settings: Settings) -> Opened:
    limit = settings.max_letters
    with path.open("rb") as stream:
        data = stream.read(4 * limit + 1)  # no letter has more than four bytes
    text = "" if len(data) > 4 * limit and not _is_binary(data) else decode(data)
    if not text or len(text) > limit:
        raise IngestError(ErrorCode.TOO_LARGE, f"the text has over {limit} letters: split it")
    _bound(text.count("\f") + 1, settings)
    media: MediaType = "text/markdown" if _MARKDOWN.search(text) else "text/plain"
    pages = tuple(PagePlan(n + 1, 0, picture=False) for n in range(text.count("\f") + 1))
    return Opened(path, name, identity, size, media, pages, text=text)


def _open_pdf(path: Path, name: str, identity: str, size: int, settings: Settings) -> Opened:
    facts = pdf.facts(path, settings)
    pages = tuple(_pdf_page(page, settings) for page in facts.pages)
    signed = pdf.signing_dates(path) if facts.signed else ()
    media: MediaType = "application/pdf"
    return Opened(path, name, identity, size, media, pages, created=facts.created, signed=signed)


def _bound(pages: int, settings: Settings) -> None:
    if pages > settings.max_pages:
        message = f"the file has {pages} pages or more, the limit is {settings.max_pages}: split it"
        raise IngestError(ErrorCode.TOO_MANY_PAGES, message)


def _pdf_page(page: pdf.PdfPage, settings: Settings) -> PagePlan:
    dpi = page.image_dpi or settings.max_dpi
    dpi = max(settings.min_dpi, min(settings.max_dpi, dpi))
    pixels = page.width * page.height * (dpi / 72) ** 2
    if pixels > settings.max_pixels:
        dpi = max(1, int(dpi * (settings.max_pixels / pixels) ** 0.5))
    picture = page.image_dpi is not None
    size = (page.width, page.height)
    return PagePlan(page.number, dpi, page.color, picture, page.words, size)


def _size_of(path: Path, settings: Settings) -> int:
    if not path.is_file():
        raise IngestError(ErrorCode.NOT_FOUND, f"{path} is not a file: check the path")
    size = path.stat().st_size
    if size == 0:
        raise IngestError(ErrorCode.EMPTY, "the file is empty: scan the dispatch again")
    if size > settings.max_bytes:
        limit = settings.max_bytes // 1_000_000
        raise IngestError(
            ErrorCode.TOO_LARGE, f"the file is over {limit} MB: split it or scan at 300 dpi"
        )
    return size


def _is_binary(data: bytes) -> bool:
    return b"\x00" in data[:4096] or data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0"


def decode(data: bytes) -> str:
    """Return the text of a plain text file: UTF-8, or UTF-16 where a byte order mark says so.

    Raises:
        IngestError: `unsupported` for bytes that are no document, `not_text` for text in an
            encoding that is not Unicode.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if _is_binary(data):
            raise IngestError(
                ErrorCode.UNSUPPORTED, "not a scan: save it as PDF, PNG, JPEG, TIFF or text"
            ) from error
        raise IngestError(
            ErrorCode.NOT_TEXT, "the text is not in Unicode: save it again as UTF-8"
        ) from error
    if _CONTROLS.search(text):
        raise IngestError(
            ErrorCode.UNSUPPORTED, "not a scan: save it as PDF, PNG, JPEG, TIFF or text"
        )
    if not text.strip():
        raise IngestError(ErrorCode.EMPTY, "the file holds no text: scan the dispatch again")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1b", "")
