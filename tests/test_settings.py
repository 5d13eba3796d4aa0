"""Limits are set by the environment, and a wrong one is said at once."""

from __future__ import annotations

import pytest

from ingest.errors import ErrorCode, IngestError
from ingest.settings import Settings, settings_from


def test_without_variables_all_is_as_written() -> None:
    assert settings_from({"PATH": "/bin"}) == Settings()


def test_each_setting_has_its_variable() -> None:
    given = settings_from(
        {"INGEST_MAX_PAGES": "800", "INGEST_PAGE_SECONDS": "30.5", "INGEST_ENGINE": "pytesseract",
         "INGEST_WORKER_BYTES": "2_000_000_000", "INGEST_HAND_THRESHOLD": "0.9"}
    )  # fmt: skip
    assert given == Settings(
        max_pages=800, page_seconds=30.5, engine="pytesseract",
        worker_bytes=2_000_000_000, hand_threshold=0.9,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INGEST_MAX_PAGE", "5"),
        ("INGEST_MAX_PAGES", "many"),
        ("INGEST_MAX_PAGES", "0"),
        ("INGEST_PAGE_SECONDS", "-1"),
        ("INGEST_PAGE_SECONDS", "inf"),
        ("INGEST_ENGINE", "abbyy"),
        ("INGEST_HAND_THRESHOLD", "75"),
        ("INGEST_MIN_DPI", "600"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(IngestError) as error:
        settings_from({name: value})
    assert error.value.code == ErrorCode.SETTINGS
    assert name in error.value.message
