# SPDX-License-Identifier: Apache-2.0
"""Printed lines of running text -> paragraphs, in plain text that tells nothing of places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model import Block, Role
from pipeline.reading.plaintext_tables import TableRow, find_tables
from pipeline.reading.printed import as_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.printed import Printed

# What begins a part of a body: "I.", "1.2.", "a)", "Điều 3.", "-", "+"; "|." is a misread "I.".
_MARK = re.compile(
    r"^(?:(?P<item>[-–+•*]\s?)|[IVXl|1]{1,4}\s?[.)]\s?|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s?|"
    r"[a-zđ]{1,2}\)\s|[A-ZĐ]\.\s|(?:Điều|Chương|Phần|Mục|Phụ lục)\s+[\dIVX]+)"
)
# A marker that is sure to number a paragraph: "Điều 5." with its stop, no "Điều 5 Nghị định này".
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|[a-zđ]\)\s|[IVX]{1,4}\.\s|Điều\s+\d{1,3}\.)"
)
_ENDS = (".", ";", ":", "!", "?", "./.", "”", '"')
# Longer than any printed line of A4 at 13 pt (about 95 letters): lines are whole paragraphs.
_PRINTED_WIDTH = 130
# A line that ends with one of these is not at its end: "Báo cáo Ban Chỉ đạo các".
_OPEN = re.compile(
    r"(?:^|\s)(?:các|của|và|với|cho|tại|từ|những|một|là|để|do|thuộc|theo|trên|bằng|về|hoặc|ngày|số)$"
)
# Texts copied from the web break where they should not, before a word that looks like a heading.
_LOOKS_LIKE_HEADING = re.compile(r"(?:Chương trình|Mục tiêu|Điều kiện|Phần mềm)\b")
# "[1] Thông báo số …": a footnote, as texts from the web set them behind the signature.
_NOTE = re.compile(r"\[\d{1,3}\]")


def read_body(lines: Sequence[Printed]) -> list[Block]:
    """Return one block a paragraph or row of a table; the printed lines of paragraphs are kept."""
    width = _width(lines)
    blocks: list[Block] = []
    group: list[Printed] = []
    tables = find_tables(lines)
    place = 0
    while place < len(lines):
        line = lines[place]
        if (table := tables.get(place)) is not None:
            blocks += [_block(group)] if group else []
            group = []
            blocks += map(_row, table.rows)
            place = table.end
            continue
        if group and _begins(group[-1], line, width, note=_NOTE.match(group[0].text) is not None):
            blocks.append(_block(group))
            group = []
        group.append(line)
        place += 1
    return blocks + ([_block(group)] if group else [])


def _row(row: TableRow) -> Block:
    return Block(Role.TABLE_ROW, tuple(as_line(cell) for cell in row))


def _block(group: list[Printed]) -> Block:
    if len(group) == 1 and "\t" in group[0].text:
        cells = re.split(r" *\t *", group[0].text)
        return Block(Role.TABLE_ROW, tuple(map(as_line, cells)))
    if _NOTE.match(group[0].text):
        return Block(Role.FOOTNOTE, tuple(as_line(line.text) for line in group))
    role = Role.BODY if any(re.search(r"\w", line.text) for line in group) else Role.NOISE
    return Block(role, tuple(as_line(line.text) for line in group))


def _width(lines: Sequence[Printed]) -> int:
    """Return the length of a full printed line: nine in ten are not longer."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _begins(  # noqa: PLR0911 - one reason a line
    previous: Printed, line: Printed, width: int, *, note: bool
) -> bool:
    """Return whether `line` begins a paragraph; `note`: those before it are a footnote."""
    ended = previous.text.endswith(_ENDS)
    short = len(previous.text) < 0.6 * width
    capital = not line.text[0].islower()
    mark = _MARK.match(line.text)
    if "\t" in line.text or "\t" in previous.text or not re.search(r"\w", line.text):
        return True
    if _NOTE.match(line.text) or (note and not line.blank_before):
        return _NOTE.match(line.text) is not None
    if line.blank_before:
        # An empty line within a sentence is the end of a page.
        return bool(mark) or capital or ended
    if mark and mark["item"]:
        return ended or short or previous.text.endswith(",")
    if mark:
        cut = _LOOKS_LIKE_HEADING.match(line.text) and not (ended or previous.text.isupper())
        if width > _PRINTED_WIDTH and not cut and _NUMBERED.match(line.text):
            return not _OPEN.search(previous.text)
        return not cut and (ended or short or len(previous.text) < 0.85 * width)
    if not ended and (_OPEN.search(previous.text) or _LOOKS_LIKE_HEADING.match(line.text)):
        return previous.text.isupper()
    if width > _PRINTED_WIDTH:
        return capital
    if not capital:
        return False
    return short or (ended and len(previous.text) < 0.93 * width) or _stands_alone(previous, line)


def _stands_alone(previous: Printed, line: Printed) -> bool:
    """Return whether the line before is a heading in capitals and this one is not."""
    return previous.text.isupper() and not line.text.isupper()
