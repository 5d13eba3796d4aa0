"""What an office may set: limits, thresholds and the OCR engine, each with a sane value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a reading; the same settings and bytes give the same dispatch."""

    engine: Literal["auto", "tesserocr", "pytesseract"] = "auto"
    max_bytes: int = 300_000_000
    max_pages: int = 500
    max_letters: int = 2_000_000  # of a plain text
    max_pixels: int = 40_000_000  # a page is read at a lower resolution rather than refused
    min_dpi: int = 150
    max_dpi: int = 300
    page_seconds: float = 120.0  # the time limit of one page
    file_seconds: float = 3600.0  # the time limit of a whole file
    worker_bytes: int = 3_000_000_000  # the address space of one worker process
    hand_threshold: float = 0.75  # below it, a handwritten value is withheld
    certainty: float = 0.5  # how sure a repair of the text must be
