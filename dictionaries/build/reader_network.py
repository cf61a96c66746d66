# SPDX-License-Identifier: Apache-2.0
"""The network of the line reader: convolutions, then CTC over columns of four pixels.

No recurrence and no attention: each column sees some 60 pixels to either side, a syllable or two,
so that it learns letters rather than sentences; for sentences there is the language
model, and its errors shall be others.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from pipeline.reading.line_letters import CLASS_OF, CLASSES
from pipeline.reading.line_picture import HEIGHT

_WIDE = 256
# Spread of the layers over columns, one after the other.
_SPREADS = (1, 1, 2, 2, 4, 1)
# Rows that are left when the eyes have halved them three times.
_ROWS = HEIGHT // 8


class LineNetwork(nn.Module):
    """Pictures (N, 1, HEIGHT, W), ink 1 and paper 0, to logits (N, W / STRIDE, CLASSES)."""

    def __init__(self) -> None:
        super().__init__()
        self.eyes = nn.Sequential(
            layer(1, 24, (3, 3), stride=(2, 2)),
            layer(24, 32, (3, 3)),
            layer(32, 64, (3, 3), stride=(2, 2)),
            layer(64, 64, (3, 3)),
            layer(64, 128, (3, 3), stride=(2, 1)),
            nn.Conv2d(128, _WIDE, (_ROWS, 3), padding=(0, 1), bias=False),
            nn.BatchNorm2d(_WIDE),
            nn.ReLU(),
        )
        self.around = nn.ModuleList(layer(_WIDE, _WIDE, (1, 3), spread=n) for n in _SPREADS)
        self.drop = nn.Dropout(0.05)
        self.answer = nn.Conv2d(_WIDE, CLASSES, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return logits of each column; the first class is CTC's blank."""
        seen = self.eyes(pictures)
        for each in self.around:
            seen = seen + each(seen)
        found: Tensor = self.answer(self.drop(seen)).squeeze(2).transpose(1, 2)
        return found


def layer(
    channels: int,
    filters: int,
    size: tuple[int, int],
    *,
    stride: tuple[int, int] = (1, 1),
    spread: int = 1,
) -> nn.Sequential:
    """Return a convolution that keeps the size but for `stride`, normalised and rectified."""
    margin = (size[0] // 2, size[1] // 2 * spread)
    return nn.Sequential(
        nn.Conv2d(channels, filters, size, stride, margin, (1, spread), bias=False),
        nn.BatchNorm2d(filters),
        nn.ReLU(),
    )


def targets(texts: list[str]) -> tuple[Tensor, Tensor]:
    """Return all characters as one row of classes, and the length of each text."""
    classes = [CLASS_OF[character] for text in texts for character in text]
    return torch.tensor(classes), torch.tensor([len(text) for text in texts])
