# SPDX-License-Identifier: Apache-2.0
"""Writes the trained digit network as ONNX with calibrated confidences, and its card.

    python dictionaries/build/digit_export.py --mnist mnist.npz --folder .bench/digits

Confidences are calibrated on composed slots of MNIST digits that training never saw: the share
of the vote that a text gets is mapped to how often it is right (logistic, two numbers).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build import digit_card
from dictionaries.build.digit_samples import HELD_OUT, part
from dictionaries.build.digit_training import LESSONS, start
from pipeline.reading import slot_reader
from pipeline.reading.slot_picture import HEIGHT, WIDTH, views

if TYPE_CHECKING:
    from dictionaries.build.digit_network import DigitNetwork
    from dictionaries.build.digit_samples import Samples
    from pipeline.reading.slot_reader import DigitModel, SlotReading

MODEL = Path(__file__).parent.parent / "model" / "digits.onnx"


class Probabilities(nn.Module):
    """The network with softmax: what the program needs of it."""

    def __init__(self, network: DigitNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the probability of each class in each column."""
        return torch.softmax(self.network(pictures), 2)


def main() -> None:
    """Export, calibrate on held-out slots, write model and card."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=Path(".bench/digits"))
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--slots", type=int, default=4000, help="to calibrate with")
    options = parser.parse_args()
    checkpoint = options.folder / "digits.pt"
    if not checkpoint.is_file():
        parser.error(f"{checkpoint} is missing: train first (digit_training.py)")
    state = start(checkpoint)
    raw = exported(state.average)
    options.out.parent.mkdir(exist_ok=True)
    write(raw, options.out, slope=1.0, offset=0.0)
    held_out = part(HELD_OUT + len(LESSONS) - 1, options.folder / "slots", options.mnist)
    readings = read(slot_reader.load(options.out), held_out, options.slots)
    shares = np.array([reading.confidence for reading in readings])
    hits = np.array([a.text == b for a, b in zip(readings, held_out.texts, strict=False)])
    slope, offset = calibrated(shares, hits)
    write(raw, options.out, slope=slope, offset=offset)
    model = slot_reader.load(options.out)
    sure = np.array([model.confidence(share) for share in shares])
    digit_card.write(
        options.out, mnist=options.mnist, state=state, samples=held_out, hits=hits, sure=sure,
        calibration=(slope, offset),
    )  # fmt: skip


def exported(network: DigitNetwork) -> onnx.ModelProto:
    """Return the network as ONNX; batch normalisation is folded into the convolutions."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # The newer exporter needs one more package and gives the same graph.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            Probabilities(network).eval(), (torch.zeros(2, 1, HEIGHT, WIDTH),), buffer,
            dynamo=False, opset_version=17, input_names=["slots"], output_names=["seen"],
            dynamic_axes={"slots": {0: "slots"}, "seen": {0: "slots"}},
        )  # fmt: skip
    return onnx.load_from_string(buffer.getvalue())


def write(model: onnx.ModelProto, path: Path, *, slope: float, offset: float) -> None:
    """Write the model with its calibration and the digest of its graph and weights."""
    digest = hashlib.sha256(model.graph.SerializeToString(deterministic=True)).hexdigest()
    facts = {"slope": f"{slope:.6f}", "offset": f"{offset:.6f}", "digest": digest}
    onnx.helper.set_model_props(model, facts)
    path.write_bytes(model.SerializeToString(deterministic=True))


def read(model: DigitModel, samples: Samples, count: int) -> list[SlotReading]:
    """Return what the program reads in the first slots."""
    readings = []
    for place in range(count):
        seen = model.look(views(samples.pictures[place]))
        readings.append(slot_reader.decide(seen, samples.kinds[place], model))  # type: ignore[arg-type]
    return readings


def calibrated(shares: np.ndarray, hits: np.ndarray) -> tuple[float, float]:
    """Return slope and offset of the logistic that fits best, by Newton's method.

    A weak prior keeps them near 1 and 0.
    """
    clipped = np.clip(shares, 1e-6, 1 - 1e-6)
    logits = np.column_stack([np.log(clipped / (1 - clipped)), np.ones(len(shares))])
    weights = prior = np.array([1.0, 0.0])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-logits @ weights))
        slopes = logits.T @ (hits - sure) - (weights - prior)
        bends = (logits * (sure * (1 - sure))[:, None]).T @ logits + np.eye(2)
        change = np.linalg.solve(bends, slopes)
        weights = weights + change
        if np.abs(change).max() < 1e-8:
            break
    return float(weights[0]), float(weights[1])


if __name__ == "__main__":
    main()
