# SPDX-License-Identifier: Apache-2.0
"""Ruled tables in a picture: where their rows and columns are parted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Points; shorter strokes are letters or underlines (a row of small print is 16 pt high).
_SHORTEST_ACROSS = 45.0
_SHORTEST_DOWN = 14.0
# Points; rulings nearer than this are one, drawn thick or slightly slanted.
_SAME_RULING = 5.0
# Points; a frame smaller than this is a stamp or a drawing.
_LEAST_WIDTH, _LEAST_HEIGHT = 200.0, 30.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its box, and the x and y of its rulings, the outer ones included."""

    box: Box
    columns: tuple[float, ...]
    rows: tuple[float, ...]


def find_grids(gray: NDArray[np.uint8], dpi: float) -> tuple[Grid, ...]:
    """Return the ruled tables of at least two columns in a level page, top to bottom, in points."""
    point = dpi / 72.0
    ink = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15
    )
    across = _strokes(ink, (max(1, round(_SHORTEST_ACROSS * point)), 1))
    # Upright strokes take longest to find: only where there are two rulings across.
    heavy = np.flatnonzero(across.any(axis=1))
    if not len(heavy) or heavy[-1] - heavy[0] < _SAME_RULING * point:
        return ()
    # most pages have no upright strokes but those of large letters
    down = _strokes(ink, (1, max(1, round(_SHORTEST_DOWN * point))))
    if cv2.countNonZero(down) < _LEAST_HEIGHT * point:
        return ()
    near = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
    both = cv2.dilate(cv2.bitwise_or(across, down), near)
    grids = []
    for left, top, width, height in _boxes(both):
        if width < _LEAST_WIDTH * point or height < _LEAST_HEIGHT * point:
            continue
        part = np.s_[top : top + height, left : left + width]
        xs = _places(down[part].sum(axis=0) / 255, 0.25 * height, point)
        ys = _places(across[part].sum(axis=1) / 255, 0.25 * width, point)
        if len(xs) >= 3 and len(ys) >= 2:
            grids.append(_grid(xs, ys, left / point, top / point))
    return tuple(sorted(grids, key=lambda grid: grid.box.y0))


def _boxes(strokes: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """Return left, top, width and height of what hangs together, from its outline.

    An eighth of the time of labelling every pixel, of which next to none is a stroke.
    """
    outlines, tree = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    outer = [place for place, kin in enumerate(tree[0]) if kin[3] < 0]
    boxes = [cv2.boundingRect(outlines[place]) for place in outer]
    return sorted(((x, y, w, h) for x, y, w, h in boxes), key=lambda box: (box[1], box[0]))


def _strokes(ink: NDArray[np.uint8], shape: tuple[int, int]) -> NDArray[np.uint8]:
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.uint8)


def _places(profile: NDArray[np.float64], least: float, point: float) -> list[float]:
    """Return where in a profile rulings of together `least` pixels stand, in points."""
    # A ruling that slants a little is spread over neighbouring pixels.
    window = np.ones(max(1, round(_SAME_RULING * point)))
    heavy = np.convolve(profile, window, "same") >= least
    edges = np.flatnonzero(np.diff(np.concatenate(([0], heavy.view(np.int8), [0]))))
    return [
        float(start + end - 1) / 2 / point
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def _grid(xs: list[float], ys: list[float], left: float, top: float) -> Grid:
    columns = tuple(left + x for x in xs)
    rows = tuple(top + y for y in ys)
    return Grid(Box(columns[0], rows[0], columns[-1], rows[-1]), columns, rows)
