# SPDX-License-Identifier: Apache-2.0
"""The arrival stamp's number and date, written by hand, given to the reader of digits.

What the page's reader has of them stays where it is sure of it; else the line is found by its
label, and two readers give one answer with a receipt. What neither can read is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.likeness import plain
from pipeline.model import Box, Edit, Line, Word
from pipeline.reading.arrival_date import read_date, slot_of
from pipeline.reading.arrival_labels import BLANKS, LABELS, labelled
from pipeline.reading.arrival_rows import Row, levelled, written
from pipeline.reading.engine import Look
from pipeline.reading.slot_reader import read_slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.reading.arrival_picture import Stamp
    from pipeline.reading.arrival_rows import Label, Level, Writing
    from pipeline.reading.engine import Engine
    from pipeline.reading.slot_reader import SlotReading
    from pipeline.settings import Settings

# What says it all.
_WHOLE: dict[Label, re.Pattern[str]] = {
    "number": re.compile(r"\d{1,6}"),
    "date": re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)"),
}
_NAMES: dict[Label, str] = {"number": "Số:", "date": "Ngày:"}
# The size of the letters by the height of their label; lines are so many of it apart, and reach no
# further than so many; letters of "Ngày" hang down by so much of the label's height.
_SIZE, _ROOM, _REACH, _HANGS = 1.15, 1.3, 12.0, 0.2
# A pen that is this many letter sizes further on writes something else.
_APART = 2.5
# What the page's reader is so sure of stays. What one reader has alone is a little less sure; the
# other adds half of what it says.
_SURE, _ALONE, _ADDS, _MOST = 0.8, 0.97, 0.5, 0.99
# A line whose label nobody read, or that runs into its label or the frame, is for review; no more
# than so many such lines are tried.
_DISPUTED, _TRIED = 0.6, 2
_LEAST = 0.3
_RULE = "slot"


@dataclass(frozen=True, slots=True)
class _Label:
    """A label as the page's reader has it: its word, and what is read behind it."""

    line: int
    word: int
    end: int
    seen: str
    sure: float


def fill_in(stamp: Stamp, lines: Sequence[Line], engine: Engine, settings: Settings) -> list[Line]:
    """Return the lines of a stamp with number and date as two readers have them, top to bottom.

    Args:
        stamp: its picture, and where it is red, its print and the pen apart.
        lines: as the page's reader has them, boxes in points of the picture.
        engine: what reads, asked once more for labels that were misread.
        settings: of the run.

    Raises:
        ReadingError: the engine failed, or took too long.
        MissingDependencyError: the reader of digits is not installed.
    """
    found = sorted((line for line in lines if line.box), key=_height)
    open_ = [kind for kind in LABELS if not _is_sure(kind, label_in(kind, found))]
    if not open_:
        return found
    printed = engine.read(stamp.print, settings, Look.BLOCK) if stamp.is_red else found
    level, rows = levelled(stamp.print, stamp.pen)
    named = labelled(level, rows, engine, settings) if rows else ()
    for kind in open_:
        row = next((row for row in named if row.label == kind), None)
        row = row or _row_of_label(kind, label_in(kind, printed), printed, level)
        for place in [row] if row else _unnamed(kind, rows, named):
            answered = _answered(kind, place, level, found)
            if answered is not None:
                found = answered
                break
    return sorted(found, key=_height)


def _unnamed(kind: Label, rows: Sequence[Row], named: Sequence[Row]) -> list[Row]:
    """Return the lines that may be a date's, their labels being read by nobody, the lowest first.

    A date shows by its strokes what it is; a number does not.
    """
    if kind != "date":
        return []
    taken = [row.base for row in named]
    free = [row for row in reversed(rows) if row.base not in taken]
    return [replace(row, left=row.start) for row in free[:_TRIED]]


def _height(line: Line) -> float:
    return line.box.centre[1] if line.box else 0.0


def label_in(kind: Label, lines: Sequence[Line]) -> _Label | None:
    """Return the first label of a kind that was read, with what is read behind it."""
    for number, line in enumerate(lines):
        for place, word in enumerate(line.words):
            label = LABELS[kind].match(plain(word.text))
            if label is None or word.box is None or not _begins(kind, word.text):
                continue
            behind = _up_to_label(line.words[place + 1 :])
            rest = word.text[label.end() :]
            seen = rest + "".join(other.text for other in behind)
            said = (word, *behind) if rest else behind
            sure = min((other.confidence or 0.0 for other in said), default=0.0)
            return _Label(number, place, label.end(), seen, sure)
    return None


def _begins(kind: Label, text: str) -> bool:
    """Return whether a word begins with the label's capital: "sở" and "SỞ Y TẾ" are no labels."""
    return text.lstrip(" .|").startswith(_NAMES[kind][0]) and "ở" not in text.lower()


def _up_to_label(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words before the next label of the same line: "Số: 1234 Ngày: 05/3/2024"."""
    end = next((n for n, word in enumerate(words) if plain(word.text).startswith("ng")), len(words))
    return tuple(words[:end])


def _is_sure(kind: Label, label: _Label | None) -> bool:
    if label is None or label.sure < _SURE:
        return False
    return _WHOLE[kind].fullmatch(label.seen.strip(BLANKS)) is not None


def _row_of_label(
    kind: Label, label: _Label | None, lines: Sequence[Line], level: Level
) -> Row | None:
    """Return the line behind a label that stands before no dots, None if there is none."""
    if label is None:
        return None
    words = lines[label.line].words
    word = words[label.word]
    if word.box is None or (word.confidence or 0.0) < _LEAST:
        return None  # what stands behind it runs into the label
    point = level.point
    size = word.box.height * _SIZE * point
    left = (word.box.x0 + word.box.width * label.end / max(len(word.text), 1)) * point
    after = words[label.word + 1 + len(_up_to_label(words[label.word + 1 :])) :]
    ends = [other.box.x0 * point for other in after if other.box is not None]
    right = min([level.gray.shape[1] - 0.2 * size, left + _REACH * size, *ends])
    foot = word.box.y1 - (_HANGS * word.box.height if kind == "date" else 0.0)
    base = foot * point - level.slope * word.box.centre[0] * point
    glued = bool(word.text[label.end :].strip(BLANKS))
    return Row(kind, word.box.x0 * point, left, right, base, _ROOM * size, glued)


def _answered(kind: Label, row: Row, level: Level, lines: Sequence[Line]) -> list[Line] | None:
    """Return the lines with what the pen wrote in one of them, None if that cannot be read."""
    writing = written(level, row)
    if writing is None:
        return None
    place = _place(row, writing, level)
    start = level.back(Box(row.start, row.base, row.start, row.base)).x0
    band = Box(start - 1.0, place.y0, place.x1, place.y1)
    seen = [word for line in lines for word in line.words if _in(word, band)]
    answer = _answer(kind, writing, place, seen)
    if answer is None:
        return None
    if row.label is None or row.unsure or writing.cut:
        answer = replace(answer, confidence=min(answer.confidence or 0.0, _DISPUTED))
    name = Box(start, place.y0, max(place.x0, start), place.y1)
    label = Word(_NAMES[kind], name, answer.confidence)
    kept = [tuple(word for word in line.words if word not in seen) for line in lines]
    return [*(Line(words) for words in kept if words), Line((label, answer))]


def _place(row: Row, writing: Writing, level: Level) -> Box:
    """Return the box of what is written, in points of the stamp."""
    high = writing.corner[1] + writing.base
    edges = Box(row.left, high - writing.size, row.right, high + 0.3 * writing.size)
    return level.back(edges)


def _in(word: Word, band: Box) -> bool:
    if word.box is None:
        return False
    x, y = word.box.centre
    return band.x0 < x < band.x1 and band.y0 < y < band.y1


def _answer(kind: Label, writing: Writing, place: Box, seen: Sequence[Word]) -> Word | None:
    """Return the word of a line as the reader of digits has it, None if it has nothing sure."""
    reading = _read(kind, writing)
    if not reading.text or reading.confidence < _LEAST:
        return None
    text = " ".join(word.text for word in seen)
    label = LABELS[kind].match(plain(text))
    text = text[label.end() :].strip() if label else text
    bare = re.sub(r"^\D*", "", text.replace(" ", "")).strip(BLANKS)
    score = _ALONE * reading.confidence
    if reading.text == bare:
        sure = min(word.confidence or 0.0 for word in seen)
        score = min(_MOST, 1 - (1 - _ADDS * sure) * (1 - reading.confidence))
    others = tuple(other for other, _ in reading.alternatives if other)
    return Word(reading.text, place, score, Edit(text, score, _RULE, others[:3]))


def _read(kind: Label, writing: Writing) -> SlotReading:
    if kind == "date":
        return read_date(writing.gray, writing.base, writing.size)
    edges = next(_groups(writing), (0.0, 0.0))
    return read_slot(slot_of(writing.gray, edges, writing.base, writing.size), "number")


def _groups(writing: Writing) -> Iterator[tuple[float, float]]:
    """Yield where ink begins and ends that is parted by more than digits are."""
    used = np.flatnonzero((writing.gray < 160).any(axis=0))
    if not len(used):
        return
    breaks = np.flatnonzero(np.diff(used) > _APART * writing.size)
    starts, ends = [0, *(breaks + 1)], [*breaks, len(used) - 1]
    for start, end in zip(starts, ends, strict=True):
        yield float(used[start]), float(used[end] + 1)
