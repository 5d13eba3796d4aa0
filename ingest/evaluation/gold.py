"""The gold: files with what a person says that they hold. Four layouts are read.

- `labels.jsonl` beside scans: `{"file": …, "label": {…}, "handwritten": ["so", "ngay"]}` a line;
- `gold.json` (and `gold.text`) beside `<folder's name>.<quality>.<ending>`: the project's corpus;
- `<name>-gold.json` beside `<name>-<quality>.<ending>`;
- `tables.json` beside scans: a list of tables, each with its file and pages.

A file that has both is held against the whole object; the labels say what is handwritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.evaluation import tables

ENDINGS = frozenset((".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt", ".md"))
DATE_GAPS = frozenset(("ngay", "thang", "nam", "day", "month", "year", "date"))
NUMBER_GAPS = frozenset(("so", "sequence", "number"))


class GoldError(ValueError):
    """The gold cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A file and what it holds; a key that is missing in `values` was not labelled.

    `handwritten` names the fields written by hand (`number`, `date`); it is null where nobody
    noted it. `unsure` marks labels that their maker doubted. `text` is the whole text.
    """

    file: Path
    values: Mapping[str, Any]
    handwritten: frozenset[str] | None = None
    quality: str | None = None
    text: str | None = None
    unsure: bool = False


def find_gold(folder: Path) -> list[Gold]:
    """Return all gold below a folder, or of one gold file.

    Raises:
        GoldError: when there is none, or a gold file is no JSON.
    """
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.json*"))
    found = merged(gold for file in files for gold in read_gold(file))
    if not found:
        raise GoldError(
            f"no gold below {folder}: it takes labels.jsonl beside the scans, gold.json beside "
            "<folder>.<quality>.pdf, or <name>-gold.json beside <name>-<quality>.txt"
        )
    return found


def merged(golds: Iterable[Gold]) -> list[Gold]:
    """Return one gold a file, in the order of the files' names."""
    by_file: dict[Path, Gold] = {}
    for gold in golds:
        known = by_file.get(gold.file, gold)
        fuller, other = sorted((known, gold), key=lambda one: len(one.values), reverse=True)
        by_file[gold.file] = replace(
            fuller,
            values={**_tables(other.values), **fuller.values},
            handwritten=other.handwritten if fuller.handwritten is None else fuller.handwritten,
            text=fuller.text or other.text,
            quality=fuller.quality or other.quality,
            unsure=fuller.unsure or other.unsure,
        )
    return [by_file[file] for file in sorted(by_file)]


def _tables(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in values.items() if key == tables.KEY}


def read_gold(file: Path) -> Iterator[Gold]:
    """Yield what a gold file says of the files beside it; nothing when it is no gold file."""
    if file.name == "labels.jsonl":
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield labelled(file.parent, loaded(line, file))
    elif file.name == "tables.json":
        yield from tabled(file)
    elif file.name == "gold.json":
        yield from whole(file, f"{file.parent.name}.")
    elif file.name.endswith("-gold.json"):
        yield from whole(file, file.name.removesuffix("gold.json"))


def parsed(text: str, file: Path) -> Any:
    """Return what a gold file or a line of it holds."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise GoldError(f"{file} is not valid JSON ({error}): mend it or move it away") from error


def loaded(text: str, file: Path) -> dict[str, Any]:
    """Return the object that a gold file or a line of it holds."""
    value = parsed(text, file)
    if not isinstance(value, dict):
        raise GoldError(f"{file} holds no object: gold is one JSON object a dispatch")
    return value


def labelled(folder: Path, row: dict[str, Any]) -> Gold:
    """Return the gold of one row of labels."""
    file = there(folder / row["file"])
    return Gold(
        file, row["label"], hands(row), row.get("quality"), text_of(row), bool(row.get("doubtful"))
    )


def there(file: Path) -> Path:
    """Return a file that gold speaks of, which must be there."""
    if not file.is_file():
        raise GoldError(f"{file} is labelled but not there: restore it or take its label out")
    return file


def tabled(file: Path) -> Iterator[Gold]:
    """Yield the files of which a list of tables speaks; nothing when it is no such list."""
    entries = parsed(file.read_text(encoding="utf-8"), file)
    if not isinstance(entries, list) or not all({"file", "columns"} <= set(e) for e in entries):
        return
    for name, found in tables.by_file(entries):
        yield Gold(there(file.with_name(name)), {tables.KEY: found})


def whole(file: Path, prefix: str) -> Iterator[Gold]:
    """Yield each file that a whole gold object speaks of: those that share its name's start."""
    row = loaded(file.read_text(encoding="utf-8"), file)
    values = row.get("label", row)
    beside = file.with_name("gold.text")
    for scan in sorted(file.parent.iterdir()):
        rest = scan.name.removeprefix(prefix)
        if rest == scan.name or scan.suffix.lower() not in ENDINGS:
            continue
        quality = rest.removesuffix(scan.suffix) or None
        text = beside.read_text(encoding="utf-8") if beside.is_file() else text_of(row)
        yield Gold(scan, values, hands(row), quality, text)


def hands(row: Mapping[str, Any]) -> frozenset[str] | None:
    """Return which of number and date are written by hand, from the gaps that the gold names."""
    if "handwritten" not in row:
        return None
    gaps = set(row["handwritten"] or ())
    number = {"number"} if gaps & NUMBER_GAPS else set()
    return frozenset(number | ({"date"} if gaps & DATE_GAPS else set()))


def text_of(row: Mapping[str, Any]) -> str | None:
    """Return the gold text: the key `text`, or the text of all pages."""
    if isinstance(row.get("text"), str):
        return str(row["text"])
    pages = row.get("pages")
    if not isinstance(pages, list) or not pages:
        return None
    texts = [page["text"] for page in pages if isinstance(page, dict) and "text" in page]
    return "\n".join(texts) if len(texts) == len(pages) else None


def find_pairs(folder: Path) -> list[tuple[Path, Path]]:
    """Return the pairs of a noisy text and its gold: `000-noisy.txt` and `000-gold.txt`.

    Raises:
        GoldError: when there is none.
    """
    noisy = [folder] if folder.is_file() else sorted(folder.rglob("*-noisy.txt"))
    pairs = [(file, file.with_name(file.name.replace("-noisy.", "-gold."))) for file in noisy]
    there = [pair for pair in pairs if pair[0] != pair[1] and pair[1].is_file()]
    if not there:
        raise GoldError(f"no pair of texts below {folder}: NAME-noisy.txt beside NAME-gold.txt")
    return there
