"""The recognizer's net: a few convolutions, a column of scores for every second pixel column."""

from __future__ import annotations

import torch
from torch import Tensor, nn

ALPHABET = "0123456789abcd"  # class 0 is nothing, class i is ALPHABET[i - 1]


def block(before: int, after: int, kernel: int | tuple[int, int], stride: int | tuple[int, int]):
    """Return a convolution with its normalization."""
    size = (kernel, kernel) if isinstance(kernel, int) else kernel
    pad = (size[0] // 2, size[1] // 2)
    conv = nn.Conv2d(before, after, size, stride, pad, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(after), nn.ReLU())


class Net(nn.Module):
    """Ink (batch, 1, 40, width) to scores of characters for every second column, and of kinds."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            block(1, 20, 5, 2),
            block(20, 32, 3, 1),
            block(32, 48, 3, (2, 1)),
            block(48, 64, 3, (2, 1)),
            block(64, 80, 3, 1),
        )
        self.fold = nn.Sequential(
            nn.Conv2d(80, 112, (5, 1), bias=False), nn.BatchNorm2d(112), nn.ReLU()
        )
        self.along = nn.Sequential(block(112, 112, (1, 5), 1), block(112, 112, (1, 5), 1))
        self.drop = nn.Dropout(0.1)
        self.chars = nn.Linear(112, len(ALPHABET) + 1)
        self.kinds = nn.Linear(224, 3)

    def forward(self, ink: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of characters and of kinds."""
        folded = self.fold(self.body(ink)).squeeze(2)
        wide = folded.unsqueeze(2)
        seen = (wide + self.along(wide)).squeeze(2).transpose(1, 2)
        seen = self.drop(seen)
        pooled = torch.cat([folded.amax(2), folded.mean(2)], 1)
        return self.chars(seen), self.kinds(pooled)


class Panel(nn.Module):
    """Several nets as one: each reads all the pictures, their answers stand one after another."""

    def __init__(self, nets: list[Net]) -> None:
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, ink: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of the first net for all pictures, then those of the next."""
        answers = [net(ink) for net in self.nets]
        return torch.cat([chars for chars, _ in answers]), torch.cat(
            [kinds for _, kinds in answers]
        )
