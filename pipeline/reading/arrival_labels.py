# SPDX-License-Identifier: Apache-2.0
"""What the lines of an arrival stamp ask for: their labels, read again by themselves.

Beside digits by hand, and over leader dots, "Số:" and "Ngày:" are seldom read. They begin one below
the other, so they are cut out, bare of dots, and shown to the reader in one picture.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.likeness import plain
from pipeline.model import Frame
from pipeline.reading.arrival_rows import CLOSEST, DOT, DOTS_WIDE, INK, NEAR, WHITE, pieces
from pipeline.reading.engine import Look
from pipeline.reading.enhance import ReadingCopy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Line
    from pipeline.reading.arrival_rows import Label, Level, Row
    from pipeline.reading.engine import Engine
    from pipeline.reading.slot_picture import Pixels
    from pipeline.settings import Settings

# In points: labels are as wide as "Chuyển:" at most, their letters no farther apart, no higher than
# print, and their feet so near to the line.
_LABEL_WIDE, _LETTER_GAP, _LETTER_HIGH, _STANDS = 42.0, 3.2, 12.5, 4.0
# Points of white around a label's picture, what is shown before it, and how far "y" hangs down.
_MARGIN, _BESIDE, _BELOW = 6.0, 2.0, 4.5
# What stands for nothing: leader dots, and what they are read as.
BLANKS = " .,:;…_-–'\"*|"
# What begins a line; what follows it in the same word was swallowed.
LABELS: dict[Label, re.Pattern[str]] = {
    "number": re.compile(r"^\W*s[oae06](?![a-z])(?:\s*den)?\s?:?"),
    "date": re.compile(r"^\W*ng[aeou]?[yvi](?![a-z])(?:\s*den)?\s?:?"),
}


def labelled(
    level: Level, rows: Sequence[Row], engine: Engine, settings: Settings
) -> tuple[Row, ...]:
    """Return those lines whose labels say number or date: all labels are read in one look.

    Raises:
        ReadingError: the engine failed, or took too long.
    """
    start = _label_start(level, rows)
    if start is None:
        return ()
    point = level.point
    bare = _without_dots(level, rows)
    white = round(_MARGIN * point)
    strips, ends = [], []
    for row in rows:
        top, bottom = max(0, int(row.base - row.room)), int(row.base + _BELOW * point)
        left = max(0, int(start - _BESIDE * point))
        cut = bare[top:bottom, left : left + round(_LABEL_WIDE * point)]
        strips.append(np.pad(cut, ((white, white), (white, white)), constant_values=WHITE))
        ends.append(sum(strip.shape[0] for strip in strips) / point)
    wide = max(strip.shape[1] for strip in strips)
    picture = np.vstack([
        np.pad(strip, ((0, 0), (0, wide - strip.shape[1])), constant_values=WHITE)
        for strip in strips
    ])  # fmt: skip
    found: dict[int, Row] = {}
    for line in engine.read(ReadingCopy(picture, 72.0 * point, Frame()), settings, Look.BLOCK):
        place = next((n for n, end in enumerate(ends) if line.box and line.box.centre[1] < end), -1)
        for label in LABELS if place >= 0 else ():
            ends_at = _label_end(label, line)
            if ends_at is not None and place not in found:
                end, glued = ends_at
                after = left + (end - _MARGIN) * point
                found[place] = replace(
                    rows[place], label=label, start=start, left=after, unsure=glued
                )
    return tuple(found[place] for place in sorted(found))


def _label_end(label: Label, line: Line) -> tuple[float, bool] | None:
    """Return x behind a label at the beginning of a line, in points; None if it is another's.

    And whether it is not sure, because more was read in the same word.
    """
    for word in line.words[:2]:
        found = LABELS[label].match(plain(word.text))
        if found and word.box:
            end = word.box.x0 + word.box.width * found.end() / max(len(word.text), 1)
            return end, bool(word.text[found.end() :].strip(BLANKS))
    return None


def _label_start(level: Level, rows: Sequence[Row]) -> float | None:
    """Return where the labels begin, one below the other, in pixels."""
    starts = [
        start
        for row in rows
        for first in (row.start, row.left)
        if (start := _start_before(first, row, level)) is not None
    ]
    near = 2.5 * level.point
    return max(
        starts, default=None,
        key=lambda start: (sum(abs(other - start) < near for other in starts), -start),
    )  # fmt: skip


def _without_dots(level: Level, rows: Sequence[Row]) -> Pixels:
    ink = np.asarray(level.gray < INK, np.uint8)
    _, marks, found, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    small = (found[:, 3] <= DOT * level.point) & (found[:, 2] <= DOTS_WIDE * level.point)
    lies = np.zeros(len(found), np.bool_)
    for row in rows:
        lies |= np.abs(middles[:, 1] - row.base) < NEAR * level.point
    lies &= small
    lies[0] = False
    gone = cv2.dilate(np.asarray(lies[marks], np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.asarray(np.where(gone, WHITE, level.gray), np.uint8)


def _start_before(first: float, row: Row, level: Level) -> float | None:
    """Return where the print before a dot begins: letters one after another, no higher than print.

    None if there is no room for "Số:".
    """
    point = level.point
    found = pieces(level.gray)
    ends = found[:, 0] + found[:, 2]
    foot = found[:, 1] + found[:, 3]
    # The feet of "ĐẾN", which stands beside several lines, are elsewhere.
    stands = (np.abs(foot - row.base) < _STANDS * point) & (found[:, 3] > DOT * point)
    stands &= (ends <= first + 1.5 * point) & (found[:, 3] < _LETTER_HIGH * point)
    start = first
    for letter in found[stands][np.argsort(-ends[stands])]:
        if start - (letter[0] + letter[2]) > _LETTER_GAP * point:
            break
        if first - letter[0] > _LABEL_WIDE * point:
            break
        start = min(start, float(letter[0]))
    return start if first - start >= CLOSEST * point else None
