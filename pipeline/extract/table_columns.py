# SPDX-License-Identifier: Apache-2.0
"""Which cell of a row belongs to which column of a table of tasks.

Rows keep only the cells that hold words, so that the place in the row does not tell the column:
where the page was seen the boxes do, else the number of cells, else what the cells say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.deadlines import read_time_cell
from pipeline.extract.labels import ColumnKind, column_kind
from pipeline.extract.orders import begins_like_unit, units_in

if TYPE_CHECKING:
    from pipeline.extract.outline import Node, Outline

# A header's cell is short; a row of tasks is not.
_LONGEST_HEAD = 90

Cell = tuple[int, int]
# The cell of each kind of column in a row.
Cells = dict[ColumnKind, Cell]


@dataclass(frozen=True, slots=True)
class Columns:
    """The header of a table of tasks.

    Attributes:
        kinds: for each cell of the header what its column holds, None for others.
        spans: left and right edge of each cell of the header, empty where there are no boxes.
    """

    kinds: tuple[ColumnKind | None, ...]
    spans: tuple[tuple[float, float], ...] = field(default=())

    @property
    def named(self) -> frozenset[ColumnKind]:
        """The kinds of columns that there are."""
        return frozenset(kind for kind in self.kinds if kind is not None)


def read_columns(outline: Outline, node: Node) -> Columns | None:
    """Return the columns if a row is the header of a table that says what is done by whom."""
    kinds: list[ColumnKind | None] = []
    for start, end in node.cells:
        text = outline.passage.text[start:end]
        kind = column_kind(text) if end - start < _LONGEST_HEAD else None
        kinds.append(None if kind in kinds else kind)
    if "content" not in kinds or "lead" not in kinds:
        return None
    texts = [outline.passage.text[start:end] for start, end in node.cells]
    # "1 | Nội dung tuyên truyền | Sở Y tế chủ trì" is a row; lists of administrative procedures
    # ("Tên thủ tục | Cơ quan thực hiện") give no tasks.
    procedures = any("thủ tục" in text.casefold() for text in texts)
    if procedures or any(text.strip(" .").isdigit() for text in texts):
        return None
    return Columns(tuple(kinds), _edges(outline, node))


def refine(outline: Outline, columns: Columns, node: Node) -> Columns | None:
    """Return the columns with the second row of a header: "Chủ trì | Phối hợp" under "Cơ quan".

    None if the row is no part of the header.
    """
    kinds = [column_kind(outline.passage.text[start:end]) for start, end in node.cells]
    if not kinds or any(kind is None for kind in kinds) or "content" in kinds:
        return None
    merged = [kind for kind in columns.kinds if kind != "lead"]
    at = columns.kinds.index("lead")
    both = (*merged[:at], *kinds, *merged[at:])
    spans: tuple[tuple[float, float], ...] = ()
    if columns.spans and (own := _edges(outline, node)):
        spans = (*columns.spans[:at], *own, *columns.spans[at + 1 :])
    return Columns(both, spans)


def sort_cells(outline: Outline, columns: Columns, node: Node, *, garbled: bool) -> Cells:
    """Return the cell of each column that a row has one of."""
    if columns.spans and (edges := _edges(outline, node)):
        return _by_place(columns, node, edges)
    if len(node.cells) == len(columns.kinds):
        pairs = zip(columns.kinds, node.cells, strict=True)
        return {kind: cell for kind, cell in pairs if kind is not None and cell[1] > cell[0]}
    return _by_words(outline, columns, node, garbled=garbled)


def _edges(outline: Outline, node: Node) -> tuple[tuple[float, float], ...]:
    """Return left and right of the words of each cell, empty if a word has no box."""
    found = []
    for start, end in node.cells:
        boxes = [piece.word.box for piece in outline.passage.within(start, end)]
        if not boxes or any(box is None for box in boxes):
            return ()
        sure = [box for box in boxes if box is not None]
        found.append((min(box.x0 for box in sure), max(box.x1 for box in sure)))
    return tuple(found)


def _by_place(columns: Columns, node: Node, edges: tuple[tuple[float, float], ...]) -> Cells:
    """Return the cells by the header that each stands under."""
    found: Cells = {}
    for cell, (left, right) in zip(node.cells, edges, strict=True):
        kind = columns.kinds[_nearest(columns.spans, left, right)]
        if kind is not None and kind not in found:
            found[kind] = cell
    return found


def _nearest(spans: tuple[tuple[float, float], ...], left: float, right: float) -> int:
    """Return which span overlaps most with left to right, or lies nearest to their middle."""

    def distance(number: int) -> tuple[float, float]:
        start, end = spans[number]
        overlap = min(right, end) - max(left, start)
        return -max(0.0, overlap), abs((start + end) / 2 - (left + right) / 2)

    return min(range(len(spans)), key=distance)


def _by_words(outline: Outline, columns: Columns, node: Node, *, garbled: bool) -> Cells:
    """Return the cells by what they say: a number, the task, units, a time, in this order."""
    text = outline.passage.text
    cells = [cell for cell in node.cells if cell[1] > cell[0]]
    found: Cells = {}
    if cells and len(flat(text[slice(*cells[0])]).strip(" .")) <= 4 and "number" in columns.named:
        found["number"] = cells.pop(0)
    rest = cells[1:]
    first = next((i for i, cell in enumerate(rest) if _is_unit(text[slice(*cell)], garbled)), None)
    if not cells:
        return found
    found["content"] = (cells[0][0], cells[first or 0][1])
    if first is None:
        return found
    rest = rest[first:]
    units = [cell for cell in rest if _is_unit(text[slice(*cell)], garbled)]
    found["lead"] = units[0]
    if "cooperate" in columns.named and len(units) > 1:
        found["cooperate"] = (units[1][0], units[-1][1])
    times = [cell for cell in rest if cell not in units and _is_time(text[slice(*cell)])]
    if "time" in columns.named and times:
        found["time"] = times[0]
    return found


def _is_unit(text: str, garbled: bool) -> bool:
    return begins_like_unit(text) or bool(units_in(text, garbled=garbled))


def _is_time(text: str) -> bool:
    return bool(read_time_cell(text, None)) or any(char.isdigit() for char in text)
