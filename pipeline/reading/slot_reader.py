# SPDX-License-Identifier: Apache-2.0
"""Reads the digits in the slots of number and date, written by hand, stamped or printed.

The network (`dictionaries/model/digits.onnx`, its card beside it) was trained on composed slots by
`dictionaries/build/digit_training.py`; onnxruntime runs it on one thread. Several views of a slot
vote, the grammar of the slot weighs, and what is left open becomes alternatives.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from pipeline.dictionary import folder
from pipeline.reading.networks import Network
from pipeline.reading.slot_picture import Pixels, prepare, views
from pipeline.reading.slot_scores import Kind, Probabilities, candidates, probabilities

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ALTERNATIVES = 4
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class SlotReading:
    """What stands in a slot.

    Attributes:
        text: as written, "05" is not "5"; "" for an empty slot.
        confidence: calibrated probability that the text is right, 0 to 1.
        alternatives: other texts with their probabilities, the likeliest first.
        characters: for each character of the text the probability that it is right.
    """

    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()
    characters: tuple[float, ...] = ()


class DigitModel(Network):
    """The network of the reader of digits; its confidence is that of a share of the vote."""

    def look(self, pictures: Pixels) -> Probabilities:
        """Return (pictures, columns, classes) for prepared pictures, paper 255 and ink 0."""
        ink = (255 - pictures.astype(np.float32)) / 255
        (found,) = self.session.run(None, {"slots": ink[:, None]})
        return np.asarray(found, np.float64)


def read_slot(image: Pixels, kind: Kind) -> SlotReading:
    """Return what stands in the crop of a slot, grey or RGB, 1.7 em high at about 200 dpi.

    Raises:
        MissingDependencyError: onnxruntime or the model is missing.
    """
    return read_slots([(image, kind)])[0]


def read_slots(slots: Sequence[tuple[Pixels, Kind]]) -> list[SlotReading]:
    """Return what stands in each crop; see `read_slot`. Together they take less time."""
    if not slots:
        return []
    model = digit_model()
    pictures = [views(prepare(image)) for image, _ in slots]
    seen = model.look(np.concatenate(pictures)).reshape(len(slots), len(pictures[0]), -1, 15)
    return [decide(its, kind, model) for its, (_, kind) in zip(seen, slots, strict=True)]


def decide(seen: Probabilities, kind: Kind, model: DigitModel) -> SlotReading:
    """Return the likeliest text of a slot from what its views show."""
    weights = candidates(seen, kind)
    texts = tuple(weights)
    found = probabilities(seen, texts)
    weighed = found * np.array([weights[text] for text in texts])
    # What no candidate explains speaks against all of them.
    total = float(weighed.sum()) + max(0.0, 1.0 - float(found.sum()))
    order = np.argsort(-weighed, kind="stable")[: _ALTERNATIVES + 1]
    ranked = [(texts[place], float(weighed[place]) / max(total, _TINY)) for place in order]
    text, share = ranked[0]
    confidence = model.confidence(share)
    left = (1 - confidence) / max(1 - share, _TINY)
    others = tuple((other, min(rest * left, 1.0)) for other, rest in ranked[1:] if rest > 0.001)
    return SlotReading(text, confidence, others, _characters(text, confidence, others))


def _characters(
    text: str, confidence: float, others: tuple[tuple[str, float], ...]
) -> tuple[float, ...]:
    """Return for each character the sum over all texts as long that have it in its place."""
    return tuple(
        min(1.0, confidence + sum(
            chance for other, chance in others if len(other) == len(text) and other[place] == mark
        ))
        for place, mark in enumerate(text)
    )  # fmt: skip


@cache
def digit_model() -> DigitModel:
    """Return the model of this installation; loaded once a process.

    Raises:
        MissingDependencyError: onnxruntime is not installed, the file is missing or no model.
    """
    return load(folder() / "model" / "digits.onnx")


def load(path: Path) -> DigitModel:
    """Return the model in a file.

    Raises:
        MissingDependencyError: onnxruntime is not installed, the file is missing or no model.
    """
    return DigitModel.of(path, "the reader of digits", "make model-digits MNIST=mnist.npz")
