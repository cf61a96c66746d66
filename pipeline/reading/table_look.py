# SPDX-License-Identifier: Apache-2.0
"""The cells of ruled tables read once more, each by itself.

Told to expect a page, Tesseract reads across the rulings: cells get words of their neighbours, and
rulings become letters. The cells that read badly are cut out, stacked on one sheet without their
rulings, and read in one go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.model import Box
from pipeline.reading.second_look import is_sound, parted, worth
from pipeline.reading.stacked import Cut, read_stacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.model import Line, Word
    from pipeline.reading.engine import Engine
    from pipeline.reading.enhance import ReadingCopy
    from pipeline.reading.rulings import Grid
    from pipeline.settings import Settings

# A word of less confidence, or one that is no syllable, makes its cell worth a second look.
_SURE = 0.85
# A cell read by itself is taken if its letters are worth at least this share of those that it
# replaces, and if there are at least so many of them: rulings and neighbours added some.
_AS_GOOD, _AS_MANY = 0.95, 0.7
# Points cut off at each side of a cell, so that nothing of a ruling is left; points of white put
# around it, for Tesseract wants a margin.
_INSET, _MARGIN = 1.6, 7.0
# Gray below which a pixel counts as ink; a cell of fewer such pixels a square point is empty.
_INK, _LEAST_INK = 128, 0.02
# A ruling is there between two cells if this share of it is dark; it may slant by so many points.
_RULED, _SLANT = 0.5, 2.5
# Pixels of height of a sheet; Tesseract takes no more than 32,767.
_HIGHEST = 12_000


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's box on the page, and its picture with a margin."""

    box: Box
    cut: Cut


def look_at_tables(
    copy: ReadingCopy,
    lines: Sequence[Line],
    grids: Sequence[Grid],
    engine: Engine,
    settings: Settings,
) -> tuple[Line, ...]:
    """Return the lines with the doubtful cells of all tables in their better reading.

    Raises:
        ReadingError: the engine failed, or took too long.
    """
    found = tuple(lines)
    cells = [
        cell
        for grid in grids
        for box in cell_boxes(copy, grid)
        if (cell := _cell(copy, box)) is not None and _is_doubtful(parted(found, box)[0])
    ]
    for sheet in _sheets(cells):
        readings = read_stacked(copy, [cell.cut for cell in sheet], engine, settings)
        for cell, again in zip(sheet, readings, strict=True):
            inner, outer = parted(found, cell.box)
            if _is_better(again, inner):
                found = (*outer, *again)
    return found


def _is_better(again: Sequence[Line], before: Sequence[Line]) -> bool:
    """Return whether a cell's second reading is to be taken."""
    letters, old_letters = _letters(again), _letters(before)
    if not letters or letters < _AS_MANY * old_letters:
        return False
    return worth(again) / letters >= _AS_GOOD * worth(before) / max(1, old_letters)


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(word.text) for line in lines for word in line.words)


def cell_boxes(copy: ReadingCopy, grid: Grid) -> list[Box]:
    """Return the cells of a table, those without a ruling between them as one, in points."""
    rows, columns = len(grid.rows) - 1, len(grid.columns) - 1
    owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def top(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    for row, column in list(owner):
        if row + 1 < rows and not _is_ruled(copy, _edge_below(grid, row, column)):
            owner[top((row + 1, column))] = top((row, column))
        if column + 1 < columns and not _is_ruled(copy, _edge_beside(grid, row, column)):
            owner[top((row, column + 1))] = top((row, column))
    groups: dict[tuple[int, int], list[Box]] = {}
    for row, column in owner:
        box = Box(
            grid.columns[column], grid.rows[row], grid.columns[column + 1], grid.rows[row + 1]
        )
        groups.setdefault(top((row, column)), []).append(box)
    return [around for boxes in groups.values() if (around := Box.around(boxes)) is not None]


def _edge_below(grid: Grid, row: int, column: int) -> Box:
    left, right, y = grid.columns[column], grid.columns[column + 1], grid.rows[row + 1]
    inset = min(_SLANT, (right - left) / 4)
    return Box(left + inset, y - _SLANT, right - inset, y + _SLANT)


def _edge_beside(grid: Grid, row: int, column: int) -> Box:
    above, below, x = grid.rows[row], grid.rows[row + 1], grid.columns[column + 1]
    inset = min(_SLANT, (below - above) / 4)
    return Box(x - _SLANT, above + inset, x + _SLANT, below - inset)


def _is_ruled(copy: ReadingCopy, edge: Box) -> bool:
    """Return whether ink runs along a thin box, whichever way it is longer."""
    dark = copy.part(edge) < _darkness(copy)
    if dark.size == 0:
        return False
    along = dark.any(axis=0) if edge.width > edge.height else dark.any(axis=1)
    return float(along.mean()) >= _RULED


def _darkness(copy: ReadingCopy) -> float:
    """Return the gray below which a thin ruling is seen: lighter than letters on a scan."""
    return (float(np.median(copy.gray)) + _INK) / 2


def _cell(copy: ReadingCopy, box: Box) -> _Cell | None:
    """Return the picture of a cell without its rulings, None if it is empty or too small."""
    if min(box.width, box.height) < 4 * _INSET:
        return None
    inner = Box(box.x0 + _INSET, box.y0 + _INSET, box.x1 - _INSET, box.y1 - _INSET)
    part = _without_rulings(copy.part(inner))
    if part.size == 0 or (part < _INK).sum() < _LEAST_INK * box.width * box.height:
        return None
    margin = round(_MARGIN * copy.dpi / 72.0)
    picture = np.pad(part, margin, constant_values=255)
    return _Cell(box, Cut(picture, inner.x0 - _MARGIN, inner.y0 - _MARGIN))


def _without_rulings(part: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a cell's picture, what is left of a slanting ruling at its edges made white."""
    clean = part.copy()
    for lines, share in ((clean, 0.5), (clean.T, 0.5)):
        reach = max(1, len(lines) // 12)
        for number in (*range(reach), *range(len(lines) - reach, len(lines))):
            if (lines[number] < _INK).mean() > share:
                lines[number] = 255
    return clean


def _is_doubtful(lines: Sequence[Line]) -> bool:
    words = [word for line in lines for word in line.words]
    return not words or not all(map(_is_sure, words))


def _is_sure(word: Word) -> bool:
    return is_sound(word) and (word.confidence or 0.0) >= _SURE


def _sheets(cells: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """Yield the cells in groups that fit on a sheet."""
    sheet: list[_Cell] = []
    height = 0
    for cell in cells:
        high = len(cell.cut.picture)
        if sheet and height + high > _HIGHEST:
            yield sheet
            sheet, height = [], 0
        sheet.append(cell)
        height += high
    if sheet:
        yield sheet
