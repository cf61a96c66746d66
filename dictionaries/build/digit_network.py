# SPDX-License-Identifier: Apache-2.0
"""The network of the digit reader: convolutions, then CTC over columns of two pixels."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from pipeline.reading.slot_picture import HEIGHT
from pipeline.reading.slot_scores import ALPHABET

# CTC's blank is the first class.
CLASSES = len(ALPHABET) + 1
# Rows that are left of the picture after halving it three times.
_ROWS = HEIGHT // 8
_WIDE = 112


class DigitNetwork(nn.Module):
    """Pictures (N, 1, HEIGHT, WIDTH), ink 1 and paper 0, to logits (N, WIDTH / 2, CLASSES)."""

    def __init__(self) -> None:
        super().__init__()
        self.eyes = nn.Sequential(
            _layer(1, 24, (5, 5), stride=2),
            _layer(24, 32, (3, 3)),
            nn.MaxPool2d((2, 1)),
            _layer(32, 48, (3, 3)),
            nn.MaxPool2d(2),
            _layer(48, 96, (3, 3)),
            nn.Conv2d(96, _WIDE, (_ROWS, 3), padding=(0, 1), bias=False),
            nn.BatchNorm2d(_WIDE),
            nn.ReLU(),
        )
        # Whether a stroke is a 1 or the slash behind the number, its neighbours say.
        self.around = nn.ModuleList(_layer(_WIDE, _WIDE, (1, 5), spread=n) for n in (1, 2))
        self.drop = nn.Dropout(0.1)
        # Two columns from each: narrow digits, "11", stand close together.
        self.answer = nn.Conv2d(_WIDE, 2 * CLASSES, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return logits of each column; the first class is CTC's blank."""
        seen = self.eyes(pictures)
        for layer in self.around:
            seen = seen + layer(seen)
        found: Tensor = self.answer(self.drop(seen)).squeeze(2).transpose(1, 2)
        return found.reshape(-1, 2 * found.shape[1], CLASSES)


def _layer(
    channels: int, filters: int, size: tuple[int, int], *, stride: int = 1, spread: int = 1
) -> nn.Sequential:
    margin = (size[0] // 2, size[1] // 2 * spread)
    return nn.Sequential(
        nn.Conv2d(channels, filters, size, stride, margin, (1, spread), bias=False),
        nn.BatchNorm2d(filters),
        nn.ReLU(),
    )


def parameters(network: nn.Module) -> int:
    """Return how many numbers the network has learnt."""
    return sum(weight.numel() for weight in network.parameters())


def targets(texts: list[str]) -> tuple[Tensor, Tensor]:
    """Return all characters as one row of classes, and the length of each text."""
    classes = [ALPHABET.index(character) + 1 for text in texts for character in text]
    return torch.tensor(classes), torch.tensor([len(text) for text in texts])
