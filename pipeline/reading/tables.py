# SPDX-License-Identifier: Apache-2.0
"""Words in a ruled table -> one block a row, one line a cell."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.model import Block, Line, Role
from pipeline.reading.segments import Segment, box_of, letter_size, rows_of, segments_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Word
    from pipeline.reading.rulings import Grid


# So many rows of two columns, or so many further columns, make a page worth looking at for
# rulings; head and foot by themselves have fewer.
_TABULAR_ROWS, _FURTHER_COLUMNS = 8, 4


def looks_tabular(lines: Iterable[Line]) -> bool:
    """Return whether many rows of a page are parted by wide gaps."""
    lines = tuple(lines)
    size = letter_size(lines)
    rows = rows_of(segments_of(lines, size), size)
    further = sum(max(0, len(row) - 2) for row in rows)
    return sum(len(row) > 1 for row in rows) >= _TABULAR_ROWS or further >= _FURTHER_COLUMNS


def inside(segment: Segment, grid: Grid) -> bool:
    """Return whether the middle of a segment lies in the table."""
    x, y = segment.box.centre
    return grid.box.x0 <= x <= grid.box.x1 and grid.box.y0 <= y <= grid.box.y1


def table_rows(segments: Sequence[Segment], grid: Grid, size: float) -> list[Block]:
    """Return a TABLE_ROW block for each row of the table that holds words, top to bottom."""
    cells: dict[tuple[int, int], list[Segment]] = {}
    for segment in segments:
        for word in segment.words:
            x, y = box_of(word).centre
            place = (_band(grid.rows, y), _band(grid.columns, x))
            cells.setdefault(place, []).append(Segment((word,)))
    blocks = []
    for row in sorted({row for row, _ in cells}):
        columns = sorted(column for other, column in cells if other == row)
        lines = tuple(Line(_in_order(cells[row, column], size)) for column in columns)
        blocks.append(Block(Role.TABLE_ROW, lines))
    return blocks


def _band(edges: Sequence[float], place: float) -> int:
    return min(max(bisect_right(edges, place) - 1, 0), len(edges) - 2)


def _in_order(words: Sequence[Segment], size: float) -> tuple[Word, ...]:
    """Return the words of a cell line by line."""
    return tuple(word.words[0] for row in rows_of(words, size) for word in row)
