# SPDX-License-Identifier: Apache-2.0
"""Round seals: red wherever they stand, black over the signature on scans without colour.

Seals of organs are 32 to 42 mm across (Thông tư 21/2012/TT-BCA, amended); copies shrink and
stretch. A seal is known by its outer ring: nothing printed stands on nearly every degree of a
circle of that size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Box
from pipeline.reading.colours import POINT, VIEW_DPI

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.reading.colours import View

_MM = VIEW_DPI / 25.4
# Radii in millimetres: 25 to 45 mm across.
_SMALLEST, _LARGEST = 12.5, 22.5
# Share of the directions in which the ring shows: red has no rivals, black has text around it.
_RED_RING, _BLACK_RING = 0.72, 0.84
# A seal at the edge (giáp lai) shows in part: the share that must, and how whole its ring is.
_LEAST_SHOWN, _PART_RING, _WHOLE = 0.3, 0.85, 0.97
# Less red ink, in square millimetres, is no seal.
_LEAST_RED = 12.0
# The circles are looked for in half the size, then placed by so many pixels each way.
_SHRINK, _NUDGES = 2, (8, 4, 2, 1)
_MOST = 6
_DIRECTIONS = 90
# Points around the signature within which a black seal lies, to the left and otherwise.
_LEFT, _AROUND = 110.0, 60.0


@dataclass(frozen=True, slots=True)
class _Ring:
    """A circle in a mask, in pixels.

    Attributes:
        share: of the directions within the page in which there is ink on it.
        shown: share of all directions that lie within the page.
    """

    share: float
    shown: float
    x: float
    y: float
    radius: float

    @property
    def worth(self) -> float:
        """How much of a ring there is: the lettering within a seal is a smaller one."""
        return self.share**2 * self.shown * self.radius


def find_seals(view: View, signature: Box | None) -> tuple[Box, ...]:
    """Return the boxes of the seals on a page, in points.

    Args:
        view: of the page.
        signature: around post and name, None if the page has none.
    """
    found: list[Box] = []
    if cv2.countNonZero(view.red) > _LEAST_RED * _MM * _MM:
        left, top, width, height = cv2.boundingRect(view.red)
        part = view.red[top : top + height, left : left + width]
        found = _rings(part, (left, top), view.red, _RED_RING)
    if not found and signature is not None:
        left = max(0, round((signature.x0 - _LEFT) * POINT))
        top = max(0, round((signature.y0 - _AROUND) * POINT))
        right = round((signature.x1 + _AROUND) * POINT)
        bottom = round((signature.y1 + _AROUND) * POINT)
        part = view.dark[top:bottom, left:right]
        found = _rings(part, (left, top), view.dark, _BLACK_RING)[:1]
    return tuple(found)


def _rings(
    part: NDArray[np.uint8], corner: tuple[int, int], whole: NDArray[np.uint8], least: float
) -> list[Box]:
    """Return the boxes of rings in a part of a mask that begins at `corner`, in points."""
    thick = np.asarray(cv2.dilate(whole, np.ones((3, 3), np.uint8)), np.uint8)
    boxes: list[Box] = []
    for x, y in _centres(part):
        middle = (x + corner[0]) / POINT, (y + corner[1]) / POINT
        if any(_near(middle, box) for box in boxes):
            continue
        ring = _placed(thick, x + corner[0], y + corner[1])
        box = _box(ring, whole.shape)
        limit = least if ring.shown > _WHOLE else max(least, _PART_RING)
        if ring.share >= limit and not any(_near(box.centre, other) for other in boxes):
            boxes.append(box)
    return boxes


def _centres(part: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Return where circles of a seal's size may have their middle, in pixels of `part`."""
    margin = round(_LARGEST * _MM)
    wide = cv2.copyMakeBorder(part, *(margin,) * 4, cv2.BORDER_CONSTANT, value=(0,))
    small = cv2.resize(wide, None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA)
    least, most = (round(radius * _MM / _SHRINK) for radius in (_SMALLEST, _LARGEST))
    circles = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT, dp=1.5, minDist=least, param1=120, param2=18,
        minRadius=least, maxRadius=most,
    )  # fmt: skip
    if circles is None:
        return []
    return [
        (round(x * _SHRINK) - margin, round(y * _SHRINK) - margin)
        for x, y, _ in circles.reshape(-1, 3)[:_MOST]
    ]


def _placed(mask: NDArray[np.uint8], x: int, y: int) -> _Ring:
    """Return the best ring near a middle, in pixels."""
    best = _ring(mask, x, y)
    for step in _NUDGES:
        ways = [(right, down) for right in (-step, 0, step) for down in (-step, 0, step)]
        near = [_ring(mask, best.x + right, best.y + down) for right, down in ways]
        best = max([best, *near], key=lambda ring: ring.worth)
    return best


def _ring(mask: NDArray[np.uint8], x: float, y: float) -> _Ring:
    """Return the best ring around a middle."""
    radii = np.arange(round(_SMALLEST * _MM), round(_LARGEST * _MM) + 1)
    turns = np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False)
    columns = np.rint(x + np.outer(np.cos(turns), radii)).astype(np.intp)
    rows = np.rint(y + np.outer(np.sin(turns), radii)).astype(np.intp)
    height, width = mask.shape
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    ink = mask[rows.clip(0, height - 1), columns.clip(0, width - 1)] > 0
    shown = inside.mean(axis=0)
    share = (ink & inside).mean(axis=0) / np.maximum(shown, 1 / _DIRECTIONS)
    share[shown < _LEAST_SHOWN] = 0.0
    place = int(np.argmax(share**2 * shown * radii))
    return _Ring(float(share[place]), float(shown[place]), x, y, float(radii[place]))


def _box(ring: _Ring, shape: tuple[int, ...]) -> Box:
    height, width = shape[:2]
    return Box(
        max(0.0, ring.x - ring.radius) / POINT,
        max(0.0, ring.y - ring.radius) / POINT,
        min(float(width), ring.x + ring.radius) / POINT,
        min(float(height), ring.y + ring.radius) / POINT,
    )


def _near(spot: tuple[float, float], box: Box) -> bool:
    x, y = box.centre
    return abs(spot[0] - x) < box.width / 2 and abs(spot[1] - y) < box.height / 2
