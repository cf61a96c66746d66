# SPDX-License-Identifier: Apache-2.0
"""Two readers behind one door: both for every line, or the second where the first is unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.doubt import wrong
from pipeline.model import Box, Line
from pipeline.reading.engine import Look, read_all
from pipeline.reading.reader_vote import vote
from pipeline.reading.second_look import moved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.settings import Settings

# A line of which a word is more likely wrong than this is read by the other reader, too.
_DOUBTFUL = 0.15
# Points of paper around a line that is read by itself.
_AROUND = 4.0


class Both:
    """Tesseract and the line reader, for every line: their vote."""

    def __init__(self, tesseract: Engine, lines: Engine) -> None:
        """Take the two readers; the lines of the first count."""
        self._first, self._second = tesseract, lines

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines of Tesseract with what both make of their words."""
        first = self._first.read(copy, settings, look)
        return vote(first, self._second.read(copy, settings, look))

    def read_all(
        self, copies: Sequence[ReadingCopy], settings: Settings, look: Look
    ) -> list[tuple[Line, ...]]:
        """Return what `read` returns for each of the copies."""
        first = read_all(self._first, copies, settings, look)
        second = read_all(self._second, copies, settings, look)
        return [vote(one, other) for one, other in zip(first, second, strict=True)]

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise that set the page upright, as Tesseract finds them."""
        return self._first.turn(copy, settings)

    def versions(self) -> dict[str, str]:
        """Return the versions of both."""
        return {**self._first.versions(), **self._second.versions()}


class Fast:
    """The line reader, and Tesseract for the lines of which it is not sure."""

    def __init__(self, lines: Engine, tesseract: Engine | None) -> None:
        """Take the two readers; without Tesseract doubtful lines stay as they are."""
        self._first, self._second = lines, tesseract

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        """Return the lines of the line reader, the doubtful ones as both make them out."""
        lines = self._first.read(copy, settings, look)
        if self._second is None:
            return lines
        doubtful = {
            place: box
            for place, line in enumerate(lines)
            if _is_doubtful(line) and (box := _around(line)) is not None
        }
        boxes = list(doubtful.values())
        again = read_all(
            self._second, [copy.framed(box, 0.0) for box in boxes], settings, Look.LINE
        )
        found = list(lines)
        for (place, box), read in zip(doubtful.items(), again, strict=True):
            placed = [_placed(line, copy, box) for line in read]
            found[place] = next(iter(vote([lines[place]], placed)), lines[place])
        return tuple(found)

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        """Return the degrees clockwise that set the page upright, as the line reader finds them."""
        return self._first.turn(copy, settings)

    def versions(self) -> dict[str, str]:
        """Return the versions of both."""
        return {**(self._second.versions() if self._second else {}), **self._first.versions()}


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
