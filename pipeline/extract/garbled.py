# SPDX-License-Identifier: Apache-2.0
"""Units at the headings of a text that lost its marks.

Verbs cannot be told there, so sentences give no units; but a heading is nothing but their names:
"2. Phong Vin hoa - Thong tin; Trung tim Vin hoa, Thong tin va Thé thao huyén".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.dictionary import rows
from pipeline.extract.nlp import load, skeleton
from pipeline.extract.orders import Orders
from pipeline.extract.unit_marks import head_at, mark
from pipeline.extract.units import Mention

if TYPE_CHECKING:
    from pipeline.extract.unit_marks import Marks

# "Pé nghi" for "Đề nghị": one wrong letter in seven.
_ALIKE = 80.0
_LINKS = frozenset((",", ";", "va", "cung"))


def read_heading(text: str) -> Orders:
    """Return the units that a garbled heading names, none if it begins with no unit's head."""
    doc = load(garbled=True)(text)
    marks = mark(doc, garbled=True)
    start, assigned = _after_order(marks)
    starts: list[int] = []
    for i in range(start, len(doc)):
        fresh = i == start or doc[i - 1].norm_ in _LINKS
        if fresh and _is_head(marks, i):
            starts.append(i)
    if not starts or starts[0] != start:
        return Orders()
    units = [
        _piece(marks, first, after)
        for first, after in zip(starts, [*starts[1:], len(doc)], strict=True)
    ]
    return Orders(agents=tuple(units), assigned=assigned, bare=True)


def _is_head(marks: Marks, i: int) -> bool:
    """Return whether a unit begins at token `i`; one that a comma precedes needs a sure head."""
    head = head_at(marks, i)
    capital = marks.doc[i].text[0].isupper()
    return head is not None and head[1] != "weak" and (capital or head[1] == "group")


def _piece(marks: Marks, first: int, after: int) -> Mention:
    while after > first + 1 and not marks.doc[after - 1].text[0].isalnum():
        after -= 1
    while after > first + 1 and marks.doc[after - 1].norm_ in _LINKS:
        after -= 1
    span = marks.doc[first:after]
    return Mention(span.start_char, span.end_char, " ".join(span.text.split()), "heading")


def _after_order(marks: Marks) -> tuple[int, bool]:
    """Return the token after "Đề nghị", "Giao" at the start, and whether one stands there."""
    doc = marks.doc
    for length, phrase in _orders():
        words = skeleton(doc[:length].text)
        if len(doc) > length and fuzz.ratio(words, phrase) >= _ALIKE:
            return length, True
    return 0, False


@cache
def _orders() -> tuple[tuple[int, str], ...]:
    """Return the ordering phrases by their length in words, the longest first."""
    phrases = [
        skeleton(row["phrase"]) for row in rows("assignment_words") if row["role"] == "assign"
    ]
    return tuple(sorted(((len(phrase.split()), phrase) for phrase in phrases), reverse=True))
