# SPDX-License-Identifier: Apache-2.0
"""Finds the lines of a level page by its letters alone: where they stand and how high they are.

Pieces of ink as high as letters are smeared into runs; the feet of a run's letters give its base
line. Rulings part what they stand between. What is too small to be a letter (dots, dashes, marks)
only says how far a line goes; what is too large (seals, pictures, strokes of a pen) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.line_picture import BaseLine

if TYPE_CHECKING:
    from pipeline.reading.line_picture import Pixels

Floats = npt.NDArray[np.float64]

# All lengths are in heights of a small letter. Pieces of ink that are letters, or letters that
# have run together: so high, and no wider.
_LETTER = (0.62, 2.45)
_WIDEST = 14.0
# A blank this wide within a line is bridged, a wider one ends it.
_BRIDGED = 1.9
# Ink that is straight for so long is ruled.
_RULED = 6.0
# Dots, dashes and marks belong to a line if they stand so near its ends, so far above and below.
_NEAR, _OVER, _UNDER = 2.6, 2.1, 0.6
_SMALLEST = 0.1
# Letters of a line that say where it stands lie so near its base line.
_FOOT = 0.14
# Fewer letters tell no slope; a line of directives sinks or rises no more on a level page.
_SLOPED, _STEEPEST = 8, 0.03
# Capitals are so much higher than small letters; sizes beyond these are another print.
_CAPITAL = 1.47
_LARGE, _SMALL = 1.8, 0.8
# A threshold that follows the light: the window, and how much darker than it ink is,
# in shares of the darkest.
_WINDOW, _DARKER = 4.0, 0.4
# Ink is at least so much darker than its paper, of 255.
_FAINTEST = 18.0
# Lines so wide tell how high a small letter is, which is between these, of the usual height.
_TELLING, _HEIGHTS = 12.0, (0.8, 1.5)
# Runs may be marks of a line if they are narrower than this share of it; lines of which the one
# reaches so near the other go on; no line stands so near above another.
_MARKS, _MARKS_WIDE, _TOUCHING, _TIGHT = 0.4, 5.0, 0.3, 1.2
# A height this near to the usual one changes nothing.
_SAME = 0.06


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line of a page.

    Attributes:
        base: where it stands, in pixels of the page.
        letter: height of its small letters, in pixels.
    """

    base: BaseLine
    letter: float


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Connected pieces of ink: edges in pixels, the right and lower ones outside."""

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats

    @property
    def height(self) -> Floats:
        return self.y1 - self.y0

    @property
    def width(self) -> Floats:
        return self.x1 - self.x0

    def __getitem__(self, chosen: npt.NDArray[np.bool_]) -> _Pieces:
        return _Pieces(self.x0[chosen], self.y0[chosen], self.x1[chosen], self.y1[chosen])


def find_lines(gray: Pixels, usual: float) -> list[FoundLine]:
    """Return the lines of a page, from top to bottom.

    Args:
        gray: the page, level, dark ink on light paper.
        usual: height of a small letter where the page has too few letters to tell.
    """
    if min(gray.shape) < usual:
        return []
    ink = _ink(gray, usual)
    ruled, borders = _rulings(ink, usual)
    ink = cv2.subtract(ink, ruled)
    pieces = _pieces(ink)
    lines = _lines(pieces, borders, gray.shape, usual)
    letter = _letter_height(ink, lines, usual)
    if abs(letter - usual) > _SAME * usual:
        lines = _lines(pieces, borders, gray.shape, letter)
    return sorted(_merged(lines), key=lambda line: (line.base.y, line.base.x0))


def _lines(
    pieces: _Pieces, borders: Pixels, shape: tuple[int, ...], letter: float
) -> list[FoundLine]:
    """Return the lines of pieces of ink if small letters are so high."""
    high, wide = pieces.height / letter, pieces.width / letter
    letters = pieces[(high > _LETTER[0]) & (high < _LETTER[1]) & (wide < _WIDEST) & (wide > 0.12)]
    small = pieces[(high <= _LETTER[0]) & (np.maximum(high, wide) > _SMALLEST) & (wide < 2.5)]
    runs = _runs(letters, borders, shape, letter)
    usual = float(np.median(letters.height)) if len(letters.x0) else letter
    lines = [
        line
        for number in range(1, int(runs.max(initial=0)) + 1)
        if (line := _line(letters[runs == number], letter, usual)) is not None
    ]
    return _reaching(lines, small)


def _ink(gray: Pixels, letter: float) -> Pixels:
    """Return the ink, 255 on 0, by a threshold that follows the light."""
    # The lightest around is the paper, whatever falls on it.
    step = max(2, round(_WINDOW * letter / 8))
    small = cv2.resize(gray, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    light = cv2.blur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (9, 9))
    paper = cv2.resize(light, gray.shape[::-1], interpolation=cv2.INTER_LINEAR)
    depth = cv2.subtract(paper, gray)
    counts = np.cumsum(np.bincount(depth[::4, ::4].ravel(), minlength=256))
    darkest = float(np.searchsorted(counts, 0.985 * counts[-1]))
    edge = max(_DARKER * darkest, _FAINTEST)
    return np.asarray(cv2.threshold(depth, edge, 255, cv2.THRESH_BINARY)[1])


def _rulings(ink: Pixels, letter: float) -> tuple[Pixels, Pixels]:
    """Return what is ruled, and the upright rules alone."""
    long = round(_RULED * letter)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((round(0.7 * long), 1), np.uint8))
    return np.asarray(cv2.bitwise_or(level, upright)), np.asarray(upright)


def _pieces(ink: Pixels) -> _Pieces:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    x, y, width, height = (stats[1:, place].astype(np.float64) for place in range(4))
    return _Pieces(x, y, x + width, y + height)


def _letter_height(ink: Pixels, lines: list[FoundLine], usual: float) -> float:
    """Return the height of a small letter: how far above the base line most of the ink begins.

    Pieces of ink would not tell it where letters have run together.
    """
    above, below = round(1.8 * usual), round(0.5 * usual)
    rows = np.zeros(above + below)
    for line in lines:
        base = line.base
        top, x0, x1 = round(base.y) - above, round(base.x0), round(base.x1)
        if x1 - x0 > _TELLING * usual and top >= 0 and top + len(rows) <= ink.shape[0]:
            middle = round(base.slope * (x1 - x0) / 2)
            part = ink[top + middle : top + middle + len(rows), x0:x1]
            if part.shape[0] == len(rows):
                rows += part.mean(axis=1)
    rise = np.diff(rows)
    first, last = above - round(_HEIGHTS[1] * usual), above - round(_HEIGHTS[0] * usual)
    if not rows.any() or rise[first:last].max() <= 0:
        return usual
    return float(above - (first + int(rise[first:last].argmax())) - 1)


def _runs(
    letters: _Pieces, borders: Pixels, shape: tuple[int, ...], letter: float
) -> npt.NDArray[np.int32]:
    """Return for each letter the number of the run that it is in, from 1 on."""
    # A quarter of the pixels is enough to see what stands side by side.
    canvas = np.zeros((shape[0] // 2 + 1, shape[1] // 2 + 1), np.uint8)
    trim = np.where(letters.height > 1.2 * letter, 0.22, 0.1) * letters.height
    edges = np.stack([letters.x0, letters.y0 + trim, letters.x1, letters.y1 - trim], 1) / 2
    for x0, y0, x1, y1 in np.rint(edges).astype(int):
        canvas[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)] = 255
    bridge = np.ones((1, round(_BRIDGED * letter / 2)), np.uint8)
    canvas = cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, bridge, borderValue=(0,))
    walls = cv2.resize(borders, canvas.shape[::-1], interpolation=cv2.INTER_AREA)
    canvas[walls > 0] = 0
    _, labels = cv2.connectedComponents(canvas, connectivity=4, ltype=cv2.CV_32S)
    middle = np.rint(np.stack([letters.y0 + letters.y1, letters.x0 + letters.x1], 1) / 4).astype(
        int
    )
    return np.asarray(labels[middle[:, 0], middle[:, 1]], np.int32)


def _line(letters: _Pieces, letter: float, usual: float) -> FoundLine | None:
    """Return the line that letters side by side stand on; `usual` is their height on the page."""
    if not len(letters.x0):
        return None
    x0, x1 = float(letters.x0.min()), float(letters.x1.max())
    share = float(np.median(letters.height)) / usual
    own = letter
    if share > _LARGE:
        own = letter * share / _CAPITAL
    elif share < _SMALL:
        own = letter * share
    across = (letters.x0 + letters.x1) / 2
    slope = _slope(across, letters.y1)
    feet = letters.y1 - slope * (across - x0)
    return FoundLine(BaseLine(x0, x1, _commonest(feet, _FOOT * own), slope), own)


def _slope(across: Floats, feet: Floats) -> float:
    """Return how far a line sinks in a pixel: the median over pairs of its letters."""
    if len(across) < _SLOPED:
        return 0.0
    order = np.argsort(across)
    half = len(order) // 2
    left, right = order[:half], order[-half:]
    slopes = (feet[right] - feet[left]) / np.maximum(across[right] - across[left], 1)
    return min(max(float(np.median(slopes)), -_STEEPEST), _STEEPEST)


def _commonest(feet: Floats, near: float) -> float:
    """Return where most letters stand: the middle of those around the densest place."""
    ordered = np.sort(feet)
    counts = np.searchsorted(ordered, ordered + near) - np.searchsorted(ordered, ordered - near)
    best = ordered[int(counts.argmax())]
    return float(ordered[np.abs(ordered - best) <= near].mean())


def _merged(lines: list[FoundLine]) -> list[FoundLine]:
    """Return the lines without the marks of others, those in one that a dash parts."""
    kept: list[FoundLine] = []
    for line in sorted(lines, key=lambda line: line.base.x0 - line.base.x1):
        if any(_is_mark_of(line, other) for other in kept):
            continue
        mates = [other for other in kept if _goes_on(line, other)]
        for mate in mates:
            kept.remove(mate)
            line = _one(line, mate)  # noqa: PLW2901 - it grows
        kept.append(line)
    return kept


def _is_mark_of(line: FoundLine, other: FoundLine) -> bool:
    """Return whether a run is only marks over a longer line: no line stands so near another."""
    middle = (line.base.x0 + line.base.x1) / 2
    over = (_level(other, middle) - line.base.y) / other.letter
    within = other.base.x0 < middle < other.base.x1
    width = line.base.x1 - line.base.x0
    narrow = width < _MARKS * (other.base.x1 - other.base.x0)
    low = line.letter < _SMALL * other.letter and width < _MARKS_WIDE * other.letter
    return narrow and within and -_UNDER < over < (_OVER if low else _TIGHT)


def _goes_on(line: FoundLine, other: FoundLine) -> bool:
    """Return whether two lines that reach one another stand on one base line."""
    left, right = sorted((line, other), key=lambda each: each.base.x0)
    gap = right.base.x0 - left.base.x1
    return (
        gap < _TOUCHING * line.letter
        and abs(_level(left, left.base.x1) - _level(right, left.base.x1)) < 0.3 * line.letter
    )


def _one(line: FoundLine, other: FoundLine) -> FoundLine:
    """Return one line of two; the longer one tells where it stands."""
    sure = max(line, other, key=lambda each: each.base.x1 - each.base.x0)
    x0 = min(line.base.x0, other.base.x0)
    x1 = max(line.base.x1, other.base.x1)
    return FoundLine(BaseLine(x0, x1, _level(sure, x0), sure.base.slope), sure.letter)


def _level(line: FoundLine, x: float) -> float:
    return line.base.y + line.base.slope * (x - line.base.x0)


def _across(pieces: _Pieces) -> Floats:
    return (pieces.x0 + pieces.x1) / 2


def _beside(line: FoundLine, pieces: _Pieces) -> npt.NDArray[np.bool_]:
    """Return which pieces stand as high as the letters of a line, or their marks."""
    base, down = line.base, (pieces.y0 + pieces.y1) / 2
    level = base.y + base.slope * (_across(pieces) - base.x0)
    return (down > level - _OVER * line.letter) & (down < level + _UNDER * line.letter)


def _reaching(lines: list[FoundLine], small: _Pieces) -> list[FoundLine]:
    """Return the lines with the dots and dashes before and behind them."""
    found = []
    # The marks between the letters of a line are no dots of the line beside it.
    own = np.zeros(len(small.x0), np.bool_)
    for line in lines:
        own |= (
            _beside(line, small) & (_across(small) > line.base.x0) & (_across(small) < line.base.x1)
        )
    small = small[~own]
    across = _across(small)
    for line in lines:
        base, letter = line.base, line.letter
        beside = _beside(line, small)
        x0, x1 = base.x0, base.x1
        before, behind = small[beside & (across < x0)], small[beside & (across > x1)]
        for place in np.argsort(-before.x1):
            near = before.x1[place] > x0 - _NEAR * letter
            x0 = min(x0, before.x0[place]) if near else x0
        for place in np.argsort(behind.x0):
            near = behind.x0[place] < x1 + _NEAR * letter
            x1 = max(x1, behind.x1[place]) if near else x1
        x0, x1 = float(x0), float(x1)
        y = base.y + base.slope * (x0 - base.x0)
        found.append(FoundLine(BaseLine(x0, x1, y, base.slope), letter))
    return found
