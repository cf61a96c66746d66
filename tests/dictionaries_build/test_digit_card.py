# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from dictionaries.build import digit_card, digit_export, digit_training
from dictionaries.build.digit_samples import Samples
from dictionaries.build.typefaces import TYPEFACES, lacks
from pipeline.reading.slot_picture import HEIGHT, WIDTH

pytestmark = pytest.mark.skipif(bool(lacks(TYPEFACES[0])), reason=lacks(TYPEFACES[0]))
SAMPLES = Samples(
    np.full((4, HEIGHT, WIDTH), 255, np.uint8),
    ("05", "12", "", "574"),
    ("day", "month", "day", "number"),
    ("written", "printed", "written", "scanned"),
)


def card(folder: Path) -> str:
    state = digit_training.start(folder / "none.pt")
    state.step = 400
    state.curve = [{"step": 10 * n, "loss": 1 / n, "right": 0.5} for n in range(1, 41)]
    path = folder / "digits.onnx"
    digit_export.write(digit_export.exported(state.average), path, slope=1.0, offset=0.0)
    mnist = folder / "mnist.npz"
    mnist.write_bytes(b"digits")
    digit_card.write(
        path, mnist=mnist, state=state, samples=SAMPLES,
        hits=np.array([True, True, True, False]), sure=np.array([0.99, 0.9, 0.7, 0.6]),
        calibration=(1.25, -0.5),
    )  # fmt: skip
    return path.with_suffix(".md").read_text(encoding="utf-8")


def test_the_card_says_what_was_measured(tmp_path: Path) -> None:
    text = card(tmp_path)
    assert "| all | 4 | 75.0% |" in text
    assert "| number | 1 | 0.0% |" in text
    assert "| empty | 1 | 100.0% |" in text
    assert "| 0.5 | 100.0% | 25.00% |" in text
    assert "| 0.8 | 50.0% | 0.00% |" in text
    assert "1.250 × logit of the vote's share -0.500" in text
    assert "| 400 | 0.025 | 50.0% |" in text


def test_figures_on_real_slots_are_kept(tmp_path: Path) -> None:
    old = card(tmp_path)
    path = tmp_path / "digits.md"
    path.write_text(old + "\n## On slots of real documents\nmeasured\n", encoding="utf-8")
    assert card(tmp_path).endswith("## On slots of real documents\nmeasured\n")
