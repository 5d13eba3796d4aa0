"""Read spoilt pages with the OCR program; each line printed goes with the words read on it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import tesserocr
from PIL import Image

from tools.train_normalizer.pages import Sheet, sheets, spoil
from tools.train_normalizer.texts import held_out, paragraphs, register_lines

TESSDATA = {"eng": "/usr/share/tesseract-ocr/5/tessdata", "vie": "ingest/models"}
FONTS = "/usr/share/fonts/truetype/croscore"


def read_pages(
    folder: Path, out: Path, *, count: int, language: str, seed: int, test: bool
) -> None:
    """Append lines `{"gold", "words": [[text, confidence], ...], "page"}` to a JSON-lines file."""
    random_ = random.Random(seed)
    texts = _mixture(folder, random_, count * 12, test=test)
    with (
        tesserocr.PyTessBaseAPI(path=TESSDATA[language], lang=language) as api,
        out.open("a") as file,
    ):
        for page, sheet in enumerate(islice(sheets(texts, random_, FONTS), count)):
            api.SetPageSegMode(random_.choice((tesserocr.PSM.AUTO, tesserocr.PSM.SINGLE_BLOCK)))
            for gold, words in _lines(api, sheet, random_):
                row = {"gold": gold, "words": words, "page": f"{seed}-{page}"}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()


def _mixture(folder: Path, random_: random.Random, count: int, *, test: bool) -> list[str]:
    """Half news, a quarter statutes, a quarter dispatch lines; some in capitals."""
    texts = list(register_lines(random_, count // 2))
    for name, share in (("unc", 0.5), ("laws_tocit", 0.15), ("vlc", 0.1)):
        pool = [text for text in paragraphs(folder / f"{name}.txt.xz") if held_out(text) == test]
        texts += random_.sample(pool, min(len(pool), int(count * share)))
    random_.shuffle(texts)
    return [text.upper() if random_.random() < 0.08 else text for text in texts]


def _lines(
    api: tesserocr.PyTessBaseAPI, sheet: Sheet, random_: random.Random
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    api.SetImage(Image.fromarray(spoil(sheet, random_)))
    api.SetSourceResolution(sheet.dpi)
    api.Recognize()
    found: list[list[tuple[int, str, float]]] = [[] for _ in sheet.rows]
    level = tesserocr.RIL.WORD
    for word in tesserocr.iterate_level(api.GetIterator(), level):
        box = word.BoundingBoxInternal(level) if hasattr(word, "BoundingBoxInternal") else None
        box = box or word.BoundingBox(level)
        if not box:
            continue
        middle = (box[1] + box[3]) / 2
        row = min(range(len(sheet.rows)), key=lambda at: abs(sheet.rows[at][0] - middle))
        found[row].append((box[0], word.GetUTF8Text(level), word.Confidence(level) / 100))
    for (_, gold), words in zip(sheet.rows, found, strict=True):
        yield gold, [(text, round(sure, 3)) for _, text, sure in sorted(words)]
