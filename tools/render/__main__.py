"""`python -m tools.render corpus/`: the committed scans, or any others anywhere."""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from tools.render import files, layers, paper
from tools.render.layout import lay_out
from tools.render.paint import Clerk, Picture, Seen, paint
from tools.render.scanner import QUALITIES, scanned
from tools.render.sheet import Sheet
from tools.render.source import Dispatch, load

SEED = 1


def dice_for(seed: int, *names: str) -> np.random.Generator:
    """Return dice that fall the same for the same names."""
    return np.random.default_rng([seed, *(zlib.crc32(name.encode()) for name in names)])


def issued(dispatch: Dispatch) -> date | None:
    """Return the day of issue, where none of it is blank."""
    head = dispatch.letterhead
    blank = not (head.day and head.month)
    return None if blank else date(int(head.year), int(head.month), int(head.day))


def scan(
    dispatch: Dispatch, sheets: list[Sheet], name: str, seed: int
) -> tuple[list[Picture], list[list[Seen]], int]:
    """Return the scanned pages, the words on each and the resolution."""
    quality = QUALITIES[name]
    dice = dice_for(seed, dispatch.slug, name)
    dpi = int(dice.choice(quality.dpi))
    clerk = Clerk.of(dice_for(seed, dispatch.slug, name, "clerk"))
    pages, seen, before = [], [], None
    for sheet in sheets:
        picture, words = paint(sheet, dpi, clerk, dice)
        if not sheet.runs and before is not None:
            picture = 255 - (255 - before[:, ::-1]) // 12  # the front shows through a blank back
        before = picture
        page, words = scanned(picture, words, quality, dice)
        pages.append(page)
        seen.append(words)
    return pages, seen, dpi


def write(dispatch: Dispatch, sheets: list[Sheet], path: Path, seed: int) -> list[list[Seen]]:
    """Write one scan, its quality and format told by its name; return the words on each page."""
    name = path.suffixes[-2][1:]
    if name == "born":
        files.save_born(path, sheets, issued(dispatch))
        return []
    pages, seen, dpi = scan(dispatch, sheets, name, seed)
    quality = QUALITIES[name]
    if name == "signed":
        entries = layers.signature(dispatch, len(pages))
        files.save_layered(path, pages, entries, dpi, quality.jpeg, shown=True)
    elif name == "garbage":
        entries = layers.garbage(seen, dpi, dice_for(seed, dispatch.slug, "layer"))
        files.save_layered(path, pages, entries, dpi, quality.jpeg, shown=False)
    else:
        files.save(path, pages, dpi, quality.jpeg, issued(dispatch))
    write_words(path, pages, seen)
    return seen


def write_words(path: Path, pages: list[Picture], seen: list[list[Seen]]) -> None:
    """Write every word with its box as shares of the page."""
    found = []
    for page, words in zip(pages, seen, strict=True):
        high, wide = page.shape[:2]
        sides = np.array([wide, high, wide, high])
        entries = [
            {"text": word.text, "box": np.round(word.box / sides, 5).tolist(), "kind": word.kind}
            for word in words
        ]
        found.append({"width": wide, "height": high, "words": entries})
    path.with_suffix(".words.json").write_text(json.dumps(found, ensure_ascii=False) + "\n")


def samples(root: Path) -> Iterator[Path]:
    """Return the folders of the samples below a folder."""
    return (source.parent for source in sorted(root.rglob("dispatch.toml")))


def write_gold(folder: Path) -> tuple[Dispatch, list[Sheet]]:
    """Write a sample's text gold and complete its gold object."""
    dispatch = load(folder)
    sheets = lay_out(dispatch)
    (folder / "gold.text").write_text(paper.text_gold(sheets) + "\n")
    file = folder / "gold.json"
    paper.write_json(file, paper.complete(json.loads(file.read_text()), dispatch, sheets))
    return dispatch, sheets


def commit(folder: Path, seed: int) -> list[str]:
    """Write a sample's gold and draw its scans; return their labels."""
    dispatch, sheets = write_gold(folder)
    gold = json.loads((folder / "gold.json").read_text())
    labels = []
    for stale in folder.glob(f"{dispatch.slug}.*"):
        stale.unlink()
    for kind in dispatch.commit:
        path = folder / f"{dispatch.slug}.{kind}"
        write(dispatch, sheets, path, seed)
        path.with_suffix(".words.json").unlink(missing_ok=True)
        file = f"{folder.name}/{path.name}"
        shown = replace(dispatch, hand=()) if kind.startswith("born") else dispatch
        labels.append(paper.label(gold, shown, file, len(sheets)))
    return [json.dumps(label, ensure_ascii=False) for label in labels]


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.render", description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--qualities", nargs="+", choices=[*QUALITIES, "born"], default=[])
    parser.add_argument("--out", type=Path, help="folder for the scans of --qualities")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--text", action="store_true", help="only the text gold and tables")
    options = parser.parse_args()
    if options.qualities:
        if not options.out:
            parser.error("--qualities needs --out, so that no committed scan is overwritten")
        draw(options.root, options.qualities, options.out, options.seed)
    else:
        draw_committed(options.root, options.seed, text=options.text)


def draw(root: Path, qualities: list[str], out: Path, seed: int) -> None:
    """Draw the samples in some qualities, each with its text gold and word boxes."""
    out.mkdir(parents=True, exist_ok=True)
    for folder in samples(root):
        dispatch = load(folder)
        sheets = lay_out(dispatch)
        (out / f"{dispatch.slug}.text").write_text(paper.text_gold(sheets) + "\n")
        for name in qualities:
            write(dispatch, sheets, out / f"{dispatch.slug}.{name}.pdf", seed)
            print(f"{dispatch.slug}.{name}.pdf: {len(sheets)} pages")


def draw_committed(root: Path, seed: int, *, text: bool) -> None:
    """Draw the committed scans again, and write the labels of each half anew."""
    halves: dict[Path, list[str]] = {}
    for folder in samples(root):
        print(folder)
        if text:
            write_gold(folder)
        else:
            halves.setdefault(folder.parent, []).extend(commit(folder, seed))
    for half, labels in halves.items():
        file = half / "labels.jsonl"
        kept = []
        if file.exists():
            drawn = {json.loads(line)["file"].split("/")[0] for line in labels}
            kept = [
                line
                for line in file.read_text().splitlines()
                if json.loads(line)["file"].split("/")[0] not in drawn
            ]
        file.write_text("\n".join(sorted(kept + labels)) + "\n")


if __name__ == "__main__":
    main()
