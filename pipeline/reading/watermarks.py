# SPDX-License-Identifier: Apache-2.0
"""Pale text across a page, such as who fetched it and when: found by its gray, and taken out.

A watermark is one line of large letters, mostly slanted, paler than print and darker than paper.
Nothing else on a page is: what shines through from the back is small and level, a seal is round, a
crease is thin, and pens are dark. Only a line of which all that is certain is taken for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Points = NDArray[np.float32]

# Pixels per inch at which watermarks are looked for, and pixels in a millimetre there.
_VIEW_DPI = 75.0
_MM = _VIEW_DPI / 25.4
# Darker than this share of the paper is print; print lies in its own blur of so many pixels. What
# is nearly print is looked at in a second pass, in which only broad strokes count.
_PRINT = ((0.68, False), (0.5, True))
_BLUR = 5
# So much darker than the paper a watermark is at least; the paper itself is at least so light.
_PALER, _LIGHT = 8, 200
# Less pale ink than this, in square millimetres, is no watermark; more of the page is its ground.
_LEAST, _MOST = 60.0, 0.12
# Ink is counted in cells of so many pixels, or a seal would outweigh a thin line; directions are so
# many degrees apart.
_CELL, _STEP = 6, 1.5
# Breadths of a line of letters in millimetres; level lines must be broader, for what shines
# through, the rows of tables and pale print are level; within so many degrees they are level.
_BREADTHS, _LEVEL_BREADTH, _LEVEL = (7.0, 11.0, 17.0, 26.0), 11.0, 9.0
# The least length in millimetres and in breadths, and how much of it must carry ink, cut into
# pieces so long.
_LENGTH, _LONGER, _CARRIED, _PIECE = 90.0, 4.0, 0.6, 5.0
# A stretch so long, in millimetres, parts one line from another.
_GAP = 16.0
# How much ink lies beside the line at most, as a share of that within.
_BESIDE = 0.2
# The share of the line's area that is ink: less are specks, more is a shaded bar.
_INKED = (0.02, 0.5)
# The ink strays so far from the line's middle, in millimetres: that of a crease does not.
_STRAYS = 0.9
# Gray of the ink: so many levels darker than most of it is hardly any.
_EVEN, _UNEVEN = 18, 0.05
# Strokes of print are thinner than this, in pixels of the reading copy.
_STROKE = 5
# A ground is lighter than print by so many levels. Up to this share of the paper's gray it disturbs
# the reading: on painted pages from 210 of 255 down.
_FAINT, _PALE = 40.0, 0.85
# No more lines than these are on one page.
_LINES = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A slanted strip, in pixels of the view.

    Attributes:
        angle: radians clockwise from the x axis.
        start, end: along that direction.
        low, high: across it.
    """

    angle: float
    start: float
    end: float
    low: float
    high: float

    def corners(self) -> Points:
        """Return its four corners, x and y."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        ends = [(self.start, self.low), (self.end, self.low), (self.end, self.high),
                (self.start, self.high)]  # fmt: skip
        return np.array(
            [(along * cos - across * sin, along * sin + across * cos) for along, across in ends],
            np.float32,
        )


def without_watermarks(gray: Pixels, dpi: float) -> tuple[Pixels, tuple[Box, ...]]:
    """Return the page without its watermarks, and the boxes around these in points.

    Args:
        gray: 8 bit, dark letters on a light ground.
        dpi: pixels per inch of `gray`.
    """
    scale = min(1.0, _VIEW_DPI / dpi)
    if min(gray.shape) * scale < _LENGTH * _MM:
        return gray, ()
    view = np.asarray(
        cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )
    paper = int(np.argmax(np.bincount(view.ravel(), minlength=256)))
    if paper < _LIGHT:
        return gray, ()
    for share, broad in _PRINT:
        pale = _pale(view, paper, share, broad=broad)
        lines = _lines(pale, view)
        if lines:
            clean = _cleared(gray, view, pale, lines)
            point = dpi * scale / 72.0
            return clean, tuple(_box(line, view.shape, point) for line in lines)
    return gray, ()


def _pale(view: Pixels, paper: int, share: float, *, broad: bool) -> Pixels:
    """Return where there is ink paler than print and away from it, 255 on 0."""
    print_ = cv2.threshold(view, share * paper, 255, cv2.THRESH_BINARY_INV)[1]
    ink = cv2.threshold(view, paper - _PALER, 255, cv2.THRESH_BINARY_INV)[1]
    pale = cv2.subtract(ink, cv2.dilate(print_, np.ones((_BLUR, _BLUR), np.uint8)))
    if broad:
        pale = cv2.morphologyEx(pale, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return np.asarray(pale, np.uint8)


def _lines(pale: Pixels, view: Pixels) -> list[_Line]:
    """Return the lines of pale letters, none if one cannot be sure."""
    found: list[_Line] = []
    left = pale.copy()
    for _ in range(_LINES):
        amount = cv2.countNonZero(left)
        if not _LEAST * _MM**2 < amount < _MOST * left.size:
            break
        rows, columns = np.nonzero(left)
        spots = np.stack([columns, rows]).astype(np.float32)
        line = _densest(left)
        line = line and _ended(spots, line)
        if line is None or not _is_watermark(spots, view[rows, columns], line):
            break
        found.append(line)
        cv2.fillConvexPoly(left, np.rint(line.corners()).astype(np.int32), (0,))
    return found


def _densest(ink: Pixels) -> _Line | None:
    """Return the strip, across the whole page, that holds most of the inked cells, broad or not."""
    height, width = (side // _CELL for side in ink.shape)
    cells = ink[: height * _CELL, : width * _CELL].reshape(height, _CELL, width, _CELL)
    rows, columns = np.nonzero(cells.any(axis=(1, 3)))
    angles = np.radians(np.arange(-90.0, 90.0, _STEP))
    across = np.outer(np.cos(angles), rows + 0.5) - np.outer(np.sin(angles), columns + 0.5)
    # Half a cell is the unit; no place on the page is further than its two sides from the corner.
    most = 2 * (height + width)
    places = np.rint(2 * across).astype(np.intp) + most
    places += (2 * most * np.arange(len(angles)))[:, None]
    counts = np.bincount(places.ravel(), minlength=2 * most * len(angles))
    sums = np.cumsum(counts.reshape(len(angles), -1), axis=1)
    best, line = 0.0, None
    for breadth in _BREADTHS:
        window = round(2 * breadth * _MM / _CELL)
        held = sums[:, window:] - sums[:, :-window]
        turn, at = np.unravel_index(int(np.argmax(held)), held.shape)
        worth = float(held[turn, at]) / window**0.5
        if worth > best:
            low = (int(at) - most) * _CELL / 2
            best, line = (
                worth,
                _Line(float(angles[turn]), 0.0, 0.0, low, low + (window + 2) * _CELL / 2),
            )
    return line


def _ended(spots: Points, line: _Line) -> _Line | None:
    """Return the strip from the first to the last ink of its longest stretch, close around it."""
    along, across = _turned(spots, line.angle)
    inside = (across >= line.low) & (across < line.high)
    places = np.sort(along[inside])
    cuts = np.flatnonzero(np.diff(places) > _GAP * _MM)
    parts = np.split(places, cuts + 1)
    longest = max(parts, key=lambda part: float(np.ptp(part)) if len(part) else 0.0)
    if not len(longest):
        return None
    start, end = float(longest[0]), float(longest[-1])
    own = across[inside & (along >= start) & (along <= end)]
    low, high = np.percentile(own, (0.5, 99.5))
    return _Line(line.angle, start, end, float(low) - 1.0, float(high) + 1.0)


def _turned(spots: Points, angle: float) -> tuple[Points, Points]:
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    return spots[0] * cos + spots[1] * sin, spots[1] * cos - spots[0] * sin


def _is_watermark(spots: Points, levels: Pixels, line: _Line) -> bool:
    """Return whether a strip is a line of letters in one gray, with little beside it."""
    length, breadth = line.end - line.start, line.high - line.low
    slant = abs(np.degrees(line.angle)) % 90.0
    is_level = min(slant, 90.0 - slant) < _LEVEL
    long = length >= max(_LENGTH * _MM, _LONGER * breadth)
    if not long or (is_level and breadth < _LEVEL_BREADTH * _MM):
        return False
    along, across = _turned(spots, line.angle)
    beside = (along >= line.start) & (along <= line.end)
    inside = beside & (across >= line.low) & (across <= line.high)
    near = beside & (across > line.low - breadth / 2) & (across < line.high + breadth / 2)
    amount = int(inside.sum())
    if int(near.sum()) - amount > _BESIDE * amount:
        return False
    pieces = np.unique(((along[inside] - line.start) / (_PIECE * _MM)).astype(np.intp))
    carried = len(pieces) * _PIECE * _MM / length
    inked = amount / (length * breadth)
    gray = levels[inside].astype(np.float32)
    most = float(np.percentile(gray, 30))
    return (
        carried >= _CARRIED
        and _INKED[0] <= inked <= _INKED[1]
        and _strays(along[inside], across[inside]) >= _STRAYS * _MM
        and float((gray < most - _EVEN).mean()) <= _UNEVEN
    )


def _strays(along: Points, across: Points) -> float:
    """Return how far spots lie from the straight line through them, in pixels."""
    slope = float(np.cov(along, across)[0, 1] / max(float(along.var()), 1.0))
    return float((across - slope * along).std())


def _cleared(gray: Pixels, view: Pixels, pale: Pixels, lines: list[_Line]) -> Pixels:
    """Return the page, in the strips of its watermarks the pale gray as white as the paper.

    Its broad strokes are a ground that lies behind the thin ones of print: what is on it is
    lightened with it. The palest are left, for they are in nobody's way.
    """
    height, width = gray.shape
    strips = np.zeros_like(pale)
    for line in lines:
        cv2.fillConvexPoly(strips, np.rint(line.corners()).astype(np.int32), (255,))
    own = cv2.bitwise_and(pale, strips)
    level = float(np.percentile(view[own > 0], 10)) - _PALER
    paper, ink = float(np.median(view)), float(np.percentile(view, 1))
    if level > _PALE * paper:
        return gray
    left, top, across, down = cv2.boundingRect(strips)
    fine = width / view.shape[1]
    part = np.s_[int(top * fine) : int((top + down) * fine), int(left * fine) :
                 int((left + across) * fine)]  # fmt: skip
    cut = gray[part]
    ground = cv2.morphologyEx(cut, cv2.MORPH_CLOSE, np.ones((_STROKE, _STROKE), np.uint8))
    depth = (paper - ink) / np.maximum(ground - ink, _FAINT)
    light = np.clip(paper - (ground.astype(np.float32) - cut) * depth, 0, 255)
    inside = cv2.resize(strips, (width, height), interpolation=cv2.INTER_NEAREST)[part] > 0
    clean = gray.copy()
    clean[part] = np.where(inside, light.astype(np.uint8), cut)
    return clean


def _box(line: _Line, shape: tuple[int, ...], point: float) -> Box:
    corners = line.corners()
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    height, width = shape[:2]
    return Box(
        max(0.0, float(left)) / point,
        max(0.0, float(top)) / point,
        min(float(width), float(right)) / point,
        min(float(height), float(bottom)) / point,
    )
