# SPDX-License-Identifier: Apache-2.0
"""The picture of an arrival stamp by itself, and where it is red, its print and the pen apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.model import Frame
from pipeline.reading.enhance import ReadingCopy

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.model import Box
    from pipeline.reading.slot_picture import Pixels

# Points of white around the picture.
MARGIN = 8.0
_WHITE = 255
# A stamp's print is smaller than the page's, so it is read larger; rulings are at least so long,
# in points: letters and digits are not.
_SCALE, _RULING, _INK = 1.6, 15.0, 160
# Percentiles of a stamp's picture that are paper and ink, and how far these are apart at least.
_PAPER, _DARKEST, _CONTRAST = 80.0, 0.5, 70.0
# How much lighter red ink is in red than in green and blue; a red stamp has so much of it.
_REDDER, _MOSTLY = 30, 0.3


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp without frame and rulings, upright, with white around it.

    Attributes:
        whole: ink of every colour dark.
        print: red ink alone, as of a red stamp; the whole where it is not red.
        pen: ink that is not red; the whole where the stamp is not red.
    """

    whole: ReadingCopy
    print: ReadingCopy
    pen: ReadingCopy

    @property
    def is_red(self) -> bool:
        """Whether print and pen are told apart."""
        return self.print is not self.whole


def stamp_of(image: Image, dpi: float, copy: ReadingCopy, box: Box) -> Stamp:
    """Return the stamp in a box of the page as read.

    Args:
        image: the page as scanned: stamps are in colour.
        dpi: its pixels an inch.
        copy: of the page.
        box: of the stamp, in points of the copy.
    """
    place = copy.frame.apply(box)
    left, top = (max(0, int(edge * dpi / 72)) for edge in (place.x0, place.y0))
    right, bottom = (int(edge * dpi / 72) + 2 for edge in (place.x1, place.y1))
    cut = image.crop((left, top, min(right, image.width), min(bottom, image.height)))
    fine = copy.dpi * _SCALE
    step, scale, frame = dpi / fine, dpi / 72.0, copy.frame
    way = np.array(
        [
            [frame.a * step, frame.b * step,
             (frame.a * box.x0 + frame.b * box.y0 + frame.c) * scale - left],
            [frame.d * step, frame.e * step,
             (frame.d * box.x0 + frame.e * box.y0 + frame.f) * scale - top],
        ]
    )  # fmt: skip
    point = fine / 72.0
    size = max(1, round(box.width * point)), max(1, round(box.height * point))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    level = np.asarray(
        cv2.warpAffine(
            np.asarray(cut.convert("RGB")), way, size, flags=flags, borderValue=(_WHITE,) * 3
        ),
        np.uint8,
    )
    dark = level.min(axis=2)
    whole = _copy(dark, point)
    redder = level[..., 0] > level[..., 1:].max(axis=2).astype(np.int16) + _REDDER
    if (redder & (dark < _INK)).sum() < _MOSTLY * max(1, int((dark < _INK).sum())):
        return Stamp(whole, whole, whole)
    print_ = np.where(redder, dark, _WHITE)
    return Stamp(whole, _copy(print_, point), _copy(level[..., 0], point))


def _copy(gray: Pixels, point: float) -> ReadingCopy:
    bare = _without_rulings(_stretched(gray), point)
    white = np.pad(bare, round(MARGIN * point), constant_values=_WHITE)
    return ReadingCopy(white, point * 72.0, Frame())


def _stretched(gray: Pixels) -> Pixels:
    """Return the picture with its paper white and its darkest ink black: stamps wear pale."""
    paper, ink = float(np.percentile(gray, _PAPER)), float(np.percentile(gray, _DARKEST))
    spread = max(paper - ink, _CONTRAST)
    return np.asarray(np.clip((gray - (paper - spread)) * (255.0 / spread), 0, 255), np.uint8)


def _without_rulings(gray: Pixels, point: float) -> Pixels:
    """Return the picture of a stamp without frame and rulings, which are read as letters."""
    ink = cv2.threshold(gray, _INK, 255, cv2.THRESH_BINARY_INV)[1]
    slack = np.ones((3, 3), np.uint8)
    strokes = [
        cv2.morphologyEx(
            cv2.dilate(ink, slack[:, :1] if high == 1 else slack[:1]),
            cv2.MORPH_OPEN,
            np.ones((high, wide), np.uint8),
        )
        for high, wide in ((1, round(_RULING * point)), (round(_RULING * point), 1))
    ]
    ruled = np.asarray(cv2.dilate(cv2.bitwise_or(*strokes), slack)) > 0
    return np.asarray(np.where(ruled, _WHITE, gray), np.uint8)
