# SPDX-License-Identifier: Apache-2.0
"""Lines in place -> blocks in reading order, page by page and then across the pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import SET_APART, Block, Page, Role
from pipeline.reading.arrival import without_arrival
from pipeline.reading.body import read_body
from pipeline.reading.foot import read_foot
from pipeline.reading.furniture import (
    Sorted,
    cleaned,
    head_key,
    is_page_number,
    is_signed_by,
    without_margin,
)
from pipeline.reading.head import read_head
from pipeline.reading.measure import Measures, column_of
from pipeline.reading.paragraphs import continues
from pipeline.reading.segments import Segment, joined, letter_size, rows_of, segments_of
from pipeline.reading.tables import inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Line
    from pipeline.reading.rulings import Grid

# The running head of the official gazette: `CÔNG BÁO/Số 244/Ngày 23-04-2026`.
_GAZETTE = re.compile(r"CÔNG BÁO\s*/\s*Số")
# Fraction of the page's height above which running heads and marks of signatures stand.
_TOP = 0.15
# A line at the top is a running head if so many pages have it.
_REPEATED = 3


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
    tabled = [segment for segment in clean.text if _in_table(segment, grids)]
    free = [segment for segment in clean.text if segment not in tabled]
    rough = Measures(width, height, size, column_of(free, width))
    plain = _without_furniture(free, rough)
    page = replace(rough, column=column_of(plain.text, width))
    head = read_head(plain.text, page) if first else None
    rest = [s for s in plain.text if head is None or s.level > head.bottom]
    foot = read_foot(rest, page)
    blocks = head.blocks(size) if head else []
    blocks += read_body([*rest, *tabled], foot, grids, page)
    noise = (head.noise if head else []) + (foot.noise if foot else [])
    apart = [*clean.apart, *plain.apart, *((Role.NOISE, segment) for segment in noise)]
    return (*blocks, *_apart_blocks(apart))


def _in_table(segment: Segment, grids: Sequence[Grid]) -> bool:
    return any(inside(segment, grid) for grid in grids)


def _without_furniture(segments: Sequence[Segment], page: Measures) -> Sorted:
    """Return the segments without page number, running head, arrival stamp and margins."""
    arrival = without_arrival(segments, page.column.left, page.size)
    margins = without_margin(arrival.text, page.column.left, page.column.right, page.size)
    text: list[Segment] = []
    apart = arrival.apart + margins.apart
    for whole in rows_of(margins.text, page.size):
        top = whole[0].level < _TOP * page.height
        signed = [segment for segment in whole if top and is_signed_by(segment.text)]
        apart += [(Role.NOISE, segment) for segment in signed]
        row = [segment for segment in whole if segment not in signed]
        role = _furniture(joined(row), page.height) if row else None
        if role is None:
            text += row
        else:
            apart.append((role, joined(row)))
    return Sorted(text, apart)


def _furniture(line: Segment, height: float) -> Role | None:
    """Return what a row is that does not belong to the text; None if it does."""
    if not any(map(str.isalnum, line.text)):
        return Role.NOISE
    if is_page_number(line, height):
        return Role.PAGE_NUMBER
    gazette = _GAZETTE.search(line.text) and line.level < _TOP * height
    return Role.RUNNING_HEAD if gazette else None


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
        first = next((n for n, block in enumerate(blocks) if block.role not in SET_APART), None)
        if first is not None and last is not None and blocks[first].role is Role.BODY:
            blocks[first] = replace(blocks[first], continues=continues(last, blocks[first]))
        last = _open_end(blocks, last)
        found.append(replace(page, blocks=tuple(blocks)))
    return tuple(found)


def _open_end(blocks: Sequence[Block], before: Block | None) -> Block | None:
    """Return the paragraph that may go on overleaf: the last one, unless the document ends."""
    text = [block for block in blocks if block.role not in SET_APART | {Role.FOOTNOTE}]
    if not text:
        return before
    return text[-1] if text[-1].role is Role.BODY else None


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """Return the keys of lines that stand at the top of at least three pages."""
    keys = Counter(
        key for page in pages for key in {head_key(b.text) for b in page.blocks if _at_top(b, page)}
    )
    return frozenset(key for key, count in keys.items() if count >= _REPEATED and len(key) > 3)


def _at_top(block: Block, page: Page) -> bool:
    if block.role is not Role.BODY or len(block.lines) != 1 or page.height is None:
        return False
    return block.box is not None and block.box.y1 < 0.1 * page.height


def _is_running(block: Block, heads: frozenset[str], page: Page) -> bool:
    return _at_top(block, page) and head_key(block.text) in heads
