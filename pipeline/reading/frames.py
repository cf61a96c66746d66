# SPDX-License-Identifier: Apache-2.0
"""Ruled frames of a stamp's size: the arrival stamp is one (35 × 50 mm, NĐ 30/2020, Phụ lục IV)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Box
from pipeline.reading.colours import POINT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.colours import View

# Points: offices have smaller stamps cut than the decree's 99 × 142 points, few larger ones.
_LEAST, _MOST = (85.0, 32.0), (185.0, 125.0)
# Points of a stroke that is taken for a piece of the frame.
_ACROSS, _DOWN = 16.0, 12.0
# Gaps of worn strokes that are bridged, and how far a frame may slant from end to end, in points.
_GAP, _SLANT = 8.0, 6.0
# How much of a side must be there, and of all four on the average.
_SIDE, _ALL = 0.35, 0.7


def find_frames(view: View) -> tuple[Box, ...]:
    """Return the boxes of frames of a stamp's size, in points, the largest first."""
    thick = np.ones((3, 3), np.uint8)
    dark = cv2.dilate(view.dark, thick[:, :1])
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(_ACROSS * POINT)), np.uint8))
    dark = cv2.dilate(view.dark, thick[:1])
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((round(_DOWN * POINT), 1), np.uint8))
    both = cv2.bitwise_or(across, down)
    near = round(_GAP * POINT)
    _, _, stats, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(both, np.ones((near, near), np.uint8)), connectivity=8
    )
    found = []
    for left, top, width, height in stats[1:, :4]:
        half = near // 2
        box = (left + half, top + half, width - 2 * half, height - 2 * half)
        if not all(
            low * POINT <= side <= high * POINT
            for low, side, high in zip(_LEAST, box[2:], _MOST, strict=True)
        ):
            continue
        if _is_framed(np.asarray(across, np.uint8), np.asarray(down, np.uint8), box):
            x, y, wide, high = (float(value) / POINT for value in box)
            found.append(Box(x, y, x + wide, y + high))
    return tuple(sorted(found, key=lambda box: -box.width * box.height))


def _is_framed(
    across: NDArray[np.uint8], down: NDArray[np.uint8], box: tuple[int, int, int, int]
) -> bool:
    """Return whether strokes run along all four sides of a box, in pixels."""
    left, top, width, height = box
    band = round(_SLANT * POINT)
    rows, columns = slice(max(0, top - 1), top + height), slice(max(0, left - 1), left + width)
    sides = [
        across[max(0, top - 1) : top + band, columns].any(axis=0).mean(),
        across[top + height - band : top + height + 1, columns].any(axis=0).mean(),
        down[rows, max(0, left - 1) : left + band].any(axis=1).mean(),
        down[rows, left + width - band : left + width + 1].any(axis=1).mean(),
    ]
    return min(sides) >= _SIDE and float(np.mean(sides)) >= _ALL
