"""Train the recognizer on made-up gaps and write it as ONNX; the README tells how to call this."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from tools.train_digits.export import export
from tools.train_digits.glyphs import Sources, load_sources
from tools.train_digits.lines import KINDS, Sample, make_sample
from tools.train_digits.net import ALPHABET, Net

BATCH, CHUNK = 48, 12  # samples a step; steps whose samples are sorted by width together


def main() -> None:
    """Train for the minutes given, then export."""
    options = parse()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    sources = load_sources(options.packages, sorted(options.prints.glob("*.ttf")))
    net = Net()
    if options.resume:
        net.load_state_dict(torch.load(options.resume, weights_only=True))
    steady = run(net, sources, np.random.default_rng(options.seed), options)
    export([steady], options.output)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="the node_modules folder")
    parser.add_argument("--prints", type=Path, default=Path("/usr/share/fonts/truetype/croscore"))
    parser.add_argument("--output", type=Path, default=Path("ingest/models/digits.onnx"))
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--resume", type=Path, help="a .pt file to go on from")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def run(net: Net, sources: Sources, rng: np.random.Generator, options: argparse.Namespace) -> Net:
    """Step until the time is over, the rate falling; return the running mean of the nets."""
    adam = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-3)
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(0.995), use_buffers=True)
    begun, step, losses = time.monotonic(), 0, []
    while (share := (time.monotonic() - begun) / (60 * options.minutes)) < 1:
        samples = [make_sample(sources, rng) for _ in range(BATCH * CHUNK)]
        samples.sort(key=lambda sample: sample.image.shape[1])
        batches = [samples[at : at + BATCH] for at in range(0, len(samples), BATCH)]
        for at in rng.permutation(len(batches)):
            rate = options.rate * min(1, (step + 1) / 50) * (0.02 + 0.98 * (1 - share))
            adam.param_groups[0]["lr"] = rate
            losses.append(learn(net, adam, batches[at]))
            mean.update_parameters(net)
            step += 1
        right = score(mean.module, samples[::8])
        spent = (time.monotonic() - begun) / 60
        print(f"{spent:5.1f} min {step:5d} loss {np.mean(losses[-60:]):.3f} {right}", flush=True)
        torch.save(net.state_dict(), options.output.with_suffix(".pt"))
        torch.save(mean.module.state_dict(), options.output.with_suffix(".mean.pt"))
    return mean.module


def learn(net: Net, adam: torch.optim.Optimizer, batch: list[Sample]) -> float:
    """Take one step."""
    net.train()
    chars, kinds = net(stack(batch))
    scores = chars.log_softmax(2).transpose(0, 1)
    texts = [torch.tensor([ALPHABET.index(c) + 1 for c in s.text], dtype=torch.long) for s in batch]
    lengths = torch.tensor([len(text) for text in texts])
    widths = torch.full((len(batch),), scores.shape[0])
    read = nn.functional.ctc_loss(
        scores, torch.cat(texts), widths, lengths, reduction="none", zero_infinity=True
    )
    told = nn.functional.cross_entropy(
        kinds, torch.tensor([s.kind for s in batch]), label_smoothing=0.02
    )
    loss = read.mean() + 0.7 * told
    adam.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    adam.step()
    return loss.item()


def stack(batch: list[Sample]) -> Tensor:
    """Put samples side by side, padded with paper."""
    wide = max(sample.image.shape[1] for sample in batch) + 8
    ink = np.zeros((len(batch), 1, 40, wide + wide % 2), np.float32)
    for row, sample in zip(ink, batch, strict=True):
        row[0, :, 4 : 4 + sample.image.shape[1]] = sample.image
    return torch.from_numpy(ink)


@torch.no_grad()
def score(net: Net, samples: list[Sample]) -> str:
    """Return the share of texts and kinds that are right by the best path."""
    net.eval()
    chars, kinds = net(stack(samples))
    texts = ["".join(collapse(row)) for row in chars.argmax(2).tolist()]
    right = [text == s.text for text, s in zip(texts, samples, strict=True)]
    told = [k == s.kind for k, s in zip(kinds.argmax(1).tolist(), samples, strict=True)]
    return f"text {np.mean(right):.2f} kind {np.mean(told):.2f} of {len(KINDS)}"


def collapse(path: list[int]) -> list[str]:
    """Return the characters of a best path."""
    pairs = zip([0, *path], path, strict=False)
    return [ALPHABET[now - 1] for before, now in pairs if now and now != before]


if __name__ == "__main__":
    main()
