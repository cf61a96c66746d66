# SPDX-License-Identifier: Apache-2.0
"""Black ink apart from coloured: the red of seals and the blue of pens go, the print stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image


# Modes of images without colour.
GRAY_MODES = frozenset(("1", "L", "LA", "I;16", "I", "F"))

# Rows of a page that are looked at in one go.
_BAND = 128


def black_ink(image: Image) -> NDArray[np.uint8]:
    """Return the page in gray, 8 bit, coloured ink as light as its lightest channel.

    Red, blue and violet are light in at least one of the three colours, black in none; where a
    seal lies over print, the print stays. A page in gray or black and white stays as it is.
    """
    if image.mode in GRAY_MODES:
        return np.asarray(image.convert("L"))
    gray = np.empty((image.height, image.width), np.uint8)
    # Band by band: three copies of a page of 300 dpi are 80 MB, and a band stays in the cache.
    for top in range(0, image.height, _BAND):
        band = image.crop((0, top, image.width, min(top + _BAND, image.height)))
        colours = band if band.mode == "RGB" else band.convert("RGB")
        gray[top : top + _BAND] = lightest(np.asarray(colours))
    return gray


def lightest(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the lightest channel of each pixel of a colour picture."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def red_ink(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return how much redder than green and blue each pixel of a colour picture is, 0-255."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.subtract(red, cv2.max(green, blue)), np.uint8)
