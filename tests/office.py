"""An office with an inbox, for the tests: nothing of it is read for real."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from samples import dispatch

from extractors.contract import Number
from ingest.arrivals import Arrivals
from ingest.errors import ErrorCode, IngestError
from ingest.feed import Feed
from ingest.inbox import Inbox
from ingest.leaving import Leaving
from ingest.ledger import Ledger
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
    jump: float = 0.0  # what the clock is wrong by

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
        leaving = Leaving(ledger, feed, places, owner, lambda: self.now + self.jump, reached)
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


def cut_at(step: str) -> Callable[[str], None]:
    """Return what cuts the power at a step."""

    def reached(name: str) -> None:
        if name == step:
            raise PowerCut

    return reached
