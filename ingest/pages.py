"""One page, from its plan to its lines: the work of a worker process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import ingest.pdf as pdf
import ingest.pictures as pictures
from ingest.bends import lay_flat
from ingest.cells import Ruled, read_tables, wiped
from ingest.cleaning import clean, is_bilevel, is_blank, lift_colors
from ingest.doubts import reread
from ingest.geometry import Warp, back, quarter, shrink
from ingest.hand.again import HEAD, look_at_head
from ingest.hand.find import find_hands
from ingest.layers import LEAST_WORDS, doubted, is_worse, judge
from ingest.layout import arrange
from ingest.lost import with_lost
from ingest.merging import read_well, shown
from ingest.opening import MediaType, Opened, PagePlan
from ingest.page import Image, Page, Ruling
from ingest.paper import lay_out
from ingest.reading import Engine, engine_for
from ingest.rules import Sketch, find_rulings, sketch, without
from ingest.second import look_again
from ingest.settings import Settings
from ingest.stamps import find_stamps, with_stamps
from ingest.stops import with_stops
from ingest.variants import View, see

T = TypeVar("T")
_INK, _TWO_TONE = "ink", "black and white"  # a note on the page
WHOLE_PAGE = 3  # Tesseract's mode for a page of unknown layout


@dataclass(frozen=True, slots=True)
class PageTask:
    """All that a worker needs to read one page."""

    path: Path
    media_type: MediaType
    plan: PagePlan
    settings: Settings


def tasks_of(opened: Opened, settings: Settings) -> list[PageTask]:
    """Return the tasks of a file's pages; a plain text has none."""
    if opened.text is not None:
        return []
    return [PageTask(opened.path, opened.media_type, plan, settings) for plan in opened.pages]


def read_page(task: PageTask, *, keep_image: bool = False) -> Page:
    """Return the page as read: from its text layer where that is right, else by OCR.

    A garbled layer is left to the normalizer where the picture gives nothing better.

    Raises:
        IngestError: when the page cannot be drawn.
    """
    clock = _Clock()
    layer = _text_layer(task)
    drawn = clock.time("rasterize", lambda: draw(task))
    page = _told_or_seen(task, drawn, layer, clock)
    return clock.stamp(replace(page, image=drawn.image if keep_image else None))


def _told_or_seen(task: PageTask, drawn: Page, layer: Page | None, clock: _Clock) -> Page:
    engine, picture = engine_for(task.settings), task.plan.picture
    if layer is None:
        return _see(drawn, engine, clock)
    if layer.origin != "text_layer":
        seen = _see(drawn, engine, clock)
        if not is_worse(seen.lines, layer.lines, picture=picture):
            return seen
    page = _laid_over(drawn, layer, engine, clock)
    return _with_hands(page, drawn, clock) if picture else page


def _see(drawn: Page, engine: Engine, clock: _Clock) -> Page:
    """Return the page with all that is on its picture, each thing where it was drawn."""
    sheet, way = clock.time("clean", lambda: lay_out(drawn))
    return back(_see_sheet(sheet, engine, clock, two_tone=is_bilevel(drawn)), way)


def _see_sheet(drawn: Page, engine: Engine, clock: _Clock, *, two_tone: bool) -> Page:
    small, shrunk = clock.time("clean", lambda: shrink(drawn))
    if shrunk is None and two_tone:
        small = replace(small, notes=small.notes | {_INK: _TWO_TONE})
    stamps = clock.time("stamps", lambda: find_stamps(small, engine))
    page = _read(small, shrunk, drawn, engine, clock)
    if not stamps:
        return page
    return with_stamps(page, back(replace(small, lines=stamps), shrunk).lines)


def _read(small: Page, shrunk: Warp | None, drawn: Page, engine: Engine, clock: _Clock) -> Page:
    """Return the page with its print and handwriting, each thing where it was drawn."""
    cleaned = clock.time("clean", lambda: clean(small))
    if is_blank(cleaned):
        return back(replace(cleaned, notes=cleaned.notes | {"blank": "no ink of its own"}), shrunk)
    seen = clock.time("read", lambda: see(cleaned, lambda page: look(page, engine)))
    seen = replace(seen, page=clock.time("tables", lambda: _with_cells(seen.page, engine)))
    signed = clock.time("sign", lambda: _sign(seen, small, engine))
    laid = back(clock.time("layout", lambda: arrange(signed)), shrunk)
    if seen.warp is None:
        return _with_hands(laid, drawn, clock)
    whole = seen.warp.before(shrunk)
    if drawn.image is not None and drawn.number == 1:
        laid = _with_hands(laid, drawn.showing(whole.of(drawn.image)), clock)
    return replace(back(laid, whole), width=drawn.width, height=drawn.height)


def _sign(seen: View, drawn: Page, engine: Engine) -> Page:
    """Return the page with what a second look at its signature told."""
    if drawn.image is None:
        return seen.page
    image = drawn.image if seen.warp is None else seen.warp.of(drawn.image)
    return look_again(seen.page, image, engine)


def _laid_over(drawn: Page, layer: Page, engine: Engine, clock: _Clock) -> Page:
    """Return the page with its text layer in place of what the OCR would see.

    The picture tells the ruled tables; only a real scan can hold handwriting.
    """
    gray = clock.time("clean", lambda: lift_colors(drawn))
    page = replace(gray, lines=layer.lines, origin=layer.origin, notes=gray.notes | layer.notes)
    page = clock.time("tables", lambda: _with_tables(page, engine))
    return clock.time("layout", lambda: arrange(page))


def _with_tables(page: Page, engine: Engine) -> Page:
    if page.image is None:
        return page
    bare = _bare(page, page.image)
    if not bare.rulings:
        return page
    return read_tables(Ruled(replace(page, rulings=bare.rulings), bare.ink, engine))


def _with_hands(page: Page, drawn: Page, clock: _Clock) -> Page:
    """Return a first page with the handwriting of its letterhead."""
    if page.number != 1 or drawn.image is None:
        return page
    seen = replace(page, image=drawn.image)
    return replace(page, hands=clock.time("hand", lambda: find_hands(seen)))


def draw(task: PageTask) -> Page:
    """Return the picture of a page."""
    plan = task.plan
    if task.media_type == "application/pdf":
        seconds = task.settings.page_seconds / 2  # it ends before the page is given up
        image = pictures.rasterize(
            task.path, plan.number, plan.dpi, color=plan.color, seconds=seconds
        )
        dpi = plan.dpi
    else:
        image, dpi = pictures.load_frame(task.path, plan.number, plan.dpi, task.settings)
    return Page(plan.number, image.shape[1], image.shape[0], dpi, image)


def cleaned(task: PageTask, *, degrees: int = 0) -> Page:
    """Return a page as the OCR is shown it: the sheet alone, its colors lifted, laid straight.

    `degrees` tells how far the page was turned to the left, to lie upright.
    """
    sheet, _ = lay_out(draw(task))
    small, _ = shrink(sheet)
    upright, _ = quarter(clean(small), degrees // 90)
    return lay_flat(upright)[0]


def look(page: Page, engine: Engine) -> Page:
    """Return the page with the words that the OCR sees on its picture, and where its rules are."""
    if page.image is None:
        return page
    bare = _bare(page, page.image)
    bilevel = page.notes.get(_INK) == _TWO_TONE
    said = read_well(
        bare.picture,
        lambda image: engine.read(image, page.dpi, WHOLE_PAGE),
        bilevel=bilevel,
        head=round(HEAD * page.height) if page.number == 1 else 0,
    )
    picture = shown(bare.picture, bilevel=bilevel)
    first = replace(
        page, image=picture, lines=said.lines, rulings=bare.rulings, notes=page.notes | said.notes
    )
    every = with_lost(with_stops(reread(first, engine), bilevel=bilevel), bare.ink, engine)
    return replace(look_at_head(every, engine), image=page.image)


def _with_cells(page: Page, engine: Engine) -> Page:
    """Return a page that was read with the cells of its ruled tables read, too."""
    if page.image is None or not page.rulings:
        return page
    bare = _bare(page, page.image)
    picture = shown(bare.picture, bilevel=page.notes.get(_INK) == _TWO_TONE)
    ruled = Ruled(replace(page, image=picture), bare.ink, engine)
    return replace(read_tables(ruled), image=page.image)


@dataclass(frozen=True, slots=True)
class _Bare:
    """A page's picture and its ink without the rules of its tables, and these."""

    picture: Image
    ink: Sketch
    rulings: tuple[Ruling, ...]


def _bare(page: Page, image: Image) -> _Bare:
    ink = sketch(image, page.dpi)
    rulings, rules = find_rulings(ink)
    picture = wiped(image, rules, ink.step) if rulings else image
    return _Bare(picture, without(ink, rules), rulings)


def _text_layer(task: PageTask) -> Page | None:
    plan = task.plan
    if task.media_type != "application/pdf" or not plan.text_words:
        return None
    lines = pdf.text_lines(task.path, plan.number, plan.dpi)
    verdict = judge(lines, least=LEAST_WORDS if plan.picture else 1)
    if verdict not in ("good", "garbage"):
        return None
    origin = "text_layer" if verdict == "good" else "repaired_text_layer"
    lines = lines if verdict == "good" else doubted(lines)
    width, height = (round(points * plan.dpi / 72) for points in plan.points)
    return Page(
        plan.number, width, height, plan.dpi, lines=lines, origin=origin,
        notes={"text_layer": verdict},
    )  # fmt: skip


class _Clock:
    """The seconds that each stage of a page took, for the benchmark."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start
        return result

    def stamp(self, page: Page) -> Page:
        return replace(page, seconds=self.seconds)
