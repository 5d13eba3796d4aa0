"""What the letterhead said: the body of a dispatch is read in its light."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

from extractors.contract import DocumentType, Issuer, Number


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead's values that the body's extractors need; null where the page gives none.

    `date` is the date of issue as the contract writes it, reduced where the page gives less
    (`2025-03`).
    """

    document_type: DocumentType | None = None
    number: Number | None = None
    issuer: Issuer | None = None
    place: str | None = None
    date: str | None = None

    @property
    def issued(self) -> Date | None:
        """The date of issue, when the day is known."""
        return Date.fromisoformat(self.date) if self.date and len(self.date) == 10 else None

    @property
    def year(self) -> int | None:
        """The year of issue."""
        return int(self.date[:4]) if self.date else None
