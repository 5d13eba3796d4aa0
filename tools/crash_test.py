"""Kill the watcher again and again over a real inbox, and check that nothing was lost or doubled.

    python -m tools.crash_test [--kills 500] [--seed 1] [--database URL]

Each round drops a few files (texts, small scans, broken ones, copies, links), starts
`ingest watch` in a process group of its own and kills the whole group with SIGKILL: at a step
that the code names (each at least once), at a random moment, or at a random one of its work. At
the end the watcher runs once more to the end, and every file must lie in one place, every
dispatch stand in the feed once, every file be known to the ledger where it lies, and nothing be
left behind.
"""

from __future__ import annotations

import argparse
import io
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
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from PIL import Image, ImageDraw

from ingest.commands.watch import LEDGER, ledger_url
from ingest.leaving import STEPS
from ingest.ledger import Ledger, State

FILES_A_ROUND = 3
ANYWHERE, AT_WORK = "anywhere", "at work"
PLACES = ("done", "failed", "duplicates")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds and print one line with the figures; the exit status is 1 for any loss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default=None)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="ingest-crash-") as folder:
        root = Path(folder)
        for name in ("inbox", "tmp"):
            (root / name).mkdir()
        killed: Counter[str] = Counter()
        dropped = 0
        while killed.total() < options.kills:
            dropped += drop(root / "inbox", dropped, chance)
            missing = [step for step in STEPS if not killed[step]]
            when = chance.choice(missing or (ANYWHERE, AT_WORK, AT_WORK, *STEPS))
            killed[when] += one_round(root, when, chance, options.database)
            print(f"\r{killed.total()} kills", end="", file=sys.stderr, flush=True)
        faults = finish(root, options.database) + check(root, dropped, options.database)
    kills = ", ".join(f"{when} {count}" for when, count in sorted(killed.items()))
    print(f"{killed.total()} kills, {dropped} files: {kills}; faults: {faults or 'none'}")
    return 1 if faults else 0


def drop(inbox: Path, start: int, chance: random.Random) -> int:
    """Drop small files into the inbox, some in a folder, some under a name of two lines."""
    for number in range(start, start + FILES_A_ROUND):
        folder = inbox / chance.choice((".", ".", f"lô {number}"))
        folder.mkdir(exist_ok=True)
        file = folder / f"{number:05d}{chance.choice(('', '', chr(10)))}.txt"
        if chance.random() < 0.05:
            file.symlink_to("/etc/hostname")
        else:
            file.write_bytes(content(number, chance))
    return FILES_A_ROUND


def content(number: int, chance: random.Random) -> bytes:
    """Return a text; one file in five is broken, one is the same as another, one is a scan."""
    kind = chance.random()
    if kind < 0.2:
        return f"%PDF-1.4 broken {number}".encode()
    if kind < 0.4:
        return scan(number)
    told = chance.randrange(number) if kind < 0.6 and number else number
    return f"THÔNG BÁO số {told}\nVề việc thử nghiệm\n".encode()


def scan(number: int) -> bytes:
    """Return a small page as a picture."""
    paper = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(paper).text((80, 90), f"THONG BAO so {number}", fill=0, font_size=48)
    stream = io.BytesIO()
    paper.save(stream, "PNG")
    return stream.getvalue()


def watcher(root: Path, step: str | None, database: str | None) -> subprocess.Popen[bytes]:
    """Start the watcher in a process group of its own."""
    command = [sys.executable, "-c", "from ingest.cli import main; main()", "watch",
               str(root / "inbox"), "--out", str(root / "out"), "--still", "0.1", "--poll", "0.2",
               "--jobs", "1", "--once"]  # fmt: skip
    command += ["--crash-at", step] if step else []
    command += ["--ledger", database] if database else []
    surroundings = os.environ | {"TMPDIR": str(root / "tmp")}
    return subprocess.Popen(
        command, start_new_session=True, stderr=subprocess.PIPE, env=surroundings
    )


def one_round(root: Path, when: str, chance: random.Random, database: str | None) -> int:
    """Run the watcher until it is killed; return 1 when it was, 0 when it ended by itself."""
    process = watcher(root, when if when in STEPS else None, database)
    if when == AT_WORK and process.stderr:
        process.stderr.readline()  # its first word: it begins
    try:
        process.communicate(timeout=120 if when in STEPS else chance.uniform(0.0, 5.0))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return 1
    return int(process.returncode == -signal.SIGKILL)


def finish(root: Path, database: str | None) -> list[str]:
    """Let the watcher run to its end."""
    process = watcher(root, None, database)
    try:
        process.communicate(timeout=1800)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return ["it came to no end"]
    return [] if process.returncode == 0 else [f"it ended with {process.returncode}"]


def check(root: Path, dropped: int, database: str | None) -> list[str]:
    """Return what is wrong after all: lost, doubled, half-written, left behind, unsound."""
    inbox, out = root / "inbox", root / "out"
    ends = [p for p in inbox.rglob("*") if not p.is_dir() and p.suffix != ".json"]
    outside = [p.name for p in ends if p.relative_to(inbox).parts[0] not in PLACES]
    done = sum(p.relative_to(inbox).parts[0] == "done" for p in ends)
    ids = [json.loads(line)["id"] for line in (out / "feed.ndjson").read_text().splitlines()]
    stored = {p.stem for p in (out / "dispatches").glob("*.json")}
    unexplained = [p.name for p in ends if p.relative_to(inbox).parts[0] != "done"
                   and not p.with_name(f"{p.name}.json").exists()]  # fmt: skip
    left = [p.name for p in (*out.rglob("*.part"), *(root / "tmp").glob("ingest*"))]
    findings = {
        f"{dropped} files dropped, {len(ends)} found": len(ends) != dropped,
        f"not in a place: {outside[:5]}": outside,
        "a dispatch stands twice in the feed": len(ids) != len(set(ids)),
        f"{len(ids)} in the feed, {len(stored)} stored, {done} done":
            set(ids) != stored or len(ids) != done,
        f"no reason beside {unexplained[:5]}": unexplained,
        f"left behind: {left[:5]}": left,
    }  # fmt: skip
    return [told for told, wrong in findings.items() if wrong] + check_ledger(out, database)


def check_ledger(out: Path, database: str | None) -> list[str]:
    """Return what is wrong with the ledger: files on their way, files it does not find."""
    book = Ledger(ledger_url(out, database))
    entries = book.entries()
    book.close()
    faults = [f"{entry.name} is {entry.state}" for entry in entries
              if entry.state not in (State.DONE, State.FAILED) or entry.owner]  # fmt: skip
    faults += [f"{entry.name} is not where the ledger says" for entry in entries
               if not os.path.lexists(entry.path)]  # fmt: skip
    if database is None:
        with closing(sqlite3.connect(out / LEDGER)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        faults += [f"the database: {sound}"] if sound != "ok" else []
    return faults


if __name__ == "__main__":
    started = time.monotonic()
    status = main()
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    sys.exit(status)
