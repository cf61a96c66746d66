# SPDX-License-Identifier: Apache-2.0
"""A page as read in small and in colour: where its ink is red, blue, or of a pen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.reading.ink import GRAY_MODES

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    from pipeline.model import Box, Frame

# Seals, frames and strokes are centimetres large: this resolution shows them, and costs little.
VIEW_DPI = 100.0
POINT = VIEW_DPI / 72.0
# How much lighter red ink is in red than in green and blue, and blue ink in blue than in red.
_REDDER, _BLUER = 30, 35
# Channels that differ by less than this are no colour, whatever the lamp.
_COLOUR = 24
# Ink is darker than this where the paper is 255; a thin stroke is paler in small.
_DARK = 190
# The paper is as light as the lightest tenth of the page.
_PAPER = 90.0


@dataclass(frozen=True, slots=True)
class View:
    """The page as read, upright and level, `POINT` pixels a point; masks are 0 or 255.

    Attributes:
        red: red ink, as of seals.
        blue: blue or violet ink, as of pens.
        pen: ink that is not red: print, pens, black seals.
        dark: ink of any colour.
    """

    red: NDArray[np.uint8]
    blue: NDArray[np.uint8]
    pen: NDArray[np.uint8]
    dark: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Small:
    """A page as scanned, in small: pixels in gray or RGB, and how many of them are a point."""

    pixels: NDArray[np.uint8]
    scale: float

    @property
    def coloured(self) -> bool:
        """Whether anything on the page, which is a colour picture, is of a colour."""
        if self.pixels.ndim == 2:
            return False
        red, green, blue = cv2.split(self.pixels)
        lightest, darkest = (better(better(red, green), blue) for better in (cv2.max, cv2.min))
        colour = cv2.threshold(cv2.subtract(lightest, darkest), _COLOUR, 255, cv2.THRESH_BINARY)[1]
        return cv2.countNonZero(colour) > 0


def shrunk(image: Image, dpi: float) -> Small:
    """Return a page as scanned, of any mode, at `VIEW_DPI` or finer."""
    mode = "L" if image.mode in GRAY_MODES else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    # The mean of whole steps, without a copy of the page: five times faster than OpenCV's.
    step = max(1, int(dpi / VIEW_DPI))
    return Small(np.asarray(plain.reduce(step) if step > 1 else plain), dpi / 72.0 / step)


def view_of(small: Small, frame: Frame, size: tuple[float, float]) -> View:
    """Return the small view of a page.

    Args:
        small: the page as scanned.
        frame: from points of the page as read to points of the page as scanned.
        size: width and height of the page as read, in points.
    """
    scale = small.scale
    # Pixels of the small picture for a pixel of the view.
    step = scale / POINT
    way = np.array(
        [
            [frame.a * step, frame.b * step, frame.c * scale],
            [frame.d * step, frame.e * step, frame.f * scale],
        ]
    )
    target = (max(1, round(size[0] * POINT)), max(1, round(size[1] * POINT)))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    level = cv2.warpAffine(small.pixels, way, target, flags=flags, borderValue=(255, 255, 255))
    return _masks(_whitened(np.asarray(level, np.uint8)))


def _whitened(level: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the picture with its paper white, each colour by itself: a lamp's tint goes."""
    paper = np.percentile(level[::4, ::4], _PAPER, axis=(0, 1))
    gains = 255.0 / np.maximum(np.atleast_1d(paper), 1.0)
    channels = [
        cv2.convertScaleAbs(channel, alpha=float(gain))
        for channel, gain in zip(cv2.split(level), gains, strict=True)
    ]
    return np.asarray(cv2.merge(channels), np.uint8)


def _masks(level: NDArray[np.uint8]) -> View:
    if level.ndim == 2 or level.shape[2] == 1:
        dark = _below(level.reshape(level.shape[:2]), _DARK)
        none = np.zeros_like(dark)
        return View(none, none, dark, dark)
    red, green, blue = cv2.split(level)
    redder = cv2.subtract(red, cv2.max(green, blue))
    bluer = cv2.subtract(blue, red)
    darkest = cv2.min(cv2.min(red, green), blue)
    return View(
        red=_above(redder, _REDDER),
        blue=_above(bluer, _BLUER),
        pen=_below(np.asarray(red, np.uint8), _DARK),
        dark=_below(np.asarray(darkest, np.uint8), _DARK),
    )


def _above(values: cv2.typing.MatLike, limit: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.threshold(values, limit, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _below(values: NDArray[np.uint8], limit: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.threshold(values, limit, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def part_of(mask: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """Return the part of a mask within a box in points; it may be empty."""
    rows = slice(max(0, round(box.y0 * POINT)), max(0, round(box.y1 * POINT)))
    return mask[rows, max(0, round(box.x0 * POINT)) : max(0, round(box.x1 * POINT))]
