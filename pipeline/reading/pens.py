# SPDX-License-Identifier: Apache-2.0
"""What pens leave: the signature between post and name, and notes in blue ink."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.likeness import key
from pipeline.model import Box, Role
from pipeline.reading.colours import POINT, part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from pipeline.model import Block, Word
    from pipeline.reading.colours import View

# Points between post and name from which on there was room to sign, and the room under a post
# whose name was not read.
_ROOM, _NO_NAME = 22.0, 80.0
# A hand signs wider than it is printed: so much to each side of the printed lines, in points.
_SIDE = 70.0
# A signature reaches so far out of its room, in points.
_REACH = 60.0
# The least extent of a stroke and of a signature, in points.
_STROKE, _SIGNATURE = 7.0, 26.0
# Strokes nearer than this are of one note; notes are at least so wide and high, in points.
_NEAR, _NOTE = 7.0, (9.0, 6.0)
# Blue ink covers at least this share of its box, print in blue more than a pen.
_THIN, _FULL = 0.03, 0.5
# A word that is read so surely is printed.
_SURE = 0.6
# The share of a slot's pixels from which on blue ink stands in it.
_BLUE_SLOT = 0.02
# A red seal covers more of its box; pens under it are seen, under a black one they are not.
_RED_SEAL = 0.05
# Points beyond the ring of a black seal that are its own: copies stretch it.
_RIM = 6.0
# The share of the page's height in which programs print their signatures.
_MARGIN = 0.07
# The longest stroke of a note, in points: small print in blue, as of a signature made by a
# program, has none.
_LONG = 10.0
_SLOT_RULE = "slot"


def find_signature(view: View, blocks: Sequence[Block], seals: Iterable[Box]) -> Box | None:
    """Return the box around the strokes between post and name, in points, None if there are none.

    Args:
        view: of the page.
        blocks: of the page.
        seals: on it, whose ink is left out where it is not red.
    """
    room = signing_room(blocks)
    if room is None:
        return None
    ink = view.pen.copy()
    for block in blocks:
        if block.role is not Role.NOISE:
            _erase_words(ink, (word for line in block.lines for word in line.words))
    for seal in seals:
        if _share(view.red, seal) < _RED_SEAL:
            _erase_seal(ink, seal)
    wide = Box(max(0.0, room.x0 - _REACH), max(0.0, room.y0 - _REACH / 2),
               room.x1 + _REACH, room.y1 + _REACH / 2)  # fmt: skip
    left, top = round(wide.x0 * POINT), round(wide.y0 * POINT)
    strokes = [
        box
        for box in _pieces(part_of(ink, wide), (left, top), 3)
        if max(box.width, box.height) >= _STROKE and _touch(box, room)
    ]
    found = Box.around(strokes)
    if found is None or max(found.width, found.height) < _SIGNATURE:
        return None
    return found


def signing_room(blocks: Sequence[Block]) -> Box | None:
    """Return the place between post and name, in points, None where nobody could sign."""
    boxes = sorted(
        (line.box for block in blocks if block.role is Role.SIGNATURE for line in block.lines
         if line.box is not None),
        key=lambda box: box.y0,
    )  # fmt: skip
    around = Box.around(boxes)
    if around is None:
        return None
    x0, x1 = max(0.0, around.x0 - _SIDE), around.x1 + _SIDE
    gap, above = max(
        ((low.y0 - high.y1, high) for high, low in pairwise(boxes)),
        key=lambda pair: pair[0],
        default=(0.0, boxes[-1]),
    )
    if gap >= _ROOM:
        return Box(x0, above.y1, x1, above.y1 + gap)
    return Box(x0, boxes[-1].y1, x1, boxes[-1].y1 + _NO_NAME)


def find_notes(view: View, blocks: Sequence[Block], taken: Sequence[Box]) -> tuple[Box, ...]:
    """Return the boxes of what is written by hand: filled slots, and strokes in blue ink.

    Args:
        view: of the page.
        blocks: of the page; a word in a slot carries the receipt of the slots' reader.
        taken: boxes of seals, signature and arrival stamp.
    """
    words = [word for block in blocks for line in block.lines for word in line.words]
    slots = [
        word.box
        for block in blocks
        if block.role in (Role.NUMBER, Role.PLACE_DATE)
        for line in block.lines
        for word in line.words
        if word.box is not None and _is_by_hand(view, word)
    ]
    top = max(_top_of_head(blocks), _MARGIN * view.blue.shape[0] / POINT)
    printed = [word.box for word in words if word.box is not None and _is_printed(word)]
    notes = [
        box
        for box in _pieces(view.blue, (0, 0), round(_NEAR * POINT))
        if box.width >= _NOTE[0]
        and box.height >= _NOTE[1]
        and _THIN < _share(view.blue, box) < _FULL
        and not any(_touch(box, other) for other in (*taken, *printed, *slots))
        and box.y0 > top
        and _has_long_stroke(view, box)
    ]
    return (*slots, *notes)


def _top_of_head(blocks: Sequence[Block]) -> float:
    """Return the y above which programs print their signatures, often in blue; 0 if unknown.

    NĐ 30/2020, Phụ lục I, II.8: the signature of the organ stands at the top right.
    """
    tops = [block.box.y0 for block in blocks if block.role is Role.MOTTO and block.box]
    return min(tops, default=0.0)


def _is_by_hand(view: View, word: Word) -> bool:
    """Return whether a word of number or date is written: blue, or only the slots' reader's.

    What the page's reader has nearly the same ("I0" for "10") is print.
    """
    if not any(map(str.isdigit, word.text)) or word.box is None:
        return False
    blue = len(word.text) <= 6 and _share(view.blue, word.box) > _BLUE_SLOT
    return blue or (
        word.edit is not None
        and word.edit.rule == _SLOT_RULE
        and key(word.edit.before) != key(word.text)
    )


def _has_long_stroke(view: View, box: Box) -> bool:
    """Return whether one stroke of a note is higher than small print, or spans most of it."""
    corner = round(box.x0 * POINT), round(box.y0 * POINT)
    strokes = _pieces(part_of(view.blue, box), corner, 1)
    long = max(_LONG, 0.6 * box.width)
    return any(stroke.height >= _LONG or stroke.width >= long for stroke in strokes)


def _is_printed(word: Word) -> bool:
    letters = sum(map(str.isalnum, word.text))
    return letters > 1 and (word.confidence or 0.0) >= _SURE


def _share(mask: NDArray[np.uint8], box: Box) -> float:
    part = part_of(mask, box)
    return cv2.countNonZero(part) / part.size if part.size else 0.0


def _pieces(mask: NDArray[np.uint8], corner: tuple[int, int], near: int) -> list[Box]:
    """Return the boxes, in points, of what hangs together in a mask that begins at `corner`."""
    if mask.size == 0 or not cv2.countNonZero(mask):
        return []
    thick = cv2.dilate(mask, np.ones((near, near), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
    half = near // 2
    boxes = []
    for left, top, width, height in stats[1:, :4]:
        x0, y0 = (corner[0] + left + half) / POINT, (corner[1] + top + half) / POINT
        across, down = (max(0, side - 2 * half) / POINT for side in (width, height))
        boxes.append(Box(float(x0), float(y0), float(x0 + across), float(y0 + down)))
    return boxes


def _erase_words(ink: NDArray[np.uint8], words: Iterable[Word]) -> None:
    for word in words:
        if word.box is not None:
            part_of(ink, word.box)[:] = 0


def _erase_seal(ink: NDArray[np.uint8], seal: Box) -> None:
    x, y = (round(value * POINT) for value in seal.centre)
    cv2.circle(ink, (x, y), round((max(seal.width, seal.height) / 2 + _RIM) * POINT), (0,), -1)


def _touch(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
