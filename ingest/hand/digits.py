"""The recognizer: what digits a small picture of a gap shows, and what wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Ink = NDArray[np.float32]  # rows x columns, from 0 (paper) to 1 (ink)
Scores = NDArray[np.float64]  # columns x classes: their probabilities

TALL, EM, BASELINE = 40, 22, 27.5  # rows of a crop, the size of its print, its baseline
ALPHABET = "0123456789abcd"  # class 0 is nothing, class i is ALPHABET[i - 1]
BEAM, FAINT = 10, 1e-4  # texts kept while searching; characters less likely are not tried


@dataclass(frozen=True, slots=True)
class Seen:
    """What the net saw in the cuts of one gap: scores of characters for each cut, and the kind."""

    cuts: tuple[Scores, ...]
    hand: float
    printed: float
    blank: float


@cache
def load_net() -> onnxruntime.InferenceSession:
    """Load the net once; it runs on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = (files("ingest") / "models" / "digits.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def ink_of(gray: NDArray[np.uint8]) -> Ink:
    """Return how much ink each pixel of a gray picture holds, whatever the paper's shade."""
    paper, dark = np.percentile(gray, (90, 0.5))
    ink = (paper - gray.astype(np.float32)) / max(paper - dark, 60.0)
    return np.asarray(np.clip(ink, 0.0, 1.0), np.float32)


def see(cuts: Sequence[Ink], net: onnxruntime.InferenceSession) -> Seen:
    """Show the cuts of one gap to the net."""
    wide = max(cut.shape[1] for cut in cuts) + 8
    batch = np.zeros((len(cuts), 1, TALL, wide + wide % 2), np.float32)
    for place, cut in zip(batch, cuts, strict=True):
        place[0, :, 4 : 4 + cut.shape[1]] = cut
    chars, kinds = net.run(None, {"ink": batch})
    shares = np.exp(log_softmax(kinds)).mean(0)
    scores = tuple(squeeze(np.exp(log_softmax(one))) for one in chars)
    return Seen(scores, float(shares[0]), float(shares[1]), float(shares[2]))


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the logarithms of the probabilities that scores along the last axis stand for."""
    wide = scores.astype(np.float64)
    top = wide - wide.max(-1, keepdims=True)
    return np.asarray(top - np.log(np.exp(top).sum(-1, keepdims=True)))


def squeeze(scores: Scores) -> Scores:
    """Leave out columns that surely hold nothing, but for one between any two that do."""
    nothing = scores[:, 0] > 1 - FAINT
    again = np.concatenate([[False], nothing[:-1]]) & nothing
    return scores[~again]


def guess(scores: Scores) -> list[str]:
    """Return the likeliest texts by a beam over the columns (prefix search)."""
    beam = {"": (1.0, 0.0)}  # text: likelihood of ending with nothing, with its last character
    for column in scores:
        if column[0] > 1 - FAINT:
            beam = {text: ((a + b) * column[0], 0.0) for text, (a, b) in beam.items()}
            continue
        beam = _step(beam, column)
    return sorted(beam, key=lambda text: -sum(beam[text]))


def _step(
    beam: dict[str, tuple[float, float]], column: NDArray[np.float64]
) -> dict[str, tuple[float, float]]:
    """Extend every text of the beam by one column of the picture."""
    grown: dict[str, tuple[float, float]] = {}

    def add(text: str, nothing: float, char: float) -> None:
        before = grown.get(text, (0.0, 0.0))
        grown[text] = (before[0] + nothing, before[1] + char)

    for text, (nothing, char) in beam.items():
        add(text, (nothing + char) * column[0], 0.0)
        for index in np.flatnonzero(column[1:] > FAINT):
            letter, share = ALPHABET[index], float(column[index + 1])
            if text.endswith(letter):
                add(text, 0.0, char * share)
                add(text + letter, 0.0, nothing * share)
            else:
                add(text + letter, 0.0, (nothing + char) * share)
    best = sorted(grown, key=lambda text: -sum(grown[text]))[:BEAM]
    return {text: grown[text] for text in best}


def weigh_texts(seen: Seen, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return each text's likelihood, averaged over the cuts."""
    longest = max(len(scores) for scores in seen.cuts)
    columns = np.zeros((longest, len(seen.cuts), len(ALPHABET) + 1))
    columns[:, :, 0] = 1.0
    for index, scores in enumerate(seen.cuts):
        columns[: len(scores), index] = scores
    return np.asarray(likelihood(columns, texts).mean(0))


def likelihood(columns: NDArray[np.float64], texts: Sequence[str]) -> NDArray[np.float64]:
    """Return how likely each text is in each cut: all its ways through the columns added up.

    `columns` are columns x cuts x classes. Between, before and after the characters of a text
    there may be nothing; between equal ones there must be.
    """
    states = np.zeros((len(texts), 2 * max(len(text) for text in texts) + 1), int)
    for row, text in zip(states, texts, strict=True):
        row[1 : 2 * len(text) : 2] = [ALPHABET.index(char) + 1 for char in text]
    jump = (states[:, 2:] != states[:, :-2]) & (states[:, 2:] != 0)
    first = columns[0][:, states]
    path = np.zeros(first.shape)
    path[:, :, :2] = first[:, :, :2]
    for column in columns[1:]:
        step = path.copy()
        step[:, :, 1:] += path[:, :, :-1]
        step[:, :, 2:] += path[:, :, :-2] * jump
        path = step * column[:, states]
    rows, ends = np.arange(len(texts)), np.array([2 * len(text) for text in texts])
    return np.asarray(path[:, rows, ends] + path[:, rows, ends - 1] * (ends > 0))
