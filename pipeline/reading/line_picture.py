# SPDX-License-Identifier: Apache-2.0
"""Cuts a line out of a page by its base line, always at the same height of its letters.

A crop by the box of the ink would move with every ọ and Ấ in it; the base line does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

# Rows of a cut line, and of them those above its base line: Times sets Ấ 30 pixels high where a
# small letter has 14, and ợ reaches 8 below.
HEIGHT, ABOVE = 40, 31
# Height of a small letter (x-height) in the cut, in pixels.
LETTER = 14.0
# Paper left and right of the ink, in pixels of the cut.
MARGIN = 8
# Columns of a cut line that the network makes one answer of.
STRIDE = 4
# Shares of the pixels that are taken for ink and for paper, and the least that parts them.
_INK, _PAPER = 0.01, 0.75
_FAINTEST = 40.0


@dataclass(frozen=True, slots=True)
class BaseLine:
    """Where a line stands, in pixels of the page.

    Attributes:
        x0, x1: where its ink begins and ends.
        y: of the base line at `x0`, downwards.
        slope: how far it sinks in a pixel to the right.
    """

    x0: float
    x1: float
    y: float
    slope: float = 0.0


def cut(gray: Pixels, line: BaseLine, letter: float) -> Pixels:
    """Return a line as the network takes it: HEIGHT rows, a multiple of STRIDE columns.

    Args:
        gray: the page, dark ink on light paper.
        line: where it stands.
        letter: height of a small letter on the page, in pixels.
    """
    scale = LETTER / letter
    width = int(np.ceil(((line.x1 - line.x0) * scale + 2 * MARGIN) / STRIDE)) * STRIDE
    left = line.x0 - MARGIN / scale
    top = line.y - line.slope * MARGIN / scale - ABOVE / scale
    back = np.array([[1 / scale, 0.0, left], [line.slope / scale, 1 / scale, top]])
    picture = cv2.warpAffine(
        gray, back, (width, HEIGHT), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return evened(np.asarray(picture, np.uint8))


def evened(picture: Pixels) -> Pixels:
    """Return a line with its paper at 255 and its ink at 0, however faint it is."""
    counts = np.cumsum(np.bincount(picture.ravel(), minlength=256))
    dark = float(np.searchsorted(counts, _INK * picture.size))
    light = float(np.searchsorted(counts, _PAPER * picture.size))
    span = max(light - dark, _FAINTEST)
    table = np.clip((np.arange(256) - (light - span)) * (255 / span), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(picture, table), np.uint8)
