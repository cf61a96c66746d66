# SPDX-License-Identifier: Apache-2.0
"""Brings the crop of a slot into the form that the digit reader was trained with."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

HEIGHT, WIDTH = 32, 128
# Paper and ink differ by this much at least: less is the paper's own unrest.
_CONTRAST = 70.0
# How the picture is moved, in pixels to the right and down, and drawn larger, for a second opinion.
VIEWS = ((0, 0, 1.0), (2, 2, 1.0), (-2, -2, 1.0), (1, -1, 1.1), (0, 1, 0.9))


def grey_of(image: Pixels) -> Pixels:
    """Return the red channel of an RGB crop, a grey crop as it is.

    Red light drops seals, which are red, and keeps blue ink as dark as black.
    """
    return image if image.ndim == 2 else np.ascontiguousarray(image[..., 0])


def prepare(image: Pixels) -> Pixels:
    """Return a crop as HEIGHT × WIDTH pixels, paper 255 and ink 0, the rest at the right white.

    A crop that is wider than the frame is squeezed; one without pixels becomes an empty slot.
    """
    frame = np.full((HEIGHT, WIDTH), 255, np.uint8)
    grey = grey_of(image)
    if 0 in grey.shape:
        return frame
    width = min(WIDTH, max(1, round(grey.shape[1] * HEIGHT / grey.shape[0])))
    shrinks = grey.shape[0] > HEIGHT
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    small = cv2.resize(grey, (width, HEIGHT), interpolation=way).astype(np.float32)
    dark, paper = np.percentile(small, (0.5, 85.0))
    dark = min(dark, paper - _CONTRAST)
    frame[:, :width] = np.clip((small - dark) * (255.0 / (paper - dark)), 0, 255)
    return frame


def views(frame: Pixels) -> Pixels:
    """Return the frame as it is and slightly moved: (number of views, HEIGHT, WIDTH)."""
    seen = [frame]
    for right, down, scale in VIEWS[1:]:
        # Around the middle of the height, because the left margin is what moves least.
        matrix = np.array(
            [[scale, 0, right], [0, scale, down + (1 - scale) * HEIGHT / 2]], np.float32
        )
        seen.append(
            cv2.warpAffine(frame, matrix, (WIDTH, HEIGHT), borderValue=(255,)).astype(np.uint8)
        )
    return np.stack(seen)
