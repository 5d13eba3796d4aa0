"""Vietnamese official dispatches, from scans to structured JSON."""

from extractors.contract import Dispatch
from ingest.errors import ErrorCode, IngestError
from ingest.pipeline import read
from ingest.settings import Settings

__all__ = ["Dispatch", "ErrorCode", "IngestError", "Settings", "read"]
