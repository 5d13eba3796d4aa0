"""Kill the watcher again and again over a real inbox, and check that nothing was lost or doubled.

    python tools/crash_test.py [--kills 500] [--seed 1] [--database URL]

Each round starts `ingest watch` in a process group of its own and kills the whole group with
SIGKILL: at a random moment, or at a step that the code names. At the end the watcher runs once
more to the end, and every file must lie in one place, every dispatch stand in the feed once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

STEPS = (
    "admitted", "claimed", "read", "written", "stored", "in the feed", "published", "moved", "done",
    "failed",
)  # fmt: skip
FILES_A_ROUND = 3


def main() -> int:
    """Run the rounds and print one line with the figures; the exit status is 1 for any loss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default=None)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="ingest-crash-") as folder:
        root = Path(folder)
        killed: Counter[str] = Counter()
        dropped = 0
        while sum(killed.values()) < options.kills:
            dropped += drop(root / "inbox", dropped, chance)
            step = chance.choice((None, *STEPS))
            killed[step or "anywhere"] += one_round(root, step, chance, options.database)
        finish = watcher(root, None, options.database)
        finish.wait(600)
        faults = check(root, dropped)
    print(
        f"{sum(killed.values())} kills, {dropped} files: {dict(killed)}; faults: {faults or 'none'}"
    )
    return 1 if faults else 0


def drop(inbox: Path, start: int, chance: random.Random) -> int:
    """Drop small files into the inbox: texts, one in five broken, one in five dropped before."""
    inbox.mkdir(exist_ok=True)
    for number in range(start, start + FILES_A_ROUND):
        kind = chance.random()
        content = f"THÔNG BÁO số {number}\nVề việc thử nghiệm\n".encode()
        if kind < 0.2:
            content = f"%PDF-1.4 broken {number}".encode()
        elif kind < 0.4 and number:
            content = f"THÔNG BÁO số {chance.randrange(number)}\nVề việc thử nghiệm\n".encode()
        (inbox / f"{number:05d}.txt").write_bytes(content)
    return FILES_A_ROUND


def watcher(root: Path, step: str | None, database: str | None) -> subprocess.Popen[bytes]:
    """Start the watcher in a process group of its own."""
    command = [sys.executable, "-c", "from ingest.cli import main; main()", "watch",
               str(root / "inbox"), "--out", str(root / "out"), "--still", "0.1", "--poll", "0.2",
               "--jobs", "1", "--once"]  # fmt: skip
    command += ["--crash-at", step] if step else []
    command += ["--ledger", database] if database else []
    return subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)


def one_round(root: Path, step: str | None, chance: random.Random, database: str | None) -> int:
    """Run the watcher until it is killed; return 1 when it was, 0 when it ended by itself."""
    process = watcher(root, step, database)
    try:
        process.wait(60 if step else chance.uniform(0.2, 6.0))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return 1
    return int(process.returncode == -signal.SIGKILL)


def check(root: Path, dropped: int) -> list[str]:
    """Return what is wrong after all: lost, doubled, half-written, unsound."""
    inbox, out = root / "inbox", root / "out"
    ends = [p for p in inbox.rglob("*") if p.is_file() and p.suffix != ".json"]
    outside = [p.name for p in ends if p.parent.name not in ("done", "failed", "duplicates")]
    lines = (out / "feed.ndjson").read_text().splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    stored = {p.stem for p in (out / "dispatches").glob("*.json")}
    done = sum(p.parent.name == "done" for p in ends)
    faults = []
    if len(ends) != dropped:
        faults.append(f"{dropped} files dropped, {len(ends)} found")
    if outside:
        faults.append(f"not in a place: {outside[:5]}")
    if len(ids) != len(set(ids)):
        faults.append("a dispatch stands twice in the feed")
    if set(ids) != stored or len(ids) != done:
        faults.append(f"{len(ids)} in the feed, {len(stored)} stored, {done} done")
    if list(out.rglob("*.part")):
        faults.append("half-written files")
    ledger = out / "ledger.sqlite3"
    if ledger.exists():
        with sqlite3.connect(ledger) as book:
            (sound,) = book.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            faults.append(f"the database: {sound}")
    return faults


if __name__ == "__main__":
    started = time.monotonic()
    status = main()
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    sys.exit(status)
