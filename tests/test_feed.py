"""The feed: one line a dispatch, appended; a crash leaves nothing half-written behind."""

from __future__ import annotations

import json
from pathlib import Path

from samples import dispatch

from extractors.contract import Dispatch
from ingest.feed import Feed

FIRST, SECOND = "a" * 64, "b" * 64


def one(identity: str) -> Dispatch:
    return dispatch().model_copy(update={"id": identity})


def test_a_line_is_the_dispatch_itself(tmp_path: Path) -> None:
    feed = Feed(tmp_path).open()
    feed.publish(one(FIRST))
    (line,) = (tmp_path / "feed.ndjson").read_text().splitlines()
    assert Dispatch.model_validate_json(line) == one(FIRST)


def test_a_warning_stands_in_the_line_and_not_in_the_dispatch(tmp_path: Path) -> None:
    feed = Feed(tmp_path).open()
    feed.publish(one(FIRST), ["the number was used before"])
    line = json.loads((tmp_path / "feed.ndjson").read_text())
    assert line.pop("warnings") == ["the number was used before"]
    assert Dispatch.model_validate(line) == one(FIRST)


def test_a_torn_line_is_passed_over_and_the_next_one_is_whole(tmp_path: Path) -> None:
    feed = Feed(tmp_path).open()
    feed.publish(one(FIRST))
    with (tmp_path / "feed.ndjson").open("a") as stream:
        stream.write('{"contract":"dispatch/1","id":"ccc')
    Feed(tmp_path).open().publish(one(SECOND))
    assert feed.published() == {FIRST, SECOND}


def test_stored_files_are_the_owners_alone(tmp_path: Path) -> None:
    stored = Feed(tmp_path).open().store(one(FIRST))
    assert stored.stat().st_mode & 0o077 == 0
    assert not list(stored.parent.glob("*.part"))
