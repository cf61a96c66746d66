# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch

from dictionaries.build import reader_export, reader_training
from dictionaries.build.reader_network import LineNetwork
from dictionaries.build.reader_samples import Lines, joined
from pipeline.reading.line_letters import CLASSES
from pipeline.reading.line_picture import HEIGHT, STRIDE
from pipeline.reading.line_reader import LineModel, load

RNG = np.random.default_rng(1)


def lines(*widths: int) -> Lines:
    pictures = [RNG.integers(0, 256, (HEIGHT, width)).astype(np.uint8) for width in widths]
    return joined(pictures, ["Số 5"] * len(widths))


@pytest.fixture(scope="module")
def network() -> LineNetwork:
    torch.manual_seed(1)
    made = LineNetwork()
    # Batch normalisation that does something, and answers that differ.
    made(torch.rand(2, 1, HEIGHT, 80))
    with torch.no_grad():
        made.answer.weight.mul_(10)
    return made.eval()


@pytest.mark.parametrize("width", [STRIDE, 100, 640])
def test_what_is_exported_sees_what_the_network_sees(
    network: LineNetwork, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "reader.onnx"
    reader_export.write(reader_export.exported(network), path, slope=1.5, offset=-0.25)
    model = load(path)
    assert (model.slope, model.offset) == (1.5, -0.25)
    picture = lines(width).picture(0)
    with torch.no_grad():
        expected = torch.softmax(network(reader_training.tensor([picture])), 2)[0].numpy()
    seen = model.look(picture)
    assert seen.shape == (width // STRIDE, CLASSES)
    assert expected.max() > 0.05
    assert np.abs(seen - expected).max() < 1e-4


def test_the_digest_is_of_the_weights_and_not_of_the_calibration(
    network: LineNetwork, tmp_path: Path
) -> None:
    def digest(net: LineNetwork, slope: float) -> str:
        path = tmp_path / "reader.onnx"
        reader_export.write(reader_export.exported(net), path, slope=slope, offset=0.0)
        return load(path).digest

    assert digest(network, 1.0) == digest(network, 2.0)
    assert digest(network, 1.0) != digest(LineNetwork().eval(), 1.0)


def test_a_model_of_8_bits_is_smaller_and_sees_nearly_the_same(
    network: LineNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_export, "_MEASURED", 2)
    monkeypatch.setattr(reader_export, "_WIDTH", 80)
    pool = lines(80, 60)
    whole, small = tmp_path / "whole.onnx", tmp_path / "small.onnx"
    model = reader_export.exported(network)
    reader_export.write(model, whole, slope=1.0, offset=0.0)
    reader_export.write(reader_export.quantised(model, pool), small, slope=1.0, offset=0.0)
    assert small.stat().st_size < 0.35 * whole.stat().st_size
    first, second = (load(path).look(pool.picture(0)) for path in (whole, small))
    assert np.corrcoef(first.ravel(), second.ravel())[0, 1] > 0.95
    assert not np.array_equal(first, second)
    assert load(whole).digest != load(small).digest


def test_words_are_right_or_wrong_where_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    read = {"Số 5": [("Số", 0.9), ("6", 0.4)], "ban hành": [("ban", 0.8), ("hành", 0.7)]}
    texts = ["đo", *read]
    pool = joined([np.full((HEIGHT, 8), place, np.uint8) for place in range(3)], texts)

    class Model:
        def look(self, picture: np.ndarray) -> str:
            return texts[int(picture[0, 0])]

    class Said:
        def __init__(self, text: str, probability: float) -> None:
            self.text, self.probability = text, probability

    monkeypatch.setattr(reader_export, "_MEASURED", 1)
    monkeypatch.setattr(reader_export, "_CALIBRATED", 2)
    monkeypatch.setattr(reader_export, "decode", lambda seen: [Said(*word) for word in read[seen]])
    model: LineModel = Model()  # type: ignore[assignment]
    shares, hits = reader_export.words(model, pool)
    assert shares.tolist() == [0.9, 0.4, 0.8, 0.7]
    assert hits.tolist() == [True, False, True, True]
