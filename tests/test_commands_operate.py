"""What the operator asks and orders, as it is typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from office import Office
from typer.testing import CliRunner, Result

from ingest.cli import app, main

Order = Callable[..., Result]


@pytest.fixture
def order(office: Office) -> Order:
    """An office that read `a.txt` and its copy, failed on `bad.txt`, and knows one like it."""
    office.url = f"sqlite:///{office.root / 'out/ledger.sqlite3'}"
    (office.root / "out").mkdir()
    inbox = office.open()
    for name, content in (("a.txt", "a"), ("b.txt", "b"), ("copy.txt", "a"), ("bad.txt", "bad")):
        office.drop(name, content)
        office.run(inbox)

    def give(*words: str) -> Result:
        return CliRunner().invoke(app, [*words, "--out", str(office.root / "out")])

    return give


def test_the_status_shows_what_failed_and_why(order: Order) -> None:
    told = order("status").output
    assert "done 2" in told
    assert "failed 1" in told
    assert "broken: scan it again" in told
    assert "published with a warning" in told
    assert "no watcher has ever reported here" in told
    state = json.loads(order("status", "--json").output)
    assert (state["state"], state["counts"]["done"], state["alike"]) == ("ok", 2, 1)


def test_a_retry_takes_failed_files_and_no_others(order: Order, office: Office) -> None:
    assert "1 file will be read again" in order("retry").output
    done = str(office.feed()[0]["id"])
    assert "has not failed" in order("retry", done).output


def test_what_is_forgotten_leaves_no_trace(order: Order, office: Office) -> None:
    first, second = (str(line["id"]) for line in office.feed())
    assert order("forget", first[:12]).exit_code == 0
    assert [line["id"] for line in office.feed()] == [second]
    assert set(office.ends()) == {"done/b.txt", "failed/bad.txt"}
    for file in office.root.rglob("*"):
        assert not file.is_file() or first.encode() not in file.read_bytes(), file
    assert order("forget", first).exception


def test_forgetting_goes_on_after_a_crash_between_ledger_and_feed(
    order: Order, office: Office
) -> None:
    first = str(office.feed()[0]["id"])
    ledger = office.open().leaving.ledger
    ledger.forget(first)
    ledger.close()
    assert order("forget", first).exit_code == 0
    assert first not in {line["id"] for line in office.feed()}


def test_an_id_that_is_none_and_a_folder_without_a_ledger_are_said(
    order: Order, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, said in ((["forget", "0" * 12, "--out", str(office.root / "out")], "has the id"),
                        (["status", "--out", str(office.root)], "no ledger in")):  # fmt: skip
        with pytest.raises(SystemExit):
            main(words)
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nothing at all", "ingest: database: no URL of a database"),
        ("oracle://office@127.0.0.1/x", "ingest: "),
        ("postgresql://office:secret@127.0.0.1:9/x", "ingest: database: "),
        ("sqlite:////nowhere/at/all.sqlite3", "ingest: database: unable to open database file"),
    ],
)
def test_a_database_that_is_away_is_said_in_one_line(
    url: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["status", "--ledger", url])
    told = capsys.readouterr().err
    assert told.startswith(said)
    assert told.count("\n") == 1
    assert "secret" not in told


def test_the_watcher_says_that_the_inbox_cannot_be_the_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["watch", str(tmp_path), "--out", str(tmp_path)])
    assert "is the inbox itself" in capsys.readouterr().err
    shutil.rmtree(tmp_path)
