# SPDX-License-Identifier: Apache-2.0
"""The lower part of the head: type and trích yếu, addressees (boxes 5a and 9a)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.likeness import alike, plain
from pipeline.model import Block, Role
from pipeline.reading import anchors
from pipeline.reading.segments import Segment, joined, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.measure import Column

# `Kính gửi:`, the first word badly read or not at all; folded.
_ADDRESSEES = re.compile(r"^\W{0,2}(\w{0,4}\s?\w?gui)\s*:")
# What a body opens with (NĐ 30/2020, Phụ lục I, II.6), folded.
_OPENING = re.compile(r"^(?:can cu|thuc hien|kinh gui|xet |theo )")
# No trích yếu is longer; it stops a page of centred lines from becoming one.
_MOST_TITLE_LINES = 10


@dataclass
class Head:
    """What the head holds: segments by role, those set apart, and where it ends (y)."""

    parts: dict[Role, list[Segment]] = field(default_factory=dict)
    noise: list[Segment] = field(default_factory=list)
    bottom: float = 0.0

    def add(self, role: Role, segment: Segment) -> None:
        """Add one more line to a part."""
        self.parts.setdefault(role, []).append(segment)

    def blocks(self, size: float) -> list[Block]:
        """Return the parts as blocks in reading order."""
        order = (Role.ORGAN, Role.MOTTO, Role.NUMBER, Role.PLACE_DATE, Role.TITLE, Role.SUBJECT,
                 Role.URGENCY, Role.SECRECY, Role.ADDRESSEES)  # fmt: skip
        return [
            Block(role, tuple(joined(row).line for row in rows_of(self.parts[role], size)))
            for role in order
            if role in self.parts
        ]


def is_addressees(text: str) -> bool:
    """Return whether a line begins with `Kính gửi:`, the first word read or not."""
    if anchors.find_addressees_label(text):
        return True
    label = _ADDRESSEES.match(plain(text))
    return label is not None and alike("kính gửi", label[1]) > 0.6


def read_title(head: Head, rows: Sequence[Sequence[Segment]], column: Column, size: float) -> None:
    """Add type, trích yếu and addressees; set where the head ends."""
    place = _take_title(head, rows, column)
    if place < len(rows) and is_addressees(joined(rows[place]).text):
        place = _take_addressees(head, rows, place, column, size)
    if place < len(rows):
        head.bottom = min(segment.box.y0 for segment in rows[place])
    elif rows:
        head.bottom = max(segment.box.y1 for row in rows for segment in row)


def _take_title(head: Head, rows: Sequence[Sequence[Segment]], column: Column) -> int:
    """Add the type and the centred lines under it; return where the next part begins."""
    start = next(
        (n for n, row in enumerate(rows[:4]) if anchors.is_document_type_line(joined(row).text)),
        None,
    )
    if start is None:
        return 0
    place = start
    while place < len(rows):
        line = joined(rows[place])
        if place > start and not _is_title(line, head.parts[Role.TITLE], column, place - start):
            break
        head.add(Role.TITLE, line)
        place += 1
    return place


def _is_title(line: Segment, title: Sequence[Segment], column: Column, count: int) -> bool:
    """Return whether a line under the type still belongs to the trích yếu."""
    last = title[-1]
    if _OPENING.match(plain(line.text)) or is_addressees(line.text):
        return False
    if line.level - last.level > 2.2 * column.pitch:
        return False
    before, after = line.box.x0 - column.left, column.right - line.box.x1
    if before > 0.035 * column.width and after < 0.02 * column.width:
        return False  # set in on the left and full on the right: a paragraph begins
    centred = abs(before - after) < 0.08 * column.width
    # Where the text is ragged the column is a guess, but a title is centred under its type.
    under = abs(line.middle - title[0].middle) < 0.03 * column.width
    if count > 1 and line.text.isupper() and not last.text.isupper():
        return False
    if count > 1 and last.text.isupper() and not line.text.isupper() and len(title) > 1:
        return False
    return (centred or under) and count < _MOST_TITLE_LINES


def _take_addressees(
    head: Head, rows: Sequence[Sequence[Segment]], start: int, column: Column, size: float
) -> int:
    """Add `Kính gửi:` and its list; return where the body begins."""
    place = start
    while place < len(rows):
        line = joined(rows[place])
        if place > start and not _is_addressee(line, head.parts[Role.ADDRESSEES], column, size):
            break
        head.add(Role.ADDRESSEES, line)
        place += 1
    return place


def _is_addressee(line: Segment, found: Sequence[Segment], column: Column, size: float) -> bool:
    last = found[-1]
    if line.level - last.level > 2.4 * column.pitch:
        return False
    open_end = last.text.rstrip().endswith((":", ";", ",")) or line.text[:1].islower()
    set_in = line.box.x0 - column.left > 4.5 * size
    listed = line.text.startswith(("-", "–", "+", "•"))
    return (set_in and (open_end or listed or not last.text.endswith("."))) or (listed and open_end)
