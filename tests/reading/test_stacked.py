# SPDX-License-Identifier: Apache-2.0
"""Cuts of a page on one sheet: what is read in each lands where it was cut."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.model import Box, Frame, Line, Word
from pipeline.reading.engine import Look
from pipeline.reading.enhance import ReadingCopy
from pipeline.reading.stacked import Cut, read_stacked
from pipeline.settings import Settings

PAGE = ReadingCopy(np.full((800, 600), 255, np.uint8), 144.0, Frame())


class Reader:
    """Finds each dark block of a sheet, and calls it by its gray."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def read(
        self, copy: ReadingCopy, settings: Settings, look: Look = Look.PAGE
    ) -> tuple[Line, ...]:
        self.shapes.append(copy.gray.shape)
        point = copy.dpi / 72
        lines = []
        for gray in sorted(set(copy.gray.ravel().tolist()) - {255}):
            rows, columns = np.nonzero(copy.gray == gray)
            box = Box(*(float(edge) / point for edge in (
                columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)))  # fmt: skip
            lines.append(Line((Word(str(gray), box, 0.9),)))
        return tuple(lines)

    def turn(self, copy: ReadingCopy, settings: Settings) -> int:
        return 0

    def versions(self) -> dict[str, str]:
        return {}


def cut(gray: int, shape: tuple[int, int], left: float, top: float) -> Cut:
    picture = np.full(shape, 255, np.uint8)
    picture[10:20, 30:50] = gray
    return Cut(picture, left, top)


def test_what_is_read_lands_where_it_was_cut() -> None:
    engine = Reader()
    cuts = [cut(10, (40, 100), 100, 300), cut(20, (60, 200), 5, 7), cut(30, (30, 60), 50, 50)]
    found = read_stacked(PAGE, cuts, engine, Settings())
    assert engine.shapes == [(130, 200)]
    assert [[line.text for line in lines] for lines in found] == [["10"], ["20"], ["30"]]
    for lines, (left, top) in zip(found, [(100, 300), (5, 7), (50, 50)], strict=True):
        box = lines[0].words[0].box
        assert box is not None
        assert (box.x0, box.y0) == pytest.approx((left + 15, top + 5))


def test_nothing_to_read_asks_nobody() -> None:
    engine = Reader()
    assert read_stacked(PAGE, [], engine, Settings()) == []
    assert engine.shapes == []
