# SPDX-License-Identifier: Apache-2.0
"""The signature read once more without the ink that lies over it, and the readings voted.

A seal lies over a third of the signature (NĐ 30/2020, Phụ lục I, II.8) and often over post and
name. Its ink and the pen's are lighter than the print, even on a gray scan: what is lighter is
taken away at two levels, both copies are read, and of each printed line the reading is taken that
looks most like a post or like a person's name. A signature that reads well is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Box, Line
from pipeline.reading.columns import foot_zones
from pipeline.reading.second_look import columns_of, parted
from pipeline.reading.segments import Segment, box_of, joined, letter_size, segments_of
from pipeline.reading.signature_vote import (
    as_deputy,
    bare,
    best_post,
    is_sure_name,
    is_sure_post,
    name_worth,
    part_words,
    vote_name,
)
from pipeline.reading.stacked import Cut, read_stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

# Where between the ink of the print and white the lighter ink begins: a seal on a gray scan is
# hardly lighter than the print, and print under a seal on a coloured one not quite black.
_LEVELS = (0.25, 0.4)
# A name that is still in doubt is read by itself, so many times as large, sharp and blurred.
_NAME_SCALE, _BLUR = 1.5, 1.2
# The print is as dark as the darkest quarter of what is not ground.
_PRINT = 25
# Points from the authority to below the name: three lines, 30 mm for seal and pen, the name.
_HEIGHT = 190.0
# Points of white around each copy, for Tesseract wants a margin.
_MARGIN = 8.0
# The next line stands at most so many letter sizes below.
_NEXT = 2.5


@dataclass(frozen=True)
class _Row:
    """What each of the readings has of one printed line, None if nothing.

    Attributes:
        foot: y of the line on which the letters stand.
        readings: in the order of the readings.
    """

    foot: float
    readings: tuple[Segment | None, ...]

    @property
    def texts(self) -> list[Segment]:
        """The readings that are there."""
        return [reading for reading in self.readings if reading is not None]

    @cached_property
    def post(self) -> Segment | None:
        """The reading that looks most like a post, None if none does."""
        return best_post(self.texts)


def look_at_signature(
    copy: ReadingCopy, lines: Sequence[Line], engine: Engine, settings: Settings
) -> tuple[Line, ...]:
    """Return the lines with those of the signature in their best reading.

    Raises:
        ReadingError: the engine failed, or took too long.
    """
    column = signature_column(copy, lines)
    if column is None:
        return tuple(lines)
    inner, outer = parted(lines, column)
    if reads_clearly(inner):
        return tuple(lines)
    size = letter_size(lines)
    readings = [inner, *_read_cleared(copy, column, engine, settings)]
    strip = doubtful_name(readings, size)
    if strip is not None:
        wide = Box(column.x0, max(0.0, strip.y0), column.x1, min(copy.height, strip.y1))
        readings += _read_cleared(copy, wide, engine, settings, _NAME_SCALE)
    return (*outer, *elected(readings, size))


def reads_clearly(lines: Sequence[Line]) -> bool:
    """Return whether a post and a name stand in `lines`, each word of both read well."""
    post = any(is_sure_post(line.words) for line in lines)
    return post and any(is_sure_name(line.words) for line in lines)


def doubtful_name(readings: Sequence[Sequence[Line]], size: float) -> Box | None:
    """Return where the line of the name stands if its readings differ or are unsure, else None."""
    name = _name_row(_rows(readings, size))
    if name is None:
        return None
    texts = {" ".join(bare(word.text) for word in text.words) for text in name.texts}
    if len(texts) == 1 and any(is_sure_name(text.words) for text in name.texts):
        return None
    tops = [box_of(word).y0 for text in name.texts for word in text.words]
    return Box(0.0, min(max(tops), name.foot - size) - 0.4 * size, 1.0, name.foot + 0.4 * size)


def elected(readings: Sequence[Sequence[Line]], size: float) -> list[Line]:
    """Return the lines of the first of the readings, posts and name in the best of all of them.

    Args:
        readings: of the same place on the page, the first as it is without a second thought.
        size: the usual height of a word, in points.
    """
    rows = _rows(readings, size)
    name = _name_row(rows)
    posts = {row.foot: row.post for row in rows if row.post}
    for high, low in pairwise(sorted(posts)):
        pair = as_deputy(posts[high], posts[low]) if low - high < _NEXT * size else None
        if pair:
            posts[high], posts[low] = pair
    found: list[Line] = []
    for row in rows:
        if row is name:
            found.append(vote_name(row.texts).line)
        elif row.foot in posts:
            found.append(posts[row.foot].line)
        elif row.readings[0] is not None:
            found.append(row.readings[0].line)
    return found


def _name_row(rows: Sequence[_Row]) -> _Row | None:
    """Return the line below the posts that looks most like a name, None if none does."""
    posts = [row.foot for row in rows if row.post]
    below = [row for row in rows if not row.post and row.foot > max(posts, default=-1.0)]
    best = max(below, key=_row_worth, default=None)
    return best if best is not None and _row_worth(best) > 0 else None


def _row_worth(row: _Row) -> float:
    return max(map(name_worth, row.texts))


def signature_column(copy: ReadingCopy, lines: Sequence[Line]) -> Box | None:
    """Return where the signature stands: the right column of the foot, down to the name."""
    zones = foot_zones(lines, copy.width, copy.height)
    columns = columns_of(copy, zones) if zones else ()
    if not columns:
        return None
    right = columns[-1]
    return replace(right, y1=min(copy.height, max(right.y1, right.y0 + _HEIGHT)))


def _read_cleared(
    copy: ReadingCopy, place: Box, engine: Engine, settings: Settings, scale: float = 1.0
) -> list[list[Line]]:
    """Return what is read in `place` without the lighter ink; all copies are read in one go.

    A copy is made at each level; enlarged ones sharp and blurred, which mends what is torn.
    """
    point = copy.dpi / 72.0
    top, left = max(0, round(place.y0 * point)), max(0, round(place.x0 * point))
    part = copy.part(place)
    if min(part.shape) < 10:
        return []
    ink = _print_ink(copy.gray)
    cleared = [_lighter_gone(part, ink + level * (255 - ink)) for level in _LEVELS]
    if scale != 1.0:
        large = [cv2.resize(one, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
                 for one in cleared]  # fmt: skip
        cleared = [*large, *(cv2.GaussianBlur(one, (0, 0), _BLUR) for one in large)]
    margin = round(_MARGIN * point * scale)
    cuts = [
        Cut(np.pad(one, margin, constant_values=255), left / point - _MARGIN, top / point - _MARGIN)
        for one in cleared
    ]
    return read_stacked(copy.alone(copy.gray, copy.dpi * scale), cuts, engine, settings)


def _print_ink(gray: NDArray[np.uint8]) -> float:
    """Return the gray of the print: that of the darker part of what is not the ground."""
    level, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = gray[gray <= level]
    return float(np.percentile(dark, _PRINT)) if dark.size else 0.0


def _lighter_gone(gray: NDArray[np.uint8], level: float) -> NDArray[np.uint8]:
    return np.where(gray > level, np.uint8(255), gray)


def _rows(readings: Sequence[Sequence[Line]], size: float) -> list[_Row]:
    """Return what the readings have, line by line, from top to bottom."""
    pieces = [
        (_foot_of(segment), number, segment)
        for number, lines in enumerate(readings)
        for segment in segments_of(lines, size, gap=4.0)
    ]
    pieces.sort(key=lambda piece: piece[:2])
    groups: list[list[tuple[float, int, Segment]]] = []
    for piece in pieces:
        if groups and piece[0] - groups[-1][0][0] < 0.85 * size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_row(group, len(readings)) for group in groups]


def _foot_of(segment: Segment) -> float:
    """Return where the letters of a line stand: a seal stretches the boxes upwards."""
    sound = [box_of(word).y1 for word in segment.words if sum(map(str.isalpha, word.text)) > 1]
    return median(sound or [box_of(word).y1 for word in segment.words])


def _row(group: list[tuple[float, int, Segment]], count: int) -> _Row:
    parts = [[segment for _, number, segment in group if number == place] for place in range(count)]
    return _Row(
        median(foot for foot, _, _ in group),
        tuple(part_words(joined(part)) if part else None for part in parts),
    )
