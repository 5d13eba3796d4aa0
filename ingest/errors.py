"""What can be wrong with a file, in words that tell the clerk what to do next."""

from __future__ import annotations

from enum import StrEnum


class ErrorCode(StrEnum):
    """The closed list of reasons for which a file is not read, or a command not followed."""

    NOT_FOUND = "not_found"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    NOT_TEXT = "not_text"
    TIMEOUT = "timeout"
    WORKER_DIED = "worker_died"
    INTERNAL = "internal"
    TOOL_MISSING = "tool_missing"
    NO_RIGHTS = "no_rights"
    NO_ROOM = "no_room"
    DATABASE = "database"
    SETTINGS = "settings"


class IngestError(Exception):
    """A file that cannot be read: `code` for programs, the message for the clerk."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[IngestError], tuple[ErrorCode, str]]:
        """Let the error cross from a worker process to its parent."""
        return type(self), (self.code, self.message)
