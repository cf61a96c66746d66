# SPDX-License-Identifier: Apache-2.0
"""What stands in the frame of a stamp, for the reader: the letters alone, level, black on white."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Frame
from pipeline.reading.enhance import ReadingCopy, joined
from pipeline.reading.ink import black_ink, red_ink

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    from pipeline.reading.stamp_frames import StampFrame

# Height of the level crop, the length it may have, and the margin that a reader wants, in pixels.
_CROP, _CROP_LENGTH, _MARGIN = 110, 1200, 16
# What the reader takes for the resolution of the crop.
_CROP_DPI = 300.0
# Shares of the crop: straighter than the first two is a frame's line, larger than the next two is
# a frame; letters of a line are at least so high, and specks smaller than the last.
_LINES, _LARGEST, _LETTER, _SPECK = (0.4, 0.8), (0.65, 0.85), 0.15, 0.02
# Beside the highest letter the others are at least so high: marks stand alone above letters.
_CAPITAL = 0.55
_WHITE = 255


@dataclass(frozen=True, slots=True)
class StampCopy:
    """What stands in a frame, for the reader.

    Attributes:
        copy: the letters alone, level, dark on white.
        rows: of letters.
        letters_width: of all letters, in points of `copy`.
        onto_page: from points of `copy` to points of the page as read.
    """

    copy: ReadingCopy
    rows: int
    letters_width: float
    onto_page: Frame


def stamp_copy(frame: StampFrame, image: Image, dpi: float) -> StampCopy | None:
    """Return what stands in a frame, level and without the frame; None if there are no letters."""
    ink, crop_scale = _level(frame, image, dpi)
    letters = _letters(ink)
    if letters is None:
        return None
    mask, box, rows = letters
    x0, y0, x1, y1 = box
    dark = np.where(mask > 0, ink, 0)[y0:y1, x0:x1].astype(np.float32)
    full = float(np.percentile(dark[dark > 0], 80))
    gray = _WHITE - np.clip(dark * (_WHITE / full), 0, _WHITE).astype(np.uint8)
    gray = np.pad(gray, _MARGIN, constant_values=_WHITE)
    point = _CROP_DPI / 72.0
    back = point / crop_scale
    onto = Frame(back, 0.0, (x0 - _MARGIN) / crop_scale, 0.0, back, (y0 - _MARGIN) / crop_scale)
    copy = ReadingCopy(np.ascontiguousarray(gray), _CROP_DPI, Frame())
    return StampCopy(copy, rows, (x1 - x0) / point, joined(onto, frame.onto_page))


def _level(frame: StampFrame, image: Image, dpi: float) -> tuple[NDArray[np.uint8], float]:
    """Return the ink in a frame, 255 at its darkest, level, and the crop's pixels in a point."""
    page = dpi / 72.0
    scale = min(_CROP / frame.breadth, _CROP_LENGTH / frame.length)
    reach = math.hypot(frame.length, frame.breadth) / 2
    x, y = frame.middle
    left, top = (max(0, int((spot - reach) * page)) for spot in (x, y))
    right, bottom = (
        min(most, int((spot + reach) * page) + 2)
        for spot, most in zip((x, y), image.size, strict=True)
    )
    part = image.crop((left, top, right, bottom))
    ink = red_ink(np.asarray(part.convert("RGB"))) if frame.red else _WHITE - black_ink(part)
    cos, sin = (turn(math.radians(frame.slant)) for turn in (math.cos, math.sin))
    across, down = frame.length / 2, frame.breadth / 2
    step = page / scale
    onto_part = np.array(
        [
            [cos * step, -sin * step, (x - cos * across + sin * down) * page - left],
            [sin * step, cos * step, (y - sin * across - cos * down) * page - top],
        ]
    )
    size = (max(1, round(frame.length * scale)), max(1, round(frame.breadth * scale)))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(ink, onto_part, size, flags=flags), np.uint8), scale


def _letters(
    ink: NDArray[np.uint8],
) -> tuple[NDArray[np.uint8], tuple[int, int, int, int], int] | None:
    """Return the mask of the letters, the box around them in pixels, and how many rows there are.

    What is as long as the crop is its frame; what is left and high enough are letters, with what
    stands close above and below.
    """
    high, wide = ink.shape
    black = cv2.threshold(ink, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]
    for kernel in ((1, round(_LINES[0] * wide)), (round(_LINES[1] * high), 1)):
        lines = cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones(kernel, np.uint8))
        black = cv2.subtract(black, cv2.dilate(lines, np.ones((3, 3), np.uint8)))
    _, labels, stats, centres = cv2.connectedComponentsWithStats(black, connectivity=8)
    x, y, w, h, area = (stats[:, column] for column in range(5))
    letters = (w < _LARGEST[0] * wide) & (h < _LARGEST[1] * high) & (h > _LETTER * high)
    letters[0] = False
    # Rests of the frame lie at the edge, and are thin.
    letters &= (area > 0.12 * w * h) & (w > 0.1 * h)
    if not letters.any():
        return None
    size = float(np.max(h[letters]))
    letters &= h > _CAPITAL * size
    rows = 2 if float(np.ptp(centres[letters, 1])) > 0.8 * size else 1
    x0, x1 = int(x[letters].min()), int((x + w)[letters].max())
    y0, y1 = int(y[letters].min()), int((y + h)[letters].max())
    if x1 - x0 < 1.2 * size:
        return None
    near = (w < _LARGEST[0] * wide) & (h < _LARGEST[1] * high) & (area > (_SPECK * high) ** 2)
    near &= (x > x0 - 0.2 * size) & (x + w < x1 + 0.2 * size)
    near &= (centres[:, 1] > y0 - 0.4 * size) & (centres[:, 1] < y1 + 0.4 * size)
    near[0] = False
    chosen = np.flatnonzero(near | letters)
    y0, y1 = int(y[chosen].min()), int((y + h)[chosen].max())
    mask = np.isin(labels, chosen).astype(np.uint8)
    mask = np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), np.uint8)
    return mask, (x0, y0, x1, y1), rows
