# SPDX-License-Identifier: Apache-2.0
"""A date by hand, "29/3/21": cut at the strokes that part day, month and year, and read.

Strokes stand upright or lean, touch their neighbours, and look as a 1 does; a 1, 4 or 7 has such a
stroke, too. So every pair of strokes is tried, the reader of digits looks at what is left, and the
pair that leaves the best day, month and year is the right one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.slot_reader import SlotReading, read_slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.reading.slot_picture import Pixels
    from pipeline.reading.slot_scores import Kind

_INK, _WHITE = 160, 255
# A stroke is at least so long, and its box no wider, in letter sizes.
_LONG, _WIDE = 0.5, 0.62
_ANGLES = (-10, -4, 2, 8, 14, 20, 26, 32, 38)
# A stroke by itself parts more likely than one that belongs to a sign, or hangs on one.
_ALONE, _ATTACHED = 1.0, 0.3
_MOST = 9
# How wide day, month and year are, in letter sizes.
_WIDTHS: tuple[tuple[Kind, float, float], ...] = (
    ("day", 0.1, 2.6), ("month", 0.04, 2.4), ("year", 0.5, 4.6),
)  # fmt: skip
# The crop as the reader of digits wants it: so high, digits standing so deep in it, white beside.
_HIGH, _BASE, _BESIDE = 1.7, 1.2, 0.3
_LEAST, _KEPT = 0.02, 3
_OLDEST, _LATEST = 1976, 2099


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke that may part two numbers.

    Attributes:
        mask: its pixels.
        middle: x at half its height, in pixels.
        lean: how far x moves with y, in pixels a pixel.
        centre: y of its middle.
        weight: how likely it is no part of a digit.
    """

    mask: NDArray[np.bool_]
    middle: float
    lean: float
    centre: float
    weight: float


def read_date(gray: Pixels, base: float, size: float) -> SlotReading:
    """Return the date in a picture as "29/3/2021", as written; "" if there is none.

    Args:
        gray: ink of one line alone.
        base: y on which its digits stand, in pixels.
        size: of the letters that such digits belong to, in pixels.

    Raises:
        MissingDependencyError: the reader of digits is not installed.
    """
    strokes = find_strokes(gray, size)
    pieces = {
        (before, after): piece
        for before, after in _spans(len(strokes))
        if (piece := _piece(gray, strokes, (before, after), base, size)) is not None
    }
    seen = dict(zip(pieces, read_slots(list(pieces.values())), strict=True))
    found: dict[str, tuple[float, float]] = {}
    for first, second in combinations(range(len(strokes)), 2):
        spans = ((None, first), (first, second), (second, None))
        if all(span in seen for span in spans):
            weight = strokes[first].weight * strokes[second].weight
            for text, chance in _dates([seen[span] for span in spans]):
                found[text] = max(found.get(text, (0.0, 0.0)), (weight * chance, chance))
    return _decided(found)


def _decided(found: dict[str, tuple[float, float]]) -> SlotReading:
    """Return the best of some dates; what speaks for others speaks against it.

    Args:
        found: of each date how much it weighs, strokes counted, and how sure its three parts are.
    """
    ranked = sorted(found, key=lambda text: (-found[text][0], text))
    if not ranked or found[ranked[0]][1] < _LEAST:
        return SlotReading("", 0.0)
    total = sum(weight for weight, _ in found.values())
    best, chance = found[ranked[0]]
    others = tuple((text, found[text][0] / total) for text in ranked[1 : _KEPT + 1])
    return SlotReading(ranked[0], min(chance, 1.0) * best / total, others)


def _dates(parts: Sequence[SlotReading]) -> Iterator[tuple[str, float]]:
    """Yield the days there are that three readings may mean, each with its chance."""
    ways = [((part.text, part.confidence), *part.alternatives) for part in parts]
    for chosen in product(*(way[:3] for way in ways)):
        text = "/".join(part for part, _ in chosen)
        chance = float(np.prod([likely for _, likely in chosen]))
        if chance > _LEAST / 10 and day_of(text) is not None:
            yield text, chance


def day_of(text: str) -> dt.date | None:
    """Return the day that "29/3/21" or "29/3/2021" names, None if there is none."""
    parts = text.split("/")
    if len(parts) != len(_WIDTHS) or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    day, month, year = (int(part) for part in parts)
    year += 2000 if len(parts[2]) == 2 else 0
    try:
        return dt.date(year, month, day) if _OLDEST <= year <= _LATEST else None
    except ValueError:
        return None


def find_strokes(gray: Pixels, size: float) -> tuple[Stroke, ...]:
    """Return the straight strokes of a line of writing, left to right."""
    ink = np.asarray(gray < _INK, np.uint8)
    straight = np.zeros_like(ink)
    for angle in _ANGLES:
        straight |= np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, _line(angle, size)), np.uint8)
    _, whole, sizes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    count, marks, boxes, _ = cv2.connectedComponentsWithStats(straight, connectivity=8)
    found = []
    for mark in range(1, count):
        width, height, area = (int(boxes[mark][n]) for n in (2, 3, 4))
        if height < _LONG * size or width > _WIDE * size:
            continue
        mask = marks == mark
        y, x = np.nonzero(mask)
        lean = float(np.polyfit(y, x, 1)[0]) if height > 2 else 0.0
        alone = area > 0.6 * sizes[int(whole[y[0], x[0]])][4]
        found.append(
            Stroke(mask, float(x.mean()), lean, float(y.mean()), _ALONE if alone else _ATTACHED)
        )
    likely = sorted(found, key=lambda stroke: -stroke.weight)[:_MOST]
    return tuple(sorted(likely, key=lambda stroke: stroke.middle))


def _line(angle: float, size: float) -> Pixels:
    """Return a line that leans to the right by so many degrees, a pixel wide."""
    long = max(5, round(_LONG * size))
    reach = float(np.tan(np.radians(angle))) * long / 2
    kernel = np.zeros((long, 2 * long + 1), np.uint8)
    cv2.line(kernel, (round(long + reach), 0), (round(long - reach), long - 1), 1, 1)
    columns = np.flatnonzero(kernel.max(axis=0))
    return np.ascontiguousarray(kernel[:, columns[0] : columns[-1] + 1])


def _spans(count: int) -> Iterator[tuple[int | None, int | None]]:
    """Yield the strokes between which day, month and year may stand."""
    for first in range(count):
        yield None, first
        yield first, None
    yield from combinations(range(count), 2)


def _piece(
    gray: Pixels,
    strokes: Sequence[Stroke],
    span: tuple[int | None, int | None],
    base: float,
    size: float,
) -> tuple[Pixels, Kind] | None:
    """Return the picture between two strokes and what it may be, None if it can be nothing."""
    before, after = (None if place is None else strokes[place] for place in span)
    kind, narrowest, widest = _WIDTHS[0 if before is None else 2 if after is None else 1]
    rows, columns = np.mgrid[: gray.shape[0], : gray.shape[1]]
    gone = np.zeros(gray.shape, np.bool_)
    for stroke, side in ((before, -1), (after, 1)):
        if stroke is not None:
            edge = stroke.middle + stroke.lean * (rows - stroke.centre)
            gone |= side * (columns - edge) > 0
            gone |= cv2.dilate(stroke.mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    kept = np.asarray(np.where(gone, _WHITE, gray), np.uint8)
    used = np.flatnonzero((kept < _INK).sum(axis=0) > 1)
    if not len(used) or not narrowest * size <= used[-1] - used[0] + 1 <= widest * size:
        return None
    return slot_of(kept, (float(used[0]), float(used[-1] + 1)), base, size), kind


def slot_of(gray: Pixels, edges: tuple[float, float], base: float, size: float) -> Pixels:
    """Return the crop of a slot as the reader of digits wants it, white where there is no more."""
    x0, x1 = (
        round(edge + side * _BESIDE * size) for edge, side in zip(edges, (-1, 1), strict=True)
    )
    y0 = round(base - _BASE * size)
    y1 = y0 + max(1, round(_HIGH * size))
    border = ((max(0, -y0), max(0, y1 - gray.shape[0])), (max(0, -x0), max(0, x1 - gray.shape[1])))
    padded = np.pad(gray, border, constant_values=_WHITE)
    top, left = y0 + border[0][0], x0 + border[1][0]
    return np.ascontiguousarray(padded[top : top + y1 - y0, left : left + x1 - x0])
