"""What the operator's systems read: a health file and Prometheus metrics, written as text files."""

from __future__ import annotations

import json
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from ingest.feed import write_whole
from ingest.ledger import Ledger

HEALTH = "health.json"
METRICS = "metrics.prom"


def report(ledger: Ledger, folder: Path, now: float) -> dict[str, object]:
    """Return the state of an inbox as one object: counts, the oldest that waits, the last hour."""
    oldest = ledger.oldest()
    files, pages = ledger.since(now - 3600)
    return {
        "time": round(now, 3),
        "counts": {state.value: count for state, count in ledger.counts().items()},
        "oldest_waiting_seconds": round(now - oldest.arrived, 1) if oldest else 0.0,
        "done_last_hour": files,
        "pages_last_hour": pages,
        "alike": len(ledger.alike()),
        "folder": str(folder),
    }


def write(ledger: Ledger, folder: Path, now: float) -> None:
    """Write the health file and the metrics into the output folder."""
    state = report(ledger, folder, now)
    write_whole(folder / HEALTH, json.dumps(state, ensure_ascii=False, indent=2) + "\n")
    registry = CollectorRegistry()
    files = Gauge("ingest_files", "Files by state.", ["state"], registry=registry)
    for state_name, count in ledger.counts().items():
        files.labels(state_name.value).set(count)
    for name, text in (
        ("oldest_waiting_seconds", "How long the oldest file has waited."),
        ("done_last_hour", "Files that ended in the last hour."),
        ("pages_last_hour", "Pages read in the last hour."),
        ("time", "When this was written, seconds since 1970."),
    ):
        Gauge(f"ingest_{name}", text, registry=registry).set(float(str(state[name])))
    write_to_textfile(str(folder / METRICS), registry)
