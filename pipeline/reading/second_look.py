# SPDX-License-Identifier: Apache-2.0
"""Head and foot read once more, each column by itself: together the two confuse the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.model import Box, Line
from pipeline.reading.columns import foot_zones, head_zones
from pipeline.reading.engine import Look, read_all
from pipeline.vietnamese import is_syllable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.model import Word
    from pipeline.reading.columns import Zones
    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

# A column read by itself is taken if it is worth at least this share of what it replaces.
_AS_GOOD = 0.95
# Points of white around a column, for Tesseract wants a margin.
_MARGIN = 6.0
# Nothing is read in fewer pixels than this.
_SMALLEST = 10
# Gray below which a pixel counts as ink, and points that a gutter must be wide.
_INK, _GUTTER = 128, 5.0


def second_look(
    copy: ReadingCopy, lines: Sequence[Line], engine: Engine, settings: Settings, *, first: bool
) -> tuple[Line, ...]:
    """Return the lines with the columns of head (on a first page) and foot read by themselves."""
    zones = [head_zones(lines, copy.width, copy.height) if first else None,
             foot_zones(lines, copy.width, copy.height)]  # fmt: skip
    boxes = [box for pair in zones if pair for box in columns_of(copy, pair)]
    boxes = [box for box in boxes if min(copy.part(box).shape) >= _SMALLEST]
    readings = read_all(engine, [copy.framed(box, _MARGIN) for box in boxes], settings, Look.BLOCK)
    point = copy.dpi / 72.0
    found = tuple(lines)
    for box, read in zip(boxes, readings, strict=True):
        left, top = (max(0, round(edge * point)) / point - _MARGIN for edge in (box.x0, box.y0))
        again = [Line(tuple(moved(word, left, top) for word in line.words)) for line in read]
        inner, outer = parted(found, box)
        if worth(again) >= _AS_GOOD * worth(inner):
            found = (*outer, *again)
    return found


def columns_of(copy: ReadingCopy, zones: Zones) -> tuple[Box, ...]:
    """Return the two columns, parted where no ink is; none if ink is everywhere."""
    point = copy.dpi / 72.0
    low, high = (round(x * point) for x in (zones.least, zones.most))
    band = copy.gray[round(zones.top * point) : round(zones.bottom * point), low:high]
    if band.size == 0:
        return ()
    gap = _gutter((band < _INK).sum(axis=0), point)
    if gap is None:
        return ()
    split = (low + (gap[0] + gap[1]) / 2) / point
    return (
        Box(0.0, zones.top, split, zones.left_bottom),
        Box(split, zones.top, copy.width, zones.bottom),
    )


def _gutter(ink: NDArray[np.int64], point: float) -> tuple[int, int] | None:
    """Return start and end of the widest stretch without ink; where none is, with the least."""
    found = _widest(ink == 0)
    if found is None or found[1] - found[0] < _GUTTER * point:
        # A seal or a pen reaches across: take the stretch where it does so least.
        window = np.ones(max(1, round(_GUTTER * point)))
        if len(ink) <= len(window):
            return None
        start = int(np.argmin(np.convolve(ink, window, "valid")))
        return start, start + len(window)
    return found


def _widest(white: NDArray[np.bool_]) -> tuple[int, int] | None:
    """Return start and end of the longest run of white columns."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], white.view(np.int8), [0]))))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def moved(word: Word, left: float, top: float) -> Word:
    """Return a word `left` points further to the right and `top` points further down."""
    box = word.box
    if box is None:
        return word
    return replace(word, box=Box(box.x0 + left, box.y0 + top, box.x1 + left, box.y1 + top))


def parted(lines: Sequence[Line], box: Box) -> tuple[list[Line], list[Line]]:
    """Return the words whose middle lies in `box`, and the others, line by line."""
    inner: list[Line] = []
    outer: list[Line] = []
    for line in lines:
        inside = [word for word in line.words if word.box and box.holds(word.box)]
        outside = [word for word in line.words if word not in inside]
        inner += [Line(tuple(inside))] if inside else []
        outer += [Line(tuple(outside))] if outside else []
    return inner, outer


def worth(lines: Sequence[Line]) -> float:
    """Return how many letters were read, each weighed by the confidence of a word that is sound."""
    return sum(_worth(word) * len(word.text) for line in lines for word in line.words)


def _worth(word: Word) -> float:
    return (word.confidence or 0.0) if is_sound(word) else 0.0


def is_sound(word: Word) -> bool:
    """Return whether a word can be one: a number, a syllable, or capitals."""
    letters = "".join(char for char in word.text if char.isalnum())
    return letters.isdigit() or is_syllable(letters) or letters.isupper()
