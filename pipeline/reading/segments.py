# SPDX-License-Identifier: Apache-2.0
"""Words in place -> segments (no wide gap inside) -> rows (all that stands on one base line)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from pipeline.model import Box, Line, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A gap wider than this many letter heights is more than any blank of justified text.
WIDE_GAP = 1.6
# Height of a word in points where a page has too few to tell.
USUAL_SIZE = 11.0


@dataclass(frozen=True)
class Segment:
    """Words on one base line without a wide gap; every word has a box."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """The box around the words, in points."""
        box = Box.around([box_of(word) for word in self.words])
        assert box is not None, "a segment has words"  # noqa: S101
        return box

    @cached_property
    def text(self) -> str:
        """The words with single blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def line(self) -> Line:
        """The segment as a printed line."""
        return Line(self.words)

    @property
    def middle(self) -> float:
        """The x of the middle."""
        return self.box.centre[0]

    @property
    def level(self) -> float:
        """The y of the middle."""
        return self.box.centre[1]

    @property
    def confidence(self) -> float:
        """The mean confidence weighed by length; 1 where the source gives none."""
        weight = sum(len(word.text) for word in self.words)
        return sum(_sure(word) * len(word.text) for word in self.words) / weight

    def cut(self, offset: int) -> tuple[Segment | None, Segment | None]:
        """Return the words that begin before `text[offset]`, and the others."""
        before: list[Word] = []
        after: list[Word] = []
        at = 0
        for word in self.words:
            (before if at < offset else after).append(word)
            at += len(word.text) + 1
        return of_words(before), of_words(after)

    def part(self, left: float, right: float) -> Segment | None:
        """Return the words whose middle lies between two x, None if there are none."""
        return of_words([word for word in self.words if left <= box_of(word).centre[0] < right])


def of_words(words: Sequence[Word]) -> Segment | None:
    """Return the words as a segment, None if there are none."""
    return Segment(tuple(words)) if words else None


def box_of(word: Word) -> Box:
    """Return the box of a word that has one."""
    if word.box is None:
        raise ValueError(f"word without a place: {word.text!r}")
    return word.box


def _sure(word: Word) -> float:
    return 1.0 if word.confidence is None else word.confidence


def joined(segments: Iterable[Segment]) -> Segment:
    """Return one segment of all the words, from left to right."""
    words = [word for segment in segments for word in segment.words]
    return Segment(tuple(sorted(words, key=lambda word: box_of(word).x0)))


def letter_size(lines: Iterable[Line]) -> float:
    """Return the usual height of a word in points."""
    heights = [
        word.box.height for line in lines for word in line.words if word.box and len(word.text) > 2
    ]
    return median(heights) if len(heights) > 5 else USUAL_SIZE


def segments_of(lines: Iterable[Line], size: float, gap: float = WIDE_GAP) -> list[Segment]:
    """Return the lines cut at wide gaps, top to bottom; words without a box are left out."""
    found: list[Segment] = []
    for line in lines:
        words = sorted((word for word in line.words if word.box), key=lambda word: box_of(word).x0)
        run: list[Word] = words[:1]
        for before, word in pairwise(words):
            if box_of(word).x0 - box_of(before).x1 > gap * size:
                found.append(Segment(tuple(run)))
                run = []
            run.append(word)
        if run:
            found.append(Segment(tuple(run)))
    return sorted(found, key=lambda segment: (segment.level, segment.box.x0))


def rows_of(segments: Iterable[Segment], size: float) -> list[list[Segment]]:
    """Return the segments row by row, top to bottom, each row from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: segment.level):
        row = next((row for row in reversed(rows[-3:]) if _on_row(segment, row, size)), None)
        if row is None:
            rows.append([segment])
        else:
            row.append(segment)
    rows.sort(key=lambda row: median(segment.level for segment in row))
    return [sorted(row, key=lambda segment: segment.box.x0) for row in rows]


def _on_row(segment: Segment, row: list[Segment], size: float) -> bool:
    """Return whether a segment stands beside those of a row and not over or under one."""
    beside = min(row, key=lambda other: _apart(segment.box, other.box))
    overlap = min(segment.box.x1, beside.box.x1) - max(segment.box.x0, beside.box.x0)
    shared = min(segment.box.y1, beside.box.y1) - max(segment.box.y0, beside.box.y0)
    least = min(segment.box.height, beside.box.height)
    return overlap < size and shared > 0.5 * least


def _apart(one: Box, other: Box) -> float:
    return max(one.x0 - other.x1, other.x0 - one.x1)
