"""Write trained nets as one ONNX file, with its manifest beside it."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import torch

from tools.train_digits.net import Net, Panel

HERE = Path(__file__).parent


def main() -> None:
    """Join nets that were trained apart: one seldom misreads what the other does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nets", type=Path, nargs="+", help=".mean.pt files of the training")
    parser.add_argument("--output", type=Path, default=Path("ingest/models/digits.onnx"))
    options = parser.parse_args()
    export([load(path) for path in options.nets], options.output)


def load(path: Path) -> Net:
    """Load a net's weights."""
    net = Net()
    net.load_state_dict(torch.load(path, weights_only=True))
    return net


def export(nets: list[Net], path: Path) -> None:
    """Write nets as one ONNX file, batch and width free."""
    free = {
        "ink": {0: "batch", 3: "width"},
        "chars": {0: "answers", 1: "columns"},
        "kinds": {0: "answers"},
    }
    torch.onnx.export(
        Panel(nets).eval(),
        (torch.zeros(1, 1, 40, 160),),
        str(path),
        input_names=["ink"],
        output_names=["chars", "kinds"],
        dynamic_axes=free,
        dynamo=False,
    )
    describe(path)


def describe(path: Path) -> None:
    """Write what the nets are and where they come from, beside them."""
    data = path.read_bytes()
    text = (HERE / "manifest.txt").read_text()
    filled = text.format(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    path.with_suffix(".toml").write_text(filled)


if __name__ == "__main__":
    main()
