# SPDX-License-Identifier: Apache-2.0
"""The reading copy: a page upright, level, gray, without stamps, its letters of the best height."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Frame
from pipeline.reading.ink import black_ink
from pipeline.reading.lettering import letter_height, overview, skew
from pipeline.reading.watermarks import without_watermarks

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    from pipeline.model import Box
    from pipeline.settings import Settings

# Height of a small letter in pixels at which `vie` reads best: from 12 to 22 the error hardly
# changes on real scans, the time grows by half.
READING_HEIGHT = 15.0
# The x-height of the 13.5 pt Times that directives are set in, for pages that show no letters.
USUAL_LETTER_POINTS = 6.1
# Height of the middle one of all pieces of ink that may be letters, in small letters.
_PIECE = 1.33
# Enlarging more than this only blows up noise; shrinking more loses what small print there is.
SCALES = (0.25, 3.5)
# The line reader wants letters so much higher than Tesseract, where the scan has them.
FINER = 1.3
# A scale this near to 1 is not worth a resampling.
SAME_SCALE = 0.08
# Degrees; a lesser slant lifts the end of a line by less than a third of a letter.
LEVEL_ENOUGH = 0.15
_WHITE = 255


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """A page as the reader gets it.

    Attributes:
        gray: 8 bit, dark letters on a light ground.
        dpi: pixels per inch of `gray`: one point of the page as read is `dpi / 72` pixels.
        frame: from points of the page as read to points of the page as scanned.
        slant: degrees by which the page was turned to make its lines level.
        watermarks: boxes around those that were taken out, in points of the page as read.
        finest: the same picture with more pixels, for the line reader; None if there are no more.
        letter: height of a small letter in points, as far as the page tells.
    """

    gray: NDArray[np.uint8]
    dpi: float
    frame: Frame
    slant: float = 0.0
    watermarks: tuple[Box, ...] = ()
    finest: NDArray[np.uint8] | None = None
    letter: float = USUAL_LETTER_POINTS

    @property
    def fine(self) -> ReadingCopy:
        """The copy with as many pixels as the line reader has use for."""
        if self.finest is None:
            return self
        dpi = self.dpi * self.finest.shape[1] / self.gray.shape[1]
        return replace(self, gray=self.finest, dpi=dpi, finest=None)

    @property
    def width(self) -> float:
        """Width of the page as read, in points."""
        return float(self.gray.shape[1] * 72.0 / self.dpi)

    @property
    def height(self) -> float:
        """Height of the page as read, in points."""
        return float(self.gray.shape[0] * 72.0 / self.dpi)

    def part(self, box: Box) -> NDArray[np.uint8]:
        """Return the pixels in a box (points of the page as read), as far as it is on the page."""
        return _part(self.gray, self.dpi / 72.0, box)

    def alone(self, gray: NDArray[np.uint8], dpi: float | None = None) -> ReadingCopy:
        """Return another picture as a page of its own; by default of the same resolution."""
        return ReadingCopy(gray, dpi or self.dpi, Frame(), letter=self.letter)

    def framed(self, box: Box, margin: float) -> ReadingCopy:
        """Return what is in a box as a page of its own, with `margin` points of paper around it."""
        pictures = []
        for gray in (self.gray, self.finest):
            if gray is not None:
                point = self.dpi / 72.0 * gray.shape[1] / self.gray.shape[1]
                part = _part(gray, point, box)
                pictures.append(np.pad(part, round(margin * point), constant_values=255))
        return replace(self.alone(pictures[0]), finest=pictures[1] if pictures[1:] else None)


def _part(gray: NDArray[np.uint8], point: float, box: Box) -> NDArray[np.uint8]:
    x0, y0, x1, y1 = (max(0, round(edge * point)) for edge in (box.x0, box.y0, box.x1, box.y1))
    return gray[y0:y1, x0:x1]


def enhance(image: Image, dpi: float, settings: Settings, turn: int = 0) -> ReadingCopy:
    """Return the reading copy of a page image.

    Args:
        image: the page as scanned, of any mode.
        dpi: its pixels per inch.
        settings: of the run.
        turn: degrees clockwise (0, 90, 180 or 270) that set the page upright.
    """
    gray = np.rot90(black_ink(image), -(turn // 90)) if turn else black_ink(image)
    height, width = (side * 72.0 / dpi for side in gray.shape)
    small = overview(gray, dpi)
    slant = skew(small)
    if abs(slant) < LEVEL_ENOUGH:
        slant = 0.0
    letter = letter_height(gray, dpi)
    scale = _scale(letter, dpi)
    gray = np.ascontiguousarray(gray)
    copy = _level(_scaled(gray, scale), slant)
    frame = joined(levelling(slant, width, height), upright(turn, width, height))
    clean, watermarks = without_watermarks(copy, dpi * scale)
    finest = None
    if settings.read != "tesseract" and scale < 1.0 and not watermarks:
        finest = _level(_scaled(gray, min(FINER * scale, 1.0)), slant)
    points = letter / _PIECE * 72.0 / dpi if letter else USUAL_LETTER_POINTS
    return ReadingCopy(clean, dpi * scale, frame, slant, watermarks, finest, points)


def _scale(letter: float | None, dpi: float) -> float:
    """Return the factor that brings letters of `letter` pixels to the reading height."""
    pixels = letter or USUAL_LETTER_POINTS * dpi / 72.0
    scale = min(max(READING_HEIGHT / pixels, SCALES[0]), SCALES[1])
    return 1.0 if abs(scale - 1.0) < SAME_SCALE else scale


def _scaled(gray: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    if scale == 1.0:
        return gray
    # Averaging areas turns one-bit steps into true gray; cubic keeps edges when enlarging.
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(gray, None, fx=scale, fy=scale, interpolation=method), np.uint8)


def _level(gray: NDArray[np.uint8], slant: float) -> NDArray[np.uint8]:
    if slant == 0.0:
        return gray
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1.0)
    return np.asarray(
        cv2.warpAffine(gray, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(_WHITE,)),
        np.uint8,
    )


def levelling(slant: float, width: float, height: float) -> Frame:
    """Return the map from the level page back to the slanted one, both of the same size."""
    cos, sin = math.cos(math.radians(slant)), math.sin(math.radians(slant))
    x, y = width / 2, height / 2
    # The page was turned counter-clockwise by `slant` about its middle: this turns it back.
    return Frame(cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y)


def upright(turn: int, width: float, height: float) -> Frame:
    """Return the map from the upright page, of `width` and `height`, to the page as scanned."""
    return {
        0: Frame(),
        90: Frame(0, 1, 0, -1, 0, width),
        180: Frame(-1, 0, width, 0, -1, height),
        270: Frame(0, -1, height, 1, 0, 0),
    }[turn]


def joined(first: Frame, then: Frame) -> Frame:
    """Return the map that does `first` and then `then`."""
    return Frame(
        then.a * first.a + then.b * first.d,
        then.a * first.b + then.b * first.e,
        then.a * first.c + then.b * first.f + then.c,
        then.d * first.a + then.e * first.d,
        then.d * first.b + then.e * first.e,
        then.d * first.c + then.e * first.f + then.f,
    )


def inverse(frame: Frame) -> Frame:
    """Return the map that undoes `frame`, which must not flatten the page."""
    size = frame.a * frame.e - frame.b * frame.d
    a, b, d, e = frame.e / size, -frame.b / size, -frame.d / size, frame.a / size
    return Frame(a, b, -(a * frame.c + b * frame.f), d, e, -(d * frame.c + e * frame.f))
