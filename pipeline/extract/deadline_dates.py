# SPDX-License-Identifier: Apache-2.0
"""What the dates of a text come to as deadlines; ranges are read in `deadline_ranges.py`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.dates import DateSpan, find_dates
from pipeline.extract.deadline_ranges import (
    LABEL,
    RANGE_STARTS,
    goes_on,
    read_range,
    year_of,
)
from pipeline.extract.deadline_words import (
    TRUST_BARE,
    TRUST_ON,
    Bound,
    Found,
    Match,
    bound_of,
    time_of,
)
from pipeline.extract.yearly import LIMIT_BEFORE, Dated, joins, near, read_yearly, spread

if TYPE_CHECKING:
    from pipeline.extract.deadline_ranges import Starts
    from pipeline.extract.issued import Issued

# A leap year, so that 29/02 can stand in a rule that returns each year.
_ANY_YEAR = dt.date(2024, 1, 1)

_AND_BEFORE = re.compile(r"^\s*(?:va|,)\s+$")
# A day before the issue is a condition, or misread.
_TRUST_PAST = 0.5
_EDGE = re.compile(r"(?:^|[^a-z])(?P<edge>cuoi|dau|giua)\s+$")
_WEEK_OF = re.compile(
    r"\btuan\s+(?:thu\s+)?(?P<week>[1-4]|mot|hai|ba|tu|dau|cuoi)(?:\s+(?:tien|cung))?\s+"
    r"(?:cua\s+)?$"
)
_BRACKET = re.compile(r"\(\s*$")
_BRACKET_END = re.compile(r"^\s*\)")


def find_dated(text: str, plain: str, issued: Issued | None, *, bare: bool = False) -> list[Found]:
    """Return what the dates of `text` come to, ranges first.

    `bare` is for time columns, where a date needs no word that binds it.
    """
    start = issued.first if issued else _ANY_YEAR
    spans = find_dates(text, start)
    found: list[Found] = []
    used: set[int] = set()
    for number, span in enumerate(spans[:-1]):
        pair = read_range(plain, span, spans[number + 1], issued, bare=bare)
        if pair is not None and number not in used:
            found.append(pair)
            used |= {number, number + 1}
    dated: list[Dated] = []
    previous: Found | None = None
    for number, span in enumerate(spans):
        if number in used:
            previous = None
            continue
        listed = number > 0 and joins(plain, spans[number - 1], span)
        previous = read_yearly(plain, span, bare=bare or listed) or _single(
            plain, span, previous, issued, bare=bare
        )
        dated.append((span, previous))
    return found + [item for _, item in spread(plain, dated) if item is not None]


def _single(
    plain: str, span: DateSpan, previous: Found | None, issued: Issued | None, *, bare: bool
) -> Found | None:
    """Return what one date comes to, by the words before and after it; None if nothing binds it."""
    sure = year_of(span, issued)
    if not sure:
        return None
    item = goes_on(plain, span, bare=bare) or _bound(plain, span, issued)
    if item is None and previous is not None:
        item = _also(plain, span, previous)
    if item is None and bare:
        item = _alone(plain, span)
    if issued and span.last < issued.first:
        sure *= _TRUST_PAST
    return replace(item, trust=round(item.trust * sure, 3)) if item else None


def _bound(plain: str, span: DateSpan, issued: Issued | None) -> Found | None:
    """Return a date that the words right before it bind."""
    for pattern, read in _STARTS:
        match = pattern.search(plain, near(span), span.start)
        if match is not None:
            return read(match, span, issued)
    if span.unit in ("day", "year") or not span.year_stated:
        return None
    brackets = _BRACKET.search(plain, near(span), span.start)
    if brackets and _BRACKET_END.match(plain[span.end : span.end + 9]):
        return once(span, span.start, "within", TRUST_BARE)
    return None


def _also(plain: str, span: DateSpan, previous: Found) -> Found | None:
    """Return the second date of "trước ngày 20/5/2021 và 20/11/2021": the word binds both."""
    if previous.kind != "once" or not _AND_BEFORE.match(plain[previous.end : span.start]):
        return None
    windows = previous.bound == "within" and span.unit != "day"
    if span.unit != "day" and not windows:
        return None
    return once(span, span.start, previous.bound or "on", previous.trust)


def _limited(match: Match, span: DateSpan, issued: Issued | None) -> Found:
    """Read a date after "trước", "chậm nhất", "trong"; "đầu quý" ends with its first month."""
    done = match["done"] and span.unit != "day"
    bound: Bound = "within" if done else bound_of(match)
    item = once(span, match.start(), bound, TRUST_ON if match["on"] or match["done"] else 1.0)
    if span.unit == "day":
        return replace(item, time=time_of(match))
    return _at_edge(item, span, match["edge"])


def _alone(plain: str, span: DateSpan) -> Found:
    """Return what a date comes to that stands alone in a time column: "Đầu quý III/2025"."""
    if span.many:
        first, last = span.first, span.last
        return Found(span.start, span.end, "range", first=first, last=last, bound="until")
    edge = _EDGE.search(plain, near(span), span.start)
    bound: Bound = "on" if span.unit == "day" or edge else "within"
    item = once(span, edge.start("edge") if edge else span.start, bound, TRUST_ON)
    return _at_edge(item, span, edge["edge"]) if edge else item


def _at_edge(item: Found, span: DateSpan, edge: str | None) -> Found:
    """Return a window's beginning or middle: "đầu quý" ends with the first month of the quarter."""
    if edge == "dau":
        return replace(item, date=_month_end(span.first), trust=TRUST_BARE)
    if edge == "giua":
        middle = span.first + (span.last - span.first) / 2
        day = middle if span.unit == "month" else _month_end(middle)
        return replace(item, date=day, trust=TRUST_BARE)
    return item


def _week(match: Match, span: DateSpan, issued: Issued | None) -> Found | None:
    """Read "tuần 2 tháng 9/2025", "tuần cuối tháng 9/2025"."""
    if span.unit != "month" or span.many:
        return None
    numbers = {"dau": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4}
    week = match["week"]
    number = 5 if week == "cuoi" else numbers.get(week) or int(week)
    last = min(span.first + dt.timedelta(days=7 * number - 1), span.last)
    found = once(span, match.start(), "within", TRUST_BARE)
    return replace(found, date=last, first=last - dt.timedelta(days=6))


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _labelled(match: Match, span: DateSpan, issued: Issued | None) -> Found:
    """Read "thời gian hoàn thành: tháng 9/2025"."""
    return _alone(match.string, span)


_STARTS: tuple[Starts, ...] = (
    (_WEEK_OF, _week),
    *RANGE_STARTS,
    (LIMIT_BEFORE, _limited),
    (LABEL, _labelled),
)


def once(span: DateSpan, start: int, bound: Bound, trust: float) -> Found:
    """Return a single date: a window counts by its last day, "trước tháng 7" by its first."""
    day = span.first if bound == "before" else span.last
    first = span.first if bound == "within" and span.unit != "day" else None
    return Found(start, span.end, "once", date=day, first=first, bound=bound, trust=trust)
