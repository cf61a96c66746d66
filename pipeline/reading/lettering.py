# SPDX-License-Identifier: Apache-2.0
"""How high the letters of a page are, and how far its lines slant."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pixels per inch of the picture in which lines are weighed: letters melt into bars.
OVERVIEW_DPI = 75.0
# Pixels of a strip of it in which the slant of a line does not show.
_STRIP = 16
# Fewer pieces than this say nothing about the letters of a page.
FEWEST_LETTERS = 40
# Degrees to either side; a slant beyond is no slip of the feeder.
MOST_SLANT = 5.0
# How much sharper than as scanned a page must be to be turned.
_SHARPER = 1.02


def overview(gray: NDArray[np.uint8], dpi: float) -> NDArray[np.uint8]:
    """Return the page at about 75 dpi, ink 255 on 0."""
    scale = min(1.0, OVERVIEW_DPI / dpi)
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1])


def letter_height(gray: NDArray[np.uint8], dpi: float) -> float | None:
    """Return the height of a small letter (x-height) in pixels, None on a page without letters."""
    step = max(1, round(dpi / 200))
    small = (
        gray[::1, ::1]
        if step == 1
        else cv2.resize(gray, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    )
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height, area = (
        stats[1:, k] for k in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA)
    )
    low, high = 3.0 * dpi / step / 72, 16.0 * dpi / step / 72
    letters = (
        (height > low)
        & (height < high)
        & (width > 0.3 * height)
        & (width < 3 * height)
        & (area > 0.15 * width * height)
    )
    if letters.sum() < FEWEST_LETTERS:
        return None
    return float(np.median(height[letters])) * step


def skew(ink: NDArray[np.uint8]) -> float:
    """Return the turn, in degrees counter-clockwise, that makes the lines level."""
    strips = _strips(ink)
    best = 0.0
    for reach, step in ((MOST_SLANT, 0.5), (0.5, 0.1)):
        best = max(_angles(best, reach, step), key=lambda angle: _sharpness_moved(strips, angle))
    sharp = {angle: _sharpness(ink, angle) for angle in _angles(best, 0.1, 0.05)}
    best = max(sharp, key=sharp.__getitem__)
    # A page without lines is no sharper at any angle.
    return best if sharp[best] > _SHARPER * _sharpness(ink, 0.0) else 0.0


def _angles(middle: float, reach: float, step: float) -> list[float]:
    return [float(angle) for angle in middle + np.arange(-reach, reach + step / 2, step)]


def _strips(ink: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the ink of each row in each of the upright strips of a page (strips, rows)."""
    strip = min(_STRIP, ink.shape[1])
    width = ink.shape[1] - ink.shape[1] % strip
    parts = ink[:, :width].reshape(ink.shape[0], -1, strip)
    return np.ascontiguousarray(parts.sum(axis=2, dtype=np.float32).T)


def _sharpness_moved(strips: NDArray[np.float32], angle: float) -> float:
    """Return about what `_sharpness` does, each strip being moved up or down instead of turned.

    For such small turns that is nearly the same, at a tenth of the cost.
    """
    count, height = strips.shape
    slope = _STRIP * math.tan(math.radians(angle))
    move = np.array([[1.0, slope, -(count - 1) / 2 * slope], [0.0, 1.0, 0.0]])
    moved = cv2.warpAffine(
        strips, move, (height, count), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    )
    return float(np.square(np.diff(moved.sum(axis=0, dtype=np.float64))).sum())


def _sharpness(ink: NDArray[np.uint8], angle: float) -> float:
    """Return how sharply rows of ink and rows of paper part when the page is turned so."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR)
    rows = turned.sum(axis=1, dtype=np.uint32).astype(np.float64)
    return float(np.square(np.diff(rows)).sum())
