# SPDX-License-Identifier: Apache-2.0
"""The foot of a directive: recipients on the left, signature on the right (boxes 7 and 9b)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.likeness import plain
from pipeline.model import Block, Role
from pipeline.reading import anchors
from pipeline.reading.segments import Segment, joined, rows_of
from pipeline.vietnamese import is_syllable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.measure import Measures

_WORD = re.compile(r"[^\W\d_]+")
_FILED = re.compile(r"^\W{0,3}l[uv]{1,2}\s?[:;.,]\s?v[tp]?\b")
_SIGNED = re.compile(r"^\W*\(?\W*da ky")


@dataclass
class Foot:
    """What the foot holds, and the y between which it stands."""

    top: float
    bottom: float
    recipients: list[Segment] = field(default_factory=list)
    signature: list[Segment] = field(default_factory=list)
    noise: list[Segment] = field(default_factory=list)

    def blocks(self, size: float) -> list[Block]:
        """Return recipients and signature as blocks."""
        found = []
        for role, parts in (
            (Role.RECIPIENTS, self.recipients),
            (Role.SIGNATURE, self.signature),
        ):
            if parts:
                rows = rows_of(parts, size)
                found.append(Block(role, tuple(joined(row).line for row in rows)))
        return found


def read_foot(segments: Sequence[Segment], page: Measures) -> Foot | None:
    """Return the foot of a page, None if it has none."""
    width, height, size = page.width, page.height, page.size
    label = recipients_start(segments, width, size)
    if label is not None:
        return _with_label(segments, label, width, size)
    return _signature_alone(segments, width, height, size)


def is_name(text: str) -> bool:
    """Return whether a line may be the name of a person: two to six words, each with a capital."""
    words = _WORD.findall(text)
    shape = 2 <= len(words) <= 6 and len(text) <= 45 and not re.search(r"[\d:;/&+]", text)
    return shape and all(word[0].isupper() for word in words)


def recipients_start(segments: Sequence[Segment], width: float, size: float) -> Segment | None:
    """Return the segment with which the recipients begin: `Nơi nhận:`, or the top of their list.

    The list is known by its last line, `- Lưu: VT, …` (NĐ 30/2020, Phụ lục I, II.9b).
    """
    found = [
        segment
        for segment in segments
        if segment.box.x0 < 0.4 * width and anchors.find_recipients_label(segment.text)
    ]
    if found:
        return found[-1]
    last = next((s for s in reversed(segments) if _FILED.match(plain(s.text))), None)
    if last is None or last.box.x0 > 0.4 * width:
        return None
    top = last
    for segment in sorted(segments, key=lambda segment: -segment.level):
        rise = top.level - segment.level
        if not 0 < rise < 2.2 * size or segment.middle > 0.5 * width:
            continue
        if segment.box.x1 > 0.66 * width or abs(segment.box.x0 - last.box.x0) > 2.5 * size:
            break
        top = segment
    return top if top is not last else None


def _with_label(segments: Sequence[Segment], label: Segment, width: float, size: float) -> Foot:
    top = _signature_top(segments, label, width, size)
    bottom = max(segment.box.y1 for segment in segments)
    foot = Foot(top, bottom)
    split = _split(segments, label, width)
    pieces = [
        piece for segment in segments if segment.level >= top for piece in _pieces(segment, split)
    ]
    left = [
        piece
        for piece in pieces
        if piece.middle < split and piece.level >= label.level - 0.5 * size
    ]
    right = [piece for piece in pieces if piece.middle >= split]
    above = [piece for piece in pieces if piece.middle < split and piece not in left]
    foot.noise += above
    end = _take_recipients(foot, left, size)
    _take_signature(foot, [piece for piece in right if piece.level < end + 12 * size], size)
    foot.bottom = max(
        [end, *(piece.box.y1 for piece in (*foot.signature, *foot.noise))], default=end
    )
    return foot


def _signature_top(segments: Sequence[Segment], label: Segment, width: float, size: float) -> float:
    """Return where the foot begins: the label's row, or that of an authority a little above it."""
    top = label.box.y0 - 0.3 * size
    for segment in segments:
        above = label.level - segment.level
        if 0 < above < 5 * size and segment.box.x0 > 0.4 * width and is_authority(segment.text):
            top = min(top, segment.box.y0 - 0.3 * size)
    return top


def is_authority(text: str) -> bool:
    """Return whether a line begins with an authority or a post, in capitals (box 7a)."""
    start = anchors.authority_start(text)
    return start is not None and start < 3 and text.isupper()


def _split(segments: Sequence[Segment], label: Segment, width: float) -> float:
    """Return the x between the columns: before the signature's leftmost line in capitals."""
    starts = [
        segment.box.x0
        for segment in segments
        if segment.level > label.level - 40
        and segment.box.x0 > 0.35 * width
        and is_authority(segment.text)
    ]
    return min([0.5 * width, *(start - 2 for start in starts)])


def _pieces(segment: Segment, split: float) -> list[Segment]:
    """Return a segment cut where the signature begins, if both columns ran together."""
    start = anchors.authority_start(segment.text)
    if start and segment.box.x0 < split - 40 and segment.box.x1 > split + 40:
        return [part for part in segment.cut(start) if part]
    return [segment]


def _take_recipients(foot: Foot, left: Sequence[Segment], size: float) -> float:
    """Add the list of recipients; return the y of its end."""
    last: Segment | None = None
    for row in rows_of(left, size):
        line = joined(row)
        if last is not None and line.level - last.level > 4.5 * size:
            return last.box.y1
        if _is_scribble(line):
            foot.noise.append(line)
            continue
        foot.recipients.append(line)
        last = line
    return last.box.y1 if last else foot.bottom


def _take_signature(foot: Foot, right: Sequence[Segment], size: float) -> None:
    """Add authority, post and name; what a seal and a hand left between them is noise."""
    rows = [joined(row) for row in rows_of(right, size)]
    printed = [line for line in rows if _is_printed(line)]
    if not any(is_name(line.text) and not line.text.isupper() for line in printed):
        # The hand often touches the name: the last line that looks a little like one.
        likely = [line for line in rows if line not in printed and _is_likely_name(line)]
        under = [n for n in likely if not printed or n.level > printed[-1].level + size]
        printed += under[-1:]
    foot.signature += printed
    foot.noise += [line for line in rows if line not in printed]


def _is_printed(line: Segment) -> bool:
    """Return whether a line of the right column is authority, post, name or `(Đã ký)`."""
    text = line.text
    if _is_scribble(line):
        return False
    capitals = text.isupper() and sum(map(str.isalpha, text)) > 3 and line.confidence > 0.5
    name = is_name(text) and line.confidence > 0.5
    signed = bool(_SIGNED.match(plain(text)))
    return capitals or name or signed or anchors.authority_start(text) is not None


def _is_likely_name(line: Segment) -> bool:
    """Return whether at least two words of a line, and most of it, may be of a name."""
    words = [word for word in _WORD.findall(line.text) if len(word) > 1]
    sound = [word for word in words if word[0].isupper() and is_syllable(word)]
    letters = sum(map(str.isalnum, line.text))
    return 2 <= len(sound) <= 6 and sum(map(len, sound)) * 2 >= letters and len(line.text) < 40


def _is_scribble(line: Segment) -> bool:
    letters = sum(map(str.isalpha, line.text))
    return letters < 3 or line.confidence < 0.35


def _signature_alone(
    segments: Sequence[Segment], width: float, height: float, size: float
) -> Foot | None:
    """Return a foot without recipients: an authority in the right half, and a name under it."""
    for segment in segments:
        if segment.box.x0 < 0.4 * width or not is_authority(segment.text):
            continue
        below = [
            other
            for other in segments
            if 0 <= other.level - segment.level < 16 * size and other.middle > 0.45 * width
        ]
        beside = [
            other
            for other in segments
            if abs(other.level - segment.level) < 0.5 * size and other.middle < 0.4 * width
        ]
        names = [other for other in below if other is not segment and is_name(other.text)]
        if not names or (beside and segment.level < 0.25 * height):
            continue
        foot = Foot(segment.box.y0 - 0.3 * size, max(other.box.y1 for other in below))
        _take_signature(foot, below, size)
        foot.bottom = max(line.box.y1 for line in (*foot.signature, *foot.noise))
        return foot
    return None
