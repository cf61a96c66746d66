# SPDX-License-Identifier: Apache-2.0
"""The stamp of the office that received a directive: dấu ĐẾN (NĐ 30/2020, Phụ lục IV)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.likeness import alike, plain
from pipeline.model import Role
from pipeline.reading.furniture import Sorted
from pipeline.reading.segments import box_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.segments import Segment

# What an arrival stamp says besides ĐẾN (NĐ 30/2020, Phụ lục IV), folded.
_ARRIVAL_LABEL = re.compile(r"(?<!\w)(?:so|ngay|chuyen|gio|luu ho so so|cv|kinh chuyen)\s*[:.…]")
_ARRIVAL_WORD = re.compile(r"(?<!\w)Đ[ẾỀỂÉÊE]N(?!\w)")
# Two labels that only stand together in the stamp, or its name, say what it is.
_LABELS = (r"\bso\b", r"\bngay\b", r"\bchuyen\b", r"\bgio\b")
_ENOUGH_LABELS = 3
_NAME = re.compile(r"(?:^|\W)(?:van ban|cong van|cv)\s+den\b")
# Points around the word ĐẾN within which its stamp lies (35 × 50 mm, NĐ 30/2020, Phụ lục IV).
_STAMP_REACH = (150.0, 75.0)


def speaks_of_arrival(lines: Sequence[str]) -> bool:
    """Return whether the lines in a frame are those of an arrival stamp: ĐẾN, and a label.

    What is filled in by hand hides the labels: a line that begins with ĐẾN does as well, and so do
    three labels where the word is worn away.
    """
    text = " ".join(lines)
    letters = plain(text)
    labels = sum(bool(re.search(label, letters)) for label in _LABELS)
    named = bool(_ARRIVAL_WORD.search(text)) or bool(_NAME.search(letters))
    begins = any(_ARRIVAL_WORD.match(line.lstrip(" |_.")) for line in lines)
    return (named and labels > 0) or begins or labels >= _ENOUGH_LABELS


def without_arrival(segments: Sequence[Segment], margin: float, size: float) -> Sorted:
    """Return the segments without the arrival stamp (NĐ 30/2020, Phụ lục IV).

    Args:
        segments: of a page.
        margin: x of the left edge of the text; words left of it beside the stamp are the stamp's.
        size: height of a word.
    """
    heads = [segment for segment in segments if _is_arrival_head(segment)]
    if not heads:
        return Sorted(list(segments), [])
    kept: list[Segment] = []
    apart: list[tuple[Role, Segment]] = []
    for segment in segments:
        inside = any(_near(segment, head) for head in heads)
        if not inside:
            kept.append(segment)
        elif _belongs_to_stamp(segment, margin, size):
            apart.append((Role.ARRIVAL, segment))
        else:
            edge = _stamp_edge(segment, margin, size)
            stamp, body = segment.part(float("-inf"), edge), segment.part(edge, float("inf"))
            apart += [(Role.ARRIVAL, stamp)] if stamp else []
            kept += [body] if body else []
    return Sorted(kept, apart)


def _stamp_edge(segment: Segment, margin: float, size: float) -> float:
    """Return the x at which the stamp ends in a line that runs on into the text.

    A stamp that begins in the margin is parted from the text by more than a blank.
    """
    gaps = [
        (box_of(after).x0 - box_of(before).x1, box_of(after).x0)
        for before, after in pairwise(segment.words)
        if box_of(after).x0 < margin + _STAMP_REACH[0] and segment.box.x0 < margin - size
    ]
    gap, start = max(gaps, default=(0.0, 0.0))
    return start - 0.1 if gap > 0.8 * size else margin - 0.3 * size


def _is_arrival_head(segment: Segment) -> bool:
    words = segment.text.split()
    found = _ARRIVAL_WORD.search(segment.text)
    return bool(found) and len(words) <= 6 and "đến" not in segment.text


def _near(segment: Segment, head: Segment) -> bool:
    across = max(segment.box.x0 - head.box.x1, head.box.x0 - segment.box.x1)
    return across < _STAMP_REACH[0] and abs(segment.level - head.level) < _STAMP_REACH[1]


def _belongs_to_stamp(segment: Segment, margin: float, size: float) -> bool:
    """Return whether a segment beside ĐẾN is part of the stamp: its label, or short and apart."""
    if segment.box.x1 < margin + size:
        return True
    if segment.box.x0 < margin - size and segment.box.width < _STAMP_REACH[0]:
        return True
    text = plain(segment.text)
    if _is_arrival_head(segment) or (_ARRIVAL_LABEL.search(text) and len(segment.words) <= 6):
        return "ky," not in text and "/" not in text and not text.startswith("kinh gui")
    return "tong tin dien tu" in text or alike("CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", text) > 0.7
