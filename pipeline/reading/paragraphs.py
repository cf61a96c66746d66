# SPDX-License-Identifier: Apache-2.0
"""Lines of the body -> paragraphs, by indent, length, spacing and the marks that begin a part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model import Block, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.measure import Column
    from pipeline.reading.segments import Segment

# What begins a part of a body (NĐ 30/2020, Phụ lục I, II.6): "I.", "1.", "1.2.", "a)", "Điều 3.",
# "-", "+"; "|." is a misread "I.".
MARK = re.compile(
    r"^(?:[-–+•*]\s?\S|[IVXl|1]{1,4}\s?[.)-]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s?|\d{1,2}\.\d{1,2}\s|"
    r"[a-zđ]{1,2}\)|[A-ZĐ]\.\s|(?:Điều|Chương|Phần|Mục|PHẦN|CHƯƠNG|Phụ lục|PHỤ LỤC)\s+[\dIVX]+)"
)
_ENDS = (".", ";", ":", "!", "?", "./.", "”", '"')
# An indent under this is a slanted edge; the rule is 1 to 1.27 cm (28 to 36 pt).
_INDENT = 9.0


def paragraphs(lines: Sequence[Segment], column: Column) -> list[Block]:
    """Return one BODY block a paragraph; `lines` are top to bottom."""
    groups: list[list[Segment]] = []
    for line in lines:
        if groups and not begins(groups[-1], line, column):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(Role.BODY, tuple(line.line for line in group)) for group in groups]


def begins(group: Sequence[Segment], line: Segment, column: Column) -> bool:
    """Return whether `line` begins a paragraph after the lines of `group`."""
    last = group[-1]
    gap = line.level - last.level
    ended = last.text.endswith(_ENDS)
    goes_on = line.text[:1].islower() and not ended
    indent = line.box.x0 - column.left
    if gap > 2.6 * column.pitch or (gap > 1.45 * column.pitch and not goes_on):
        return True
    if column.is_centred(last) and not column.is_full(last) and last.box.x0 - column.left > 40:
        return not (
            column.is_centred(line) and _same_hand(last, line) and not MARK.match(line.text)
        )
    if MARK.match(line.text) and (indent > _INDENT or ended):
        return not (goes_on and column.is_full(last) and indent < _INDENT)
    if not column.is_full(last) and (ended or not line.text[:1].islower()):
        return True
    if indent > _INDENT:
        # Lines of a list that are all set in go on under the first.
        return last.box.x0 - column.left < indent - _INDENT or (ended and not goes_on)
    return False


def _same_hand(one: Segment, other: Segment) -> bool:
    """Return whether two centred lines are both in capitals or both not."""
    return one.text.isupper() == other.text.isupper()


def continues(last: Block, first: Block) -> bool:
    """Return whether a paragraph at the top of a page began at the end of the page before."""
    text, before = first.text, last.text
    if not text or not before or MARK.match(text):
        return False
    return text[0].islower() or (
        not before.endswith(_ENDS)
        and not before.isupper()
        and before[-1:].isalnum() | (before[-1:] == ",")
    )
