# SPDX-License-Identifier: Apache-2.0
"""The arrival stamp's own number and date (dấu ĐẾN, NĐ 30/2020, Phụ lục IV).

They are the receiving office's, never those of the document: "Số: 1234", "Ngày: 05/3/2024".
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.parts import lines_of
from pipeline.extract.values import Find
from pipeline.model import Role
from pipeline.record import Arrival

if TYPE_CHECKING:
    from pipeline.extract.issued import Issued
    from pipeline.model import Document
    from pipeline.passage import Passage
    from pipeline.settings import Settings

# What stands between label and value: colon, leader dots, rulings.
_FILL = r"[\s.:;,…_|\-]*"
_NUMBER = re.compile(rf"\bso(?:\s+(?:den|vb|cv))?\b{_FILL}(?P<number>\d{{1,6}})(?![\d/.]*\d)(?!/)")
_DATE = re.compile(
    rf"\bngay(?:\s+den)?\b{_FILL}(?P<d>\d{{1,2}}){_FILL}(?:/|\.|-|thang){_FILL}(?P<m>\d{{1,2}})"
    rf"{_FILL}(?:/|\.|-|nam){_FILL}(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
)
# A document arrives within a year: what is said of another day was misread.
_LATEST = 366
# Filled in by hand and worn: of what the rules find so much is right.
_PRIOR = 0.9
# A day that only fits because the likeliest does not.
_OTHER = 0.5


def extract_arrival(
    document: Document, issued: Issued | None, settings: Settings
) -> Arrival | None:
    """Return what the arrival stamp on the first page says, None if there is no such stamp.

    Args:
        document: with the stamp in a block of its own.
        issued: when the document was issued: it arrives no earlier.
        settings: of the run.
    """
    if not document.pages:
        return None
    stamp = lines_of(document.pages[0], Role.ARRIVAL)
    if not stamp.text:
        return None
    letters = flat(stamp.text)
    number, date = _NUMBER.search(letters), _DATE.search(letters)
    day = _day(date) if date else None
    other = None
    if date and day and not _may_arrive(day, issued):
        other = _other_day(stamp, date.span(), issued)
    doubtful = not number or day is None or not _may_arrive(day, issued)
    spans = [found.span() for found in (number, date if day else None) if found]
    facts = [
        Find(stamp, *span, "arrival.stamp", _PRIOR, doubtful).facts(settings)
        for span in spans or [(0, len(stamp.text))]
    ]
    sure = min((_confidence(stamp, *span) for span in spans), default=0.0)
    sure = min(sure, *(fact["confidence"] for fact in facts), _OTHER if other else 1.0)
    shown = other or day
    return Arrival(
        number=number["number"] if number else None,
        date=shown.isoformat() if shown else None,
        raw=" ".join(fact["raw"] for fact in facts),
        confidence=round(sure, 3),
        needs_review=any(fact["needs_review"] for fact in facts),
        evidence=[evidence for fact in facts for evidence in fact["evidence"]],
    )


def _other_day(stamp: Passage, span: tuple[int, int], issued: Issued | None) -> dt.date | None:
    """Return the day that the reader of digits thinks next likely, if one alone may be right."""
    found = [
        day
        for piece in stamp.within(*span)
        if piece.word.edit is not None
        for text in piece.word.edit.alternatives
        if (date := _DATE.search(f"ngay {text}")) and (day := _day(date))
    ]
    fitting = {day for day in found if _may_arrive(day, issued)}
    return fitting.pop() if len(fitting) == 1 else None


def _confidence(stamp: Passage, start: int, end: int) -> float:
    """Return how sure the worst word with a digit in it is, of a value."""
    pieces = [piece for piece in stamp.within(start, end) if any(map(str.isdigit, piece.word.text))]
    return min((stamp.confidence(piece.start, piece.end) for piece in pieces), default=0.0)


def _day(found: re.Match[str]) -> dt.date | None:
    """Return the day that was found, None if there is no such day."""
    year = int(found["y"])
    try:
        return dt.date(year + 2000 if year < 100 else year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _may_arrive(day: dt.date, issued: Issued | None) -> bool:
    return issued is None or 0 <= (day - issued.first).days <= _LATEST
