# SPDX-License-Identifier: Apache-2.0
"""Two readers behind one door: both for every line, or the second where the first is unsure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.doubt import wrong
from pipeline.model import Box, Line
from pipeline.reading.engine import Look, read_all
from pipeline.reading.reader_vote import vote
from pipeline.reading.second_look import moved, parted
from pipeline.reading.signature_look import signature_column
from pipeline.reading.slot_look import slots_of_head
from pipeline.reading.slots import find_slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.reading.slots import Slot
    from pipeline.settings import Settings

# A line of which a word is more likely wrong than this is read by the other reader, too.
_DOUBTFUL = 0.35
# Lines of number and date stand so high on a page, and have no more words than this.
_HEAD, _SHORT = 0.35, 10
_SLOT = re.compile(r"\d|/|^\W*[Ss][ốoô]|ng[aà]y|th[aá]ng")
# Points of paper around a line that is read by itself.
_AROUND = 4.0


class Both:
    """Tesseract and the line reader, for every line of a page: their vote.

    What a pen may have written, and what is looked at for a second time because of seals and pens,
    is left to Tesseract: the line reader has learnt print alone, and is sure of what it never saw.
    """

    def __init__(self, tesseract: Engine, lines: Engine) -> None:
        """Take the two readers; the lines of the first count."""
        self._first, self._second = tesseract, lines

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines of Tesseract with what both make of their words.

        A line or block by itself, in a seal or a stamp, is left to Tesseract.
        """
        first = self._first.read(copy, settings, look)
        if look is not Look.PAGE:
            return first
        second = self._second.read(copy, settings, look)
        signature = signature_column(copy, first)
        if signature is not None:
            second = tuple(parted(second, signature)[1])
        return vote(first, second, _slot_words(first, copy))

    def read_all(
        self, copies: Sequence[ReadingCopy], settings: Settings, look: Look
    ) -> list[tuple[Line, ...]]:
        """Return what Tesseract reads in parts of a page, surer where the line reader agrees."""
        first, second = (
            read_all(each, copies, settings, look) for each in (self._first, self._second)
        )
        return list(map(_confirmed, first, second))

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise that set the page upright, as Tesseract finds them."""
        return self._first.turn(copy, settings)

    def versions(self) -> dict[str, str]:
        """Return the versions of both."""
        return {**self._first.versions(), **self._second.versions()}


class Fast:
    """The line reader, and Tesseract for the lines of which it is not sure, and second looks."""

    def __init__(self, lines: Engine, tesseract: Engine | None) -> None:
        """Take the two readers; without Tesseract doubtful lines stay as they are."""
        self._first, self._second = lines, tesseract

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines of the line reader, the doubtful ones as both make them out.

        Lines of head and signature where a pen may have been are read by Tesseract alone.
        """
        if self._second is None:
            return self._first.read(copy, settings, look)
        if look is not Look.PAGE:
            return self._second.read(copy, settings, look)
        found = list(self._first.read(copy, settings, look))
        signature = signature_column(copy, found)
        pens = {place for place, line in enumerate(found) if _is_of_pen(line, copy, signature)}
        boxes = {
            place: box
            for place, line in enumerate(found)
            if (place in pens or _is_doubtful(line)) and (box := _around(line)) is not None
        }
        parts = [copy.framed(box, 0.0) for box in boxes.values()]
        again = read_all(self._second, parts, settings, Look.LINE)
        for (place, box), read in zip(boxes.items(), again, strict=True):
            line = Line(tuple(word for part in read for word in _placed(part, copy, box).words))
            if line.words and place in pens:
                found[place] = line
            else:
                found[place] = next(iter(vote([found[place]], [line])), found[place])
        return tuple(found)

    def read_all(
        self, copies: Sequence[ReadingCopy], settings: Settings, look: Look
    ) -> list[tuple[Line, ...]]:
        """Return what Tesseract reads in parts of a page, surer where the line reader agrees."""
        first = read_all(self._first, copies, settings, look)
        if self._second is None:
            return first
        return list(map(_confirmed, read_all(self._second, copies, settings, look), first))

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise that set the page upright, as the line reader finds them."""
        return self._first.turn(copy, settings)

    def versions(self) -> dict[str, str]:
        """Return the versions of both."""
        return {**(self._second.versions() if self._second else {}), **self._first.versions()}


def _confirmed(lines: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a part of a page, surer where the other reader agrees.

    So they can be held against the page, of which both have seen every word. Slots are left alone.
    """
    held = {
        (number, place)
        for number, line in enumerate(lines)
        for slot in find_slots(line)
        for place in _written(slot, line)
    }
    return vote(lines, others, held, keep=True)


def _written(slot: Slot, line: Line) -> Iterator[int]:
    """Yield the words of a line that have something of a slot: those beside it only if glued."""
    for place in range(slot.first, slot.last + 1):
        printed = {slot.first: slot.before, slot.last: slot.after}.get(place)
        if slot.first == slot.last or line.words[place].text != printed:
            yield place


def _slot_words(lines: Sequence[Line], copy: ReadingCopy) -> set[tuple[int, int]]:
    """Return the words of a page with something of the slots of its head, by line and place."""
    return {
        (number, place)
        for number, slot in slots_of_head(lines, copy.height)
        for place in _written(slot, lines[number])
    }


def _is_of_pen(line: Line, copy: ReadingCopy, signature: Box | None) -> bool:
    """Return whether a line may be that of number or date in a head, or of a signature."""
    if line.box is None:
        return False
    if signature is not None and signature.holds(line.box):
        return True
    high = line.box.y0 < _HEAD * copy.height
    return high and len(line.words) <= _SHORT and _SLOT.search(line.text) is not None


def _is_doubtful(line: Line) -> bool:
    return any(wrong(word.confidence or 0.0) > _DOUBTFUL for word in line.words)


def _around(line: Line) -> Box | None:
    box = line.box
    return box and Box(box.x0 - _AROUND, box.y0 - _AROUND, box.x1 + _AROUND, box.y1 + _AROUND)


def _placed(line: Line, copy: ReadingCopy, box: Box) -> Line:
    """Return a line that was read in a part of the page, where it stands on the page."""
    point = copy.dpi / 72.0
    left, top = (max(0, round(edge * point)) / point for edge in (box.x0, box.y0))
    return Line(tuple(moved(word, left, top) for word in line.words))
