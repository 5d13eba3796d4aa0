"""Build the normalizer's tables anew; run from the project's folder.

    python -m tools.train_normalizer language FOLDER       # about ten minutes, 4 GB
    python -m tools.train_normalizer initials FOLDER
    python -m tools.train_normalizer pages FOLDER OUT.jsonl --language eng --count 400
    python -m tools.train_normalizer channel OUT.jsonl garbled
    python -m tools.train_normalizer company FOLDER --minutes 60   # last; needs torch
    python -m tools.train_normalizer manifest

FOLDER holds text, one paragraph a line, plain (`.txt`) or packed (`.txt.xz`); how much each file
weighs stands in `sources.toml`. `pages` needs Tesseract's models and the Tinos fonts.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from normalizers.language import Language
from normalizers.loading import restorer
from tools.train_normalizer import channel as channels
from tools.train_normalizer import initials as abbreviations
from tools.train_normalizer.align import operations, printed_and_read
from tools.train_normalizer.confusables import confusables
from tools.train_normalizer.model import all_texts, build_language, texts_to_read

DATA = Path("normalizers/data")
LANGUAGE, COMPANY = DATA / "language.npz", DATA / "company.npz"
app = typer.Typer(add_completion=False)
Anew = Annotated[bool, typer.Option(help="choose the words anew; then train the network anew")]
Further = Annotated[bool, typer.Option(help="train the network that is there, in small steps")]
Lines = Annotated[int, typer.Option(help="how many triples of words to keep")]


@app.command()
def language(
    folder: Path, *, out: Path = LANGUAGE, triples: Lines = 2_600_000, anew: Anew = False
) -> None:
    """Count the text of a folder and write the model of three words."""
    words = None if anew else list(Language.load(LANGUAGE).words)
    build_language(folder, out, triples=triples, words=words)


@app.command()
def initials(folder: Path, *, out: Path = DATA / "initials.json") -> None:
    """Count the abbreviations and initials of a folder's text: which D is a Đ."""
    abbreviations.count(all_texts(folder), out)


@app.command()
def company(
    folder: Path, *, out: Path = COMPANY, minutes: float = 60, further: Further = False
) -> None:
    """Train the network that tells words apart by the words around them, and write it."""
    from tools.train_normalizer import net as nets  # needs torch, the others do not

    emitter = restorer().opener.garbled
    texts, shares = texts_to_read(folder, emitter.numbers)
    net = nets.Net(emitter.language.single)
    drawer = nets.Drawer.of(texts, shares, confusables(emitter, many=24))
    if further:
        nets.load(net, COMPANY)
    nets.train(net, drawer.batch, minutes, pace=0.3 if further else 1)
    nets.save(net, out)


@app.command()
def pages(
    folder: Path, out: Path, *, language: str = "eng", count: int = 400, seed: int = 1
) -> None:
    """Render, spoil and read pages; append what was printed and what was read, line by line."""
    from tools.train_normalizer.read import read_pages  # needs tesserocr, the others do not

    read_pages(folder, out, count=count, language=language, seed=seed, test=False)


@app.command()
def channel(lines: Path, name: str) -> None:
    """Align the lines of `pages` and write the costs of the letter operations: garbled, misread."""
    pairs = Counter(printed_and_read(lines))
    channels.write(operations(pairs, rounds=4), DATA / f"{name}.json")


@app.command()
def manifest() -> None:
    """Write down size and checksum of every table beside its source."""
    file = DATA / "manifest.json"
    entries = json.loads(file.read_text())
    for name, entry in entries["files"].items():
        content = (DATA / name).read_bytes()
        entry |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    file.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    app()
