"""Write made-up gaps that the training never drew, for the tests and for looking at."""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from tools.train_digits.glyphs import load_sources
from tools.train_digits.lines import KINDS, Sample, make_sample, shown


def main() -> None:
    """Write a .npz of gaps, or a sheet of them as .png."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="the node_modules folder")
    parser.add_argument("--prints", type=Path, default=Path("/usr/share/fonts/truetype/croscore"))
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=20_000)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    sources = load_sources(options.packages, sorted(options.prints.glob("*.ttf")))
    rng = np.random.default_rng(options.seed)
    samples = [make_sample(sources, rng) for _ in range(options.count)]
    if options.output.suffix == ".png":
        cv2.imwrite(str(options.output), sheet(samples))
    else:
        np.savez_compressed(options.output, **arrays(samples))


def arrays(samples: list[Sample]) -> dict[str, np.ndarray]:
    """Return the gaps as 16 shades of ink, padded to one width, with their texts and kinds."""
    wide = max(sample.image.shape[1] for sample in samples)
    ink = np.zeros((len(samples), 40, wide), np.uint8)
    for row, sample in zip(ink, samples, strict=True):
        row[:, : sample.image.shape[1]] = np.round(sample.image * 15)
    return {
        "ink": ink,
        "wide": np.array([sample.image.shape[1] for sample in samples], np.int16),
        "text": np.array([sample.text for sample in samples]),
        "kind": np.array([sample.kind for sample in samples], np.uint8),
    }


def sheet(samples: list[Sample]) -> np.ndarray:
    """Return a contact sheet: six gaps in a row, what they say below."""
    tiles = []
    for sample in samples[: len(samples) // 6 * 6]:
        tile = np.full((150, 500), 210, np.uint8)
        picture = shown(sample.image)[:, :500]
        tile[: picture.shape[0], : picture.shape[1]] = picture
        said = f"{sample.text} {KINDS[sample.kind]}"
        cv2.putText(tile, said, (5, 142), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
        tiles.append(tile)
    return np.vstack([np.hstack(tiles[at : at + 6]) for at in range(0, len(tiles), 6)])


if __name__ == "__main__":
    main()
