"""Structured logs: one JSON object a line, no text of any page in it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

_OWN = frozenset(vars(logging.makeLogRecord({})))  # what every record has: not worth repeating


class JsonLines(logging.Formatter):
    """Format a record as `{"time", "level", "event", ...}` with the extras it was given."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        entry |= {name: str(value) for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info and record.exc_info[0]:
            entry["error"] = record.exc_info[0].__name__  # its message might quote a page
        return json.dumps(entry, ensure_ascii=False)


def start_logging(level: int = logging.INFO) -> None:
    """Send the program's own records to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("ingest")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
