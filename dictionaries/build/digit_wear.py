# SPDX-License-Identifier: Apache-2.0
"""Makes a composed slot look scanned: inks and papers, 1 bit, JPEG, blur, skew, low resolution.

What comes out is the grey that `slot_picture.grey_of` makes of a scan: the red channel, in which
blue ink is nearly black and a red seal nearly paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from dictionaries.build.digit_slots import Slot

Pixels = npt.NDArray[np.uint8]
# Grey of inks in the red channel: black pen, blue pen, faint pen, violet stamp.
_INKS = ((5, 70), (15, 110), (110, 175), (70, 150))
_INK_SHARES = (0.45, 0.33, 0.16, 0.06)


def scan(slot: Slot, rng: np.random.Generator) -> Pixels:
    """Return the slot as scanned, at 90 to 300 dpi."""
    paper = float(rng.uniform(200, 255))
    low, high = _INKS[int(rng.choice(len(_INKS), p=_INK_SHARES))]
    toner = float(rng.uniform(5, 90))
    pen = toner if slot.manner == "printed" else float(rng.uniform(low, min(high, paper - 45)))
    # In a coloured scan the seal is nearly gone, in a grey one it is not.
    seal = float(rng.uniform(paper - 40, paper) if rng.random() < 0.6 else rng.uniform(100, 190))
    page = np.full(slot.ink.shape, paper, np.float32)
    page = np.minimum(page, paper + (seal - paper) * slot.seal)
    page = np.minimum(page, paper + (toner - paper) * slot.print)
    page = np.minimum(page, paper + (pen - paper) * _patchy(slot, rng))
    page = _turned(page, paper, rng)
    page = _resampled(page, rng)
    if rng.random() < 0.6:
        page = cv2.GaussianBlur(page, (0, 0), float(rng.uniform(0.3, 1.1)))
    page += _clouds(page.shape, rng) + rng.normal(0, float(rng.uniform(0.5, 9)), page.shape)
    _specks(page, rng)
    grey = np.clip(page, 0, 255).astype(np.uint8)
    if rng.random() < 0.3:
        edge = paper - (paper - pen) * float(rng.uniform(0.15, 0.45))
        return np.where(grey < edge, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(15, 90))])
        grey = np.asarray(cv2.imdecode(packed[1], cv2.IMREAD_GRAYSCALE), np.uint8)
    return grey


def _patchy(slot: Slot, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return the ink as it took: fuller or thinner, in three slots of ten with pale patches."""
    ink = slot.ink
    if slot.manner != "printed" and rng.random() < 0.3:
        patches = cv2.resize(
            rng.normal(0.85, 0.25, (5, 9)).astype(np.float32), ink.shape[::-1],
            interpolation=cv2.INTER_CUBIC,
        )  # fmt: skip
        ink = ink * np.clip(patches, 0.25, 1)
    if slot.manner == "printed" and rng.random() < 0.2:
        grown = cv2.dilate(ink, np.ones((2, 2)))
        ink = 0.5 * (ink + grown) if rng.random() < 0.6 else cv2.erode(ink, np.ones((2, 1)))
    return np.asarray(ink, np.float32)


def _turned(
    page: npt.NDArray[np.float32], paper: float, rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """Return the page turned by a degree or so, or its strokes bent a little."""
    height, width = page.shape
    chance = rng.random()
    if chance < 0.3:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, 1.2)), 1.0)
        page = cv2.warpAffine(page, turn, (width, height), borderValue=(paper,))
    elif chance < 0.65:
        bends = rng.normal(0, float(rng.uniform(0.5, 2.0)), (2, 4, 1 + width // 12))
        x, y = (
            cv2.resize(bend.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
            for bend in bends
        )
        columns, rows = np.meshgrid(
            np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
        )
        page = cv2.remap(page, columns + x, rows + y, cv2.INTER_LINEAR, borderValue=(paper,))
    return np.asarray(page, np.float32)


def _resampled(page: npt.NDArray[np.float32], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return the page at another resolution; poor ones were often enlarged again."""
    if rng.random() < 0.45:
        return page
    scale = float(rng.uniform(0.45, 1.5))
    other = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if scale < 1 and rng.random() < 0.5:
        other = cv2.resize(other, page.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(other, np.float32)


def _clouds(shape: tuple[int, ...], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return slow changes of light on the paper, in grey levels."""
    strength = float(rng.uniform(0, 7))
    small = rng.normal(0, strength, (3, 4)).astype(np.float32)
    return np.asarray(cv2.resize(small, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def _specks(page: npt.NDArray[np.float32], rng: np.random.Generator) -> None:
    """Draw dust and holes in the ink."""
    if rng.random() < 0.6:
        return
    height, width = page.shape
    for _ in range(int(rng.integers(1, 7))):
        spot = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        grey = float(rng.uniform(20, 160)) if rng.random() < 0.75 else 250.0
        cv2.circle(page, spot, int(rng.integers(0, 2)), grey, -1)
