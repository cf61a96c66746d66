# SPDX-License-Identifier: Apache-2.0
"""Draws digits and suffix letters from strokes of our own, as clerks' pens write them.

`digit_strokes.tsv` holds the shapes: the 1 with its hook or a long upstroke, the barred 7, the open
4, the looped 2, the 5 whose bar flies off, the hanging 9. A shape lies in a box of height 1 and its
`width`; strokes are parted by `|`, a point given twice is a corner. What a later lesson of the
training brought is not in the slots of the one before, so that both can be composed again.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[np.float32]
Points = npt.NDArray[np.float64]

TABLE = Path(__file__).with_suffix(".tsv")
# Strokes are drawn so many times larger, then shrunk: that gives soft edges.
_FINER = 4
# Points between two points of a shape.
_STEPS = 7


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write a character: its strokes in a box of height 1, y down to the baseline.

    `lesson` is the first lesson of the training that has it.
    """

    character: str
    name: str
    lesson: int
    width: float
    weight: float
    strokes: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """How a writer holds the pen: all lengths in pixels.

    Attributes:
        height: of a digit.
        pen: width of a stroke.
        slant: shear to the right, as a share of the height.
        unrest: how far points stray, as a share of the height.
        pressure: how much the width of a stroke changes along it, 0 to 1.
    """

    height: float
    pen: float
    slant: float = 0.0
    unrest: float = 0.03
    pressure: float = 0.2


@functools.cache
def shapes() -> dict[str, tuple[Shape, ...]]:
    """Return the shapes of each character."""
    found: dict[str, list[Shape]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            strokes = tuple(
                np.array([[float(n) for n in point.split(",")] for point in stroke.split()])
                for stroke in row["strokes"].split("|")
            )
            shape = Shape(
                row["character"], row["shape"], int(row["lesson"]),
                float(row["width"]), float(row["weight"]), strokes,
            )  # fmt: skip
            found.setdefault(shape.character, []).append(shape)
    return {character: tuple(ways) for character, ways in found.items()}


def choose(character: str, rng: np.random.Generator, lesson: int) -> Shape:
    """Return one way to write a character; a writer keeps to it within a slot."""
    ways = [way for way in shapes()[character] if way.lesson <= lesson]
    weights = np.array([way.weight for way in ways])
    return ways[int(rng.choice(len(ways), p=weights / weights.sum()))]


def smooth(points: Points) -> Points:
    """Return a Catmull-Rom curve through the points; a point given twice stays a corner."""
    ends = np.vstack([points[:1], points, points[-1:]])
    before, start, end, after = ends[:-3], ends[1:-2], ends[2:-1], ends[3:]
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None, None]
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return np.vstack([curve.transpose(1, 0, 2).reshape(-1, 2), points[-1:]])


def write(shape: Shape, hand: Hand, rng: np.random.Generator) -> tuple[Ink, float, float]:
    """Return the ink of a character (0 to 1), and where its box begins: x and y of its top left.

    The ink reaches beyond the box where strokes do; x and y are then negative.
    """
    width = shape.width * float(rng.uniform(0.8, 1.25))
    turn = float(rng.normal(0, 0.05))
    lines = []
    for stroke in shape.strokes:
        points = stroke + rng.normal(0, hand.unrest, stroke.shape)
        # A corner is one point, not two that stray apart.
        same = np.flatnonzero((stroke[1:] == stroke[:-1]).all(axis=1))
        points[same + 1] = points[same]
        x = (points[:, 0] - 0.5) * width + (0.5 - points[:, 1]) * (hand.slant + turn)
        lines.append(smooth(np.column_stack([x, points[:, 1] + turn * (x / 2)])) * hand.height)
    return _inked(lines, hand, rng)


def _inked(lines: list[Points], hand: Hand, rng: np.random.Generator) -> tuple[Ink, float, float]:
    margin = hand.pen + 2
    low = np.vstack(lines).min(axis=0) - margin
    high = np.vstack(lines).max(axis=0) + margin
    columns, rows = np.ceil(high - low).astype(int)
    canvas = np.zeros((rows * _FINER, columns * _FINER), np.uint8)
    for line in lines:
        places = ((line - low) * _FINER).round().astype(int)
        count = max(len(places) - 1, 1)
        wave = np.sin(np.linspace(0, float(rng.uniform(2, 9)), count) + float(rng.uniform(0, 6)))
        widths = hand.pen * _FINER * (1 + hand.pressure * wave)
        for start, end, thick in zip(places[:-1], places[1:], widths, strict=True):
            cv2.line(canvas, start.tolist(), end.tolist(), 255, max(1, round(float(thick))))
    small = cv2.resize(canvas, (int(columns), int(rows)), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / 255, float(low[0]), float(low[1])
