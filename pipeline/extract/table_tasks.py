# SPDX-License-Identifier: Apache-2.0
"""Tasks in tables: a row under "Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.drafts import NAMED, Draft, Placed
from pipeline.extract.labels import column_kind
from pipeline.extract.orders import units_in

if TYPE_CHECKING:
    from pipeline.extract.outline import Node, Outline

_ROW_NUMBER = re.compile(r"\W*(\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđ])\W*")
# "I. Nhiệm vụ chung", alone in its row: a heading inside the table.
_FEWEST_WORDS = 3

Columns = dict[str, int]


def find_table_tasks(outline: Outline, *, garbled: bool = False) -> list[Draft]:
    """Return the tasks of the rows below a header row that names a content and a unit column."""
    drafts: list[Draft] = []
    columns: Columns | None = None
    for index, node in enumerate(outline.nodes):
        if not node.cells:
            if node.marker is not None:
                columns = None
            continue
        header = _columns(outline, node)
        if header is not None:
            columns = header
        elif columns is not None and _fits(columns, node):
            draft = _row(outline, index, columns, garbled=garbled)
            if draft is not None:
                drafts.append(draft)
            elif drafts and drafts[-1].node == index - 1:
                _continue(outline, drafts[-1], index, columns, garbled=garbled)
    return drafts


def _columns(outline: Outline, node: Node) -> Columns | None:
    """Return where each kind of column stands if the row is the header of a table of tasks."""
    kinds: Columns = {}
    for number, (start, end) in enumerate(node.cells):
        kind = column_kind(outline.passage.text[start:end])
        if kind is not None and end - start < 80:
            kinds.setdefault(kind, number)
    return kinds if "content" in kinds and "lead" in kinds else None


def _fits(columns: Columns, node: Node) -> bool:
    return len(node.cells) > max(columns["content"], columns["lead"])


def _cell(outline: Outline, node: Node, number: int | None) -> tuple[int, int, str]:
    if number is None or number >= len(node.cells):
        return node.end, node.end, ""
    start, end = node.cells[number]
    return start, end, outline.passage.text[start:end]


def _units(outline: Outline, node: Node, number: int | None, *, garbled: bool) -> list[Placed]:
    start, _, text = _cell(outline, node, number)
    return [(unit, start) for unit in units_in(text, garbled=garbled)]


def _row(outline: Outline, index: int, columns: Columns, *, garbled: bool) -> Draft | None:
    """Return the task of a row, None for headings inside the table and rows cut by a page end."""
    node = outline.nodes[index]
    start, end, content = _cell(outline, node, columns["content"])
    lead = _units(outline, node, columns["lead"], garbled=garbled)
    if not lead or len(content.split()) < _FEWEST_WORDS:
        return None
    number = _ROW_NUMBER.fullmatch(_cell(outline, node, columns.get("number"))[2])
    above = outline.nodes[node.parent].path if node.parent is not None else node.path
    section = ".".join(filter(None, (above, number[1] if number else None))) or None
    draft = Draft(
        index,
        start,
        end,
        section,
        lead,
        _units(outline, node, columns.get("cooperate"), garbled=garbled),
        NAMED,  # a row of a table says outright who does what
    )
    time = _cell(outline, node, columns.get("time"))
    if time[2]:
        draft.times.append(time[:2])
    return draft


def _continue(
    outline: Outline, draft: Draft, index: int, columns: Columns, *, garbled: bool
) -> None:
    """Give what stands in the rest of a row, on the next page, to the task that it began."""
    node = outline.nodes[index]
    draft.responsible += _units(outline, node, columns["lead"], garbled=garbled)
    draft.cooperating += _units(outline, node, columns.get("cooperate"), garbled=garbled)
