# SPDX-License-Identifier: Apache-2.0
"""Where head and foot stand on a page, so that their two columns can be read one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.reading import anchors
from pipeline.reading.foot import is_authority, recipients_start
from pipeline.reading.furniture import is_signed_by
from pipeline.reading.segments import Segment, letter_size, rows_of, segments_of
from pipeline.reading.title import is_addressees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Line


@dataclass(frozen=True, slots=True)
class Zones:
    """Two columns side by side, in points.

    Attributes:
        top: of both.
        bottom: of the right column, and of the band in which the gutter is looked for.
        left_bottom: of the left column, which may be longer.
        least: x where the gutter may begin.
        most: x where it must have ended.
    """

    top: float
    bottom: float
    left_bottom: float
    least: float
    most: float


def head_zones(lines: Sequence[Line], width: float, height: float) -> Zones | None:
    """Return the columns of the head: from the motto's first row to the row of the date."""
    size = letter_size(lines)
    segments = [s for s in segments_of(lines, size) if s.level < 0.4 * height]
    motto = [s for s in segments if _is_motto(s.text) and s.box.x1 > 0.55 * width]
    if not motto:
        return None
    top = min(s.box.y0 for s in motto) - 0.4 * size
    under = max(s.level for s in motto if s.level - motto[0].level < 4 * size) + 0.8 * size
    bottom = left_bottom = under + 3.2 * size
    for row in rows_of([s for s in segments if s.level > under], size):
        if _ends_head(row, width):
            ceiling = min(s.box.y0 for s in row) - 0.2 * size
            bottom, left_bottom = min(bottom, ceiling), max(left_bottom, under)
            left_bottom = min(max(left_bottom, row[0].box.y0), ceiling)
            break
        left = [s for s in row if s.middle < 0.45 * width and not is_signed_by(s.text)]
        if left and left[0].level - left_bottom < 2.2 * size:
            left_bottom = max(left_bottom, left[0].box.y1 + 0.3 * size)
    return Zones(top, bottom, left_bottom, 0.3 * width, 0.6 * width)


def _is_motto(text: str) -> bool:
    return anchors.find_motto(text) is not None or anchors.is_party_head(text)


def _ends_head(row: Sequence[Segment], width: float) -> bool:
    text = " ".join(segment.text for segment in row)
    wide = any(s.box.width > 0.55 * width for s in row) and not anchors.find_place_date(text)
    return wide or is_addressees(text) or anchors.is_document_type_line(text)


def foot_zones(lines: Sequence[Line], width: float, height: float) -> Zones | None:
    """Return the columns of the foot: from `Nơi nhận:` or the authority to the end of the text."""
    size = letter_size(lines)
    segments = segments_of(lines, size, gap=2.5)
    authority = [
        s
        for s in segments
        if s.level > 0.1 * height and s.box.x0 > 0.35 * width and is_authority(s.text)
    ]
    label = recipients_start(segments, width, size)
    starts = [*authority, *([label] if label else [])]
    if not starts:
        return None
    first = label or min(authority, key=lambda s: s.level)
    near = [s.box.y0 for s in starts if abs(s.level - first.level) < 5 * size]
    # A list whose label was not read begins a line higher.
    unread = label is not None and not anchors.find_recipients_label(label.text)
    top = min(near) - (2.0 if unread else 0.6) * size
    bottom = max(s.box.y1 for s in segments if s.level < first.level + 22 * size) + 0.5 * size
    return Zones(top, bottom, bottom, 0.25 * width, 0.65 * width)
