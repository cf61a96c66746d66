# SPDX-License-Identifier: Apache-2.0
"""The head of a directive: its two columns, title and addressees (NĐ 30/2020, Phụ lục I)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.likeness import plain
from pipeline.model import Role
from pipeline.reading import anchors
from pipeline.reading.furniture import is_signed_by
from pipeline.reading.segments import Segment, joined, rows_of
from pipeline.reading.title import Head, is_addressees, read_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.measure import Column, Measures

# The head lies in the upper part of the page (windows of the boxes 1 to 5 end at 0.38; a long
# V/v and its addressees reach further).
_REACH = 0.5
# What a date says, and its look-alikes; folded.
_DATE_WORD = re.compile(r"(?<!\w)(?:ngay|thang|nam)(?!\w)|\d{4}\s*$")
# Codes as in `/KH-SYT`, `/QĐ-UBND`.
_NOTATION = re.compile(r"[/-]\s?[A-ZĐ]{2,}|^\W*S[ốôóỐÔóố6]\s?[:.;]")
# Confidence (0-1) of what was certainly printed.
_SOUND = 0.7


@dataclass(frozen=True, slots=True)
class Columns:
    """How the head is parted: its first row (y), the x between the columns, the last motto row."""

    top: float
    split: float
    motto: tuple[Segment, ...]

    @property
    def motto_bottom(self) -> float:
        """The y under which number and date stand."""
        return max(segment.box.y1 for segment in self.motto)


def read_head(segments: Sequence[Segment], page: Measures) -> Head | None:
    """Return the head of a page, None if it has none."""
    column, width, height, size = page.column, page.width, page.height, page.size
    upper = [segment for segment in segments if segment.level < _REACH * height]
    pieces = [piece for segment in upper for piece in _pieces(segment)]
    columns = _columns(pieces, width, height)
    if columns is None:
        return None
    head = Head()
    rest: list[Segment] = []
    for segment in pieces:
        if segment.level < columns.top - 0.9 * size:
            head.noise.append(segment)
        elif segment in columns.motto:
            head.add(Role.MOTTO, segment)
        else:
            rest.append(segment)
    rows = rows_of(rest, size)
    place = _read_columns(head, rows, columns, column, size)
    read_title(head, rows[place:], column, size)
    return head


def _pieces(segment: Segment) -> list[Segment]:
    """Return a segment cut where another column begins: at the motto, or at place and date."""
    for find in (anchors.find_motto, anchors.find_place_date):
        span = find(segment.text)
        if span and span.start > 0:
            before, after = segment.cut(span.start)
            if before and after and len(before.text) > 2 and _other_column(before):
                return [before, after]
    return [segment]


def _other_column(before: Segment) -> bool:
    text = before.text
    return text.isupper() or bool(_NOTATION.search(text)) or anchors.find_number(text) is not None


def _columns(pieces: Sequence[Segment], width: float, height: float) -> Columns | None:
    """Return how the head is parted, by the motto; without one, by number and date."""
    motto = tuple(_motto(pieces, width))
    if motto:
        top = min(segment.level for segment in motto)
        left = min(segment.box.x0 for segment in motto)
        organs = [
            piece.middle
            for piece in pieces
            if abs(piece.level - top) < 0.03 * height and piece.box.x1 < left
        ]
        organ = max(organs, default=0.27 * width)
        middle = sum(segment.middle for segment in motto) / len(motto)
        return Columns(top, (organ + middle) / 2, motto)
    number = next((piece for piece in pieces if _is_number(piece)), None)
    date = next((piece for piece in pieces if anchors.find_place_date(piece.text)), None)
    if number is None or date is None or abs(number.level - date.level) > 0.06 * height:
        return None
    return Columns(0.0, (number.box.x1 + date.box.x0) / 2, (date,))


def _motto(pieces: Sequence[Segment], width: float) -> list[Segment]:
    """Return the lines of Quốc hiệu and Tiêu ngữ, or of the Party's head, the topmost ones."""
    for place, piece in enumerate(pieces):
        if piece.middle < 0.4 * width:
            continue
        if anchors.is_party_head(piece.text):
            return [piece]
        if anchors.find_motto(piece.text):
            near = [
                other
                for other in pieces[place + 1 :]
                if other.level - piece.level < 4 * piece.box.height
                and other.middle > 0.4 * width
                and anchors.find_motto(other.text)
            ]
            return [piece, *near]
    return []


def _is_number(segment: Segment) -> bool:
    span = anchors.find_number(segment.text)
    return span is not None and span.start < 4


def _read_columns(
    head: Head, rows: Sequence[Sequence[Segment]], columns: Columns, column: Column, size: float
) -> int:
    """Add the two columns to the head; return how many rows they take."""
    left_last: Segment | None = None
    for place, row in enumerate(rows):
        if _ends_columns(row, columns, column, size) or _is_foreign(row, head, columns, size):
            head.bottom = min(segment.box.y0 for segment in row)
            return place
        left = [segment for segment in row if segment.middle < columns.split]
        right = [segment for segment in row if segment.middle >= columns.split]
        if left:
            line = joined(left)
            role = _left_role(line, left_last, head, size)
            if role is None:
                head.noise.append(line)
            else:
                head.add(role, line)
                left_last = line
        if right:
            _read_right(head, joined(right), columns)
    head.bottom = max((segment.box.y1 for row in rows for segment in row), default=0.0)
    return len(rows)


def _is_foreign(row: Sequence[Segment], head: Head, columns: Columns, size: float) -> bool:
    """Return whether a row is sound text that has no place in the columns: the head is over."""
    settled = Role.NUMBER in head.parts and Role.PLACE_DATE in head.parts
    line = joined(row)
    if not settled or len(line.words) < 3 or line.confidence < _SOUND or is_signed_by(line.text):
        return False
    left = [segment for segment in row if segment.middle < columns.split]
    right = [segment for segment in row if segment.middle >= columns.split]
    last = head.parts.get(Role.SUBJECT) or head.parts[Role.NUMBER]
    if left and _left_role(joined(left), last[-1], head, size) is None:
        return joined(left).confidence > _SOUND
    return bool(right) and joined(right).confidence > _SOUND and len(joined(right).words) > 2


def _ends_columns(row: Sequence[Segment], columns: Columns, column: Column, size: float) -> bool:
    """Return whether a row is no longer part of the two columns."""
    if min(segment.level for segment in row) < columns.motto_bottom:
        return False
    text = joined(row).text
    if is_addressees(text) or anchors.is_document_type_line(text):
        return True
    crossing = [
        segment
        for segment in row
        if segment.box.x0 < columns.split - 3 * size
        and segment.box.x1 > columns.split + 3 * size
        and not _DATE_WORD.search(plain(segment.text)[-30:])
    ]
    return any(segment.box.width > 0.55 * column.width for segment in crossing)


def _left_role(line: Segment, last: Segment | None, head: Head, size: float) -> Role | None:
    text = line.text
    subject = head.parts.get(Role.SUBJECT)
    near = last is not None and line.level - last.level < 2.2 * size + 6
    number = _is_number(line) or bool(_NOTATION.search(text))
    letters = sum(map(str.isalpha, text))
    before = Role.NUMBER not in head.parts
    checks = (
        (anchors.is_stamp(text, "urgency"), Role.URGENCY),
        (anchors.is_stamp(text, "secrecy"), Role.SECRECY),
        (is_signed_by(text), None),
        (anchors.find_subject(text) is not None, Role.SUBJECT),
        (subject is not None, Role.SUBJECT if near and line.confidence > 0.4 else None),
        (before and number, Role.NUMBER),
        (before, Role.ORGAN if letters > 2 and line.confidence > 0.4 else None),
        # A V/v whose label was not read.
        (near and len(line.words) > 2 and line.confidence > 0.6, Role.SUBJECT),
    )
    return next((role for holds, role in checks if holds), None)


def _read_right(head: Head, line: Segment, columns: Columns) -> None:
    if Role.PLACE_DATE in head.parts or line.level < columns.motto_bottom - line.box.height:
        head.noise.append(line)
    elif anchors.find_place_date(line.text) or _DATE_WORD.search(plain(line.text)):
        head.add(Role.PLACE_DATE, line)
    else:
        head.noise.append(line)
