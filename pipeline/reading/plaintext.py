# SPDX-License-Identifier: Apache-2.0
"""A page of plain text without places -> blocks: head and foot by formulas, the rest paragraphs.

The columns of head and foot may have run together ("UY BAN NHAN DAN CONG HOA XA HQI …") or stand
one under the other; lines may be printed lines or whole paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Block, Role
from pipeline.reading.plaintext_body import read_body
from pipeline.reading.plaintext_foot import find_foot
from pipeline.reading.plaintext_head import read_head
from pipeline.reading.printed import Part, Printed, as_line, printed_lines

if TYPE_CHECKING:
    from pipeline.model import Line

_PAGE_NUMBER = re.compile(
    r"^[-–—\s]*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s.]*$", re.IGNORECASE
)

# Reading order of head and foot; the body stands between them.
_HEAD = (
    Role.ORGAN,
    Role.MOTTO,
    Role.NUMBER,
    Role.PLACE_DATE,
    Role.TITLE,
    Role.SUBJECT,
    Role.URGENCY,
    Role.SECRECY,
    Role.ADDRESSEES,
)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Printed lines of the text itself, and the page numbers that were among them."""

    lines: tuple[Printed, ...]
    numbers: tuple[Printed, ...]


def arrange_text(text: str, *, first_page: bool = True) -> tuple[Block, ...]:
    """Return the blocks of one page of plain text in reading order.

    Words have neither box nor confidence. `first_page=False` looks for no head: a form with a
    motto of its own in an annex is body text.
    """
    page = _without_page_numbers(printed_lines(text))
    head, start = read_head(page.lines) if first_page else ([], 0)
    rest = page.lines[start:]
    foot = find_foot(rest)
    blocks = [block for role in (*_HEAD, Role.BODY) for block in _blocks(head, role)]
    blocks += read_body(rest[: foot.start])
    blocks += _blocks(foot.parts, Role.RECIPIENTS) + _blocks(foot.parts, Role.SIGNATURE)
    blocks += read_body(rest[foot.end :])
    blocks += [Block(Role.PAGE_NUMBER, (as_line(number.text),)) for number in page.numbers]
    return tuple(blocks)


def _without_page_numbers(lines: tuple[Printed, ...]) -> _Sorted:
    """Return the lines without lone page numbers; the line after one does not begin a paragraph."""
    kept: list[Printed] = []
    numbers: list[Printed] = []
    for place, line in enumerate(lines):
        alone = line.blank_before and (place + 1 == len(lines) or lines[place + 1].blank_before)
        edge = place in (0, len(lines) - 1)
        if _PAGE_NUMBER.match(line.text) and (alone or edge) and len(lines) > 1:
            numbers.append(line)
        else:
            kept.append(line)
    return _Sorted(tuple(kept), tuple(numbers))


def _blocks(parts: list[Part], role: Role) -> list[Block]:
    """Return the blocks of one role: one a group, its lines as printed."""
    groups: dict[int, list[Line]] = {}
    for part in parts:
        if part.role is role:
            groups.setdefault(part.group, []).append(as_line(part.text))
    return [Block(role, tuple(lines)) for lines in groups.values()]
