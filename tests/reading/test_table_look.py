# SPDX-License-Identifier: Apache-2.0
"""The cells of ruled tables read once more, each by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from pipeline.errors import ReadingError
from pipeline.model import Box, Frame, Line, Word
from pipeline.reading.engine import Look
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.rulings import find_grids
from pipeline.reading.table_look import cell_boxes, look_at_tables
from pipeline.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

SETTINGS = Settings()
DPI = 144.0
# Points: three columns, two rows; the first column is one cell over both rows.
XS, YS = (60, 120, 300, 480), (100, 160, 220)
MERGED, RIGHT_TOP = Box(60, 100, 120, 220), Box(300, 100, 480, 160)


def copy_of() -> ReadingCopy:
    """A page with a ruled table, a blot of ink in each of its five cells."""
    gray = np.full((1200, 1190), 255, np.uint8)
    for x in XS:
        stroke(gray, (x, YS[0]), (x, YS[-1]))
    stroke(gray, (XS[0], YS[0]), (XS[-1], YS[0]))
    stroke(gray, (XS[1], YS[1]), (XS[-1], YS[1]))
    stroke(gray, (XS[0], YS[-1]), (XS[-1], YS[-1]))
    for x in (70, 140, 320):
        for y in YS[:-1]:
            gray[2 * y + 30 : 2 * y + 50, 2 * x : 2 * x + 60] = 10
    return ReadingCopy(gray, DPI, Frame())


def stroke(gray: NDArray[np.uint8], start: tuple[int, int], end: tuple[int, int]) -> None:
    cv2.line(gray, tuple(2 * v for v in start), tuple(2 * v for v in end), 60, 3)


def word(text: str, x: float, y: float, sure: float) -> Line:
    return Line((Word(text, Box(x, y, x + 8 * len(text), y + 11), sure),))


class Reader:
    """A reader that sees one word on each blot of a sheet, and keeps the sheets."""

    def __init__(self, text: str = "Sở", sure: float = 0.95) -> None:
        self.sheets: list[NDArray[np.uint8]] = []
        self._text, self._sure = text, sure

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        assert look is Look.BLOCK
        self.sheets.append(copy.gray)
        ink = (copy.gray < 128).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
        return tuple(word(self._text, left / 2, top / 2, self._sure) for left, top in stats[1:, :2])

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        raise AssertionError("a table does not say how a page stands")

    def versions(self) -> dict[str, str]:
        return {}


class Broken(Reader):
    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        raise ReadingError("the reader died")


def test_cells_without_a_ruling_between_them_are_one() -> None:
    copy = copy_of()
    [grid] = find_grids(copy.gray, copy.dpi)
    boxes = cell_boxes(copy, grid)
    assert len(boxes) == 5
    for expected in (MERGED, RIGHT_TOP):
        assert any(is_near(box, expected) for box in boxes)


def is_near(one: Box, other: Box) -> bool:
    pairs = ((one.x0, other.x0), (one.y0, other.y0), (one.x1, other.x1), (one.y1, other.y1))
    return all(abs(a - b) < 2 for a, b in pairs)


def test_a_doubtful_cell_is_read_by_itself_and_lands_in_its_place() -> None:
    copy, reader = copy_of(), Reader()
    sure = [word("Sở", 145, 120, 0.95), word("Sở", 145, 180, 0.95), word("Sở", 325, 180, 0.95),
            word("Sở", 75, 120, 0.95), word("Sở", 75, 180, 0.95)]  # fmt: skip
    lines = look_at_tables(copy, [*sure, word("5!", 325, 120, 0.4)], grids(copy), reader, SETTINGS)
    assert len(reader.sheets) == 1
    texts = {line.text for line in lines}
    assert texts == {"Sở"}
    [again] = [line for line in lines if line not in sure]
    assert again.box is not None
    assert RIGHT_TOP.x0 < again.box.centre[0] < RIGHT_TOP.x1
    assert RIGHT_TOP.y0 < again.box.centre[1] < RIGHT_TOP.y1


def test_nothing_of_the_rulings_is_on_the_sheet() -> None:
    copy, reader = copy_of(), Reader()
    look_at_tables(copy, [], grids(copy), reader, SETTINGS)
    [sheet] = reader.sheets
    dark = (sheet < 128).sum(axis=1)
    assert dark.max() <= 60 + 2, "only the blots, 60 pixels wide"


def test_a_table_that_reads_well_costs_nothing() -> None:
    copy, reader = copy_of(), Reader()
    lines = [word("Sở", x, y, 0.95) for x in (75, 145, 325) for y in (120, 180)]
    assert look_at_tables(copy, lines, grids(copy), reader, SETTINGS) == tuple(lines)
    assert reader.sheets == []


@pytest.mark.parametrize(("text", "sure"), [("x", 0.2), ("|", 0.95)])
def test_a_worse_reading_is_not_taken(text: str, sure: float) -> None:
    copy = copy_of()
    lines = [word("Công", x, y, 0.8) for x in (75, 145, 325) for y in (120, 180)]
    assert set(look_at_tables(copy, lines, grids(copy), Reader(text, sure), SETTINGS)) == set(lines)


def test_a_reader_that_fails_is_not_hidden() -> None:
    with pytest.raises(ReadingError):
        look_at_tables(copy_of(), [], grids(copy_of()), Broken(), SETTINGS)


def grids(copy: ReadingCopy) -> tuple:
    return find_grids(copy.gray, copy.dpi)
