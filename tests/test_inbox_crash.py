"""Wherever the inbox is stopped, nothing is lost and nothing doubled."""

from __future__ import annotations

from hashlib import sha256

import pytest
from office import Office, PowerCut, cut_at
from sqlalchemy.exc import OperationalError

from ingest.leaving import STEPS
from ingest.ledger import MOST_CLAIMS, Ledger, State


@pytest.mark.parametrize("step", STEPS)
def test_a_power_cut_at_any_step_loses_nothing_and_doubles_nothing(
    office: Office, step: str
) -> None:
    cut = cut_at(step)
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


def test_a_file_that_takes_the_service_down_each_time_fails(office: Office) -> None:
    office.drop("a.txt")

    cut = cut_at("read")
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

    cut = cut_at("written")
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


def test_a_file_rewritten_before_it_is_moved_arrives_anew(office: Office) -> None:
    path = office.drop("a.txt")

    def rewrite(name: str) -> None:
        if name == "published" and len(office.reads) == 1:
            path.write_text("hai")

    office.run(office.open(rewrite), turns=6)
    assert office.reads == ["a.txt", "a.txt"]
    assert len(office.feed()) == 2


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


def test_a_file_replaced_while_it_is_read_is_never_published_as_the_old_one(office: Office) -> None:
    path = office.drop("a.txt", "một")

    def replace_it(name: str) -> None:
        if name == "read" and len(office.reads) == 1:
            path.unlink()
            path.write_text("hai")

    office.run(office.open(replace_it), turns=6)
    assert office.ends() == {"done/a.txt": "done"}
    assert [line["id"] for line in office.feed()] == [sha256(b"hai").hexdigest()]


def test_a_file_taken_out_of_the_inbox_while_it_is_read_leaves_no_trace(office: Office) -> None:
    path = office.drop("a.txt")

    def take_out(name: str) -> None:
        if name == "read":
            path.unlink()

    inbox = office.open(take_out)
    office.run(inbox)
    assert not inbox.leaving.ledger.entries()
    assert not inbox.leaving.feed.published()


def test_what_is_forgotten_while_it_is_published_leaves_the_feed_again(office: Office) -> None:
    office.drop("a.txt")
    inbox = office.open()

    def forget(name: str) -> None:
        if name == "in the feed":
            for entry in inbox.leaving.ledger.entries():
                inbox.leaving.ledger.forget(entry.id)

    office.run(office.open(forget), turns=2)
    assert office.feed() == []
    assert not list((office.root / "out/dispatches").iterdir())


def test_a_dispatch_is_not_published_again_when_the_ledger_was_lost(office: Office) -> None:
    office.drop("a.txt")
    office.run(office.open())
    (office.inbox / "done/a.txt").rename(office.inbox / "a.txt")
    office.url = f"sqlite:///{office.root / 'new.sqlite3'}"
    office.run(office.open())
    assert office.ends() == {"done/a.txt": "done"}
    assert len(office.feed()) == 1
