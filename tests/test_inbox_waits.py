"""What may pass is tried again, later each time; a clock that jumps keeps nobody waiting."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from office import Office

from extractors.contract import Dispatch
from ingest.errors import ErrorCode, IngestError
from ingest.feed import Feed
from ingest.runner import Outcome


def test_a_full_disk_puts_off_and_loses_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop("a.txt")
    full = True
    store = Feed.store

    def sometimes(feed: Feed, value: object) -> Path:
        if full:
            raise OSError(28, "No space left on device")
        return store(feed, value)  # type: ignore[arg-type]

    monkeypatch.setattr(Feed, "store", sometimes)
    inbox = office.open()
    office.run(inbox)
    assert office.ends() == {"a.txt": "inbox"}
    full = False
    office.now += 1000
    office.run(inbox)
    assert office.ends() == {"done/a.txt": "done"}
    assert len(office.feed()) == 1


def test_the_waits_between_tries_grow_over_restarts(office: Office) -> None:
    office.drop("a.txt")
    away = IngestError(ErrorCode.NO_ROOM, "make room")
    waits = []
    for _ in range(3):
        inbox = replace(office.open(), read=lambda paths: [Outcome(p, error=away) for p in paths])
        office.run(inbox)
        (entry,) = inbox.leaving.ledger.entries()
        waits.append(entry.not_before - entry.changed)
        office.now = entry.not_before + 1
    assert waits == [30, 120, 600]
    office.run(office.open())
    assert office.ends() == {"done/a.txt": "done"}


def test_a_clock_that_jumps_back_keeps_nothing_waiting(office: Office) -> None:
    office.drop("a.txt")
    away = IngestError(ErrorCode.NO_ROOM, "make room")
    inbox = office.open()
    office.run(replace(inbox, read=lambda paths: [Outcome(p, error=away) for p in paths]))
    office.jump = -1_000_000.0
    office.drop("b.txt", "b")
    office.run(inbox)
    assert set(office.ends()) == {"done/a.txt", "done/b.txt"}


def test_a_clock_that_jumps_ahead_makes_nobody_publish_twice(office: Office) -> None:
    office.drop("a.txt")
    other = office.open()

    def jump(name: str) -> None:
        if name == "read" and not office.jump:
            office.jump = 1_000_000.0
            other.turn()  # takes the file for abandoned
            other.turn()

    office.run(office.open(jump))
    office.run(other)
    assert office.ends() == {"done/a.txt": "done"}
    assert len(office.feed()) == 1


def test_a_fault_of_ours_costs_its_file_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        office.drop(name, name)
    store = Feed.store

    def faulty(feed: Feed, value: Dispatch) -> Path:
        if value.id.startswith(sha256(b"a.txt").hexdigest()):
            raise ValueError("surrogates are not allowed")
        return store(feed, value)

    monkeypatch.setattr(Feed, "store", faulty)
    office.run(office.open())
    assert office.ends() == {"done/b.txt": "done", "failed/a.txt": "failed"}
    assert json.loads((office.inbox / "failed/a.txt.json").read_text())["code"] == "internal"
