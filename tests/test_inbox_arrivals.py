"""What has arrived, and what waits or is never opened."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from office import Office

from ingest.arrivals import CLOSED_SECONDS, is_temporary
from ingest.errors import ErrorCode


def test_a_file_still_growing_waits(office: Office) -> None:
    inbox = office.open()
    for part in ("m", "mộ", "một"):
        office.drop("a.txt", part)
        inbox.start()
        inbox.turn()
        office.now += 1
    assert office.reads == []
    office.run(inbox)
    assert office.reads == ["a.txt"]


def test_a_file_that_somebody_writes_waits_though_it_stands_still(office: Office) -> None:
    path = office.drop("a.txt")
    inbox = office.open()
    with path.open("a"):
        office.run(inbox)
        assert office.reads == []
    office.run(inbox)
    assert office.reads == ["a.txt"]


@pytest.mark.parametrize("name", [".a.txt", "a.pdf.part", "a.crdownload", "~$a.txt", "a.TMP"])
def test_hidden_and_temporary_names_wait(office: Office, name: str) -> None:
    assert is_temporary(name)
    office.drop(name)
    office.run(office.open())
    assert office.reads == []


def test_a_folder_moved_in_counts(office: Office) -> None:
    inbox = office.open()
    inbox.start()
    (office.root / "batch/deep").mkdir(parents=True)
    (office.root / "batch/deep/a.txt").write_text("một")
    (office.root / "batch").rename(office.inbox / "batch")
    office.run(inbox)
    assert office.ends() == {"done/batch/deep/a.txt": "deep"}
    assert not (office.inbox / "batch").exists()


def test_links_and_pipes_are_never_opened_and_end_in_failed(office: Office) -> None:
    office.inbox.mkdir(parents=True)
    secret = office.root / "secret.txt"
    secret.write_text("một")
    (office.inbox / "link.txt").symlink_to(secret)
    os.mkfifo(office.inbox / "pipe.pdf")
    inbox = office.open()
    office.run(inbox)
    inbox.leaving.ledger.retry([entry.id for entry in inbox.leaving.ledger.entries()], office.now)
    office.run(inbox)
    assert office.reads == []
    assert secret.exists()
    failed = office.inbox / "failed"
    assert {path.name for path in failed.iterdir() if path.suffix != ".json"} == {
        "link.txt", "pipe.pdf",
    }  # fmt: skip
    for name in ("link.txt", "pipe.pdf"):
        reason = json.loads((failed / f"{name}.json").read_text())
        assert reason["code"] == "unsupported"
        assert os.path.lexists(failed / name)


def test_names_in_any_encoding_with_any_signs(office: Office) -> None:
    office.inbox.mkdir(parents=True)
    for number, name in enumerate(
        (b"c\xf4ng v\xe3n.txt", "dòng\nmới.txt".encode(), b"a\x1b[31m.txt")
    ):
        (office.inbox / os.fsdecode(name)).write_text(str(number))
    office.run(office.open())
    assert len(office.reads) == len(office.feed()) == 3
    assert {path.parent.name for path in office.inbox.rglob("*") if path.is_file()} == {"done"}


def test_the_programs_own_files_in_the_inbox_are_left_alone(office: Office) -> None:
    office.drop("out/feed.ndjson")
    office.drop("deep/book.sqlite3")
    office.drop("a.txt", "a")
    inbox = office.open()
    inbox.arrivals.leave = {office.inbox / "out", office.inbox / "deep/book.sqlite3"}
    office.run(inbox)
    assert office.reads == ["a.txt"]


def test_an_inbox_that_is_away_is_said_and_taken_up_again(office: Office) -> None:
    inbox = office.open()
    inbox.start()
    office.inbox.rmdir()
    with pytest.raises(FileNotFoundError):
        inbox.turn()
    office.drop("a.txt")
    office.run(inbox)
    assert office.ends() == {"done/a.txt": "done"}


def test_a_file_closed_to_us_ends_in_failed_and_is_read_once_it_is_opened() -> None:
    with TemporaryDirectory(dir="/tmp") as folder, as_nobody(Path(folder)):
        office = Office(Path(folder), f"sqlite:///{folder}/ledger.sqlite3")
        path = office.drop("a.txt")
        path.chmod(0)
        inbox = office.open()
        office.run(inbox)
        assert office.ends() == {"a.txt": "inbox"}, "its rights may come last"
        office.now += CLOSED_SECONDS
        office.run(inbox)
        (entry,) = inbox.leaving.ledger.entries()
        assert entry.code == ErrorCode.NO_RIGHTS
        assert office.ends() == {"failed/a.txt": "failed"}
        (office.inbox / "failed/a.txt").chmod(0o600)
        inbox.leaving.ledger.retry([entry.id], office.now)
        office.run(inbox)
        assert office.ends() == {"done/a.txt": "done"}
        assert len(office.feed()) == 1
        inbox.leaving.ledger.close()


def test_a_file_that_claims_a_terabyte_is_never_opened(office: Office) -> None:
    os.truncate(office.drop("a.pdf"), 10**12)
    office.run(office.open())
    assert office.reads == []
    reason = json.loads((office.inbox / "failed/a.pdf.json").read_text())
    assert reason["code"] == "too_large"


def test_an_inbox_that_was_moved_goes_on(office: Office) -> None:
    office.drop("a.txt")
    inbox = office.open()
    inbox.start()
    office.now += 5
    inbox.turn()
    ledger = inbox.leaving.ledger
    ledger.admit("f" * 64, "old.txt", Path("/old/inbox/old.txt"), 1.0)
    office.run(inbox)
    assert office.ends() == {"done/a.txt": "done"}
    assert ledger.find("f" * 64) is None


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Give up the rights of root for a while: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.chown(folder, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
