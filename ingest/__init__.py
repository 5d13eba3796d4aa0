"""Vietnamese official dispatches, from scans to structured JSON."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ErrorCode, IngestError
from ingest.settings import Settings

if TYPE_CHECKING:
    from extractors.contract import Dispatch

# Before numpy is loaded: our products are small, threads would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__all__ = ["ErrorCode", "IngestError", "Settings", "read"]


def read(
    source: Path | str | bytes, *, name: str | None = None, settings: Settings | None = None
) -> Dispatch:
    """Return the dispatch in a file, or in its bytes, as the contract's typed object.

    Raises:
        IngestError: when the file cannot be read; `code` and message say why.
    """
    from ingest.pipeline import read as read_now  # loads the language tables: only when asked

    return read_now(source, name=name, settings=settings)
