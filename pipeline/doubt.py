# SPDX-License-Identifier: Apache-2.0
"""One scale of confidence for all readers: that of Tesseract `vie`, and how often it is wrong.

A reader that knows how likely it is wrong tells so on this scale, and the repair need not know
which reader it was.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

# P(word is wrong | confidence of Tesseract `vie`), as counted in pages of 110 to 300 dpi set for
# the channel.
_CONFIDENCES = (0.0, 0.2, 0.5, 0.8, 0.88, 0.93, 0.96, 1.0)
_WRONG = (0.88, 0.73, 0.5, 0.37, 0.15, 0.05, 0.008, 0.004)


@lru_cache(maxsize=4096)
def wrong(confidence: float) -> float:
    """Return P(word is wrong | confidence of its reader)."""
    return float(np.interp(confidence, _CONFIDENCES, _WRONG))


def confidence_of(doubt: float) -> float:
    """Return the confidence of words of which this share is wrong."""
    return float(np.interp(doubt, _WRONG[::-1], _CONFIDENCES[::-1]))
