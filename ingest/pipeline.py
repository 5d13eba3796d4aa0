"""The whole program on one screen: from a file to a dispatch.

    file -> pages (drawn, cleaned, read, laid out) -> reading (normalized) -> dispatch

The command line, the inbox, the cluster and the tests all call `study`, or its two halves where
pages are read elsewhere: `tasks_of` before, `conclude` after.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from extractors.assemble import assemble
from extractors.contract import Dispatch, Producer, Review, ReviewCode, Source
from extractors.reading import Reading
from ingest.compose import compose
from ingest.hand.evidence import weigh_pages
from ingest.markdown import plain
from ingest.opening import Opened, open_file
from ingest.page import Page
from ingest.pages import PageTask, read_page, tasks_of
from ingest.plaintext import tabbed
from ingest.reading import engine_for
from ingest.settings import Settings

TextOrigin = Literal["ocr", "text_layer", "repaired_text_layer", "plain_text"]
Reader = Callable[[PageTask], Page]


@dataclass(frozen=True, slots=True)
class Study:
    """A dispatch with all that led to it: for explanations and pictures."""

    dispatch: Dispatch
    reading: Reading
    pages: tuple[Page, ...]


def read(
    source: Path | str | bytes, *, name: str | None = None, settings: Settings | None = None
) -> Dispatch:
    """Return the dispatch in a file, or in its bytes.

    Raises:
        IngestError: when the file cannot be read; `code` and message say why.
    """
    if not isinstance(source, bytes):
        return study(Path(source), name=name, settings=settings).dispatch
    with tempfile.TemporaryDirectory(prefix="ingest-") as folder:
        path = Path(folder) / "dispatch"
        path.write_bytes(source)
        return study(path, name=name or "", settings=settings).dispatch


def study(
    path: Path,
    *,
    name: str | None = None,
    settings: Settings | None = None,
    reader: Reader = read_page,
) -> Study:
    """Return the dispatch in a file with its reading and pages.

    Raises:
        IngestError: when the file cannot be read.
    """
    settings = settings or Settings()
    opened = open_file(path, settings, name=name)
    return conclude(opened, [reader(task) for task in tasks_of(opened, settings)], settings)


def conclude(opened: Opened, pages: Sequence[Page], settings: Settings) -> Study:
    """Return the study of a file whose pages have been read."""
    if opened.text is None:
        pages = weigh_pages(pages, created=opened.created, signed=opened.signed)
        reading = replace(compose(pages), enough=settings.hand_threshold)
    else:
        text = (tabbed if opened.media_type == "text/plain" else plain)(opened.text)
        reading = Reading.of(text)
    dispatch = assemble(reading, _source(opened, pages), _producer(opened, settings), opened.id)
    doubts = [*dispatch.review, *_page_doubts(pages)]
    return Study(dispatch.model_copy(update={"review": doubts}), reading, tuple(pages))


def _source(opened: Opened, pages: Sequence[Page]) -> Source:
    return Source(
        name=opened.name,
        media_type=opened.media_type,
        size=opened.size,
        pages=len(opened.pages),
        text_origin=_origin(opened, pages),
    )


def _origin(opened: Opened, pages: Sequence[Page]) -> TextOrigin:
    if opened.text is not None:
        return "plain_text"
    origins = {page.origin for page in pages if page.lines}
    order: tuple[TextOrigin, ...] = ("ocr", "repaired_text_layer", "text_layer")
    return next((origin for origin in order if origin in origins), "ocr")


def _producer(opened: Opened, settings: Settings) -> Producer:
    ocr = None if opened.text is not None else engine_for(settings).name
    model = None if opened.text is not None else "vie (best_int 4.0.0)"
    return Producer(name="ingest", version=version("ingest"), ocr=ocr, language_model=model)


def _page_doubts(pages: Iterable[Page]) -> list[Review]:
    return [
        Review(
            path=f"/pages/{page.number - 1}", code=ReviewCode(code), message=message, candidates=[]
        )
        for page in pages
        for code, message in page.faults
    ]
