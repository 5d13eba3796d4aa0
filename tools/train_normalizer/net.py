"""Train the network that tells words apart by their company; needs torch, which nothing else does.

A place of the text is drawn, the words around it are read, some of them spoilt as a first pass
would leave them; the network is to tell the word that stands there from its confusables.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from normalizers.company import AROUND, BESIDE, FAR

Words = NDArray[np.int64]
_CLASSES = 3  # ends of sentences, unknown words and numbers
_READ, _HIDDEN, _TOLD = 80, 448, 96  # numbers for a word read, of the layers, for a word told
_BATCH = 1024
_RIVALS, _STRANGERS = 20, 6  # wrong words that each word is told from
_SPOILT, _UNKNOWN = 0.07, 0.02  # how many neighbors are taken for another word, or not known
_ALONE = 0.25  # how often nothing is known beyond the near words
_FAST = {"words": 2e-3, "answers": 2e-3, "layers": 1e-3}


class Net(nn.Module):
    """Words read near by and far off, two layers, words told apart."""

    def __init__(self, single: NDArray[np.float32]) -> None:
        """Start from chance and from how often each word stands."""
        super().__init__()
        self.words = nn.Embedding(len(single), _READ)
        self.one = nn.Linear((len(BESIDE) + 1) * _READ, _HIDDEN)
        self.two = nn.Linear(_HIDDEN, _HIDDEN)
        self.three = nn.Linear(_HIDDEN, _TOLD)
        self.answers = nn.Embedding(len(single), _TOLD)
        self.bias = nn.Embedding.from_pretrained(torch.tensor(single)[:, None], freeze=False)
        for table in (self.words, self.answers):
            nn.init.normal_(table.weight, 0, 0.1)

    def forward(self, beside: Tensor, around: Tensor, told: Tensor) -> Tensor:
        """Return the score of each word of `told`."""
        read = torch.cat([self.words(beside).flatten(1), self.words(around).mean(1)], 1)
        hidden = torch.relu(self.one(read))
        sense = self.three(hidden + torch.relu(self.two(hidden)))
        scores: Tensor = (self.answers(told) @ sense[:, :, None])[..., 0] + self.bias(told)[..., 0]
        return scores


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws places from texts, each text by its share."""

    texts: list[Words]
    shares: list[float]
    rivals: Words  # for each word its confusables
    strangers: Words  # words in the shares of a softened frequency
    dice: np.random.Generator

    @classmethod
    def of(cls, texts: dict[str, Words], shares: dict[str, float], rivals: Words) -> Drawer:
        """Prepare the texts: each is padded, so that every place has company."""
        dice = np.random.default_rng(1)
        padded = [np.pad(texts[name], FAR) for name in shares]
        often = np.bincount(np.concatenate(padded), minlength=len(rivals)) ** 0.6
        often[:_CLASSES] = 0
        strangers = dice.choice(len(rivals), 1_000_000, p=often / often.sum())
        total = sum(shares.values())
        return cls(padded, [share / total for share in shares.values()], rivals, strangers, dice)

    def batch(self) -> tuple[Tensor, ...]:
        """Return words beside, around, to tell apart (the right one first), and which not to."""
        drawn = [
            self._places(text, count)
            for text, count in zip(
                self.texts, self.dice.multinomial(_BATCH, self.shares), strict=True
            )
        ]
        right, beside, around = (np.concatenate(part) for part in zip(*drawn, strict=True))
        around[self.dice.random(len(around)) < _ALONE] = 0
        told = self._told(right)
        idle = told == right[:, None]
        idle[:, 0] = False
        return tuple(map(torch.from_numpy, (self._spoilt(beside), around, told, idle)))

    def _places(self, text: Words, count: int) -> tuple[Words, Words, Words]:
        at = self.dice.integers(FAR, len(text) - FAR, 2 * count)
        at = at[self.rivals[text[at], 1] > 0][:count]
        return text[at], text[at[:, None] + BESIDE], text[at[:, None] + AROUND]

    def _told(self, right: Words) -> Words:
        rivals = self.rivals[right][:, :_RIVALS]
        strangers = self.dice.choice(self.strangers, (len(right), _RIVALS + _STRANGERS))
        filled = np.where(rivals > 0, rivals, strangers[:, :_RIVALS])
        return np.concatenate([right[:, None], filled, strangers[:, _RIVALS:]], axis=1)

    def _spoilt(self, beside: Words) -> Words:
        chance = self.dice.random(beside.shape)
        known = np.maximum((self.rivals[beside] > 0).sum(axis=-1), 1)
        which = (self.dice.random(beside.shape) ** 2 * known).astype(np.int64)
        other = self.rivals[beside, which]
        swap = (chance < _SPOILT) & (beside >= _CLASSES) & (other > 0)
        spoilt: Words = np.where(swap, other, beside)
        spoilt[chance > 1 - _UNKNOWN] = 1
        return spoilt


def train(
    net: Net, batch: Callable[[], tuple[Tensor, ...]], minutes: float, *, pace: float = 1
) -> None:
    """Train for some minutes; the steps get smaller to the end, and all are smaller by `pace`."""
    torch.set_num_threads(1)
    named = {"words": [net.words.weight], "answers": [net.answers.weight, net.bias.weight]}
    named["layers"] = [p for layer in (net.one, net.two, net.three) for p in layer.parameters()]
    groups = [{"params": named[name], "lr": speed} for name, speed in _FAST.items()]
    optimizer = torch.optim.Adam(groups, betas=(0.9, 0.98))
    start, step, losses = time.monotonic(), 0, [0.0]
    while (done := (time.monotonic() - start) / 60 / minutes) < 1:
        slow = min(1, step / 200) * (0.02 + 0.49 * (1 + math.cos(math.pi * done)))
        for group, speed in zip(optimizer.param_groups, _FAST.values(), strict=True):
            group["lr"] = slow * speed * pace
        losses.append(_step(net, optimizer, batch()))
        step += 1
        if step % 500 == 0:
            print(f"{100 * done:.0f}%: loss {sum(losses[-500:]) / 500:.4f}", flush=True)


def _step(net: Net, optimizer: torch.optim.Optimizer, drawn: tuple[Tensor, ...]) -> float:
    beside, around, told, idle = drawn
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = net(beside, around, told)
    scores = scores.float().masked_fill(idle, -1e4)
    loss = nn.functional.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return float(loss.detach())


def load(net: Net, file: Path) -> None:
    """Take the weights that were written, to train them further."""
    with np.load(file) as data, torch.no_grad():
        for name in ("words", "one", "two", "three", "answers"):
            weights = data[name].astype(np.float32) * data[f"{name}_scale"][:, None]
            getattr(net, name).weight.copy_(torch.from_numpy(weights))
        for name in ("one", "two", "three"):
            getattr(net, name).bias.copy_(torch.from_numpy(data[f"{name}_bias"]))
        net.bias.weight.copy_(torch.from_numpy(data["answers_bias"])[:, None])


def save(net: Net, file: Path) -> None:
    """Write the weights as bytes, with a scale for each row."""
    data: dict[str, NDArray[np.generic]] = {}
    for name in ("words", "one", "two", "three", "answers"):
        weights = getattr(net, name).weight.detach().numpy()
        scale = np.abs(weights).max(axis=1) / 127 + 1e-12
        data[name] = np.round(weights / scale[:, None]).astype(np.int8)
        data[f"{name}_scale"] = scale.astype(np.float32)
    for name in ("one", "two", "three"):
        data[f"{name}_bias"] = getattr(net, name).bias.detach().numpy()
    data["answers_bias"] = net.bias.weight.detach().numpy()[:, 0]
    np.savez(file, **data)
