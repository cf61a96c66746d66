# SPDX-License-Identifier: Apache-2.0
"""Black ink apart from coloured: the red of seals and the blue of pens go, the print stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image


def black_ink(image: Image) -> NDArray[np.uint8]:
    """Return the page in gray, 8 bit, coloured ink as light as its lightest channel.

    Red, blue and violet are light in at least one of the three colours, black in none; where a
    seal lies over print, the print stays. A page in gray or black and white stays as it is.
    """
    if image.mode in ("1", "L", "LA", "I;16", "I"):
        return np.asarray(image.convert("L"))
    red, green, blue = cv2.split(np.asarray(image.convert("RGB")))
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)
