# SPDX-License-Identifier: Apache-2.0
"""Writes the trained line network as ONNX: as it is, or with weights and numbers of 8 bits.

    python dictionaries/build/reader_export.py --folder .bench/reader

Batch normalisation is folded into the convolutions; the numbers between the layers are measured
on composed lines in a font that training never saw, and each channel of a layer has its own scale.
How sure a word is, is calibrated on other such lines: the probability that the network gives it is
mapped to how often it is right (logistic, two numbers).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import warnings
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build import reader_card
from dictionaries.build.digit_export import calibrated
from dictionaries.build.reader_samples import HELD_OUT, Lines, load
from dictionaries.build.reader_training import start
from pipeline.reading import line_reader
from pipeline.reading.line_decoder import decode
from pipeline.reading.line_picture import HEIGHT

if TYPE_CHECKING:
    from dictionaries.build.reader_network import LineNetwork
    from pipeline.reading.line_reader import LineModel

MODEL = Path(__file__).parent.parent / "model" / "reader.onnx"
# Lines on which the range of numbers between the layers is measured.
_MEASURED, _WIDTH = 250, 640
# Lines on which the confidence of words is calibrated.
_CALIBRATED = 3000


class Probabilities(nn.Module):
    """The network with softmax: what the program needs of it."""

    def __init__(self, network: LineNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the probability of each class in each column."""
        return torch.softmax(self.network(pictures), 2)


class _Pictures(CalibrationDataReader):  # type: ignore[misc]
    """Lines one by one, as onnxruntime wants them."""

    def __init__(self, lines: Lines, count: int) -> None:
        self._left = iter([lines.picture(place) for place in range(count)])

    def get_next(self) -> dict[str, np.ndarray] | None:
        """Return the next line, None after the last one."""
        picture = next(self._left, None)
        if picture is None:
            return None
        # It collects pictures of one width only.
        ink = (255 - picture[:, :_WIDTH].astype(np.float32)) / 255
        return {"line": np.pad(ink, ((0, 0), (0, _WIDTH - ink.shape[1])))[None, None]}


def main() -> None:
    """Export, calibrate, write model and card."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folder", type=Path, default=Path(".bench/reader"))
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--whole", action="store_true", help="32 bits: to compare with")
    options = parser.parse_args()
    state = start(options.folder / "reader.pt")
    model = exported(state.average)
    lines = load(options.folder / "lines" / f"{HELD_OUT:06}.npz")
    if not options.whole:
        model = quantised(model, lines)
    write(model, options.out, slope=1.0, offset=0.0)
    shares, hits = words(line_reader.load(options.out), lines)
    slope, offset = calibrated(shares, hits)
    write(model, options.out, slope=slope, offset=offset)
    print(f"{len(hits)} words, {hits.mean():.4f} right; slope {slope:.3f}, offset {offset:.3f}")
    if options.whole:
        return
    sure = np.array([line_reader.load(options.out).confidence(share) for share in shares])
    labelled = options.folder / "real.npz"
    reader_card.write(
        options.out, state=state, real=load(labelled) if labelled.is_file() else None,
        lines=lines, sure=sure, hits=hits, calibration=(slope, offset), folder=options.folder,
    )  # fmt: skip


def exported(network: LineNetwork) -> onnx.ModelProto:
    """Return the network as ONNX; batch normalisation is folded into the convolutions."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # The newer exporter needs one more package and gives the same graph.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            Probabilities(network).eval(), (torch.zeros(1, 1, HEIGHT, 400),), buffer,
            dynamo=False, opset_version=17, input_names=["line"], output_names=["seen"],
            dynamic_axes={"line": {3: "width"}, "seen": {1: "columns"}},
        )  # fmt: skip
    return onnx.load_from_string(buffer.getvalue())


def quantised(model: onnx.ModelProto, lines: Lines) -> onnx.ModelProto:
    """Return the model with weights and numbers of 8 bits."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        onnx.save(model, folder / "whole.onnx")
        quant_pre_process(folder / "whole.onnx", folder / "ready.onnx")
        quantize_static(
            folder / "ready.onnx", folder / "small.onnx", _Pictures(lines, _MEASURED),
            quant_format=QuantFormat.QDQ, per_channel=True, weight_type=QuantType.QInt8,
            activation_type=QuantType.QUInt8, calibrate_method=CalibrationMethod.Percentile,
            extra_options={"CalibPercentile": 99.995},
            op_types_to_quantize=["Conv", "Add", "Relu"],
        )  # fmt: skip
        return onnx.load(folder / "small.onnx")


def words(model: LineModel, lines: Lines) -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities of the words of lines not measured on, and which are right."""
    shares: list[float] = []
    hits: list[bool] = []
    for place in range(_MEASURED, _MEASURED + _CALIBRATED):
        read = decode(model.look(lines.picture(place)))
        right = np.zeros(len(read), bool)
        texts = SequenceMatcher(None, [word.text for word in read], lines.texts[place].split())
        for block in texts.get_matching_blocks():
            right[block.a : block.a + block.size] = True
        shares += [word.probability for word in read]
        hits += right.tolist()
    return np.array(shares), np.array(hits)


def write(model: onnx.ModelProto, path: Path, *, slope: float, offset: float) -> None:
    """Write the model with its calibration and the digest of its graph and weights."""
    digest = hashlib.sha256(model.graph.SerializeToString(deterministic=True)).hexdigest()
    del model.metadata_props[:]
    facts = {"slope": f"{slope:.6f}", "offset": f"{offset:.6f}", "digest": digest}
    onnx.helper.set_model_props(model, facts)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
