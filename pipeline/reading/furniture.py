# SPDX-License-Identifier: Apache-2.0
"""What stands on a page without being its text: page numbers, margins, scribbles, rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.likeness import key, plain
from pipeline.model import Edit, Role
from pipeline.reading.segments import Segment, box_of, of_words
from pipeline.vietnamese import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model import Word

# `2`, `- 2 -`, `Trang 2/5`.
_PAGE_NUMBER = re.compile(
    r"^[-–—_.\s]*(?:trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—_.\s]*$", re.IGNORECASE
)
# Marks that belong to text; a word without letters or digits made of others is a rule, the edge
# of a stamp or a speck.
_MARKS = re.compile(r"^[-–+•*…“”\"'()%&/;:,.?!¹²³⁴⁵⁶⁷⁸⁹]+$|^[€£©®]\)$")
_DASHES = re.compile(r"^[—_=~-]+$")
# What the dash before an item of a list is read as where it is printed small (11 pt), and how
# sure that is.
_DASH_READ_AS = frozenset(("~", "~-", "-~", "—", "_", "=", "‹", "«"))
_DASH_SCORE = 0.9
# What viewers print into a signed page: who signed it, where, when; folded.
_SIGNED_BY = re.compile(
    r"^\W{0,3}(?:co quan|thoi gian|email|signature|digitally)\s*[:;]|"
    r"(?:nguoi ky|ky bo[it]|thoi gian ky|ngay ky|ky so)\s*[:;]|"
    r"\w@\w+[.-]\w|\d\d[./]\d\d[./]\d{4}\s+\d\d:\d\d|[+-]07:?00"
)
# A number written by hand is read badly, but what is printed around it tells: `/CT-UBND`.
_CODE = re.compile(r"[/}]\s?[A-ZĐ]{2,}")
# Fractions of the page's height in which page numbers stand.
_TOP, _BOTTOM = 0.12, 0.9
# Confidence (0-1) of what was certainly printed.
_SOUND = 0.75
# Confidence (0-1) under which a short word that is no syllable is taken for a scribble.
_SCRIBBLE = 0.3


@dataclass(frozen=True, slots=True)
class Sorted:
    """Segments that are text, and those set apart, each with its role."""

    text: list[Segment]
    apart: list[tuple[Role, Segment]]


def is_page_number(segment: Segment, height: float) -> bool:
    """Return whether a segment, alone on its row, is the number of the page."""
    place = segment.level / height
    return (place < _TOP or place > _BOTTOM) and bool(_PAGE_NUMBER.match(segment.text))


def is_signed_by(text: str) -> bool:
    """Return whether a line is what a viewer prints about an electronic signature."""
    return bool(_SIGNED_BY.search(plain(text)))


def cleaned(segments: Iterable[Segment], size: float) -> Sorted:
    """Return the segments without words that are rules, specks or scribbles; those set apart."""
    kept: list[Segment] = []
    apart: list[tuple[Role, Segment]] = []
    for segment in segments:
        words = _with_dash(segment, size).words
        good = [
            word
            for place, word in enumerate(words)
            if _is_text(word, size, inner=0 < place < len(words) - 1)
        ]
        left, rest = of_words(good), of_words([word for word in words if word not in good])
        if left is not None and not _is_speck(left, size):
            kept.append(left)
        elif left is not None:
            apart.append((Role.NOISE, left))
        if rest is not None:
            apart.append((Role.NOISE, rest))
    return Sorted(kept, apart)


def _with_dash(segment: Segment, size: float) -> Segment:
    """Return the segment with the dash of a list for what small dashes are often read as."""
    first, *rest = segment.words
    box = box_of(first)
    if not rest or first.text not in _DASH_READ_AS or box.width > size:
        return segment
    if box_of(rest[0]).x0 - box.x1 > size or not rest[0].text[0].isalnum():
        return segment
    dash = replace(first, text="-", edit=Edit(first.text, _DASH_SCORE, "list dash"))
    return Segment((dash, *rest))


def _is_text(word: Word, size: float, *, inner: bool) -> bool:
    letters = "".join(char for char in word.text if char.isalnum())
    box = box_of(word)
    if not letters:
        if _DASHES.match(word.text) and word.text not in ("-", "–"):
            # A long dash in a sentence is a dash, elsewhere the rule under a heading.
            return inner and box.width < 1.6 * size
        return bool(_MARKS.match(word.text)) and (inner or box.width < 2 * size)
    if word.confidence is None:
        return True
    if box.height > 3 * size or box.height < 0.3 * size:
        return False  # a stroke of a pen, or a tone mark read apart from its letter
    if word.confidence >= _SCRIBBLE:
        return True
    sound = len(letters) > 2 or letters.isdigit() or is_syllable(letters)
    # `tháng l1 năm`: between words a digit is one, however badly it was read.
    sound = sound or (inner and any(char.isdigit() or char in "lI" for char in letters))
    # Between words a high box is that of two lines that ran together under a stamp.
    return (inner or box.height < 2 * size) and (sound or word.text.endswith(")"))


def _is_speck(segment: Segment, size: float) -> bool:
    """Return whether nothing in a segment is likely to have been printed."""
    if all(word.confidence is None for word in segment.words):
        return False
    letters = [char for char in segment.text if char.isalnum()]
    if _CODE.search(segment.text):
        return False
    if not letters:
        return segment.text.strip("-–+•*") != "" or segment.confidence < _SCRIBBLE
    if segment.box.height > 4 * size:
        return True
    words = ["".join(filter(str.isalnum, word.text)) for word in segment.words]
    sound = sum(len(word) for word in words if is_syllable(word))
    sound += sum(map(str.isdigit, letters))
    return segment.confidence < 0.45 and sound < 0.6 * len(letters)


def without_margin(segments: Sequence[Segment], left: float, right: float, size: float) -> Sorted:
    """Return the segments without what stands in the margins, left of `left` or right of `right`.

    Stamps, punched holes and the edge of the paper are read as letters there. Lines of head and
    foot may reach into the margins, so words are cut off only from lines that fill the column.
    """
    kept: list[Segment] = []
    apart: list[tuple[Role, Segment]] = []
    for segment in segments:
        box = segment.box
        if box.x1 < left - 0.5 * size or box.x0 > right + 0.5 * size:
            junk = segment.confidence < _SOUND or len(segment.text) < 3
            if junk:
                apart.append((Role.NOISE, segment))
            else:
                kept.append(segment)
            continue
        fills = min(box.x1, right) - max(box.x0, left) > 0.6 * (right - left)
        inner = segment.part(left - size, right + size) if fills else segment
        if inner is not None:
            kept.append(inner)
            rest = of_words([word for word in segment.words if word not in inner.words])
            apart += [(Role.NOISE, rest)] if rest else []
    return Sorted(kept, apart)


def head_key(text: str) -> str:
    """Return under which key running heads of different pages meet: digits do not count."""
    return key(re.sub(r"\d+", "", text))
