# SPDX-License-Identifier: Apache-2.0
"""The body of a page: paragraphs, tables and the foot in the order in which they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.reading.footnotes import footnotes
from pipeline.reading.paragraphs import paragraphs
from pipeline.reading.segments import joined, rows_of
from pipeline.reading.tables import inside, table_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Block
    from pipeline.reading.foot import Foot
    from pipeline.reading.measure import Measures
    from pipeline.reading.rulings import Grid
    from pipeline.reading.segments import Segment


def read_body(
    segments: Sequence[Segment],
    foot: Foot | None,
    grids: Sequence[Grid],
    page: Measures,
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
        parts.append((grids[number].box.y0, table_rows(inner, grids[number], page.size)))
    if foot is not None:
        parts.append((foot.top, foot.blocks(page.size)))
    lines = [joined(row) for row in rows_of(free, page.size)]
    lines, notes = footnotes(lines, page.size, page.height)
    starts = sorted(start for start, _ in parts)
    for low, high in zip([float("-inf"), *starts], [*starts, float("inf")], strict=True):
        stretch = [line for line in lines if low <= line.level < high]
        if stretch:
            parts.append((stretch[0].level, paragraphs(stretch, page.column)))
    parts.sort(key=lambda part: part[0])
    return [block for _, blocks in parts for block in blocks] + notes
