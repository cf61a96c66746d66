# SPDX-License-Identifier: Apache-2.0
"""Cuts of a page stacked on one sheet and read in one go: starting the reader costs 0.15 s."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.model import Frame, Line
from pipeline.reading.engine import Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a page with white around it.

    Attributes:
        picture: gray, at the resolution of the sheet.
        left, top: where the picture's corner lies on the page, in points.
    """

    picture: NDArray[np.uint8]
    left: float
    top: float


def read_stacked(
    copy: ReadingCopy, cuts: Sequence[Cut], engine: Engine, settings: Settings
) -> list[list[Line]]:
    """Return what is read in each of the cuts, in the places of the page.

    Args:
        copy: of the page, with the resolution of the cuts.
        cuts: in the order from top to bottom of the sheet.
        engine: what reads.
        settings: of the run.

    Raises:
        ReadingError: the engine failed, or took too long.
    """
    found: list[list[Line]] = [[] for _ in cuts]
    if not cuts:
        return found
    width = max(cut.picture.shape[1] for cut in cuts)
    sheet = np.concatenate(
        [
            np.pad(cut.picture, ((0, 0), (0, width - cut.picture.shape[1])), constant_values=255)
            for cut in cuts
        ]
    )
    ends = np.cumsum([len(cut.picture) for cut in cuts]) * 72.0 / copy.dpi
    for line in engine.read(copy.alone(sheet), settings, Look.BLOCK):
        if line.box is None:
            continue
        number = min(int(np.searchsorted(ends, line.box.centre[1])), len(cuts) - 1)
        cut, above = cuts[number], float(ends[number - 1]) if number else 0.0
        place = Frame(1.0, 0.0, cut.left, 0.0, 1.0, cut.top - above)
        words = (
            replace(word, box=place.apply(word.box)) if word.box else word for word in line.words
        )
        found[number].append(Line(tuple(words)))
    return found
