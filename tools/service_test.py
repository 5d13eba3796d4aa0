"""Try the watcher as it is used, and print the figures: `python -m tools.service_test WHAT`.

    many [--files 2000]     small files dropped at once, in ten folders, with copies among them
    hostile                 the hostile set, a link and a pipe; each must end as it may
    database [--files 300]  two watchers on one inbox, PostgreSQL stopped at random under them
    full [--files 100]      the output's disk full at random; it mounts a small one, so
                            start it as `unshare -Urm python -m tools.service_test full`

The memory is that of the watchers and all their children, every half second; pages that
processes share count for each of them, so the truth is lower. The exit status is 1 for any fault.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from ingest.commands.watch import ledger_url
from ingest.ledger import Ledger
from ingest.names import shown
from tools import hostile, postgresql
from tools.crash_test import check, scan

MEGA = 1_000_000
LONGEST = 3 * 3600.0  # seconds for any of the tests


@dataclass
class Watchers:
    """Watchers on one inbox below `root`; use it as a context."""

    root: Path
    count: int = 1
    database: str | None = None
    options: Sequence[str] = ("--once",)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    def __enter__(self) -> Watchers:
        (self.root / "tmp").mkdir(exist_ok=True)
        surroundings = os.environ | {"TMPDIR": str(self.root / "tmp")}
        command = [sys.executable, "-c", "from ingest.cli import main; main()", "watch",
                   str(self.root / "inbox"), "--out", str(self.root / "out"), "--still", "0.5",
                   "--poll", "0.5", *self.options]  # fmt: skip
        command += ["--ledger", self.database] if self.database else []
        for number in range(self.count):
            with (self.root / f"log-{number}").open("ab") as log:
                self.processes.append(subprocess.Popen(command, stderr=log, env=surroundings))
        threading.Thread(target=self._weigh, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def wait(self, seconds: float = LONGEST) -> list[str]:
        """Wait for the end of all; return what was wrong with it."""
        end = time.monotonic() + seconds
        try:
            codes = [each.wait(max(0.1, end - time.monotonic())) for each in self.processes]
        except subprocess.TimeoutExpired:
            return ["a watcher came to no end"]
        return [f"a watcher ended with {code}" for code in codes if code]

    def run_on(self, seconds: float) -> bool:
        """Let them run for a while; say whether any still does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and any(each.poll() is None for each in self.processes):
            time.sleep(0.2)
        return any(each.poll() is None for each in self.processes)

    def log(self) -> list[dict[str, str]]:
        """Return what all of them logged."""
        lines = [line for file in sorted(self.root.glob("log-*"))
                 for line in file.read_text().splitlines()]  # fmt: skip
        return [json.loads(line) for line in lines if line.startswith("{")]

    def read_again(self) -> list[str]:
        """Return the files that were read more than once."""
        reads = Counter(line["id"] for line in self.log() if line["event"] == "read")
        return [identity for identity, count in reads.items() if count > 1]

    def _weigh(self) -> None:
        while any(process.poll() is None for process in self.processes):
            self.memory.append(sum(tree(process.pid) for process in self.processes))
            time.sleep(0.5)


def tree(pid: int) -> int:
    """Return the memory of a process and all below it; 0 when it is gone."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    total = 0
    for one in family:
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def drop_many(inbox: Path, files: int) -> int:
    """Drop files in ten folders at once: a fifth are copies, a tenth scans; return the copies."""
    copies = 0
    for number in range(files):
        folder = inbox.parent / "away" / f"lô {number % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        copy = number % 5 == 4
        copies += copy
        told = number - 4 if copy else number
        data = f"THÔNG BÁO số {told}\nVề việc thử nghiệm lần {told}\n".encode()
        (folder / f"{number}.txt").write_bytes(scan(told) if told % 10 == 1 else data)
    for folder in sorted((inbox.parent / "away").iterdir()):
        folder.rename(inbox / folder.name)
    return copies


def many(root: Path, files: int) -> tuple[str, list[str]]:
    """Watch many small files; return the figures and what was wrong."""
    copies = drop_many(root / "inbox", files)
    with Watchers(root) as watchers:
        faults = watchers.wait()
    faults += check(root, files, None)
    found = sum(1 for p in (root / "inbox/duplicates").rglob("*.txt"))
    faults += [f"{found} duplicates, {copies} copies"] if found != copies else []
    faults += [f"read twice: {len(again)}"] if (again := watchers.read_again()) else []
    return f"{files} files, {copies} of them copies; {weights(watchers.memory)}", faults


def weights(memory: Sequence[int]) -> str:
    """Return the memory over time: the median of each fifth of the run, and the peak."""
    size = max(1, len(memory) // 5)
    fifths = [sorted(memory[n * size : (n + 1) * size]) for n in range(5)]
    medians = ", ".join(f"{part[len(part) // 2] // MEGA}" for part in fifths if part)
    return f"memory in MB, by fifths of the run: {medians}; peak {max(memory) // MEGA}"


def run_hostile(root: Path, _: int) -> tuple[str, list[str]]:
    """Watch the hostile set; return the figures and what was wrong."""
    expected = hostile.write(root / "inbox")
    (root / "inbox/a link.pdf").symlink_to("/etc/passwd")
    os.mkfifo(root / "inbox/a pipe.pdf")
    expected |= {"a link.pdf": ["unsupported"], "a pipe.pdf": ["unsupported"]}
    with Watchers(root) as watchers:
        faults = watchers.wait()
    faults += check(root, len(expected), None)
    book = Ledger(ledger_url(root / "out", None))
    ends = {entry.name: entry.code or "done" for entry in book.entries()}
    book.close()
    faults += [f"{name}: {ends.get(shown(name))}, not {may}" for name, may in expected.items()
               if ends.get(shown(name)) not in may]  # fmt: skip
    told = Counter(ends.values()).most_common()
    codes = ", ".join(f"{code} {count}" for code, count in told)
    return f"{len(expected)} hostile files: {codes}; {weights(watchers.memory)}", faults


def database(root: Path, files: int) -> tuple[str, list[str]]:
    """Stop the database under two watchers until all is read; return figures and faults."""
    chance, stops = random.Random(1), 0
    drop_many(root / "inbox", files)
    with postgresql.started() as server:
        with Watchers(root, 2, server.url) as watchers:
            while watchers.run_on(chance.uniform(5, 30)):
                server.stop(chance.choice(("fast", "immediate")))
                stops += 1
                time.sleep(chance.uniform(0, 5))
                server.start()
            faults = watchers.wait()
        faults += check(root, files, server.url)
    faults += [f"read twice: {len(again)}"] if (again := watchers.read_again()) else []
    shares = Counter(line["id"] for line in watchers.log() if line["event"] == "done")
    held_up = sum("error" in line for line in watchers.log())
    return (
        f"{files} files, two watchers, {stops} stops of the database, put off {held_up} times, "
        f"{len(shares)} dispatches; {weights(watchers.memory)}"
    ), faults


def full(root: Path, files: int) -> tuple[str, list[str]]:
    """Fill the output's disk under two watchers until all is read; return figures and faults."""
    chance, times = random.Random(1), 0
    drop_many(root / "inbox", files)
    out, room = root / "out", f"size={2000 + 40 * files}k"
    out.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", room, "tmpfs", str(out)], check=True)
    with Watchers(root, 2) as watchers:
        while watchers.run_on(chance.uniform(2, 10)):
            fill(out / "ballast")
            times += 1
            time.sleep(chance.uniform(1, 8))
            (out / "ballast").unlink()
        faults = watchers.wait() + check(root, files, None)
    subprocess.run(["umount", str(out)], check=True)
    held_up = sum(line["event"] == "put off" for line in watchers.log())
    return f"{files} files, two watchers, disk full {times} times, put off {held_up} times", faults


def fill(ballast: Path) -> None:
    """Write a file until the disk is full."""
    with ballast.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(bytes(4096)):
            pass


TESTS = {
    "full": (full, 100),
    "many": (many, 2000),
    "hostile": (run_hostile, 0),
    "database": (database, 300),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a test and print one line; the exit status is 1 for any fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=TESTS)
    parser.add_argument("--files", type=int)
    options = parser.parse_args(arguments)
    test, files = TESTS[options.what]
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ingest-service-") as folder:
        (Path(folder) / "inbox").mkdir()
        told, faults = test(Path(folder), options.files or files)
    print(f"{told}; {time.monotonic() - begin:.0f} s; faults: {faults or 'none'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
