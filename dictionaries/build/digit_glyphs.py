# SPDX-License-Identifier: Apache-2.0
"""Single characters for slots, as ink from 0 to 1: MNIST, our own strokes, fonts, stamps."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from dictionaries.build import digit_strokes
from dictionaries.build.digit_strokes import Hand, Ink
from dictionaries.build.typefaces import TYPEFACES, lacks

if TYPE_CHECKING:
    from pathlib import Path

# Sizes in which fonts are drawn, in pixels; slots ask for the nearest.
_STEP = 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """The ink of a character.

    Attributes:
        ink: 0 to 1.
        top: the row of its first pixel, counted from the baseline (negative is above).
        left: the column of its first pixel, counted from where the character begins.
        advance: how far the next character begins, in pixels, gap not counted.
    """

    ink: Ink
    top: float
    left: float
    advance: float


@dataclass(frozen=True, slots=True)
class Digits:
    """Single handwritten digits of MNIST, their pictures by digit."""

    pictures: tuple[np.ndarray, ...]


def load_digits(path: Path, *, held_out: bool) -> Digits:
    """Return the digits of `mnist.npz`; every tenth is `held_out` for the validation."""
    with np.load(path) as file:
        pictures, labels = file["x"], file["y"]
    chosen = (np.arange(len(labels)) % 10 == 0) == held_out
    pictures, labels = pictures[chosen], labels[chosen]
    return Digits(tuple(pictures[labels == digit] for digit in range(10)))


def scanned_digit(digits: Digits, digit: int, hand: Hand, rng: np.random.Generator) -> Glyph:
    """Return a digit of MNIST, its strokes about as wide as the pen."""
    all_of_it = digits.pictures[digit]
    picture = all_of_it[int(rng.integers(len(all_of_it)))]
    rows, columns = np.flatnonzero(picture.max(axis=1)), np.flatnonzero(picture.max(axis=0))
    tight = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32) / 255
    height = 2 * max(8, round(hand.height * float(rng.normal(1, 0.08))))
    width = max(4, round(tight.shape[1] / tight.shape[0] * height * float(rng.uniform(0.85, 1.15))))
    large = cv2.resize(tight, (width, height), interpolation=cv2.INTER_CUBIC)
    lean = hand.slant * height
    large = cv2.copyMakeBorder(large, 4, 4, 4 + int(abs(lean)), 4 + int(abs(lean)), 0)
    middle = large.shape[0] / 2
    shear = np.array([[1, -hand.slant * 0.6, hand.slant * 0.6 * middle], [0, 1, 0]], np.float32)
    large = cv2.warpAffine(large, shear, large.shape[::-1])
    solid = _thinned((large > float(rng.uniform(0.35, 0.6))).astype(np.uint8), 2 * hand.pen)
    small = cv2.resize(
        cv2.GaussianBlur(solid.astype(np.float32), (0, 0), 0.7),
        (solid.shape[1] // 2, solid.shape[0] // 2),
        interpolation=cv2.INTER_AREA,
    )
    used = np.flatnonzero(small.max(axis=0) > 0.2)
    small = small[:, used[0] : used[-1] + 1] if len(used) else small
    return Glyph(small, -float(small.shape[0] - 2), 0.0, float(small.shape[1]))


def _thinned(solid: np.ndarray, pen: float) -> np.ndarray:
    """Return the shape with strokes eroded until they are about as wide as the pen."""
    for _ in range(4):
        depth = cv2.distanceTransform(solid, cv2.DIST_L2, 3)
        ridge = depth[(depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3))) - 1e-3)]
        if not len(ridge) or 2 * float(np.median(ridge)) <= pen + 1:
            break
        thinner = cv2.erode(solid, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))
        if thinner.sum() < 0.35 * solid.sum():
            break
        solid = thinner
    return solid


def written(shape: digit_strokes.Shape, hand: Hand, rng: np.random.Generator) -> Glyph:
    """Return a character of our own strokes."""
    tall = hand.height * float(rng.normal(1, 0.08))
    ink, x, y = digit_strokes.write(
        shape, Hand(tall, hand.pen, hand.slant, hand.unrest, hand.pressure), rng
    )
    wide = shape.width * tall
    return Glyph(ink, y - tall, x + wide / 2, wide)


@functools.cache
def font_paths() -> tuple[tuple[str, float], ...]:
    """Return the font files that print digits, with their weights; Times first by far."""
    found = []
    for face in TYPEFACES:
        if lacks(face):
            continue
        for style, share in (("regular", 0.5), ("bold", 0.2), ("italic", 0.3)):
            found.append((str(face.path(style)), face.weight * share))
    return tuple(found)


@functools.lru_cache(maxsize=20_000)
def printed(path: str, size: int, text: str) -> Glyph:
    """Return a text in a font, `size` pixels an em."""
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    image = Image.new("L", (max(1, int(right - left) + 2), max(1, int(bottom - top) + 2)), 0)
    ImageDraw.Draw(image).text((1 - left, 1 - top), text, 255, font=font, anchor="ls")
    ink = np.asarray(image, np.float32) / 255
    return Glyph(ink, float(top) - 1, float(left) - 1, float(font.getlength(text)))


def rounded(size: float) -> int:
    """Return the size in pixels that fonts are drawn in."""
    return max(8, _STEP * round(size / _STEP))


def stamped(path: str, size: int, character: str, rng: np.random.Generator) -> Glyph:
    """Return a character of a numbering machine: stretched, worn, not quite on the line."""
    plain = printed(path, size, character)
    stretch = 1.25
    ink = cv2.resize(plain.ink, None, fx=1.0, fy=stretch, interpolation=cv2.INTER_LINEAR)
    wear = cv2.resize(
        rng.normal(0.9, 0.22, (6, 4)).astype(np.float32), ink.shape[::-1],
        interpolation=cv2.INTER_CUBIC,
    )  # fmt: skip
    drop = float(rng.normal(0, 0.03 * size))
    return Glyph(
        np.clip(ink * np.clip(wear, 0, 1), 0, 1).astype(np.float32),
        plain.top * stretch + drop, plain.left, plain.advance,
    )  # fmt: skip
