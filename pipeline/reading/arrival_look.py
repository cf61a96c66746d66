# SPDX-License-Identifier: Apache-2.0
"""The arrival stamp found by its frame, and read once more by itself: its number and its date.

NĐ 30/2020, Phụ lục IV: the stamp says ĐẾN, Số, Ngày, Chuyển; number and date are filled in by hand,
which the reader of the page turns into letters: `arrival_hand` reads them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Block, Box, Line, Role
from pipeline.reading.arrival import speaks_of_arrival
from pipeline.reading.arrival_hand import fill_in
from pipeline.reading.arrival_picture import MARGIN, stamp_of
from pipeline.reading.engine import Look
from pipeline.reading.second_look import moved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from pipeline.model import Page
    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

# Points around the lines of a stamp without a frame.
_AROUND = 6.0
# A stamp without a frame is at most so wide and high, in points: else it is a piece of the page.
_WIDEST, _HIGHEST = 190.0, 130.0
# So many frames of a first page are read; more are a form's.
_MOST = 3


def look_at_arrival(  # noqa: PLR0913, PLR0917 - as read_page
    page: Page,
    copy: ReadingCopy,
    image: Image,
    dpi: float,
    engine: Engine,
    settings: Settings,
    frames: Sequence[Box],
) -> tuple[Page, Box | None]:
    """Return a first page with the arrival stamp read by itself, and the stamp's box in points.

    Args:
        page: what its blocks have of the stamp is exchanged for what is read now.
        copy: of the page; the page as read.
        image: the page as scanned: stamps are in colour.
        dpi: its pixels an inch.
        engine: what reads.
        settings: of the run.
        frames: boxes of a stamp's size, in points of the page as read.

    Raises:
        ReadingError: the engine failed, or took too long.
        MissingDependencyError: the reader of digits is not installed.
    """
    blocks = [
        block for block in page.blocks if block.role is Role.ARRIVAL and block.box is not None
    ]
    known = Box.around([block.box for block in blocks if block.box is not None])
    places = _places(frames, known)
    for place in places:
        stamp = stamp_of(image, dpi, copy, place)
        lines = engine.read(stamp.whole, settings, Look.BLOCK)
        # The word ĐẾN is not always read again.
        before = [line.text for block in blocks for line in block.lines]
        said = before if known is not None and _holds(place, known) else []
        if speaks_of_arrival([*said, *(line.text for line in lines)]):
            return _with_stamp(page, fill_in(stamp, lines, engine, settings), place), place
    return page, next((place for place in places if known and _holds(place, known)), None)


def _places(frames: Sequence[Box], known: Box | None) -> list[Box]:
    """Return where the stamp may be: in a frame, or around what was read of it."""
    places = list(frames[:_MOST])
    if known is None or known.width > _WIDEST or known.height > _HIGHEST:
        return places
    if not any(_holds(place, known) for place in places):
        corner = max(0.0, known.x0 - _AROUND), max(0.0, known.y0 - _AROUND)
        places.append(Box(*corner, known.x1 + _AROUND, known.y1 + _AROUND))
    return places


def _holds(place: Box, known: Box) -> bool:
    x, y = known.centre
    return place.x0 < x < place.x1 and place.y0 < y < place.y1


def _with_stamp(page: Page, lines: Sequence[Line], stamp: Box) -> Page:
    """Return the page, what was read of the stamp in place of what its blocks had of it."""
    left, top = stamp.x0 - MARGIN, stamp.y0 - MARGIN
    placed = tuple(Line(tuple(moved(word, left, top) for word in line.words)) for line in lines)
    kept = [block for block in page.blocks if block.role is not Role.ARRIVAL]
    return replace(page, blocks=(*kept, Block(Role.ARRIVAL, placed)))
