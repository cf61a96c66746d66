# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch

from dictionaries.build import digit_export, digit_network, digit_training
from dictionaries.build.digit_network import CLASSES, DigitNetwork
from dictionaries.build.digit_samples import HELD_OUT
from pipeline.reading.slot_picture import HEIGHT, WIDTH
from pipeline.reading.slot_reader import load

RNG = np.random.default_rng(1)


def test_the_network_answers_for_columns_of_two_pixels() -> None:
    network = DigitNetwork().eval()
    with torch.no_grad():
        logits = network(torch.zeros(3, 1, HEIGHT, WIDTH))
    assert logits.shape == (3, WIDTH // 2, CLASSES)
    # In four bytes each, and the graph around them, under 2 MB.
    assert digit_network.parameters(network) * 4 < 1_900_000


def test_targets_leave_empty_slots_empty() -> None:
    classes, lengths = digit_network.targets(["05", "", "12a"])
    assert classes.tolist() == [1, 6, 2, 3, 11]
    assert lengths.tolist() == [2, 0, 3]


def test_the_rate_rises_stays_and_falls() -> None:
    lesson = digit_training.Lesson(4, 1000, 5000, 1e-3)
    rates = [digit_training.rate(1000 + step, lesson) for step in range(4001)]
    assert rates[0] < rates[100] < rates[500] == rates[2000] == lesson.rate
    assert rates[3000] > rates[3500] > rates[4000] == 0


def test_lessons_follow_one_another_and_the_second_has_all_slots_of_the_first() -> None:
    first, second = digit_training.LESSONS
    assert (first.begins, first.ends) == (0, second.begins)
    assert first.parts < second.parts < HELD_OUT
    assert second.rate < first.rate


def test_moved_slots_keep_their_size_and_ink() -> None:
    pictures = np.full((8, HEIGHT, WIDTH), 255, np.uint8)
    pictures[:, 10:20, 20:40] = 0
    moved = digit_training.moved(pictures, np.random.default_rng(2))
    assert moved.shape == pictures.shape
    assert ((moved < 140).sum(axis=(1, 2)) == 200).all()
    assert len({tuple(np.argwhere(one < 140)[0]) for one in moved}) > 3


def test_a_run_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    checkpoint = tmp_path / "digits.pt"
    state = digit_training.start(checkpoint)
    state.step, state.curve = 7, [{"step": 7, "loss": 1.0, "right": 0.5}]
    with torch.no_grad():
        next(state.network.parameters()).add_(1.0)
    digit_training.save(state, checkpoint)
    again = digit_training.start(checkpoint)
    assert (again.step, again.curve) == (7, state.curve)
    assert torch.equal(next(again.network.parameters()), next(state.network.parameters()))


def test_the_average_comes_closer_to_the_network() -> None:
    old, new = DigitNetwork(), DigitNetwork()
    far = distance(old, new)
    digit_training.follow(old, new, 0.5)
    assert far > 0
    assert distance(old, new) == pytest.approx(far / 2, rel=1e-3)


def distance(one: DigitNetwork, other: DigitNetwork) -> float:
    with torch.no_grad():
        pairs = zip(one.parameters(), other.parameters(), strict=True)
        return sum(float((a - b).abs().sum()) for a, b in pairs)


def test_what_is_exported_sees_what_the_network_sees(tmp_path: Path) -> None:
    network = DigitNetwork().eval()
    path = tmp_path / "digits.onnx"
    digit_export.write(digit_export.exported(network), path, slope=1.5, offset=-0.25)
    model = load(path)
    assert (model.slope, model.offset) == (1.5, -0.25)
    pictures = RNG.integers(0, 256, (2, HEIGHT, WIDTH)).astype(np.uint8)
    with torch.no_grad():
        expected = torch.softmax(network(digit_training.tensor(pictures)), 2).numpy()
    assert np.abs(model.look(pictures) - expected).max() < 1e-4


def test_confidences_become_what_they_promise() -> None:
    shares = RNG.uniform(0.02, 0.98, 6000)
    # Right less often than promised: the logit counts half.
    logits = 0.5 * np.log(shares / (1 - shares))
    hits = RNG.random(6000) < 1 / (1 + np.exp(-logits))
    slope, offset = digit_export.calibrated(shares, hits)
    assert slope == pytest.approx(0.5, abs=0.07)
    assert offset == pytest.approx(0.0, abs=0.1)
