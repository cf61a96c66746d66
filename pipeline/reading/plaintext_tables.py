# SPDX-License-Identifier: Apache-2.0
"""Tables of tasks in plain text that set each cell on lines of its own, as texts from the web do.

A header begins with "TT" alone on a line and names the columns, one a line; every row begins with
its number alone on a line. Cells that ran over several printed lines are joined again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.printed import Printed

# The cells of a row, left to right.
TableRow = tuple[str, ...]

_NUMBER_HEAD = re.compile(r"(?:STT|TT|S\.?TT|Số\s+TT|Số thứ tự)\.?", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[A-EĐ])\.?")
# A column of a table of tasks: what is to be done, by whom, by when.
_COLUMN = re.compile(
    r"nội dung|nhiệm vụ|công việc|giải pháp|chủ trì|phối hợp|thực hiện|thời gian|thời hạn|tiến độ|"
    r"đơn vị|cơ quan|phân công|sản phẩm|kết quả|hoạt động|hoàn thành|ghi chú",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:\d{1,2}\.|[IVX]{1,4}\.|[A-E]\.|(?i:phụ lục))\s")
# So many columns a header may have, each of so many letters at most.
_MOST_COLUMNS, _LONGEST_HEAD = 10, 90
# A cell that goes on in the next line ends with one of these.
_GOES_ON = re.compile(r"(?:[,\-–/(]|\s(?:và|của|các|thuộc|với|cho|theo|tại|về|đến|từ|ngày|năm))$")
# The first word of a unit's name alone is no cell: "Văn phòng" "HĐND và UBND xã".
_HALF_UNIT = re.compile(r"(?:Văn phòng|Trung tâm|Phòng|Sở|Ban|Ủy ban|UBND|Chi cục|Cục|Hội|Đoàn)")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as found: its rows, header first, and the line after it."""

    rows: tuple[TableRow, ...]
    end: int


def find_tables(lines: Sequence[Printed]) -> dict[int, Table]:
    """Return the tables of tasks among the lines, by the line that each begins with."""
    found: dict[int, Table] = {}
    place = 0
    while place < len(lines):
        table = _table(lines, place) if _NUMBER_HEAD.fullmatch(lines[place].text) else None
        if table is not None:
            found[place] = table
            place = table.end
        else:
            place += 1
    return found


def _table(lines: Sequence[Printed], start: int) -> Table | None:
    """Return the table whose header begins at line `start`, None if it is none of tasks."""
    place = start + 1
    while place < len(lines) and not _ROW_NUMBER.fullmatch(lines[place].text):
        if place - start > 2 * _MOST_COLUMNS or len(lines[place].text) > _LONGEST_HEAD:
            return None
        place += 1
    heads = _cells([line.text for line in lines[start + 1 : place]])
    known = sum(_COLUMN.search(head) is not None for head in heads)
    if not 2 <= len(heads) <= _MOST_COLUMNS or known < len(heads) / 2 or place >= len(lines):
        return None
    rows: list[TableRow] = [(lines[start].text, *heads)]
    end = place
    while end < len(lines) and (row := _row(lines, end, len(heads))) is not None:
        cells, end = row
        rows.append(cells)
    return Table(tuple(rows), end) if len(rows) > 1 else None


def _row(lines: Sequence[Printed], start: int, columns: int) -> tuple[TableRow, int] | None:
    """Return the row whose number stands alone at line `start`, and the line after it."""
    if not _ROW_NUMBER.fullmatch(lines[start].text):
        return None
    end = start + 1
    while end < len(lines) and not _ROW_NUMBER.fullmatch(lines[end].text):
        if lines[end].blank_before and end > start + 1 and end + 1 < len(lines):
            break
        if _NUMBER_HEAD.fullmatch(lines[end].text):
            end = _before_heading(lines, start, end)
            break
        end += 1
    cells = _cells([line.text for line in lines[start + 1 : end]])
    if not cells or len(cells) > 2 * columns + 2:
        return None
    return (lines[start].text, *cells), end


def _before_heading(lines: Sequence[Printed], start: int, end: int) -> int:
    """Return where a row ends that another table follows: at the heading of that table, if any."""
    for place in range(end - 1, start + 1, -1):
        if _HEADING.match(lines[place].text):
            return place
    return end


def _cells(texts: Sequence[str]) -> list[str]:
    """Return the cells that the lines make: one that begins small goes on."""
    cells: list[str] = []
    for text in texts:
        begins_small = text[0].islower() or text[0] in ",;)"
        half = bool(cells) and (
            _GOES_ON.search(cells[-1]) is not None or _HALF_UNIT.fullmatch(cells[-1]) is not None
        )
        if cells and (begins_small or half):
            cells[-1] = f"{cells[-1]} {text}"
        else:
            cells.append(text)
    return cells
