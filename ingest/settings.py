"""What an office may set: limits, thresholds and the OCR engine, each with a sane value.

Every command takes them from the environment: `INGEST_MAX_PAGES=800` sets `max_pages`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args, get_type_hints

from ingest.errors import ErrorCode, IngestError

PREFIX = "INGEST_"


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
    free_bytes: int = 500_000_000  # of the disk for temporary files: with less, files wait
    hand_threshold: float = 0.75  # below it, a handwritten value is withheld


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Return the settings that an environment gives.

    Raises:
        IngestError: `settings`, for a name that is none and a value that does not fit.
    """
    kinds = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for variable in sorted(name for name in environment if name.startswith(PREFIX)):
        name = variable.removeprefix(PREFIX).lower()
        if name not in kinds:
            names = ", ".join(PREFIX + field.name.upper() for field in fields(Settings))
            raise _wrong(f"{variable} is no setting; there are {names}")
        values[name] = _value(variable, environment[variable], kinds[name])
    settings = Settings(**values)
    if settings.min_dpi > settings.max_dpi:
        raise _wrong(f"{PREFIX}MIN_DPI is above {PREFIX}MAX_DPI")
    if settings.hand_threshold > 1:
        raise _wrong(f"{PREFIX}HAND_THRESHOLD is a share: give a number from 0 to 1")
    return settings


def given() -> Settings:
    """Return the settings that the environment of this process gives.

    Raises:
        IngestError: `settings`.
    """
    return settings_from(os.environ)


def _value(variable: str, text: str, kind: type) -> object:
    choices = get_args(kind)
    if choices:
        if text not in choices:
            raise _wrong(f"{variable} is {text!r}: give one of {', '.join(choices)}")
        return text
    try:
        number = kind(text.replace("_", ""))
    except ValueError as error:
        raise _wrong(f"{variable} is {text!r}: give a number") from error
    if not 0 <= number < float("inf") or (kind is int and not number):
        raise _wrong(f"{variable} is {text!r}: give a number above 0")
    return number


def _wrong(message: str) -> IngestError:
    return IngestError(ErrorCode.SETTINGS, message)
