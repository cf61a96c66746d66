# SPDX-License-Identifier: Apache-2.0
"""Footnotes: small print at the bottom of a page that begins with a raised number."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from pipeline.model import Block, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Line
    from pipeline.reading.segments import Segment

# What a footnote begins with: a raised number, or what became of it.
_NOTE = re.compile(r"^(?:[¹²³⁴⁵⁶⁷⁸⁹]|\d{1,2}\s?[A-ZĐ]|[!'’`*?]{1,2}\s?[A-ZĐ])")


def footnotes(
    lines: Sequence[Segment], size: float, height: float
) -> tuple[list[Segment], list[Block]]:
    """Return the lines without the small ones at the bottom that begin with a raised number."""
    start = len(lines)
    first = None
    while (
        start > 0
        and lines[start - 1].level > 0.55 * height
        and _print_size(lines[start - 1]) < 0.9 * size
    ):
        start -= 1
        if _NOTE.match(lines[start].text):
            first = start
    if first is None:
        return list(lines), []
    notes: list[list[Line]] = []
    for line in lines[first:]:
        if _NOTE.match(line.text) or not notes:
            notes.append([])
        notes[-1].append(line.line)
    return list(lines[:first]), [Block(Role.FOOTNOTE, tuple(note)) for note in notes]


def _print_size(line: Segment) -> float:
    heights = [word.box.height for word in line.words if word.box and len(word.text) > 2]
    return median(heights) if heights else line.box.height
