# SPDX-License-Identifier: Apache-2.0
"""Composes slots by the thousand: each part has a seed of its own, the same seed the same slots."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dictionaries.build.digit_glyphs import load_digits
from dictionaries.build.digit_slots import compose
from dictionaries.build.digit_texts import draw_text
from dictionaries.build.digit_wear import scan
from pipeline.reading.slot_picture import HEIGHT, WIDTH, Pixels, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from dictionaries.build.digit_glyphs import Digits

# No text is longer: a zero, five digits and a letter.
LONGEST = 7
PART = 10_000
# The parts of the first lesson; what comes behind them has what the second one adds.
FIRST = 16
# Parts of this number and above are of MNIST digits that training never saw; one for each lesson.
HELD_OUT = 9_000


@dataclass(frozen=True, slots=True)
class Samples:
    """Slots, prepared as the reader gets them.

    Attributes:
        pictures: (slots, HEIGHT, WIDTH), paper 255.
        texts: what stands in each.
        kinds: number, day, month or year.
        manners: how it was written, one of `digit_slots.MANNERS`.
    """

    pictures: Pixels
    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    manners: tuple[str, ...]


def make(count: int, seed: int, digits: Digits, lesson: int = 2) -> Samples:
    """Return `count` slots of a lesson that come from `seed` alone."""
    rng = np.random.default_rng(seed)
    pictures = np.empty((count, HEIGHT, WIDTH), np.uint8)
    facts = []
    for place in range(count):
        kind, text = draw_text(rng)
        slot = compose(kind, text, digits, rng, lesson)
        pictures[place] = prepare(scan(slot, rng))
        facts.append((text, kind, slot.manner))
    texts, kinds, manners = zip(*facts, strict=True) if facts else ((), (), ())
    return Samples(pictures, texts, kinds, manners)


def join(parts: list[Samples]) -> Samples:
    """Return several parts as one."""
    return Samples(
        np.concatenate([part.pictures for part in parts]),
        tuple(text for part in parts for text in part.texts),
        tuple(kind for part in parts for kind in part.kinds),
        tuple(manner for part in parts for manner in part.manners),
    )


def part(number: int, folder: Path, mnist: Path) -> Samples:
    """Return a part of PART slots, from `folder` if it was made before."""
    file = folder / f"slots_{number:04d}.npz"
    if not file.is_file():
        lesson = 1 if number < FIRST or number == HELD_OUT else 2
        made = make(PART, number, load_digits(mnist, held_out=number >= HELD_OUT), lesson)
        folder.mkdir(parents=True, exist_ok=True)
        being_written = file.with_suffix(f".{os.getpid()}.npz")
        np.savez(
            being_written, pictures=made.pictures, texts=made.texts, kinds=made.kinds,
            manners=made.manners,
        )  # fmt: skip
        being_written.replace(file)
    with np.load(file) as found:
        return Samples(
            found["pictures"],
            *(tuple(found[name].tolist()) for name in ("texts", "kinds", "manners")),
        )
