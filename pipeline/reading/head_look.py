# SPDX-License-Identifier: Apache-2.0
"""Number, and place and date, looked for by their ink where no reading of the page has them.

NĐ 30/2020, Phụ lục I, II.3–4: the number stands under the organ's rule in the left column, place
and date under the motto's rule in the right one. A row of ink there that was not read, or not as
what stands in this place, is read as a line by itself, then once more enlarged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Box, Line
from pipeline.reading import anchors
from pipeline.reading.columns import head_zones
from pipeline.reading.engine import Look
from pipeline.reading.second_look import columns_of, moved, parted
from pipeline.reading.segments import letter_size
from pipeline.reading.slots import find_slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

# Gray below which a pixel is ink.
_INK = 128
# In letter sizes: a rule is so thin and at least so long, a speck is smaller than this.
_THIN, _LONG, _SPECK = 0.25, 1.5, 0.12
# What is higher is the edge of a sheet or a stamp; an organ takes lines down to so far.
_TALL, _ORGAN = 3.5, 5.0
# Rows of ink nearer than this are one (marks over letters); a line of text is so high.
_GAP, _LOWEST, _HIGHEST = 0.12, 0.5, 3.0
# At most so many rows are looked at, and each at these scales.
_ROWS, _SCALES = 3, (1.0, 1.6)
# White around a row, in points: Tesseract wants a margin.
_MARGIN = 6.0


def look_at_head(
    copy: ReadingCopy, lines: Sequence[Line], engine: Engine, settings: Settings
) -> tuple[Line, ...]:
    """Return the lines of a first page with those of number and date that were missing.

    Raises:
        ReadingError: the engine failed, or took too long.
    """
    found = tuple(lines)
    zones = head_zones(found, copy.width, copy.height)
    if zones is None or (_has(found, "number", zones.left_bottom) and
                         _has(found, "day", zones.bottom)):  # fmt: skip
        return found
    columns = columns_of(copy, zones)
    for kind, column in zip(("number", "day"), columns, strict=False):
        if not _has(found, kind, column.y1):
            band = _under_capitals(found, column)
            found = _with_line(copy, found, band, kind, (engine, settings))
    return found


def _has(lines: Sequence[Line], kind: str, bottom: float) -> bool:
    """Return whether a line down to `bottom` is the one in which a slot of `kind` stands."""
    return any(line.box and line.box.y0 < bottom and is_line_of(kind, line) for line in lines)


def is_line_of(kind: str, line: Line) -> bool:
    """Return whether a line reads as that of the number ("number") or of the date ("day")."""
    if any(slot.kind == kind for slot in find_slots(line)):
        return True
    find = anchors.find_number if kind == "number" else anchors.find_place_date
    span = find(line.text)
    return span is not None and (kind == "day" or line.text[span.start] == "S")


def _under_capitals(lines: Sequence[Line], column: Box) -> Box:
    """Return what of a column lies under its organ, or its motto."""
    size = letter_size(lines)
    inner, _ = parted(lines, column)
    tops = [
        line.box.y1
        for line in inner
        if line.box
        and line.box.y0 < column.y0 + _ORGAN * size
        and (_is_capital(line.text) or anchors.find_motto(line.text))
    ]
    top = min(max(tops, default=column.y0), column.y1)
    return Box(column.x0, top, column.x1, max(column.y1, top + 1.5 * size))


def _is_capital(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _with_line(
    copy: ReadingCopy,
    lines: tuple[Line, ...],
    band: Box,
    kind: str,
    reader: tuple[Engine, Settings],
) -> tuple[Line, ...]:
    """Return the lines with the first row of ink in a band that reads as a line of `kind`."""
    size = letter_size(lines)
    for row in rows_of_ink(copy, band, size):
        for scale in _SCALES:
            line = _read_row(copy, row, scale, reader)
            if line is not None and is_line_of(kind, line):
                _, outer = parted(lines, row)
                return (*outer, line)
    return lines


def rows_of_ink(copy: ReadingCopy, band: Box, size: float) -> list[Box]:
    """Return the rows in a band that are as high as lines of text of this size, from the top."""
    point = copy.dpi / 72.0
    part = copy.part(band)
    if min(part.shape) < 2:
        return []
    ink = _without_rules(part < _INK, size * point)
    filled = np.flatnonzero(ink.any(axis=1))
    rows = []
    for start, end in _runs(filled, _GAP * size * point):
        across = np.flatnonzero(ink[start:end].any(axis=0))
        box = Box(
            band.x0 + float(across[0]) / point,
            band.y0 + start / point,
            band.x0 + float(across[-1] + 1) / point,
            band.y0 + end / point,
        )
        if _LOWEST * size <= box.height <= _HIGHEST * size and box.width > 3 * size:
            rows.append(box)
    return rows[:_ROWS]


def _without_rules(ink: NDArray[np.bool_], size: float) -> NDArray[np.bool_]:
    """Return ink without rules, edges, stamps and specks; the size of letters in pixels."""
    count, marks, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    rule = (high < _THIN * size) & (wide > _LONG * size)
    speck = (high < _SPECK * size) & (wide < _SPECK * size)
    kept = ~(rule | speck | (high > _TALL * size))
    kept[0] = False
    return np.asarray(kept[marks] if count > 1 else np.zeros_like(ink), np.bool_)


def _runs(filled: NDArray[np.int64], gap: float) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of rows with ink, nearer ones than `gap` joined."""
    for run in np.split(filled, np.flatnonzero(np.diff(filled) > gap) + 1):
        if len(run):
            yield int(run[0]), int(run[-1]) + 1


def _read_row(
    copy: ReadingCopy, row: Box, scale: float, reader: tuple[Engine, Settings]
) -> Line | None:
    """Return what is read in a row of ink, None if nothing is."""
    engine, settings = reader
    point = copy.dpi / 72.0
    part = copy.part(row)
    if scale != 1.0:
        enlarged = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        part = np.asarray(enlarged, np.uint8)
    framed = np.pad(part, round(_MARGIN * point * scale), constant_values=255)
    picture = copy.alone(framed, copy.dpi * scale)
    words = [
        moved(word, row.x0 - _MARGIN, row.y0 - _MARGIN)
        for line in engine.read(picture, settings, Look.LINE)
        for word in line.words
    ]
    return Line(tuple(words)) if words else None
