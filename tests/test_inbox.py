"""The inbox loses nothing, wherever it is stopped, and reads nothing twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from samples import dispatch
from sqlalchemy.exc import OperationalError

from extractors.contract import Number
from ingest.arrivals import Arrivals, is_temporary
from ingest.errors import ErrorCode, IngestError
from ingest.feed import Feed
from ingest.inbox import Inbox
from ingest.leaving import STEPS, Leaving, likeness
from ingest.ledger import MOST_CLAIMS, Ledger, State
from ingest.places import Places
from ingest.runner import Outcome

NUMBER = Number(text="15/UBND-VP", sequence=15, suffix=None, year=None, notation="UBND-VP")
ISSUED = dispatch().model_copy(update={"number": NUMBER, "date": "2025-08-03"})


class PowerCut(BaseException):
    """The machine loses power: nothing of the program runs any more."""


@dataclass
class Office:
    """An inbox in a folder of its own; `open` is a start of the program after whatever happened."""

    root: Path
    url: str
    now: float = 1000.0
    reads: list[str] = field(default_factory=list)
    starts: int = 0
    leave: bool = False

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def drop(self, name: str, content: str = "một") -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    def open(self, reached: Callable[[str], None] = lambda _: None, **changes: object) -> Inbox:
        self.starts += 1
        self.inbox.mkdir(parents=True, exist_ok=True)
        owner = f"{os.uname().nodename}:999999999:{self.starts}"  # a process that runs no more
        ledger, feed = Ledger(self.url).open(), Feed(self.root / "out")
        places = Places(self.inbox, self.leave)
        leaving = Leaving(ledger, feed, places, owner, lambda: self.now, reached)
        return Inbox(Arrivals(self.inbox, still=2), leaving, self.read,
                     ticks=lambda: self.now, **changes)  # type: ignore[arg-type]  # fmt: skip

    def read(self, paths: Iterable[Path]) -> Iterator[Outcome]:
        for path in paths:
            self.reads.append(path.name)
            data = path.read_bytes()
            if data.startswith(b"bad"):
                yield Outcome(path, error=IngestError(ErrorCode.BROKEN, "scan it again"))
                continue
            identity = hashlib.sha256(data).hexdigest()
            yield Outcome(path, ISSUED.model_copy(update={"id": identity}))

    def run(self, inbox: Inbox, turns: int = 4) -> None:
        inbox.start()
        for _ in range(turns):
            inbox.turn()
            self.now += 5

    def ends(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.inbox)): path.parent.name
            for path in sorted(self.inbox.rglob("*"))
            if path.is_file() and path.suffix != ".json"
        }

    def feed(self) -> list[dict[str, object]]:
        return [
            json.loads(line) for line in (self.root / "out/feed.ndjson").read_text().splitlines()
        ]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, f"sqlite:///{tmp_path / 'ledger.sqlite3'}")


def test_a_file_ends_in_done_and_its_dispatch_in_the_feed(office: Office) -> None:
    office.drop("a.txt")
    office.run(office.open())
    assert office.ends() == {"done/a.txt": "done"}
    assert len(office.feed()) == 1


@pytest.mark.parametrize("step", STEPS)
def test_a_power_cut_at_any_step_loses_nothing_and_doubles_nothing(
    office: Office, step: str
) -> None:
    def cut(name: str) -> None:
        if name == step:
            raise PowerCut

    for name in ("a.txt", "sub/b.txt"):
        office.drop(name, name)
    office.drop("c.txt", "bad")
    office.drop("d.txt", "a.txt")
    with pytest.raises(PowerCut):
        office.run(office.open(cut))
    office.run(office.open())
    assert set(office.ends()) == {
        "done/a.txt", "done/sub/b.txt", "duplicates/d.txt", "failed/c.txt",
    }  # fmt: skip
    ids = [line["id"] for line in office.feed()]
    assert len(ids) == len(set(ids)) == 2
    assert not list(office.root.rglob("*.part"))
    ledger = office.open().leaving.ledger
    assert all(entry.path.exists() for entry in ledger.entries()), "the ledger knows where it lies"


def test_a_torn_line_of_the_feed_is_cut_off_and_written_again(office: Office) -> None:
    office.drop("a.txt")

    def cut(name: str) -> None:
        if name == "in the feed":
            feed = office.root / "out/feed.ndjson"
            feed.write_bytes(feed.read_bytes()[:-40])
            raise PowerCut

    with pytest.raises(PowerCut):
        office.run(office.open(cut))
    office.run(office.open())
    assert len(office.feed()) == 1


def test_the_same_content_again_goes_to_duplicates_and_is_not_read(office: Office) -> None:
    office.drop("a.txt")
    inbox = office.open()
    office.run(inbox)
    office.drop("again.txt")
    office.run(inbox)
    assert office.ends() == {"done/a.txt": "done", "duplicates/again.txt": "duplicates"}
    assert office.reads == ["a.txt"]
    reason = json.loads((office.inbox / "duplicates/again.txt.json").read_text())
    assert reason["id"] == office.feed()[0]["id"]
    assert reason["first"] == "a.txt"


def test_a_file_that_cannot_be_read_ends_in_failed_with_its_reason(office: Office) -> None:
    office.drop("a.txt", "bad")
    office.run(office.open())
    assert office.ends() == {"failed/a.txt": "failed"}
    reason = json.loads((office.inbox / "failed/a.txt.json").read_text())
    assert (reason["code"], reason["message"]) == ("broken", "scan it again")
    assert office.reads == ["a.txt"]


def test_a_name_that_is_taken_gets_a_number(office: Office) -> None:
    inbox = office.open()
    for content in ("một", "hai"):
        office.drop("a.txt", content)
        office.run(inbox)
    assert set(office.ends()) == {"done/a.txt", "done/a (2).txt"}


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


def test_the_same_number_with_other_content_is_published_with_a_warning(office: Office) -> None:
    inbox = office.open()
    for name in ("a.txt", "b.txt"):
        office.drop(name, name)
        office.run(inbox)
    first, second = office.feed()
    assert "warnings" not in first
    assert str(first["id"]) in str(second["warnings"])
    assert inbox.leaving.ledger.alike() == [(second["id"], "b.txt", first["id"])]


def test_likeness_needs_number_issuer_and_date() -> None:
    assert likeness(ISSUED) is not None
    for name in ("number", "issuer", "date"):
        assert likeness(ISSUED.model_copy(update={name: None})) is None


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


def test_a_file_that_takes_the_service_down_each_time_fails(office: Office) -> None:
    office.drop("a.txt")

    def cut(name: str) -> None:
        if name == "read":
            raise PowerCut

    for _ in range(MOST_CLAIMS):
        with pytest.raises(PowerCut):
            office.run(office.open(cut))
    office.run(office.open(cut))
    assert office.ends() == {"failed/a.txt": "failed"}


def test_a_file_that_takes_the_service_down_is_read_alone_and_blames_no_other(
    office: Office,
) -> None:
    for name in ("a.txt", "b.txt"):
        office.drop(name, name)

    def cut(name: str) -> None:
        if name == "read" and office.reads[-1] == "a.txt":
            raise PowerCut

    for _ in range(MOST_CLAIMS):
        with pytest.raises(PowerCut):
            office.run(office.open(cut))
    office.run(office.open(cut))
    assert office.ends() == {"done/b.txt": "done", "failed/a.txt": "failed"}


def test_a_dispatch_written_before_the_power_cut_is_not_read_again(office: Office) -> None:
    office.drop("a.txt")

    def cut(name: str) -> None:
        if name == "written":
            raise PowerCut

    with pytest.raises(PowerCut):
        office.run(office.open(cut))
    office.run(office.open())
    assert office.reads == ["a.txt"]
    assert office.ends() == {"done/a.txt": "done"}


def test_a_clean_stop_gives_back_what_was_not_read(office: Office) -> None:
    for name in ("a.txt", "b.txt"):
        office.drop(name, name)
    inbox = office.open(stopping=lambda: len(office.reads) > 0)
    office.run(inbox)
    counts = inbox.leaving.ledger.counts()
    assert (counts[State.DONE], counts[State.WAITING], counts[State.READING]) == (1, 1, 0)
    office.run(office.open())
    assert set(office.ends()) == {"done/a.txt", "done/b.txt"}


def test_two_watchers_on_one_inbox_read_no_file_twice(office: Office) -> None:
    for number in range(20):
        office.drop(f"{number}.txt", str(number))
    one, other = office.open(), office.open()
    for inbox in (one, other):
        inbox.leaving.feed.open()
    for _ in range(6):
        for inbox in (one, other):
            inbox.turn()
        office.now += 5
    assert sorted(office.reads) == sorted(f"{number}.txt" for number in range(20))
    assert len({line["id"] for line in office.feed()}) == len(office.feed()) == 20


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


def test_a_file_rewritten_before_it_is_moved_arrives_anew(office: Office) -> None:
    path = office.drop("a.txt")

    def rewrite(name: str) -> None:
        if name == "published" and len(office.reads) == 1:
            path.write_text("hai")

    office.run(office.open(rewrite), turns=6)
    assert office.reads == ["a.txt", "a.txt"]
    assert len(office.feed()) == 2


def test_a_long_name_that_fails_still_finds_its_place(office: Office) -> None:
    office.drop("dạ" * 62 + ".pdf", "bad")
    office.run(office.open())
    assert {path.parent.name for path in office.inbox.rglob("*") if path.is_file()} == {"failed"}


def test_files_that_an_error_kept_from_the_ledger_are_taken_at_the_next_start(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        office.drop(name, name)
    inbox = office.open()
    inbox.start()
    inbox.turn()
    office.now += 5
    admit = Ledger.admit

    def full(ledger: Ledger, identity: str, name: str, *rest: object) -> object:
        if name == "b.txt":
            raise OperationalError("insert", {}, Exception("database or disk is full"))
        return admit(ledger, identity, name, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, pytest.raises(OperationalError):
        patch.setattr(Ledger, "admit", full)
        inbox.turn()
    office.run(inbox)
    assert set(office.ends()) == {"done/a.txt", "done/b.txt", "done/c.txt"}
