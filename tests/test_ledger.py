"""The ledger keeps its word on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from office import Office

from ingest.ledger import Ledger, State
from tools.postgresql import PROGRAMS, started


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    if not PROGRAMS:
        pytest.skip("no PostgreSQL here: apt install postgresql")
    with started() as server:
        yield server.url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.programs)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    address: str = request.getfixturevalue("postgresql")
    clean = Ledger(address).open()
    for entry in clean.entries():
        clean.forget(entry.id)
    clean.close()
    return address


def admitted(url: str, count: int) -> Ledger:
    ledger = Ledger(url).open()
    for number in range(count):
        assert (
            ledger.admit(f"{number:064d}", f"{number}.pdf", Path(f"{number}.pdf"), float(number))
            is None
        )
    return ledger


def test_a_file_is_admitted_once(url: str) -> None:
    ledger = admitted(url, 1)
    first = ledger.admit("0" * 64, "again.pdf", Path("again.pdf"), 5.0)
    assert first is not None
    assert (first.name, first.arrived) == ("0.pdf", 0.0)
    ledger.close()


def test_two_owners_never_get_the_same_file(url: str) -> None:
    ledger = admitted(url, 40)
    with ThreadPoolExecutor(4) as pool:
        taken = pool.map(lambda n: ledger.claim(f"owner{n}", 100.0, lease=60, most=15), range(4))
    ids = [entry.id for batch in taken for entry in batch]
    assert len(ids) == len(set(ids)) == 40
    ledger.close()


def test_what_silent_and_dead_owners_hold_is_taken_over_once(url: str) -> None:
    ledger = admitted(url, 2)
    ledger.claim("silent", 100.0, lease=60, most=1)
    ledger.claim("alive", 100.0, lease=900, most=1)
    assert [entry.owner for entry in ledger.take_over("heir", [], 200.0, lease=900)] == ["silent"]
    assert ledger.take_over("other", [], 200.0, lease=900) == []
    (taken,) = ledger.take_over("heir", ["alive"], 200.0, lease=900)
    assert taken.owner == "alive"
    assert len(ledger.held("heir", 200.0)) == 2
    ledger.close()


def test_a_state_is_left_in_one_direction_only(url: str) -> None:
    ledger = admitted(url, 1)
    (entry,) = ledger.claim("owner", 1.0, lease=60, most=1)
    ledger.published(entry.id, 2.0)
    assert ledger.counts()[State.READING] == 1, "not stored yet, so not published"
    assert not ledger.stored(entry.id, "another", None, 3, 2.0), "it is not another's"
    assert ledger.stored(entry.id, "owner", None, 3, 2.0)
    ledger.fail(entry.id, "owner", "broken", "too late", 3.0)
    ledger.published(entry.id, 3.0)
    ledger.done(entry.id, Path("done/0.pdf"), 4.0)
    assert ledger.counts()[State.DONE] == 1
    assert ledger.since(0.0) == (1, 3)
    ledger.close()


def test_paths_come_back_in_their_own_encoding(url: str) -> None:
    ledger = Ledger(url).open()
    path = Path(os.fsdecode(b"inbox/c\xf4ng v\xe3n.pdf"))
    ledger.admit("a" * 64, "shown.pdf", path, 1.0)
    found = ledger.find("aaaaaa")
    assert found is not None
    assert found.path == path
    ledger.close()


def test_an_id_that_fits_two_files_finds_none(url: str) -> None:
    ledger = admitted(url, 2)
    assert ledger.find("000000") is None
    assert ledger.find("0" * 63 + "1") is not None
    ledger.close()


def test_two_watchers_share_one_database(url: str, tmp_path: Path) -> None:
    office = Office(tmp_path / "office", url)
    (tmp_path / "office").mkdir()
    for number in range(12):
        office.drop(f"{number}.txt", str(number))
    watchers = [office.open(), office.open()]
    for watcher in watchers:
        watcher.leaving.feed.open()
    for _ in range(4):
        for watcher in watchers:
            watcher.turn()
        office.now += 5
    assert sorted(office.reads) == sorted(f"{number}.txt" for number in range(12))
    assert len(office.feed()) == 12
    for watcher in watchers:
        watcher.leaving.ledger.close()
