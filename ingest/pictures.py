"""Pages as pictures: a page of a PDF through pdf2image, a frame of an image file."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from pdf2image import convert_from_path
from pdf2image.exceptions import PDFPageCountError, PDFPopplerTimeoutError, PDFSyntaxError
from PIL import Image as Pillow

from ingest.errors import ErrorCode, IngestError
from ingest.page import Image
from ingest.settings import Settings

Pillow.MAX_IMAGE_PIXELS = None  # the limit is ours (`Settings.max_pixels`), and it scales down
_A4_INCHES = (8.27, 11.69)
_BOMB_PIXELS = 400_000_000  # no honest scan has more; it is refused before it is decoded


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of an image file: its resolution, told or reckoned from A4, and whether in colour."""

    dpi: int
    color: bool


def frames(path: Path, settings: Settings) -> tuple[Frame, ...]:
    """Return the pages of an image file without decoding them.

    Raises:
        IngestError: `broken` or `too_large`.
    """
    found: list[Frame] = []
    try:
        with _quietly(), Pillow.open(path) as picture:
            while len(found) <= settings.max_pages:
                picture.seek(len(found))
                found.append(_frame(picture))
    except EOFError:
        pass  # that was the last page
    except IngestError:
        raise
    except Exception as error:  # whatever a decoder throws at a damaged file
        raise IngestError(ErrorCode.BROKEN, "the picture is broken: scan the page again") from error
    if not found:
        raise IngestError(ErrorCode.BROKEN, "the picture is broken: scan the page again")
    return tuple(found)


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep Pillow's remarks on odd files to itself: what cannot be read raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _frame(picture: Pillow.Image) -> Frame:
    width, height = picture.size
    if width * height > _BOMB_PIXELS:
        raise IngestError(
            ErrorCode.TOO_LARGE, f"the picture claims {width} x {height} points: scan at 300 dpi"
        )
    told = picture.info.get("dpi", (0, 0))[0]
    short, long = sorted((width, height))
    reckoned = min(short / _A4_INCHES[0], long / _A4_INCHES[1])
    plausible = 0.6 * reckoned < float(told) < 1.7 * reckoned
    return Frame(round(float(told) if plausible else reckoned), picture.mode not in ("1", "L"))


def rasterize(path: Path, number: int, dpi: int, *, color: bool, seconds: float) -> Image:
    """Return a page of a PDF as a picture (gray, or RGB where `color`).

    Raises:
        IngestError: `broken` or `timeout`.
    """
    with tempfile.TemporaryDirectory(prefix="ingest-") as folder:
        try:
            files = convert_from_path(
                path, dpi=dpi, first_page=number, last_page=number, grayscale=not color,
                output_folder=folder, paths_only=True, timeout=max(1, round(seconds)),
            )  # fmt: skip
        except PDFPopplerTimeoutError as error:
            raise IngestError(ErrorCode.TIMEOUT, "the page took too long to draw") from error
        except (PDFSyntaxError, PDFPageCountError) as error:
            raise IngestError(
                ErrorCode.BROKEN, "the PDF is broken: ask the sender for it"
            ) from error
        if not files:
            raise IngestError(ErrorCode.BROKEN, f"page {number} cannot be drawn: scan it again")
        return _load(str(files[0]), color=color)


def _load(file: str, *, color: bool) -> Image:
    image = cv2.imread(file, cv2.IMREAD_COLOR_RGB if color else cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise IngestError(ErrorCode.BROKEN, "the page cannot be drawn: scan it again")
    return np.asarray(image, dtype=np.uint8)


def load_frame(path: Path, number: int, dpi: int, settings: Settings) -> tuple[Image, int]:
    """Return a page of an image file (gray or RGB) and its resolution, scaled down where large.

    Raises:
        IngestError: `broken`.
    """
    try:
        with _quietly(), Pillow.open(path) as picture:
            picture.seek(number - 1)
            image = np.asarray(picture.convert(_mode_of(picture)), dtype=np.uint8)
    except Exception as error:  # whatever a decoder throws at a damaged file
        raise IngestError(ErrorCode.BROKEN, "the picture is broken: scan the page again") from error
    pixels = image.shape[0] * image.shape[1]
    scale = min(1.0, settings.max_dpi / max(1, dpi), (settings.max_pixels / pixels) ** 0.5)
    if scale > 0.95:
        return image, dpi
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    smaller = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8), round(dpi * scale)


def _mode_of(picture: Pillow.Image) -> str:
    return "L" if picture.mode in ("1", "L", "I;16") else "RGB"
