"""The inbox: what is dropped comes out once."""

from __future__ import annotations

import json

from office import ISSUED, Office

from ingest.leaving import likeness


def test_a_file_ends_in_done_and_its_dispatch_in_the_feed(office: Office) -> None:
    office.drop("a.txt")
    office.run(office.open())
    assert office.ends() == {"done/a.txt": "done"}
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
