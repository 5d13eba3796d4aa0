"""Turn counted letter operations into costs, smoothed by letters with fewer marks."""

from __future__ import annotations

import json
import math
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

from normalizers.letters import plain, toneless
from tools.train_normalizer.align import Operation

PROTECTED = Path("normalizers/data/protected.toml")
_SMALL = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
_TONED = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
LETTERS = _SMALL + _TONED + (_SMALL + _TONED).upper() + "0123456789&-/."
_LENDING = 6.0  # how many readings a letter borrows from letters with fewer marks
_SIGN_SHARE = 0.02
_ANY_SIGN = 0.0015
_STROKES = "iltfr1"  # upright strokes that are taken for one another
_STROKE_SHARE = 0.03
_TWICE = 0.02  # how often a letter with marks is read as two, each a reading of its own
_LIKELY = 0.01  # readings rarer than that are not lent on
_LOST = 0.0015  # how often any letter with marks is not read at all
_MERGED = {"rn": "m", "ri": "n", "ii": "u", "ti": "n", "cl": "d"}  # two letters read as one
_MERGED_SHARE = 0.1
_HIGHEST = 9.5  # costs above are dropped


def costs(counts: Counter[Operation]) -> dict[str, dict[str, float]]:
    """Return `{printed: {read: cost}}` for single letters, pairs, and nothing printed."""
    singles: dict[str, Counter[str]] = defaultdict(Counter)
    printed: Counter[str] = Counter()
    for (gold, found), count in counts.items():
        if len(gold) < 2:
            singles[gold][found] += count
        for letter in gold:
            printed[letter] += count
    table = {letter: _smoothed(letter, singles, printed) for letter in LETTERS}
    letters = sum(printed.values())
    table[""] = {found: count / letters for found, count in singles[""].items() if count > 2}
    for (gold, found), count in counts.items():
        if len(gold) == 2 and count > 1 and " " not in gold + found:
            least = min(printed[gold[0]], printed[gold[1]])
            table.setdefault(gold, {})[found] = 0.4 * (count - 0.7) / least
    _lend_shapes(table)
    _lend_signs(table)
    _lend_twice(table)
    _lend_merged(table)
    return {
        gold: {
            found: round(-math.log(share), 2)
            for found, share in row.items()
            if share > 0 and -math.log(share) < _HIGHEST
        }
        for gold, row in table.items()
    }


def _lend_signs(table: dict[str, dict[str, float]]) -> None:
    """Let a sign be read wherever the letter that it looks like is, and for any marked vowel."""
    signs = tomllib.loads(PROTECTED.read_text())["signs"]
    for letter, row in table.items():
        marked = letter.lower() in _TONED or letter.lower() in "ăâêôơư"
        for sign, like in signs.items():
            lent = _SIGN_SHARE * row.get(like, 0.0) + (_ANY_SIGN if marked and letter else 0.0)
            row[sign] = row.get(sign, 0.0) + lent


def _lend_shapes(table: dict[str, dict[str, float]]) -> None:
    """Let strokes be read for one another: who saw `ir` for `ử` will see `lr`, `tr`, `fr`."""
    for letter, row in table.items():
        for found, share in list(row.items()):
            if found == letter or len(letter) > 1:
                continue
            for at, stroke in enumerate(found):
                for other in _STROKES.replace(stroke, "") if stroke in _STROKES else "":
                    swapped = found[:at] + other + found[at + 1 :]
                    row[swapped] = row.get(swapped, 0.0) + _STROKE_SHARE * share


def _lend_twice(table: dict[str, dict[str, float]]) -> None:
    """Let a letter with marks be read twice over, `ộ` as `O6`, or not at all."""
    for letter, row in table.items():
        if len(letter) != 1 or letter.isascii():
            continue
        likely = [(found, share) for found, share in row.items() if share > _LIKELY]
        for found, share in likely:
            for other, again in likely:
                if len(found) == len(other) == 1:
                    row[found + other] = row.get(found + other, 0.0) + _TWICE * share * again
        row[""] = row.get("", 0.0) + _LOST


def _lend_merged(table: dict[str, dict[str, float]]) -> None:
    """Let the strokes of two letters be taken for one letter: `ừn` read `irn`, then `im`."""
    for first in [letter for letter in table if len(letter) == 1 and letter.islower()]:
        for second in "inlu":
            for found, share in table[first].items():
                merged = _MERGED.get(found[-1:] + second)
                if merged and share > _LIKELY:
                    row = table.setdefault(first + second, {})
                    read = found[:-1] + merged
                    row[read] = row.get(read, 0.0) + _MERGED_SHARE * share


def _smoothed(
    letter: str, singles: dict[str, Counter[str]], printed: Counter[str]
) -> dict[str, float]:
    """Mix how a letter was read with how its barer forms were: `ệ`, then `ê` and `ẹ`, then `e`."""
    seen, total = singles[letter], printed[letter]
    barer = _barer(letter)
    row: dict[str, float] = Counter()
    for found, count in seen.items():
        row[found] += (count - 0.3) / (total + _LENDING)
    lent = _LENDING / (total + _LENDING)
    if barer == letter:
        row[letter] += lent
    else:
        for lender in (barer, *_sisters(letter)):
            part = lent / (1 + len(_sisters(letter)))
            for found, share in _smoothed_once(lender, singles, printed).items():
                row[found] += part * share
    return dict(row)


def _smoothed_once(
    letter: str, singles: dict[str, Counter[str]], printed: Counter[str]
) -> dict[str, float]:
    """Return how a lender was read; its own lenders are its barer forms alone."""
    total = printed[letter]
    row = {found: (n - 0.3) / (total + _LENDING) for found, n in singles[letter].items()}
    lent = _LENDING / (total + _LENDING)
    barer = _barer(letter)
    if barer == letter:
        row[letter] = row.get(letter, 0.0) + lent
        return row
    for found, share in _smoothed_once(barer, singles, printed).items():
        row[found] = row.get(found, 0.0) + lent * share
    return row


def _sisters(letter: str) -> list[str]:
    """Return the letters that differ in tone alone: `ỡ` was read much like `ở`."""
    base = toneless(letter)
    return [
        other for other in LETTERS if other != letter and base == toneless(other) and other != base
    ]


def _barer(letter: str) -> str:
    without_tone = toneless(letter)
    return without_tone if without_tone != letter else plain(letter)


def write(counts: Counter[Operation], out: Path) -> None:
    """Write the costs as JSON, one printed letter a line."""
    rows = [f"{_json(gold)}: {_json(row)}" for gold, row in sorted(costs(counts).items()) if row]
    out.write_text("{\n" + ",\n".join(rows) + "\n}\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
