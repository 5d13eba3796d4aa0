"""What the operator's systems read: a health file and Prometheus metrics, written as text files."""

from __future__ import annotations

import json
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from ingest.feed import write_whole
from ingest.ledger import Ledger

HEALTH = "health.json"
METRICS = "metrics.prom"
_SILENT = 60.0  # seconds: a watcher reports more often than that


def report(ledger: Ledger, now: float) -> dict[str, object]:
    """Return the state of an inbox as one object: counts, the oldest that waits, the last hour."""
    oldest = ledger.oldest()
    files, pages = ledger.since(now - 3600)
    return {
        "time": round(now, 3),
        "state": "ok",
        "counts": {state.value: count for state, count in ledger.counts().items()},
        "oldest_waiting_seconds": round(max(0.0, now - oldest.arrived), 1) if oldest else 0.0,
        "done_last_hour": files,
        "pages_last_hour": pages,
        "alike": ledger.warned(),
    }


def write(ledger: Ledger, folder: Path, metrics: Path, now: float) -> None:
    """Write the health file into the output folder, and the metrics for all to read."""
    state = report(ledger, now)
    registry = _write(folder, state, up=1)
    files = Gauge("ingest_files", "Files by state.", ["state"], registry=registry)
    for name, count in ledger.counts().items():
        files.labels(name.value).set(count)
    for field, text in (
        ("oldest_waiting_seconds", "How long the oldest file has waited."),
        ("done_last_hour", "Files that ended in the last hour."),
        ("pages_last_hour", "Pages read in the last hour."),
        ("alike", "Files published with the number of another."),
    ):
        Gauge(f"ingest_{field}", text, registry=registry).set(float(str(state[field])))
    _write_metrics(metrics, registry)


def write_trouble(folder: Path, metrics: Path, now: float, why: str) -> None:
    """Write that nothing goes on now: the database or a disk is away."""
    registry = _write(folder, {"time": round(now, 3), "state": "put off", "why": why}, up=0)
    _write_metrics(metrics, registry)


def _write_metrics(file: Path, registry: CollectorRegistry) -> None:
    write_whole(file, generate_latest(registry).decode(), mode=0o644)


def trouble(folder: Path, now: float) -> str | None:
    """Return what is wrong with the watcher: what holds it up, or that it says nothing."""
    try:
        state = json.loads((folder / HEALTH).read_text(encoding="utf-8"))
        silent = now - float(state["time"])
    except (OSError, ValueError, TypeError, KeyError):
        return "no watcher has ever reported here"
    if silent > _SILENT:
        return f"no watcher has reported for {silent:.0f} s: is it running?"
    return f"the watcher is held up: {state['why']}" if "why" in state else None


def _write(folder: Path, state: dict[str, object], *, up: int) -> CollectorRegistry:
    """Write the health file; return the metrics that are always told."""
    write_whole(folder / HEALTH, json.dumps(state, ensure_ascii=False, indent=2) + "\n")
    registry = CollectorRegistry()
    Gauge("ingest_up", "1 while files are taken, 0 while none can be.", registry=registry).set(up)
    when = "When this was written, seconds since 1970."
    Gauge("ingest_time", when, registry=registry).set(float(str(state["time"])))
    return registry
