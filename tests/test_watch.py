"""The watcher as it is started: stopped, killed, two of them, on both databases."""

from __future__ import annotations

import json
import signal
import stat
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from ingest.commands.watch import LEDGER, ledger_url
from ingest.ledger import Ledger, State
from tools import crash_test, postgresql, service_test
from tools.service_test import Watchers, drop_many

pytestmark = pytest.mark.programs


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path


def test_killed_at_each_step_it_loses_and_doubles_nothing() -> None:
    assert crash_test.main(["--kills", "12", "--seed", "1"]) == 0


@pytest.mark.skipif(not postgresql.PROGRAMS, reason="no PostgreSQL: apt install postgresql")
def test_two_watchers_outlive_their_database_and_read_no_file_twice() -> None:
    assert service_test.main(["database", "--files", "20"]) == 0


def test_two_watchers_on_one_inbox_read_no_file_twice(root: Path) -> None:
    drop_many(root / "inbox", 20)
    with Watchers(root, 2) as watchers:
        assert watchers.wait(300) == []
    assert crash_test.check(root, 20, None) == []
    assert watchers.read_again() == []
    assert len([line for line in watchers.log() if line["event"] == "done"]) == 16


def test_what_it_writes_is_the_owners_alone_and_no_log_tells_of_a_page(root: Path) -> None:
    drop_many(root / "inbox", 5)
    options = ("--once", "--metrics", str(root / "seen.prom"))
    with Watchers(root, options=options) as watchers:
        assert watchers.wait(300) == []
    out = root / "out"
    for file in (out, out / LEDGER, out / "feed.ndjson", *(out / "dispatches").iterdir()):
        assert not stat.S_IMODE(file.stat().st_mode) & 0o077, file
    assert "thử nghiệm" not in (root / "log-0").read_text()
    health = json.loads((out / "health.json").read_text())
    assert (health["state"], health["counts"]["done"]) == ("ok", 4)
    metrics = (root / "seen.prom").read_text()
    assert (root / "seen.prom").stat().st_mode & 0o044
    assert "ingest_up 1.0" in metrics
    assert 'ingest_files{state="done"} 4.0' in metrics


def test_the_output_may_lie_in_the_inbox(root: Path) -> None:
    drop_many(root / "inbox", 5)
    inside = str(root / "inbox/out")
    with Watchers(root, options=("--once", "--out", inside)) as watchers:
        assert watchers.wait(300) == []
    assert len((root / "inbox/out/feed.ndjson").read_text().splitlines()) == 4


def test_told_to_stop_it_gives_a_long_file_back_within_its_grace(root: Path) -> None:
    frames = [Image.new("L", (1654, 2339), 255) for _ in range(60)]
    for number, frame in enumerate(frames):
        for row in range(30):
            ImageDraw.Draw(frame).text((150, 150 + 60 * row), f"THONG BAO so {number} dong {row}")
    frames[0].save(root / "inbox/long.tif", save_all=True, append_images=frames[1:])
    with Watchers(root, options=("--grace", "1", "--jobs", "1")) as watchers:
        until(lambda: "arrived" in (root / "log-0").read_text())
        time.sleep(3)
        watchers.processes[0].send_signal(signal.SIGTERM)
        assert watchers.wait(30) == []
    book = Ledger(ledger_url(root / "out", None))
    (entry,) = book.entries()
    book.close()
    assert (entry.state, entry.owner, entry.claims) == (State.WAITING, None, 0)
    assert not list((root / "out/dispatches").iterdir())
    assert not list((root / "tmp").glob("ingest*"))
    assert (root / "inbox/long.tif").exists()


def until(true: object, seconds: float = 60) -> None:
    """Wait until something is so."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)
