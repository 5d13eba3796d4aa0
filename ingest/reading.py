"""The only file that knows the OCR program: a picture in, lines of words out.

Two engines stand behind one call: `tesserocr` (in this process, a newer Tesseract, faster) and
`pytesseract` (the system's program, a child process). Both give Tesseract's own table (TSV),
which is read in one place, so that both give the same lines.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

import cv2
import pytesseract

from ingest.errors import ErrorCode, IngestError
from ingest.page import Image, Line, Word
from ingest.settings import Settings

os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's own threads make it several times slower

Mode = int  # Tesseract's page segmentation mode: 3 a page, 6 a block, 7 a line
_MISSING = "tesseract is missing: apt install tesseract-ocr tesseract-ocr-vie"


@dataclass(frozen=True, slots=True)
class Engine:
    """An OCR engine: its name for `producer.ocr`, and the call `read(image, dpi, mode)`."""

    name: str
    read: Callable[[Image, int, Mode], tuple[Line, ...]]


def engine_for(settings: Settings) -> Engine:
    """Return the engine that the settings ask for; `auto` takes the faster one if installed."""
    wanted = settings.engine
    if wanted == "auto":
        wanted = "tesserocr" if find_spec("tesserocr") else "pytesseract"
    return _tesserocr_engine() if wanted == "tesserocr" else _pytesseract_engine()


def model_folder() -> Path:
    """Return the folder of the Vietnamese model that the package carries."""
    with as_file(files("ingest") / "models") as folder:
        return folder


@lru_cache(maxsize=1)
def _tesserocr_engine() -> Engine:
    import tesserocr

    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)  # its remarks are for makers
    api = tesserocr.PyTessBaseAPI(path=str(model_folder()), lang="vie", psm=3)

    def read(image: Image, dpi: int, mode: Mode) -> tuple[Line, ...]:
        height, width = image.shape[:2]
        api.SetPageSegMode(mode)
        api.SetImageBytes(
            image.tobytes(), width, height, image[0, 0].size, width * image[0, 0].size
        )
        api.SetSourceResolution(dpi)
        table = api.GetTSVText(0)
        api.Clear()
        return parse(table)

    version = tesserocr.tesseract_version().split()[1]
    return Engine(f"tesseract {version} (tesserocr {metadata.version('tesserocr')})", read)


@lru_cache(maxsize=1)
def _pytesseract_engine() -> Engine:
    try:
        version = pytesseract.get_tesseract_version()
    except pytesseract.TesseractNotFoundError as error:
        raise IngestError(ErrorCode.TOOL_MISSING, _MISSING) from error

    def read(image: Image, dpi: int, mode: Mode) -> tuple[Line, ...]:
        with tempfile.TemporaryDirectory(prefix="ingest-") as folder:
            file = str(Path(folder) / "page.pnm")
            cv2.imwrite(file, image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
            options = f"--psm {mode} --dpi {dpi} --tessdata-dir {model_folder()}"
            return parse(pytesseract.image_to_data(file, lang="vie", config=options))

    return Engine(f"tesseract {version}", read)


def parse(table: str) -> tuple[Line, ...]:
    """Return the lines of Tesseract's table: words with boxes in pixels, confidence 0 to 1."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        box = (left, top, left + width, top + height)
        word = Word(cells[11].strip().replace("%o", "‰"), box, max(0.0, float(cells[10]) / 100))
        lines.setdefault(tuple(cells[1:5]), []).append(word)
    return tuple(Line(tuple(words)) for words in lines.values())
