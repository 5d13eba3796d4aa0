"""The shipped net: it is what its manifest says, and it reads gaps that it was not trained on."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.hand.digits import Ink, Seen, guess, load_net, see

MODELS = files("ingest") / "models"
HELD_OUT = Path(__file__).parent / "data" / "hand_digits.npz"
KINDS = ("hand", "print", "blank")


@cache
def held_out() -> list[tuple[Ink, str, str]]:
    data: Any = np.load(HELD_OUT)
    cuts = zip(data["ink"], data["wide"], data["text"], data["kind"], strict=True)
    return [
        (row[:, :wide].astype(np.float32) / 15, str(text), KINDS[kind])
        for row, wide, text, kind in cuts
    ]


@cache
def answers() -> list[tuple[Seen, str, str]]:
    return [(see([ink], load_net()), text, kind) for ink, text, kind in held_out()]


def test_the_manifest_tells_the_truth() -> None:
    manifest = tomllib.loads((MODELS / "digits.toml").read_text())
    net = (MODELS / manifest["file"]).read_bytes()
    assert manifest["size"] == len(net) < 4_000_000
    assert manifest["sha256"] == hashlib.sha256(net).hexdigest()
    assert {"licence", "source", "trained_on", "rebuild"} <= manifest.keys()


def test_the_fonts_of_the_samples_were_not_trained_on() -> None:
    fonts = (Path(__file__).parents[1] / "tools/train_digits/packages.txt").read_text().split()
    seen = {font.removeprefix("@fontsource/") for font in fonts}
    unseen = {"caveat", "caveat-brush", "kalam", "patrick-hand", "shadows-into-light"}
    assert len(seen) > 30 and not seen & (unseen | {"indie-flower", "patrick-hand-sc"})


@pytest.mark.parametrize(("kind", "least"), [("hand", 0.8), ("print", 0.85), ("blank", 0.8)])
def test_it_reads_what_it_has_not_seen(kind: str, least: float) -> None:
    rights = [guess(seen.cuts[0])[0] == text for seen, text, was in answers() if was == kind]
    assert len(rights) >= 5
    assert np.mean(rights) >= least


def test_it_tells_handwriting_from_print() -> None:
    told = [(seen.hand > seen.printed, was) for seen, _, was in answers() if was != "blank"]
    assert np.mean([hand == (was == "hand") for hand, was in told]) >= 0.92
    sure = [was for seen, _, was in answers() if seen.printed > 0.9]
    assert sure.count("print") >= 0.97 * len(sure) > 5
