"""Pages as files: PDF of pictures, TIFF of many pages, PNG, JPEG, PDF with a text layer."""

from __future__ import annotations

import io
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tools.render.paint import Picture
from tools.render.sheet import Sheet
from tools.render.words import FILES, TINOS

MADE_BY = "Scanner"


def save(path: Path, pages: list[Picture], dpi: int, jpeg: int, made: date | None) -> None:
    """Write the pages in the format that the file's extension names."""
    images = [Image.fromarray(page) for page in pages]
    if not jpeg:
        images = [image.convert("1", dither=Image.Dither.NONE) for image in images]
    first, rest = images[0], images[1:]
    kind = path.suffix
    if kind == ".pdf":
        when = (made or date(2024, 1, 2)) + timedelta(days=1)
        stamp = (when.year, when.month, when.day, 9, 30, 0, when.weekday(), 1, -1)
        save_pdf(path, images, dpi, jpeg, stamp)
    elif kind == ".tif":
        method = "group4" if not jpeg else "jpeg"
        options: dict[str, Any] = {"compression": method, "dpi": (dpi, dpi)} | (
            {"quality": jpeg} if jpeg else {}
        )
        first.save(path, save_all=True, append_images=rest, **options)
    elif rest:
        raise ValueError(f"{path.name}: a {kind} holds one page, and there are {len(images)}")
    elif kind == ".png":
        first.convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(
            path, dpi=(dpi, dpi), optimize=True
        )
    else:
        first.save(path, quality=jpeg, dpi=(dpi, dpi))


def save_pdf(
    path: Path, images: list[Image.Image], dpi: int, jpeg: int, stamp: tuple[int, ...]
) -> None:
    """Write a PDF of pictures, dated the day after the dispatch."""
    when = time.struct_time(stamp)
    options: dict[str, Any] = {"quality": jpeg} if jpeg else {}
    images[0].save(
        path,
        save_all=True,
        append_images=images[1:],
        resolution=dpi,
        producer=MADE_BY,
        creationDate=when,
        modDate=when,
        **options,
    )


def fonts() -> None:
    """Tell the PDF writer the printed faces."""
    for face, file in FILES.items():
        pdfmetrics.registerFont(TTFont(f"Tinos-{face}", TINOS / file))


def canvas(path: Path, made: date | None) -> Canvas:
    """Begin a PDF that is the same each time it is made."""
    fonts()
    page = Canvas(str(path), invariant=1)
    page.setProducer("Word processor")
    if made:
        page.setSubject(made.isoformat())
    return page


def save_born(path: Path, sheets: list[Sheet], made: date | None) -> None:
    """Write a PDF as a word processor does: print with a true text layer, no ink but its text."""
    pdf = canvas(path, made)
    for sheet in sheets:
        pdf.setPageSize((sheet.width, sheet.height))
        for rule in sheet.rules:
            pdf.setLineWidth(rule.width)
            pdf.line(rule.x0, sheet.height - rule.y0, rule.x1, sheet.height - rule.y1)
        for run in sheet.runs:
            pdf.setFont(f"Tinos-{run.face}", run.size)
            pdf.drawString(run.x, sheet.height - run.y, run.text)
        for ink in sheet.inks:
            if ink.kind == "hand":
                pdf.setFont("Tinos-regular", 13)
                pdf.drawString(ink.x + 4, sheet.height - ink.y, ink.text)
        pdf.showPage()
    pdf.save()


def save_layered(
    path: Path,
    pages: list[Picture],
    layers: list[list[tuple[str, float, float, float]]],
    dpi: int,
    jpeg: int,
    *,
    shown: bool,
) -> None:
    """Write pictures with a text layer: entries are text, left, baseline and size in points."""
    pdf = canvas(path, None)
    for page, layer in zip(pages, layers, strict=True):
        high, wide = (side * 72 / dpi for side in page.shape[:2])
        pdf.setPageSize((wide, high))
        data = io.BytesIO()
        Image.fromarray(page).save(data, "JPEG", quality=jpeg)
        data.seek(0)
        pdf.drawImage(ImageReader(data), 0, 0, wide, high)
        for text, x, y, size in layer:
            words = pdf.beginText(x, high - y)
            words.setFont("Tinos-regular", size)
            words.setTextRenderMode(0 if shown else 3)
            words.textOut(text)
            pdf.drawText(words)
        pdf.showPage()
    pdf.save()
