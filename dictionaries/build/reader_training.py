# SPDX-License-Identifier: Apache-2.0
"""Trains the line reader: `make model-reader DATA=folder` runs this and what follows it.

    nice python dictionaries/build/reader_training.py --data ../shared/data --lesson 0

The first lesson is composed lines only; the second adds real lines with automatic labels
(`reader_real.py`), half and half. In each the learning rate rises, stays, and falls; what is kept
is the moving average of the weights. A run that was cut off goes on from its last checkpoint.
Which weights are good, composed lines in a font that was never seen say; pages with true text are
never looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from rapidfuzz.distance import Levenshtein
from torch import nn

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build.learning import State, begun, follow, save
from dictionaries.build.reader_network import LineNetwork, targets
from dictionaries.build.reader_samples import HELD_OUT, PART, Lines, load, part
from pipeline.reading.line_letters import ALPHABET
from pipeline.reading.line_picture import HEIGHT, STRIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.reading.line_picture import Pixels

BATCH = 32
# Batches of one pass over a part, and passes over the three parts that are in turn.
_PASS = PART // BATCH
_PASSES, _TURN = 3, 3
WARM = 300
AVERAGED = 0.9985
SEED = 21


@dataclass(frozen=True, slots=True)
class Lesson:
    """A part of the training.

    Attributes:
        begins, ends: between which batches.
        rate: of learning, at its highest.
        cool: the share of the lesson in which the rate falls to a hundredth.
        real: the share of real lines in a batch.
    """

    begins: int
    ends: int
    rate: float
    cool: float
    real: float = 0.0


LESSONS = (Lesson(0, 4_600, 2e-3, 0.35), Lesson(4_600, 7_600, 1.2e-3, 0.85, 0.4))


def main() -> None:
    """Compose what is missing, train one lesson, leave `reader.pt` and the curve in the folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=Path(".bench/reader"))
    parser.add_argument("--lesson", type=int, required=True, choices=range(len(LESSONS)))
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(options.threads)
    lesson = LESSONS[options.lesson]
    state = start(options.folder / "reader.pt")
    if state.step < lesson.begins:
        parser.error("the lesson before this one is not finished")
    real = load(options.folder / "real.npz") if lesson.real else None
    pool = options.folder / "lines"
    held_out = part(HELD_OUT, pool, options.data)
    began = time.monotonic()
    with get_context("spawn").Pool(1) as helper:
        while state.step < lesson.ends:
            number = _part_of(state.step)
            following = helper.apply_async(part, (number + 1, pool, options.data))
            loss = learn(state, part(number, pool, options.data), real, lesson)
            wrong = errors(state.average, held_out)
            state.curve.append({"step": state.step, "loss": round(loss, 4), "cer": round(wrong, 5)})
            print(f"{time.monotonic() - began:.0f} s", json.dumps(state.curve[-1]), flush=True)
            save(state, options.folder / "reader.pt")
            following.wait()


def _part_of(step: int) -> int:
    """Return the part that a batch is of: three are gone through in turn, three times each."""
    block = step // _PASS
    return _TURN * (block // (_TURN * _PASSES)) + block % _TURN


def start(checkpoint: Path) -> State[LineNetwork]:
    """Return the state of a checkpoint, or that of an untrained network."""
    torch.manual_seed(SEED)
    return begun(LineNetwork(), LESSONS[0].rate, checkpoint)


def rate(step: int, lesson: Lesson) -> float:
    """Return the learning rate: up in WARM steps, level, down in the lesson's last part."""
    left = (lesson.ends - step) / (lesson.cool * (lesson.ends - lesson.begins))
    return lesson.rate * min(1.0, (step - lesson.begins + 1) / WARM, max(left, 0.01))


def learn(state: State[LineNetwork], lines: Lines, real: Lines | None, lesson: Lesson) -> float:
    """Return the mean loss of one pass over the lines; the state is brought forward."""
    rng = np.random.default_rng([SEED, state.step])
    losses = []
    ctc = nn.CTCLoss(zero_infinity=True)
    state.network.train()
    for pictures, texts in batches(lines, real, lesson.real, rng):
        for group in state.optimizer.param_groups:
            group["lr"] = rate(state.step, lesson)
        with torch.autocast("cpu", torch.bfloat16):
            logits = state.network(tensor([moved(picture, rng) for picture in pictures]))
        logs = logits.float().log_softmax(2).transpose(0, 1)
        classes, lengths = targets(texts)
        columns = torch.tensor([picture.shape[1] // STRIDE for picture in pictures])
        loss = ctc(logs, classes, columns, lengths)
        state.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(state.network.parameters(), 5.0)
        state.optimizer.step()
        state.step += 1
        follow(state.average, state.network, min(AVERAGED, state.step / (state.step + 10)))
        losses.append(float(loss.detach()))
    return float(np.mean(losses))


def batches(
    lines: Lines, real: Lines | None, share: float, rng: np.random.Generator
) -> Iterator[tuple[list[Pixels], list[str]]]:
    """Yield the batches of one pass, lines of like width together, in a random order."""
    composed = rng.permutation(PART)
    chosen = [(lines, int(place)) for place in composed]
    if real is not None:
        kept = round(PART * (1 - share))
        drawn = rng.integers(0, len(real), PART - kept)
        chosen = chosen[:kept] + [(real, int(place)) for place in drawn]
    # Sorted with some noise, so that lines do not always meet the same others.
    widths = [source.widths[place] * rng.uniform(0.9, 1.1) for source, place in chosen]
    order = np.argsort(widths).reshape(-1, BATCH)
    for row in rng.permutation(order):
        these = [chosen[place] for place in row]
        yield (
            [source.picture(place) for source, place in these],
            [source.texts[place] for source, place in these],
        )


def moved(picture: Pixels, rng: np.random.Generator) -> Pixels:
    """Return a line a pixel higher or lower, a little paler: no pass sees the same."""
    down = int(rng.integers(-1, 2))
    found = np.roll(picture, down, axis=0) if down else picture
    return np.asarray(255 - (255 - found) * rng.uniform(0.75, 1.0), np.uint8)


def tensor(pictures: list[Pixels]) -> torch.Tensor:
    """Return lines as the network takes them: (N, 1, HEIGHT, W), ink 1, paper and padding 0."""
    ink = np.zeros((len(pictures), 1, HEIGHT, max(each.shape[1] for each in pictures)), np.float32)
    for place, picture in enumerate(pictures):
        ink[place, 0, :, : picture.shape[1]] = (255 - picture.astype(np.float32)) / 255
    return torch.from_numpy(ink).to(memory_format=torch.channels_last)


@torch.no_grad()
def read(network: LineNetwork, lines: Lines, count: int) -> list[str]:
    """Return the best path of each of the first lines."""
    network.eval()
    found = [""] * count
    order = np.argsort(lines.widths[:count])
    for places in np.array_split(order, max(1, count // 50)):
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(tensor([lines.picture(place) for place in places]))
        best = logits.float().argmax(2).numpy()
        for place, classes in zip(places, best, strict=True):
            kept = classes[: lines.widths[place] // STRIDE]
            news = kept[np.insert(kept[1:] != kept[:-1], 0, True)]
            found[place] = "".join(ALPHABET[number - 1] for number in news if number)
    return found


def errors(network: LineNetwork, lines: Lines, count: int = 600) -> float:
    """Return the characters that the first lines are wrong by, in shares of what they have."""
    said = lines.texts[:count]
    wrong = sum(map(Levenshtein.distance, read(network, lines, count), said))
    return wrong / sum(map(len, said))


if __name__ == "__main__":
    main()
