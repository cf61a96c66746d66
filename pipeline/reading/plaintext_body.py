# SPDX-License-Identifier: Apache-2.0
"""Printed lines of running text -> paragraphs, in plain text that tells nothing of places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model import Block, Role
from pipeline.reading.printed import as_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.printed import Printed

# What begins a part of a body: "I.", "1.2.", "a)", "Điều 3.", "-", "+"; "|." is a misread "I.".
_MARK = re.compile(
    r"^(?:(?P<item>[-–+•*]\s?)|[IVXl|1]{1,4}\s?[.)]\s?|\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s?|"
    r"[a-zđ]{1,2}\)\s|[A-ZĐ]\.\s|(?:Điều|Chương|Phần|Mục|Phụ lục)\s+[\dIVX]+)"
)
_ENDS = (".", ";", ":", "!", "?", "./.", "”", '"')
# Longer than any printed line of A4 at 13 pt (about 95 letters): lines are whole paragraphs.
_PRINTED_WIDTH = 130


def read_body(lines: Sequence[Printed]) -> list[Block]:
    """Return one block a paragraph; its printed lines are kept."""
    width = _width(lines)
    groups: list[list[Printed]] = []
    for line in lines:
        if groups and not _begins(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group) for group in groups]


def _block(group: list[Printed]) -> Block:
    if len(group) == 1 and "\t" in group[0].text:
        return Block(Role.TABLE_ROW, tuple(as_line(cell) for cell in group[0].columns))
    role = Role.BODY if any(re.search(r"\w", line.text) for line in group) else Role.NOISE
    return Block(role, tuple(as_line(line.text) for line in group))


def _width(lines: Sequence[Printed]) -> int:
    """Return the length of a full printed line: nine in ten are not longer."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _begins(  # noqa: PLR0911 - one reason a line
    previous: Printed, line: Printed, width: int
) -> bool:
    """Return whether `line` begins a paragraph."""
    ended = previous.text.endswith(_ENDS)
    short = len(previous.text) < 0.6 * width
    capital = not line.text[0].islower()
    mark = _MARK.match(line.text)
    if "\t" in line.text or "\t" in previous.text or not re.search(r"\w", line.text):
        return True
    if line.blank_before:
        # An empty line within a sentence is the end of a page.
        return bool(mark) or capital or ended
    if mark and mark["item"]:
        return ended or short or previous.text.endswith(",")
    if mark:
        return ended or short or len(previous.text) < 0.85 * width
    if width > _PRINTED_WIDTH:
        return capital or ended
    if not capital:
        return False
    return short or (ended and len(previous.text) < 0.93 * width) or _stands_alone(previous, line)


def _stands_alone(previous: Printed, line: Printed) -> bool:
    """Return whether the line before is a heading in capitals and this one is not."""
    return previous.text.isupper() and not line.text.isupper()
