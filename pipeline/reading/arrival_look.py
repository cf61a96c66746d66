# SPDX-License-Identifier: Apache-2.0
"""The arrival stamp found by its frame, and read once more by itself: its number and its date.

NĐ 30/2020, Phụ lục IV: the stamp says ĐẾN, Số, Ngày, Chuyển; number and date are filled in by hand,
which the reader of the page turns into letters. So what stands behind "Số:" is given to the reader
of digits.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.likeness import plain
from pipeline.model import Block, Box, Edit, Frame, Line, Role, Word
from pipeline.reading.arrival import speaks_of_arrival
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.ocr import Look
from pipeline.reading.second_look import moved
from pipeline.reading.slot_reader import read_slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from pipeline.model import Page
    from pipeline.reading.ocr import Engine
    from pipeline.reading.slot_picture import Pixels
    from pipeline.settings import Settings

# Points around the lines of a stamp without a frame, and white around the copy that is read.
_AROUND, _MARGIN = 6.0, 8.0
# A stamp without a frame is at most so wide and high, in points: else it is a piece of the page.
_WIDEST, _HIGHEST = 190.0, 130.0
# So many frames of a first page are read; more are a form's.
_MOST = 3
_WHITE = 255
# A stamp's print is smaller than the page's, so it is read larger; rulings are at least so long,
# in points: letters and digits are not.
_SCALE, _RULING, _INK = 1.6, 15.0, 160
# "Số:", "Số đến:"; what follows it in the same word was swallowed.
_LABEL = re.compile(r"^\W*s[o06]\s?[:.;,…]*")
_DIGITS = re.compile(r"\d{1,6}")
# The crop of a slot in letter sizes, and the size of the letters by the height of "Số".
_HIGH, _SIZE = 1.7, 1.15
# A slot is at least so wide, in letter sizes; digits of a number reach no further than that.
_NARROWEST, _WIDEST_SLOT = 1.0, 9.0
# Where both readers differ neither is relied on; what one reads alone is a little less sure.
_SURE, _ALONE = 0.8, 0.97
_LEAST = 0.3
_RULE = "slot"


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
    known = Box.around([
        block.box for block in page.blocks if block.role is Role.ARRIVAL and block.box is not None
    ])  # fmt: skip
    places = _places(frames, known)
    for place in places:
        stamp = _stamp_copy(image, dpi, copy, place)
        lines = engine.read(stamp, settings, Look.BLOCK)
        if speaks_of_arrival([line.text for line in lines]):
            ordered = sorted((line for line in lines if line.box), key=_level)
            filled = [_with_number(stamp, line) for line in ordered]
            return _with_stamp(page, filled, place), place
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


def _stamp_copy(image: Image, dpi: float, copy: ReadingCopy, box: Box) -> ReadingCopy:
    """Return the picture of a stamp, ink of every colour dark, with white around it."""
    place = copy.frame.apply(box)
    left, top = (max(0, int(edge * dpi / 72)) for edge in (place.x0, place.y0))
    right, bottom = (int(edge * dpi / 72) + 2 for edge in (place.x1, place.y1))
    cut = image.crop((left, top, min(right, image.width), min(bottom, image.height)))
    ink = np.asarray(cut.convert("RGB")).min(axis=2)
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
    level = cv2.warpAffine(ink, way, size, flags=flags, borderValue=(_WHITE,))
    bare = _without_rulings(np.asarray(level, np.uint8), point)
    gray = np.pad(bare, round(_MARGIN * point), constant_values=_WHITE)
    return ReadingCopy(gray, fine, Frame())


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


def _level(line: Line) -> float:
    return line.box.centre[1] if line.box else 0.0


def _with_stamp(page: Page, lines: Sequence[Line], stamp: Box) -> Page:
    """Return the page, what was read of the stamp in place of what its blocks had of it."""
    left, top = stamp.x0 - _MARGIN, stamp.y0 - _MARGIN
    placed = tuple(Line(tuple(moved(word, left, top) for word in line.words)) for line in lines)
    kept = [block for block in page.blocks if block.role is not Role.ARRIVAL]
    return replace(page, blocks=(*kept, Block(Role.ARRIVAL, placed)))


def _with_number(stamp: ReadingCopy, line: Line) -> Line:
    """Return a line of the stamp, the number behind "Số:" as the better of two readers has it."""
    for place, word in enumerate(line.words):
        label = _LABEL.match(plain(word.text))
        if label is None or word.box is None or not word.text.lstrip(" .|").startswith("S"):
            continue
        if (word.confidence or 0.0) < _LEAST:
            return line  # what stands behind it runs into the label
        behind = _up_to_label(line.words[place + 1 :])
        seen = word.text[label.end() :] + "".join(other.text for other in behind)
        bare = seen.strip(" .,:;…_-–'\"*|")
        sure = min((other.confidence or 0.0 for other in (word, *behind)), default=0.0)
        if _DIGITS.fullmatch(bare) and sure >= _SURE:
            return line
        slot = _slot(word, label.end(), line.words[place + 1 + len(behind) :], stamp.width)
        answer = _answer(stamp, slot, seen, bare) if slot else None
        head = replace(word, text=word.text[: label.end()])
        middle = (answer,) if answer else behind
        return Line((*line.words[:place], head, *middle, *line.words[place + 1 + len(behind) :]))
    return line


def _up_to_label(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words before the next label of the same line: "Số: 1234 Ngày: 05/3/2024"."""
    end = next((n for n, word in enumerate(words) if plain(word.text).startswith("ng")), len(words))
    return tuple(words[:end])


def _slot(label: Word, cut: int, after: Sequence[Word], width: float) -> Box | None:
    """Return the box in which the number stands, None if there is no room for one."""
    if label.box is None:
        return None
    size = label.box.height * _SIZE
    left = label.box.x0 + label.box.width * cut / max(len(label.text), 1)
    ends = [word.box.x0 for word in after if word.box is not None]
    right = min([width - _MARGIN - 0.2 * size, left + _WIDEST_SLOT * size, *ends])
    middle = label.box.centre[1]
    if right - left < _NARROWEST * size:
        return None
    return Box(left, max(0.0, middle - _HIGH / 2 * size), right, middle + _HIGH / 2 * size)


def _answer(stamp: ReadingCopy, slot: Box, seen: str, bare: str) -> Word | None:
    """Return the word in the slot as the reader of digits has it, None if it has nothing sure."""
    reading = read_slot(stamp.part(slot), "number")
    if not reading.text or reading.confidence < _LEAST:
        return None
    agreed = reading.text == bare
    score = max(reading.confidence, _SURE) if agreed else _ALONE * reading.confidence
    others = tuple(text for text, _ in reading.alternatives if text)
    return Word(reading.text, slot, score, Edit(seen or "", score, _RULE, others[:3]))
