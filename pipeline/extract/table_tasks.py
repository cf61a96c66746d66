# SPDX-License-Identifier: Apache-2.0
"""Tasks in tables: a row under "Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.extract.drafts import FROM_ROW_ABOVE, NAMED, Draft, Placed
from pipeline.extract.orders import units_in
from pipeline.extract.table_columns import Cells, Columns, read_columns, refine, sort_cells

if TYPE_CHECKING:
    from pipeline.extract.labels import ColumnKind
    from pipeline.extract.outline import Outline

_ROW_NUMBER = re.compile(r"\W*(\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-EĐ]|[a-zđ])\W*")
_SECTION = re.compile(r"\W*([IVX]{1,5}|[A-EĐ])\W*")
# "I. Nhiệm vụ chung", alone in its row: a heading inside the table.
_FEWEST_WORDS = 3


@dataclass(slots=True)
class _Table:
    """A table while it is read.

    Attributes:
        columns: of its header.
        drafts: the tasks so far, of all tables.
        section: number of the heading inside the table above the row ("I").
        fresh: nothing but the header has come.
        waiting: tasks whose unit the cell of a later row, merged with theirs, may name.
    """

    columns: Columns | None = None
    drafts: list[Draft] = field(default_factory=list)
    section: str | None = None
    fresh: bool = True
    waiting: list[Draft] = field(default_factory=list)


def find_table_tasks(outline: Outline, *, garbled: bool = False) -> list[Draft]:
    """Return the tasks of the rows below a header row that names a content and a unit column."""
    table = _Table()
    for index, node in enumerate(outline.nodes):
        if not node.cells:
            # What stands between the pages of one table has no marker.
            if node.marker is not None:
                table.columns = None
            continue
        header = read_columns(outline, node)
        if header is not None:
            again = table.columns is not None
            table.columns, table.fresh = header, True
            table.section = table.section if again else None
        elif table.columns is not None:
            second = refine(outline, table.columns, node) if table.fresh else None
            table.fresh = False
            if second is not None:
                table.columns = second
            else:
                _read_row(outline, table, index, garbled=garbled)
    return [draft for draft in table.drafts if draft.responsible]


def _read_row(outline: Outline, table: _Table, index: int, *, garbled: bool) -> None:
    """Add the task of a row, or give what it holds to the task above it."""
    node = outline.nodes[index]
    if table.columns is None:
        return
    cells = sort_cells(outline, table.columns, node, garbled=garbled)
    number = _ROW_NUMBER.fullmatch(_text(outline, cells, "number"))
    content = _text(outline, cells, "content")
    lead = _units(outline, cells, "lead", garbled=garbled)
    if not lead and _is_section(outline, cells, node.cells, content):
        section = _SECTION.fullmatch(_text(outline, cells, "number"))
        table.section = section[1] if section else table.section
        table.waiting = []
        return
    if len(content.split()) < _FEWEST_WORDS or (number is None and not lead and table.drafts):
        _continue(outline, table, index, cells, garbled=garbled)
        return
    draft = _draft(outline, table, index, cells, number[1] if number else None)
    draft.responsible = lead
    draft.cooperating = _units(outline, cells, "cooperate", garbled=garbled)
    _share_merged(table, draft)
    table.drafts.append(draft)


def _is_section(
    outline: Outline, cells: Cells, all_cells: tuple[tuple[int, int], ...], content: str
) -> bool:
    """Return whether a row is a heading inside the table: "I | NHIỆM VỤ CHUNG"."""
    if "lead" in cells or "cooperate" in cells or "time" in cells:
        return False
    roman = _SECTION.fullmatch(_text(outline, cells, "number")) is not None
    return roman or content.isupper() or len([c for c in all_cells if c[1] > c[0]]) == 1


def _draft(outline: Outline, table: _Table, index: int, cells: Cells, number: str | None) -> Draft:
    node = outline.nodes[index]
    start, end = cells["content"]
    above = outline.nodes[node.parent].path if node.parent is not None else node.path
    section = ".".join(filter(None, (above, table.section, number))) or None
    # A row of a table says outright who does what.
    draft = Draft(index, start, end, section, [], [], NAMED)
    if "time" in cells:
        draft.times.append(cells["time"])
    return draft


def _share_merged(table: _Table, draft: Draft) -> None:
    """Give a row without units those of the cell that it shares with its neighbours.

    A cell over several rows is printed in the middle of them, so that it comes with one of them.
    """
    if draft.responsible:
        for other in table.waiting:
            other.responsible, other.trust = list(draft.responsible), FROM_ROW_ABOVE
        table.waiting = []
        return
    last = table.drafts[-1] if table.drafts else None
    if last is not None and last.responsible and last.node == draft.node - 1:
        draft.responsible, draft.trust = list(last.responsible), FROM_ROW_ABOVE
    else:
        table.waiting.append(draft)


def _continue(outline: Outline, table: _Table, index: int, cells: Cells, *, garbled: bool) -> None:
    """Give what stands in the rest of a row, on the next page, to the task that it began."""
    if not table.drafts or table.drafts[-1].node != index - 1:
        return
    draft = table.drafts[-1]
    draft.responsible += _units(outline, cells, "lead", garbled=garbled)
    draft.cooperating += _units(outline, cells, "cooperate", garbled=garbled)
    if "time" in cells and not draft.times:
        draft.times.append(cells["time"])


def _text(outline: Outline, cells: Cells, kind: ColumnKind) -> str:
    cell = cells.get(kind)
    return outline.passage.text[cell[0] : cell[1]] if cell else ""


def _units(outline: Outline, cells: Cells, kind: ColumnKind, *, garbled: bool) -> list[Placed]:
    cell = cells.get(kind)
    if not cell:
        return []
    text = outline.passage.text[cell[0] : cell[1]]
    return [(unit, cell[0]) for unit in units_in(text, garbled=garbled)]
