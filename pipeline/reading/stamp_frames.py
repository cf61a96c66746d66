# SPDX-License-Identifier: Apache-2.0
"""Where on a scan frames stand that may be those of a stamp: small, longer than high, hollow.

Red ones are found by their colour, be they boxes or arrows; black ones, as scans in black and white
have them, only if they are boxes. A seal is round, an arrival stamp higher, a table larger.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Box, Frame
from pipeline.reading.enhance import inverse, joined
from pipeline.reading.ink import lightest, red_ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from pipeline.reading.colours import Small

_MM = 72.0 / 25.4
# Length and breadth in points: a stamp has 20 to 40 × 8 mm, an arrow or one of two lines up to
# 45 × 18 mm.
_LENGTH, _BREADTH = (14 * _MM, 60 * _MM), (5 * _MM, 20 * _MM)
# The round seal has 1, a stamp of two lines 1.6.
_LONGER = 1.5
# The share of the rectangle around it that lies within the outline: an arrow has 0.5, a box 0.9.
_RED_FILL, _BLACK_FILL = 0.35, 0.8
# A black frame is a line around something: so much of it at most is ink.
_INK = 0.6
# How much redder than green and blue (of 255) the ink of a stamp is, however faint.
_RED = 28
# Darker than this is print, on the overview of a page in black and white, and of one in colour,
# where red ink may be dark.
_DARK_GRAY, _DARK_COLOUR = 160, 100
# Parts of a worn frame are so near to each other, in points.
_WORN = 1.6 * _MM
# Marks stand at the top; further down are the seals, the red names, the boxes of forms.
_REACH = 0.6
# A page that was only levelled is turned by less than 5 degrees.
_UPRIGHT = 0.99
# Degrees; nobody stamps steeper.
_STEEPEST = 60.0
# More frames than this are a form's or a picture's, not stamps.
_MOST = 4


@dataclass(frozen=True, slots=True)
class StampFrame:
    """A slanted rectangle on a page.

    Attributes:
        middle: x and y in points of the page as scanned.
        length, breadth: in points.
        slant: degrees clockwise from the x axis of the page as scanned to the length.
        red: found by its colour.
        to_read: from points of the page as scanned to points of the page as read.
    """

    middle: tuple[float, float]
    length: float
    breadth: float
    slant: float
    red: bool
    to_read: Frame

    @property
    def onto_page(self) -> Frame:
        """From points of the level rectangle, origin at its top left, to the page as read."""
        cos, sin = math.cos(math.radians(self.slant)), math.sin(math.radians(self.slant))
        x, y = self.length / 2, self.breadth / 2
        scanned = Frame(
            cos, -sin, self.middle[0] - cos * x + sin * y,
            sin, cos, self.middle[1] - sin * x - cos * y,
        )  # fmt: skip
        return joined(scanned, self.to_read)

    @property
    def box(self) -> Box:
        """The upright box around it on the page as read."""
        return self.onto_page.apply(Box(0.0, 0.0, self.length, self.breadth))

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point of the page as read lies within."""
        spot = inverse(self.onto_page).apply(Box(x, y, x, y))
        return 0 <= spot.x0 <= self.length and 0 <= spot.y0 <= self.breadth


def find_frames(page: Small, frame: Frame, *, black: bool = True) -> list[StampFrame]:
    """Return the frames on a page that may be a stamp's, those of red ink first.

    Args:
        page: as scanned, in small.
        frame: from points of the page as read to points of the page as scanned.
        black: look for black frames on a page in colour, too.
    """
    scale = page.scale
    if min(page.pixels.shape[:2]) < _LENGTH[0] * scale:
        return []
    height, width = (side / scale for side in page.pixels.shape[:2])
    small = _upper(page.pixels, scale, frame)
    to_read = inverse(frame)
    found = []
    if small.ndim == 3:
        found = list(_frames(_red_pieces(small, scale), scale, to_read, red=True))
        dark = lightest(small) < _DARK_COLOUR if black else np.zeros(small.shape[:2], np.bool_)
    else:
        dark = small < _DARK_GRAY
    for one in _frames(dark.astype(np.uint8), scale, to_read, red=False):
        if not any(other.holds(*one.box.centre) for other in found):
            found.append(one)
    whole = to_read.apply(Box(0.0, 0.0, width, height))
    upper = [one for one in found if one.box.centre[1] < whole.y0 + _REACH * whole.height]
    return upper if len(upper) <= _MOST else []


def _red_pieces(page: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """Return where red ink is, 1 on 0, parts that are near to each other in one piece."""
    red = (red_ink(page) > _RED).astype(np.uint8)
    if np.count_nonzero(red) < _LENGTH[0] * scale:
        return np.zeros_like(red)
    side = max(3, round(_WORN * scale))
    return np.asarray(cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)))


def _upper(page: NDArray[np.uint8], scale: float, frame: Frame) -> NDArray[np.uint8]:
    """Return the part of a page in which marks stand; the whole of one that was turned."""
    if frame.e < _UPRIGHT:
        return page
    return page[: math.ceil(_REACH * len(page) + _LENGTH[1] * scale)]


def _frames(
    ink: NDArray[np.uint8], scale: float, to_read: Frame, *, red: bool
) -> Iterator[StampFrame]:
    """Yield the pieces of ink that have the size and shape of a stamp's frame."""
    if not ink.any():
        return
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    longest = np.maximum(width, height) / scale
    # A slanted piece is up to 1.4 times as long as the box around it.
    fits = (longest > _LENGTH[0] / 1.5) & (longest < _LENGTH[1] * 1.1)
    fits &= np.minimum(width, height) / scale > _BREADTH[0] * 0.9
    for number in np.flatnonzero(fits):
        x, y = int(stats[number, cv2.CC_STAT_LEFT]), int(stats[number, cv2.CC_STAT_TOP])
        part = np.s_[y : y + height[number], x : x + width[number]]
        if number == 0:
            continue  # the ground
        piece = (labels[part] == number).astype(np.uint8)
        outlines, _ = cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        outline = max(outlines, key=cv2.contourArea)
        (left, top), sides, angle = cv2.minAreaRect(outline)
        area = max(sides[0] * sides[1], 1.0)
        fill = cv2.contourArea(outline) / area
        if fill < (_RED_FILL if red else _BLACK_FILL) or (not red and piece.sum() > _INK * area):
            continue
        # The outline runs through the middle of the pixels at the edge.
        middle = ((x + left + 0.5) / scale, (y + top + 0.5) / scale)
        length, breadth = ((side + 1.0) / scale for side in sides)
        if length < breadth:
            length, breadth, angle = breadth, length, angle + 90.0
        found = _directed(StampFrame(middle, length, breadth, angle, red, to_read))
        if found is not None:
            yield found


def _directed(frame: StampFrame) -> StampFrame | None:
    """Return the frame with its length from left to right as read; None if no stamp is so."""
    sizes = _LENGTH[0] < frame.length < _LENGTH[1] and _BREADTH[0] < frame.breadth < _BREADTH[1]
    if not sizes or frame.length < _LONGER * frame.breadth:
        return None
    along = frame.onto_page
    if along.a < 0:
        frame = replace(frame, slant=frame.slant + 180.0)
        along = frame.onto_page
    steep = abs(math.degrees(math.atan2(along.d, along.a)))
    return frame if steep < _STEEPEST else None
