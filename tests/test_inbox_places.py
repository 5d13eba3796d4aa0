"""Every file ends in one visible place, and the ledger knows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from office import Office, PowerCut, cut_at

from ingest.errors import ErrorCode, IngestError
from ingest.ledger import State
from ingest.runner import Outcome


def test_a_name_that_is_taken_gets_a_number(office: Office) -> None:
    inbox = office.open()
    for content in ("một", "hai"):
        office.drop("a.txt", content)
        office.run(inbox)
    assert set(office.ends()) == {"done/a.txt", "done/a (2).txt"}


def test_an_original_left_in_the_inbox_is_not_read_again(office: Office) -> None:
    office.drop("a.txt")
    office.leave = True
    for _ in range(2):
        office.run(office.open())
    assert office.ends() == {"a.txt": "inbox"}
    assert office.reads == ["a.txt"]


def test_a_failed_file_moved_back_into_the_inbox_is_tried_again(office: Office) -> None:
    office.drop("a.txt", "bad")
    inbox = office.open()
    office.run(inbox)
    (office.inbox / "failed/a.txt").rename(office.inbox / "a.txt")
    office.run(inbox)
    assert office.reads == ["a.txt", "a.txt"]
    assert office.ends() == {"failed/a.txt": "failed"}
    assert [path.name for path in office.inbox.rglob("*.json")] == ["a.txt.json"]


def test_a_retried_file_leaves_its_reason_and_its_old_place(office: Office) -> None:
    office.drop("sub/a.txt")
    broken = IngestError(ErrorCode.BROKEN, "scan it again")
    unlucky = replace(office.open(), read=lambda paths: [Outcome(p, error=broken) for p in paths])
    office.run(unlucky)
    inbox = office.open()
    inbox.leaving.ledger.retry([entry.id for entry in inbox.leaving.ledger.entries()], office.now)
    office.run(inbox)
    assert office.ends() == {"done/sub/a.txt": "sub"}
    assert not list(office.inbox.rglob("*.json"))


def test_the_reason_of_one_file_never_replaces_another_file(office: Office) -> None:
    office.drop("a.txt.json", "bad one")
    inbox = office.open()
    office.run(inbox)
    office.drop("a.txt", "bad two")
    office.run(inbox)
    contents = {path.read_text() for path in (office.inbox / "failed").iterdir()}
    assert {"bad one", "bad two"} <= contents


def test_a_long_name_that_fails_still_finds_its_place(office: Office) -> None:
    office.drop("dạ" * 62 + ".pdf", "bad")
    office.run(office.open())
    assert {path.parent.name for path in office.inbox.rglob("*") if path.is_file()} == {"failed"}


def test_a_place_that_cannot_be_written_lets_a_file_wait_and_doubles_nothing(
    office: Office,
) -> None:
    office.drop("a.txt")
    place = office.inbox / "done"
    place.write_text("a file where the folder should be")
    inbox = office.open()
    office.run(inbox)
    (entry,) = inbox.leaving.ledger.entries()
    assert (entry.state, entry.tries) == (State.PUBLISHED, 2), "tried again, later each time"
    assert len(office.feed()) == 1
    place.unlink()
    office.now = entry.not_before + 1
    office.run(inbox)
    assert office.ends() == {"done/a.txt": "done"}
    assert len(office.feed()) == 1


def test_a_duplicate_whose_place_cannot_be_written_holds_up_no_other(office: Office) -> None:
    inbox = office.open()
    office.drop("a.txt", "a")
    office.run(inbox)
    (office.inbox / "duplicates").write_text("a file where the folder should be")
    office.drop("again.txt", "a")
    office.drop("b.txt", "b")
    office.run(inbox)
    assert "done/b.txt" in office.ends()
    (office.inbox / "duplicates").unlink()
    office.now += 100
    office.run(inbox)
    assert office.ends() == {
        "done/a.txt": "done", "done/b.txt": "done", "duplicates/again.txt": "duplicates",
    }  # fmt: skip


def test_a_place_on_another_disk_gets_the_whole_file(office: Office) -> None:
    with other_disk(office.root) as disk:
        office.inbox.mkdir(parents=True)
        (office.inbox / "done").symlink_to(disk)
        office.drop("a.txt")
        with pytest.raises(PowerCut):
            office.run(office.open(cut_at("moved")))
        office.drop("a.txt")  # as if the power had gone before the original was erased
        office.run(office.open())
        assert [path.name for path in disk.iterdir()] == ["a.txt"]
        assert not (office.inbox / "a.txt").exists()


def test_a_failed_file_that_is_gone_is_not_forgotten(office: Office) -> None:
    office.drop("a.txt", "bad")
    inbox = office.open()
    office.run(inbox)
    away = office.root / "away"
    (office.inbox / "failed").rename(away)
    (entry,) = inbox.leaving.ledger.entries()
    inbox.leaving.ledger.retry([entry.id], office.now)
    office.run(inbox)
    (entry,) = inbox.leaving.ledger.entries()
    assert (entry.state, entry.code) == (State.FAILED, "not_found")
    away.rename(office.inbox / "failed")
    inbox.leaving.ledger.retry([entry.id], office.now)
    office.run(inbox)
    assert office.ends() == {"failed/a.txt": "failed"}


def test_another_file_put_in_the_place_of_a_failed_one_is_read(office: Office) -> None:
    office.drop("a.txt", "bad")
    inbox = office.open()
    office.run(inbox)
    (office.inbox / "failed/a.txt").write_text("good")
    inbox.leaving.ledger.retry([entry.id for entry in inbox.leaving.ledger.entries()], office.now)
    office.run(inbox)
    assert office.ends() == {"done/a.txt": "done"}
    assert not list(office.inbox.rglob("*.json"))


def test_what_ended_while_the_inbox_was_away_is_moved_when_it_comes_back(office: Office) -> None:
    office.drop("a.txt")
    away = office.root / "away"

    def unmount(name: str) -> None:
        if name == "published":
            office.inbox.rename(away)
            office.inbox.mkdir()

    inbox = office.open(unmount)
    office.run(inbox)
    assert office.ends() == {}
    office.inbox.rmdir()
    away.rename(office.inbox)
    office.run(inbox)
    assert office.ends() == {"done/a.txt": "done"}
    assert len(office.feed()) == 1


@contextmanager
def other_disk(root: Path) -> Iterator[Path]:
    """Give a folder on another file system."""
    shared = Path("/dev/shm")  # noqa: S108  it is another disk, which is all that matters
    if not shared.is_dir() or shared.stat().st_dev == root.stat().st_dev:
        pytest.skip("no other file system here")
    with TemporaryDirectory(dir=shared) as folder:
        yield Path(folder)
