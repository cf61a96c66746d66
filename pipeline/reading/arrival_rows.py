# SPDX-License-Identifier: Apache-2.0
"""The lines of an arrival stamp that are filled in by hand, each with its ink alone.

A stamp prints "Số: …………" and "Ngày: …/…/…" (NĐ 30/2020, Phụ lục IV); pens write over the leader
dots, larger than the print and seldom level with it. The dots themselves show where a line is and
how it slopes, and what stands over them is cut free of the lines above and below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from pipeline.model import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.reading.enhance import ReadingCopy
    from pipeline.reading.slot_picture import Pixels

    Numbers = NDArray[np.float64]

Label = Literal["number", "date"]

# Darker is ink. All lengths that follow are in points: stamps are of one size, 35 × 50 mm.
INK, WHITE = 170, 255
# A leader dot is no higher, and one of merged dots no wider; a line has so many dots at least.
DOT, DOTS_WIDE, _FEWEST = 2.4, 20.0, 7
# Dots of a line lie so near to it; stamps are turned by so many degrees at most, tried so finely.
NEAR, _TURNED, _STEP = 0.9, 5.0, 0.25
# Leader dots are evenly apart, but for so much of it.
_EVEN = 0.35
# Lines are so far apart; what is nearer is noise, what is farther leaves digits no more room.
CLOSEST, _ROOMIEST, _USUAL = 9.0, 17.0, 13.0
# Digits by hand are so high in letter sizes, and at most so high where lines are 1 apart.
_DIGIT, _TALLEST = 0.86, 2.2
# Pens write a little beyond the dots; so near to the edge, its white counted, they were cut off.
_OVER, _EDGE = 12.0, 11.0
# More dots than this are dirt.
_DIRT = 1500


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a stamp; lengths in pixels of the stamp's levelled picture.

    Attributes:
        label: what the stamp wants there, None if that is not known.
        start: where the label begins; of a line of unknown label the first dot.
        left, right: between which the pen may have written.
        base: the line on which the label stands.
        room: from the line above.
        unsure: where the label ends is not sure; some of the writing may be lost.
    """

    label: Label | None
    start: float
    left: float
    right: float
    base: float
    room: float
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """What a pen wrote in a line, the rest white; lengths in pixels.

    Attributes:
        gray: its picture.
        base: y on which most signs stand.
        size: of the letters that such digits belong to.
        corner: x and y of the picture in the stamp's levelled picture.
        cut: whether it reaches the edge of the stamp: some of it may be lost.
    """

    gray: Pixels
    base: float
    size: float
    corner: tuple[int, int]
    cut: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A stamp turned level.

    Attributes:
        gray: its picture, as far as it is print.
        pen: the same of what is written; where the stamp is not red, that is the print, too.
        slope: how far a line of the stamp as scanned falls, in pixels a pixel.
        point: pixels a point.
    """

    gray: Pixels
    pen: Pixels
    slope: float
    point: float

    def back(self, box: Box) -> Box:
        """Return a box in pixels as one in points of the stamp as scanned."""
        drop = self.slope * box.centre[0]
        edges = (box.x0, box.y0 + drop, box.x1, box.y1 + drop)
        return Box(*(float(edge) / self.point for edge in edges))


def levelled(stamp: ReadingCopy, pen: ReadingCopy) -> tuple[Level, tuple[Row, ...]]:
    """Return the picture of a stamp with its dotted lines level, and these, top to bottom."""
    point = stamp.dpi / 72.0
    dots = _dots(stamp.gray, point)
    dots = dots if len(dots) <= _DIRT else dots[:0]
    slope = _slope(dots, point)
    way = np.array([[1.0, 0.0, 0.0], [slope, 1.0, 0.0]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (stamp.gray.shape[1], stamp.gray.shape[0])
    gray, written_ = (
        np.asarray(
            cv2.warpAffine(copy.gray, way, size, flags=flags, borderValue=(WHITE,)), np.uint8
        )
        for copy in (stamp, pen)
    )
    level = Level(gray, written_, slope, point)
    return level, _dotted(dots, level)


def _dots(gray: Pixels, point: float) -> Numbers:
    """Return the leader dots: x, y, width and foot of each, in pixels."""
    found = pieces(gray)
    small = (found[:, 3] <= DOT * point) & (found[:, 2] <= DOTS_WIDE * point)
    return found[small & (found[:, 4] >= (0.3 * point) ** 2)]


def pieces(gray: Pixels) -> Numbers:
    """Return the box and the area of each piece of ink: x, y, width, height, pixels."""
    ink = np.asarray(gray < INK, np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return np.asarray(found[1:], np.float64)


def _slope(dots: Numbers, point: float) -> float:
    """Return the slope at which the dots fall into the fewest lines, 0 without dots."""
    if len(dots) < _FEWEST:
        return 0.0
    x, y = dots[:, 0] + dots[:, 2] / 2, dots[:, 1] + dots[:, 3] / 2
    turns = np.tan(np.radians(np.arange(-_TURNED, _TURNED + _STEP / 2, _STEP)))
    turns = turns[np.argsort(np.abs(turns), kind="stable")]
    return float(max(turns, key=lambda turn: _gathered(y - turn * x, 0.6 * point)))


def _gathered(places: Numbers, wide: float) -> float:
    bins = np.round((places - places.min()) / wide).astype(int)
    return float((np.bincount(bins).astype(np.float64) ** 2).sum())


def _dotted(dots: Numbers, level: Level) -> tuple[Row, ...]:
    """Return the lines of dots, labels not known yet."""
    point = level.point
    x = dots[:, 0] + dots[:, 2] / 2
    y = dots[:, 1] + dots[:, 3] / 2 - level.slope * x
    bases: list[tuple[float, Numbers]] = []
    free = np.ones(len(dots), np.bool_)
    while free.any():
        counts = [int((free & (np.abs(y - place) < NEAR * point)).sum()) for place in y]
        best = int(np.argmax(counts))
        if counts[best] < _FEWEST:
            break
        line = free & (np.abs(y - y[best]) < NEAR * point)
        places = np.sort(x[line])
        bases.append((float(np.median(y[line])), places))
        free &= np.abs(y - y[best]) >= 0.5 * CLOSEST * point
    bases.sort(key=lambda line: line[0])
    return tuple(
        Row(
            None, float(places[0]), _first_of_many(places), float(places[-1]), base,
            _room([other for other, _ in bases], base, point),
        )
        for base, places in bases
    )  # fmt: skip


def _first_of_many(places: Numbers) -> float:
    """Return where dots begin that stand as far apart as most: pieces of worn letters do not."""
    gaps = np.diff(places)
    usual = float(np.median(gaps))
    even = np.abs(gaps - usual) < _EVEN * usual
    regular = np.flatnonzero(even[:-1] & even[1:])
    return float(places[regular[0] if len(regular) else 0])


def _room(bases: Sequence[float], base: float, point: float) -> float:
    """Return how high digits on a line may be: as the lines are apart."""
    gaps = [abs(other - base) for other in bases if abs(other - base) >= CLOSEST * point]
    return min(min(gaps, default=_USUAL * point), _ROOMIEST * point)


def written(level: Level, row: Row) -> Writing | None:
    """Return what is written in a line, None if nothing is."""
    ink = np.asarray(level.pen < INK, np.uint8)
    _, marks, found, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    point = level.point
    x, y, high = middles[:, 0], found[:, 1] + found[:, 3] / 2, found[:, 3]
    kept = (x > row.left) & (x < row.right + _OVER * point)
    kept &= (y > row.base - row.room) & (y < row.base + 0.1 * row.room)
    kept &= (high > DOT * point) & (high < _TALLEST * row.room)
    kept[0] = False
    signs = kept & (high > 0.4 * row.room)
    if not signs.any():
        return None
    size = float(np.median(high[signs])) / _DIGIT
    base = float(np.median((found[:, 1] + high)[signs]))
    inside = cv2.dilate(np.asarray(kept[marks], np.uint8), np.ones((3, 3), np.uint8)) > 0
    alone = np.asarray(np.where(inside, level.pen, WHITE), np.uint8)
    top, bottom = max(0, int(base - 1.6 * size)), int(base + 0.8 * size)
    left = max(0, int(row.left - size))
    edge = level.pen.shape[1] - _EDGE * point
    ends = float((found[:, 0] + found[:, 2])[kept].max())
    return Writing(alone[top:bottom, left:], base - top, size, (left, top), ends > edge)
