# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from torch import Tensor, nn

from dictionaries.build import reader_network, reader_training
from dictionaries.build.digit_network import parameters
from dictionaries.build.reader_network import LineNetwork, layer, targets
from dictionaries.build.reader_samples import Lines, joined
from dictionaries.build.reader_training import LESSONS, WARM, Lesson, State, batches, rate
from pipeline.reading.line_letters import ALPHABET, CLASS_OF, CLASSES
from pipeline.reading.line_picture import HEIGHT, STRIDE

RNG = np.random.default_rng(1)


def pool(count: int, mark: str, wide: int = 10) -> Lines:
    widths = [STRIDE * int(RNG.integers(wide, 4 * wide)) for _ in range(count)]
    pictures = [RNG.integers(0, 256, (HEIGHT, width)).astype(np.uint8) for width in widths]
    return joined(pictures, [f"{mark}{place}" for place in range(count)])


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 64 lines, batches of 8."""
    monkeypatch.setattr(reader_training, "PART", 64)
    monkeypatch.setattr(reader_training, "BATCH", 8)


@pytest.mark.parametrize("width", [STRIDE, 20, 132])
def test_the_network_answers_for_columns_of_some_pixels(width: int) -> None:
    network = LineNetwork().eval()
    with torch.no_grad():
        logits = network(torch.zeros(2, 1, HEIGHT, width))
    assert logits.shape == (2, width // STRIDE, CLASSES)


def test_the_network_is_small_enough_to_ship() -> None:
    # 8 bits a number, and the graph around them.
    assert parameters(LineNetwork()) < 2_500_000


@pytest.mark.parametrize("spread", [1, 2, 4])
def test_a_layer_keeps_the_size(spread: int) -> None:
    assert layer(3, 5, (1, 3), spread=spread)(torch.zeros(2, 3, 1, 30)).shape == (2, 5, 1, 30)
    assert layer(3, 5, (3, 3), stride=(2, 1))(torch.zeros(2, 3, 8, 30)).shape == (2, 5, 4, 30)


def test_targets_are_the_classes_of_the_characters() -> None:
    classes, lengths = targets(["Số 5", "", "ợ"])
    assert classes.tolist() == [CLASS_OF[character] for character in "Số 5ợ"]
    assert lengths.tolist() == [4, 0, 1]


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_rate_rises_stays_and_falls(lesson: Lesson) -> None:
    steps = range(lesson.begins, lesson.ends)
    rates = [rate(step, lesson) for step in steps]
    top = rates.index(lesson.rate)
    falls = round((1 - lesson.cool) * len(steps))
    assert top == WARM - 1
    assert rates[: top + 1] == sorted(set(rates[: top + 1]))
    assert set(rates[top:falls]) == {lesson.rate}
    assert rates[falls + 1 :] == sorted(rates[falls + 1 :], reverse=True)
    assert rates[0] == pytest.approx(lesson.rate / WARM)
    assert rates[-1] == pytest.approx(lesson.rate / 100)


def test_lessons_follow_one_another_in_whole_passes() -> None:
    passed = reader_training.PART // reader_training.BATCH
    assert LESSONS[0].begins == 0
    for lesson, following in pairwise(LESSONS):
        assert lesson.ends == following.begins
    for lesson in LESSONS:
        assert (lesson.ends - lesson.begins) % passed == 0
        assert lesson.ends - lesson.begins > WARM
        assert 0 <= lesson.real < 1
    assert LESSONS[0].real == 0


def test_three_parts_are_gone_through_in_turn_three_times_each() -> None:
    passed = reader_training.PART // reader_training.BATCH
    parts = [reader_training._part_of(block * passed) for block in range(20)]
    assert parts == [0, 1, 2] * 3 + [3, 4, 5] * 3 + [6, 7]
    assert reader_training._part_of(passed - 1) == 0


@pytest.mark.usefixtures("small")
def test_a_pass_has_every_line_once() -> None:
    lines = pool(64, "số ")
    met = [text for _, texts in batches(lines, None, 0.0, RNG) for text in texts]
    assert sorted(met) == sorted(lines.texts)
    assert met != sorted(met)


@pytest.mark.usefixtures("small")
def test_a_pass_has_its_share_of_real_lines_and_no_composed_one_twice() -> None:
    lines, real = pool(64, "số "), pool(5, "thật ")
    met = [text for _, texts in batches(lines, real, 0.25, RNG) for text in texts]
    composed = [text for text in met if text in lines.texts]
    assert (len(met), len(composed)) == (64, 48)
    assert len(set(composed)) == 48
    assert set(met) - set(composed) == set(real.texts)


@pytest.mark.usefixtures("small")
def test_lines_of_a_batch_are_of_like_width_and_keep_their_texts() -> None:
    lines = pool(64, "số ")
    text_of = {lines.picture(place).tobytes(): lines.texts[place] for place in range(64)}
    spreads = []
    for pictures, texts in batches(lines, None, 0.0, RNG):
        assert len(pictures) == len(texts) == 8
        assert [text_of[picture.tobytes()] for picture in pictures] == texts
        widths = [picture.shape[1] for picture in pictures]
        spreads.append(max(widths) / min(widths))
    assert max(spreads) < 2
    assert max(lines.widths) / min(lines.widths) > 3


def test_moved_lines_keep_their_size_and_are_no_darker() -> None:
    picture = np.full((HEIGHT, 60), 255, np.uint8)
    picture[12:20, 20:40] = 0
    moved = [reader_training.moved(picture, np.random.default_rng(seed)) for seed in range(20)]
    assert {one.shape for one in moved} == {picture.shape}
    assert all(((one < 70).sum(), one.max()) == (160, 255) for one in moved)
    assert {int(np.argwhere(one < 70)[0][0]) for one in moved} == {11, 12, 13}
    assert len({int(one.min()) for one in moved}) > 10


def test_ink_is_one_and_padding_none() -> None:
    dark, light = np.zeros((HEIGHT, 8), np.uint8), np.full((HEIGHT, 12), 255, np.uint8)
    tensor = reader_training.tensor([dark, light])
    assert tensor.shape == (2, 1, HEIGHT, 12)
    assert tensor[0, 0, 5].tolist() == [1.0] * 8 + [0.0] * 4
    assert not tensor[1].any()


@pytest.mark.usefixtures("small")
def test_a_pass_of_learning_moves_the_weights_and_stays_finite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_training, "PART", 8)
    state = reader_training.start(tmp_path / "none.pt")
    before = [weight.clone() for weight in state.network.parameters()]
    # No line says more than it has columns for but one, and one says nothing.
    lines = pool(8, "ợ", wide=4)
    lines = Lines(lines.pixels, lines.widths, (*lines.texts[:6], "quá dài " * 40, ""))
    loss = reader_training.learn(state, lines, None, LESSONS[0])
    assert 0 < loss < 1000
    assert state.step == 1
    for weights in (state.network, state.average):
        assert all(bool(weight.isfinite().all()) for weight in weights.parameters())
    after = list(state.network.parameters())
    assert not any(torch.equal(a, b) for a, b in zip(before, after, strict=True))
    assert state.optimizer.param_groups[0]["lr"] == rate(0, LESSONS[0])


def test_a_run_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    checkpoint = tmp_path / "reader.pt"
    state = reader_training.start(checkpoint)
    state.step, state.curve = 200, [{"step": 200, "loss": 1.0, "cer": 0.5}]
    with torch.no_grad():
        next(state.network.parameters()).add_(1.0)
    reader_training.save(state, checkpoint)
    again = reader_training.start(checkpoint)
    assert (again.step, again.curve) == (200, state.curve)
    assert torch.equal(first(again.network), first(state.network))
    assert torch.equal(first(again.average), first(state.average))
    assert not torch.equal(first(again.average), first(again.network))
    assert list(tmp_path.iterdir()) == [checkpoint]


def first(network: nn.Module) -> Tensor:
    return next(network.parameters())


def test_runs_begin_with_the_same_weights(tmp_path: Path) -> None:
    states: list[State] = [reader_training.start(tmp_path / "none.pt") for _ in range(2)]
    assert torch.equal(first(states[0].network), first(states[1].network))
    assert torch.equal(first(states[0].network), first(states[0].average))


def test_the_average_comes_closer_to_the_network() -> None:
    old, new = (layer(2, 3, (1, 3)) for _ in range(2))
    new[1].running_mean.fill_(1.0)
    new[1].num_batches_tracked.fill_(7)
    far = (first(old) - first(new)).abs().sum().item()
    reader_training.follow(old, new, 0.75)
    assert far > 0
    assert (first(old) - first(new)).abs().sum().item() == pytest.approx(0.75 * far, rel=1e-3)
    assert old[1].running_mean.tolist() == [0.25] * 3
    assert old[1].num_batches_tracked.item() == 7


class Seer(nn.Module):
    """Sees in each column the class that its ink tells."""

    def forward(self, pictures: Tensor) -> Tensor:
        classes = (pictures[:, 0, 0, ::STRIDE] * 255).round().long()
        return nn.functional.one_hot(classes, CLASSES).float()


def told(columns: str) -> np.ndarray:
    """Return a line whose columns tell characters; "_" tells none."""
    classes = [0 if character == "_" else CLASS_OF[character] for character in columns]
    return np.repeat(255 - np.array([classes] * HEIGHT), STRIDE, axis=1).astype(np.uint8)


PATHS = [
    ("__SSố__ 55", "Số 5"),
    ("5_5", "55"),
    ("bbbb", "b"),
    ("_", ""),
    ("ợ", "ợ"),
]


def test_of_each_line_the_best_path_is_read() -> None:
    lines = joined([told(columns) for columns, _ in PATHS], [text for _, text in PATHS])
    read = reader_training.read(Seer(), lines, len(PATHS))  # type: ignore[arg-type]
    assert read == [text for _, text in PATHS]
    assert reader_training.read(Seer(), lines, 2) == read[:2]  # type: ignore[arg-type]


def test_errors_are_a_share_of_the_characters() -> None:
    lines = joined([told("Số"), told("5"), told("ba")], ["Sô", "567", "ba"])
    network = Seer()
    assert reader_training.errors(network, lines, 3) == pytest.approx(3 / 7)  # type: ignore[arg-type]
    assert reader_training.errors(network, lines, 1) == pytest.approx(1 / 2)  # type: ignore[arg-type]


def test_every_character_has_a_class_of_its_own() -> None:
    assert sorted(CLASS_OF.values()) == list(range(1, CLASSES))
    assert [ALPHABET[number - 1] for number in CLASS_OF.values()] == list(CLASS_OF)
    assert reader_network.CLASSES == CLASSES
