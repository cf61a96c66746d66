# SPDX-License-Identifier: Apache-2.0
"""Trains the digit network on composed slots: `make model-digits MNIST=mnist.npz`.

    nice python dictionaries/build/digit_training.py --mnist ../shared/data/digits/mnist.npz

There are two lessons; the second adds shapes that the first had not, at half the rate. In each
the learning rate rises, stays, and falls to nothing in the last part; what is kept is the moving
average of the weights. A run that was cut off goes on from its last checkpoint. Which weights are
good, slots of held-out MNIST digits say; slots of real documents are never looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from dictionaries.build.digit_network import DigitNetwork, targets
from dictionaries.build.digit_samples import FIRST, HELD_OUT, PART, Samples, part
from dictionaries.build.learning import State, begun, follow, save
from pipeline.reading.slot_scores import best_path

if TYPE_CHECKING:
    from pipeline.reading.slot_picture import Pixels

BATCH = 64
WARM, COOL = 200, 0.3
AVERAGED = 0.998
SEED = 20


@dataclass(frozen=True, slots=True)
class Lesson:
    """A part of the training.

    Attributes:
        parts: how many parts of 10,000 slots it goes through, again and again.
        begins, ends: between which batches.
        rate: of learning, at its highest.
    """

    parts: int
    begins: int
    ends: int
    rate: float


LESSONS = (Lesson(FIRST, 0, 16_000, 2e-3), Lesson(FIRST + 10, 16_000, 23_800, 1e-3))


def main() -> None:
    """Compose what is missing, train, leave `digits.pt` and the curve in the folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=Path(".bench/digits"))
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(options.threads)
    pool = options.folder / "slots"
    state = start(options.folder / "digits.pt")
    began = time.monotonic()
    for order, lesson in enumerate(LESSONS):
        held_out = part(HELD_OUT + order, pool, options.mnist)
        while state.step < lesson.ends:
            number = state.step * BATCH // PART % lesson.parts
            loss = learn(state, part(number, pool, options.mnist), lesson)
            share = right(state.average, held_out)
            state.curve.append(
                {"step": state.step, "loss": round(loss, 4), "right": round(share, 4)}
            )
            print(f"{time.monotonic() - began:.0f} s", json.dumps(state.curve[-1]), flush=True)
            save(state, options.folder / "digits.pt")


def start(checkpoint: Path) -> State[DigitNetwork]:
    """Return the state of a checkpoint, or that of an untrained network."""
    torch.manual_seed(SEED)
    return begun(DigitNetwork(), LESSONS[0].rate, checkpoint)


def rate(step: int, lesson: Lesson) -> float:
    """Return the learning rate: up in WARM steps, level, down to 0 in a lesson's last COOL."""
    cooling = (lesson.ends - step) / (COOL * (lesson.ends - lesson.begins))
    return lesson.rate * min(1.0, (step - lesson.begins + 1) / WARM, max(cooling, 0.0))


def learn(state: State[DigitNetwork], samples: Samples, lesson: Lesson) -> float:
    """Return the mean loss of one pass over the samples; the state is brought forward."""
    rng = np.random.default_rng(state.step)
    losses = []
    ctc = nn.CTCLoss(zero_infinity=True)
    state.network.train()
    for chosen in np.array_split(rng.permutation(PART), PART // BATCH):
        for group in state.optimizer.param_groups:
            group["lr"] = rate(state.step, lesson)
        pictures = tensor(moved(samples.pictures[chosen], rng))
        with torch.autocast("cpu", torch.bfloat16):
            logits = state.network(pictures)
        logs = logits.float().log_softmax(2).transpose(0, 1)
        classes, lengths = targets([samples.texts[place] for place in chosen])
        loss = ctc(logs, classes, torch.full_like(lengths, len(logs)), lengths)
        state.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(state.network.parameters(), 5.0)
        state.optimizer.step()
        state.step += 1
        follow(state.average, state.network, min(AVERAGED, state.step / (state.step + 10)))
        losses.append(float(loss.detach()))
    return float(np.mean(losses))


def moved(pictures: Pixels, rng: np.random.Generator) -> Pixels:
    """Return the pictures shifted by a few pixels and a little paler: no pass sees the same."""
    found = np.full_like(pictures, 255)
    height, width = pictures.shape[1:]
    for place, picture in enumerate(pictures):
        down, right_ = int(rng.integers(-2, 3)), int(rng.integers(-4, 7))
        source = picture[
            max(-down, 0) : height - max(down, 0), max(-right_, 0) : width - max(right_, 0)
        ]
        top, left = max(down, 0), max(right_, 0)
        found[place, top : top + source.shape[0], left : left + source.shape[1]] = source
    paler = rng.uniform(0.6, 1.0, (len(pictures), 1, 1))
    return np.asarray(255 - (255 - found) * paler, np.uint8)


def tensor(pictures: Pixels) -> torch.Tensor:
    """Return pictures as the network takes them: (N, 1, HEIGHT, WIDTH), ink 1 and paper 0."""
    ink = (255 - pictures.astype(np.float32)) / 255
    return torch.from_numpy(ink[:, None]).to(memory_format=torch.channels_last)


@torch.no_grad()
def right(network: DigitNetwork, samples: Samples, count: int = 2000) -> float:
    """Return the share of the first slots that the best path reads right."""
    network.eval()
    read: list[str] = []
    for pictures in np.array_split(samples.pictures[:count], max(1, count // 250)):
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(tensor(pictures))
        read += [best_path(view) for view in logits.double().numpy()]
    hits = sum(a == b for a, b in zip(read, samples.texts[:count], strict=True))
    return hits / count


if __name__ == "__main__":
    main()
