# SPDX-License-Identifier: Apache-2.0
"""Lines in place -> blocks in reading order, page by page and then across the pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from pipeline.model import Block, Page, Role
from pipeline.reading.foot import Foot, read_foot
from pipeline.reading.furniture import (
    cleaned,
    head_key,
    is_page_number,
    is_signed_by,
    without_arrival,
    without_margin,
)
from pipeline.reading.head import Head, read_head
from pipeline.reading.paragraphs import Column, column_of, continues, paragraphs
from pipeline.reading.segments import Segment, joined, letter_size, rows_of, segments_of
from pipeline.reading.tables import inside, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Line
    from pipeline.reading.rulings import Grid


def arrange_page(
    lines: Iterable[Line],
    width: float,
    height: float,
    *,
    first: bool = True,
    grids: Sequence[Grid] = (),
) -> tuple[Block, ...]:
    """Return the blocks of a page in reading order, those set apart at the end.

    Args:
        lines: words with boxes in points, in any order.
        width: of the page in points.
        height: of the page in points.
        first: the page may carry the head of the document.
        grids: its ruled tables, if they are known.
    """
    lines = tuple(lines)
    size = letter_size(lines)
    clean = cleaned(segments_of(lines, size), size)
    apart = list(clean.apart)
    column = column_of([s for s in clean.text if not _in_table(s, grids)], width)
    tabled = [s for s in clean.text if _in_table(s, grids)]
    free = [s for s in clean.text if s not in tabled]
    text = _without_furniture(free, column, size, height, apart)
    column = column_of(text, width)
    head = read_head(text, column, width, height, size) if first else None
    rest = _below(text, head)
    foot = read_foot(rest, width, height, size)
    blocks = head.blocks(size) if head else []
    blocks += _body([*rest, *tabled], foot, grids, column, size, height)
    if head:
        apart += [(Role.NOISE, segment) for segment in head.noise]
    if foot:
        apart += [(Role.NOISE, segment) for segment in foot.noise]
    return (*blocks, *_apart_blocks(apart))


def _in_table(segment: Segment, grids: Sequence[Grid]) -> bool:
    return any(inside(segment, grid) for grid in grids)


def _without_furniture(
    segments: Sequence[Segment],
    column: Column,
    size: float,
    height: float,
    apart: list[tuple[Role, Segment]],
) -> list[Segment]:
    """Return the segments without page number, arrival stamp and margins; add those to `apart`."""
    arrival = without_arrival(segments, column.left, size)
    margins = without_margin(arrival.text, column.left, column.right, size)
    apart += arrival.apart + margins.apart
    text: list[Segment] = []
    for whole in rows_of(margins.text, size):
        signed = [s for s in whole if is_signed_by(s.text) and s.level < 0.15 * height]
        apart += [(Role.NOISE, segment) for segment in signed]
        row = [segment for segment in whole if segment not in signed]
        if not row:
            continue
        line = joined(row)
        if not any(map(str.isalnum, line.text)):
            apart.append((Role.NOISE, line))
        elif is_page_number(line, height):
            apart.append((Role.PAGE_NUMBER, line))
        elif _is_gazette_head(line.text) and line.level < 0.15 * height:
            apart.append((Role.RUNNING_HEAD, line))
        else:
            text += row
    return text


def _is_gazette_head(text: str) -> bool:
    """Return whether a line is the running head of the official gazette (Công báo)."""
    return bool(re.search(r"CÔNG BÁO\s*/\s*Số", text))


def _below(segments: Sequence[Segment], head: Head | None) -> list[Segment]:
    if head is None:
        return list(segments)
    return [segment for segment in segments if segment.level > head.bottom]


def _body(
    segments: Sequence[Segment],
    foot: Foot | None,
    grids: Sequence[Grid],
    column: Column,
    size: float,
    height: float,
) -> list[Block]:
    """Return body, tables and foot in the order in which they stand on the page."""
    parts: list[tuple[float, list[Block]]] = []
    free: list[Segment] = []
    tables: dict[int, list[Segment]] = {}
    for segment in segments:
        number = next((n for n, grid in enumerate(grids) if inside(segment, grid)), None)
        if number is not None:
            tables.setdefault(number, []).append(segment)
        elif foot is None or not foot.top <= segment.level <= foot.bottom:
            free.append(segment)
    for number, inner in tables.items():
        parts.append((grids[number].box.y0, table_rows(inner, grids[number], size)))
    if foot is not None:
        parts.append((foot.top, foot.blocks(size)))
    lines = [joined(row) for row in rows_of(free, size)]
    lines, notes = _footnotes(lines, size, height)
    starts = sorted(start for start, _ in parts)
    for low, high in zip([float("-inf"), *starts], [*starts, float("inf")], strict=True):
        stretch = [line for line in lines if low <= line.level < high]
        if stretch:
            parts.append((stretch[0].level, paragraphs(stretch, column)))
    parts.sort(key=lambda part: part[0])
    return [block for _, blocks in parts for block in blocks] + notes


# What a footnote begins with: a raised number, or what became of it.
_NOTE = re.compile(r"^(?:[¹²³⁴⁵⁶⁷⁸⁹]|\d{1,2}\s?[A-ZĐ]|[!'’`*?]{1,2}\s?[A-ZĐ])")


def _footnotes(
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


def _apart_blocks(apart: Iterable[tuple[Role, Segment]]) -> list[Block]:
    """Return one block for each of the parts that are no text, noise a segment a block."""
    blocks = []
    arrival = sorted((s for role, s in apart if role is Role.ARRIVAL), key=lambda s: s.level)
    if arrival:
        blocks.append(Block(Role.ARRIVAL, tuple(segment.line for segment in arrival)))
    blocks += [Block(role, (segment.line,)) for role, segment in apart if role is not Role.ARRIVAL]
    return blocks


def arrange(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages with running heads set apart and paragraphs joined across page ends."""
    heads = _running_heads(pages)
    found: list[Page] = []
    last: Block | None = None
    for page in pages:
        blocks = [
            replace(block, role=Role.RUNNING_HEAD) if _is_running(block, heads, page) else block
            for block in page.blocks
        ]
        body = [n for n, block in enumerate(blocks) if block.role is Role.BODY]
        first = next((n for n, b in enumerate(blocks) if b.role is not Role.PAGE_NUMBER), None)
        if last is not None and body and body[0] == first and continues(last, blocks[first]):
            blocks[first] = replace(blocks[first], continues=True)
        if body:
            last = blocks[body[-1]]
        ends = any(block.role in (Role.RECIPIENTS, Role.SIGNATURE) for block in blocks)
        last = None if ends else last
        found.append(replace(page, blocks=tuple(blocks)))
    return tuple(found)


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """Return the keys of lines that stand at the top of at least three pages."""
    keys = Counter(
        key for page in pages for key in {head_key(b.text) for b in page.blocks if _at_top(b, page)}
    )
    return frozenset(key for key, count in keys.items() if count >= 3 and len(key) > 3)


def _at_top(block: Block, page: Page) -> bool:
    if block.role is not Role.BODY or len(block.lines) != 1 or page.height is None:
        return False
    return block.box is not None and block.box.y1 < 0.1 * page.height


def _is_running(block: Block, heads: frozenset[str], page: Page) -> bool:
    return _at_top(block, page) and head_key(block.text) in heads
