"""Hold the normalizer against what else can be installed, on the same pairs, in one run.

    python tools/compare_normalizers.py NAME-noisy.txt ... --other /path/to/other/bin/python

`NAME-gold.txt` lies beside each noisy text. The other programs (pyvi, underthesea and others)
are run by the interpreter given, whose environment holds them, so that ours stays as it is.
Prints a Markdown table: word errors and character errors, in percent.
"""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

from ingest.evaluation.errors import character_errors, word_errors
from normalizers import normalize

# What the other programs offer for repairing text: name, module, function.
PROGRAMS = [
    ("pyvi `ViUtils.add_accents`", "pyvi.ViUtils", "add_accents"),
    ("underthesea `text_normalize`", "underthesea", "text_normalize"),
    ("viet-text-tools `normalize_diacritics`", "viet_text_tools", "normalize_diacritics"),
    ("visen `clean_tone`", "visen", "clean_tone"),
]
# Run by the other interpreter, lines in and lines out; a line that a program fails on stays.
RUN = """
import importlib, json, sys
name, function, lines = json.load(sys.stdin)
work = getattr(importlib.import_module(name), function)
done, failed = [], 0
for line in lines:
    try:
        done.append(work(line) if line.strip() else line)
    except Exception:
        done.append(line)
        failed += 1
json.dump([done, failed], open(sys.argv[1], "w"))
"""


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("noisy", nargs="+", type=Path)
    parser.add_argument("--other", default=sys.executable)
    options = parser.parse_args()
    print("| text | program | word errors | character errors | lines it failed on |")
    print("| --- | --- | ---: | ---: | ---: |")
    for file in options.noisy:
        noisy = file.read_text()
        gold = file.with_name(file.name.replace("-noisy", "-gold")).read_text()
        row(file.stem, "as it came", gold, noisy)
        for name, module, function in PROGRAMS:
            found = others(options.other, module, function, noisy.split("\n"))
            if found:
                row(file.stem, name, gold, "\n".join(found[0]), failed=found[1])
        row(file.stem, "**this project**", gold, normalize(noisy).value)


def row(text: str, program: str, gold: str, found: str, failed: int = 0) -> None:
    """Print one row of the table."""
    words, letters = word_errors(gold, found).rate, character_errors(gold, found).rate
    print(f"| {text} | {program} | {100 * words:.1f}% | {100 * letters:.1f}% | {failed} |")


def others(
    python: str, module: str, function: str, lines: list[str]
) -> tuple[list[str], int] | None:
    """Return the lines as another program leaves them; null if it is not installed."""
    out = Path("/dev/stdout")
    asked = json.dumps([module, function, lines])
    done = subprocess.run(
        [python, "-c", RUN, str(out)], input=asked, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return None
    repaired, failed = json.loads(done.stdout.splitlines()[-1])
    return repaired, failed


if __name__ == "__main__":
    main()
