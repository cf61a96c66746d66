# SPDX-License-Identifier: Apache-2.0
"""The measures of a page by which its parts are told apart: letters, column, distance of lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.segments import Segment


@dataclass(frozen=True, slots=True)
class Column:
    """The edges of the running text in points, and the distance of its lines."""

    left: float
    right: float
    pitch: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    def is_centred(self, segment: Segment) -> bool:
        """Return whether a line stands in the middle, clear of both edges."""
        before, after = segment.box.x0 - self.left, self.right - segment.box.x1
        return min(before, after) > 0.04 * self.width and abs(before - after) < 0.1 * self.width

    def is_full(self, segment: Segment) -> bool:
        """Return whether a line reaches the right edge."""
        return segment.box.x1 > self.right - 0.06 * self.width


def column_of(lines: Sequence[Segment], width: float) -> Column:
    """Return the column that the long ones of `lines` stand in; `width` is that of the page."""
    long = [line for line in lines if line.box.width > 0.5 * width]
    if len(long) < 3:
        long = sorted(lines, key=lambda line: -line.box.width)[:3]
    if not long:
        return Column(0.14 * width, 0.92 * width, 18.0)
    lefts = sorted(line.box.x0 for line in long)
    rights = sorted(line.box.x1 for line in long)
    # First lines are indented, so the left edge is where the lower part of them stands.
    left, right = lefts[len(lefts) // 6], rights[len(rights) * 3 // 4]
    steps = [b.level - a.level for a, b in pairwise(sorted(long, key=lambda line: line.level))]
    close = [step for step in steps if 8.0 < step < 40.0]
    return Column(left, right, median(close) if close else 18.0)


@dataclass(frozen=True, slots=True)
class Measures:
    """What a page measures, in points.

    Attributes:
        width: of the page.
        height: of the page.
        size: the usual height of a word.
        column: in which the running text stands.
    """

    width: float
    height: float
    size: float
    column: Column
