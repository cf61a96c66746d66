# SPDX-License-Identifier: Apache-2.0
"""Deadlines in a text: once, recurring, range, relative, open, each with how it binds.

A wrong deadline is worse than none: a date counts only after a word that binds it, and not inside
a citation, a condition, a window of data, a target or a rule of effect (`deadline_traps.py`).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace

from pipeline.extract.dates import YEAR_WORD, DateSpan, find_dates, flat
from pipeline.extract.deadline_forms import EVERY, FORMS, HOUR, LIMIT, Found, bound_of
from pipeline.extract.deadline_traps import is_trap

__all__ = ["Found", "find_deadlines", "read_time_cell"]

# A leap year, so that 29/02 can stand in a rule that returns each year.
_ANY_YEAR = dt.date(2024, 1, 1)

_LIMIT_BEFORE = re.compile(rf"(?:{LIMIT}\s+)(?:(?P<edge>cuoi|dau)\s+)?{HOUR}$")
_AND_BEFORE = re.compile(r"^\s*(?:va|,)\s+$")
_TO = re.compile(r"^\s*,?\s*(?:cho\s+)?den\s+(?:het\s+)?(?:cuoi\s+|sang\s+|chieu\s+)?$")
_FROM = re.compile(r"\b(?:ke\s+)?tu\s+(?:sang\s+|chieu\s+|dau\s+)?$")
_FROM_DAY = re.compile(r"\btu\s+ngay\s+(?P<d>\d{1,2})\s+den\s+(?:het\s+)?$")
_FROM_NOW = re.compile(r"\btu\s+nay\s+(?:cho\s+)?den\s+(?:het\s+|cuoi\s+)?$")
_ALWAYS_FROM = re.compile(r"\b(?:thuong\s+xuyen|lien\s+tuc)\s+(?:ke\s+)?tu\s+$")
_YEARLY_AFTER = re.compile(
    rf"^\s*,?\s*(?:cua\s+)?(?:{EVERY}\s+{YEAR_WORD}|{YEAR_WORD}\s+(?:bao\s+cao|ke\s+hoach|sau|"
    r"ke\s+tiep|tiep\s+theo|truoc|lien\s+ke))(?:\s+lien\s+ke)?(?:\s+nam\s+bao\s+cao)?"
)
# In the words before the date, in its own sentence: "hằng năm, …, trước ngày 10/11".
_YEARLY_BEFORE = re.compile(
    rf"\b(?:{EVERY}\s+{YEAR_WORD}|dinh\s+ky\s+(?:0?6|sau)(?:\s*\([^)]*\))?\s+thang)\b(?=[^.;]{{0,90}}$)"
)
_YEARLY_FOR = re.compile(rf"^\s+doi\s+voi\s+(?:[^.;]{{0,40}})dinh\s+ky\s+(?:{EVERY}\s+nam|0?6\b)")
_PERIODS_OF_DAYS = ("FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=6")
# How many characters before a date may bind it: "hằng năm" and a clause of 90.
_REACH = 160
_DONE = re.compile(r"\s*da\s")
_WHOLE_YEAR = re.compile(r"\bca\s+nam\b(?!\s+hoc)")


def find_deadlines(text: str, issued: dt.date | None) -> list[Found]:
    """Return the deadlines of `text` in order, none inside another.

    A date without a year is resolved against the day of issue and left out without one.
    """
    plain = flat(text)
    found: list[Found] = []
    for candidate in [*_dated(text, plain, issued), *_undated(text, plain)]:
        if any(other.start < candidate.end and candidate.start < other.end for other in found):
            continue
        if not is_trap(plain, candidate) and not _said_by(plain, candidate, found):
            found.append(candidate)
    return sorted(found, key=lambda item: item.start)


def _said_by(plain: str, period: Found, found: list[Found]) -> bool:
    """Return whether a day later in the sentence is that of the period: "hằng năm … 15/12"."""
    return period.rrule in _PERIODS_OF_DAYS and any(
        day.start > period.end
        and (day.rrule or "").startswith("FREQ=YEARLY;BYMONTH")
        and not re.search(r"[.;]", plain[period.end : day.start])
        for day in found
    )


def read_time_cell(text: str, issued: dt.date | None) -> list[Found]:
    """Return the deadlines of a table's time column, or of the words after "Thời gian:".

    There a date needs no word that binds it: "Quý II/2026", "Cả năm", "Hằng năm", "Tháng 4".
    """
    plain = flat(text)
    if _DONE.match(plain):
        return []
    return (
        find_deadlines(text, issued)
        or _bare_dates(text, plain, issued)
        or _bare_periods(text, plain, issued)
    )


def _bare_dates(text: str, plain: str, issued: dt.date | None) -> list[Found]:
    """Return what dates alone come to: "Quý II/2026", "Tháng 6/2025 - tháng 9/2025"."""
    dates = find_dates(text, issued)
    if len(dates) == 2 and re.fullmatch(
        r"\s*(?:[-–]|den(?:\s+het)?)\s*", plain[dates[0].end : dates[1].start]
    ):
        start, end = dates[0].start, dates[1].end
        return [Found(start, end, "range", first=dates[0].first, last=dates[1].last, bound="until")]
    if dates and len({span.unit for span in dates}) == 1:
        return [_once(span, span.start, "within" if span.unit != "day" else "on") for span in dates]
    return []


def _bare_periods(text: str, plain: str, issued: dt.date | None) -> list[Found]:
    """Return what "Cả năm", "Hằng quý" come to."""
    year = _WHOLE_YEAR.search(plain)
    if year is not None and issued is not None:
        first, last = dt.date(issued.year, 1, 1), dt.date(issued.year, 12, 31)
        return [Found(*year.span(), "range", first=first, last=last, bound="within")]
    every = re.search(rf"\b{EVERY}\s+(?P<period>nam|quy|thang|tuan|ngay)\b", plain)
    if every is not None:
        periodic = find_deadlines("định kỳ " + text[every.start() : every.end()], issued)
        return [replace(item, start=every.start(), end=every.end()) for item in periodic]
    return []


def _dated(text: str, plain: str, issued: dt.date | None) -> list[Found]:
    """Return what the dates of the text come to, ranges first."""
    spans = find_dates(text, issued or _ANY_YEAR)
    found: list[Found] = []
    used: set[int] = set()
    for number, span in enumerate(spans[:-1]):
        pair = _range(plain, span, spans[number + 1])
        if pair is not None and number not in used:
            found.append(pair)
            used |= {number, number + 1}
    previous: Found | None = None
    for number, span in enumerate(spans):
        if number in used:
            continue
        item = _single(plain, span, previous, issued)
        if item is not None:
            found.append(item)
        previous = item
    return found


def _range(plain: str, first: DateSpan, last: DateSpan) -> Found | None:
    """Return "từ ngày 01/7 đến hết ngày 31/12/2025"; the first takes the year of the last."""
    start = _FROM.search(plain, _near(first), first.start)
    if start is None or not _TO.match(plain[first.end : last.start]):
        return None
    begin = first.first
    if not first.year_stated:
        begin = _in_year(begin, last.last.year)
    if begin > last.last:
        return None
    return Found(start.start(), last.end, "range", first=begin, last=last.last, bound="until")


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _single(
    plain: str, span: DateSpan, previous: Found | None, issued: dt.date | None
) -> Found | None:
    """Return what one date comes to, by the words before and after it; None if nothing binds it."""
    yearly = _yearly(plain, span)
    if yearly is not None:
        return yearly
    if issued is None and not span.year_stated:
        return None
    for pattern, read in _STARTS:
        match = pattern.search(plain, _near(span), span.start)
        if match is not None:
            return read(match, span, issued)
    # "trước ngày 20/5/2021 và 20/11/2021": the word binds both.
    joined = previous is not None and _AND_BEFORE.match(plain[previous.end : span.start])
    if previous is not None and joined and previous.kind == "once" and span.unit == "day":
        return _once(span, span.start, previous.bound or "on")
    return None


def _yearly(plain: str, span: DateSpan) -> Found | None:
    """Return "trước ngày 10/11 hằng năm" and its kin, None if the date stands for one year."""
    if span.unit == "year" or span.year_stated:
        return None
    limit = _LIMIT_BEFORE.search(plain, _near(span), span.start)
    after = _YEARLY_AFTER.match(plain[span.end :])
    if span.unit != "day" and (after is None or limit is None):
        return None
    ahead = _YEARLY_BEFORE.search(plain, _near(span), limit.start() if limit else span.start)
    report = _YEARLY_FOR.match(plain[span.end :])
    if after is None and report is None and (ahead is None or limit is None):
        return None
    start = limit.start() if limit else span.start
    if after is None and ahead is not None and start - ahead.end() <= 2:
        start = ahead.start()
    return Found(
        start,
        span.end + (after.end() if after else 0),
        "recurring",
        rrule=f"FREQ=YEARLY;BYMONTH={span.last.month};BYMONTHDAY={span.last.day}",
        bound=bound_of(limit) if limit else "on",
    )


def _near(span: DateSpan) -> int:
    """Return where the words begin that may bind a date."""
    return max(0, span.start - _REACH)


def _limited(match: re.Match[str], span: DateSpan, issued: dt.date | None) -> Found:
    """Read a date after "trước", "chậm nhất", "trong"; "đầu quý" ends with its first month."""
    item = _once(span, match.start(), bound_of(match))
    if match["edge"] == "dau" and span.unit != "day":
        day = span.first.replace(day=calendar.monthrange(span.first.year, span.first.month)[1])
        return replace(item, date=day)
    return item


def _always_from(match: re.Match[str], span: DateSpan, issued: dt.date | None) -> Found:
    """Read "thường xuyên từ tháng 6/2024"."""
    return Found(match.start(), span.end, "range", first=span.first, bound="on")


def _day_range(match: re.Match[str], span: DateSpan, issued: dt.date | None) -> Found | None:
    """Read "từ ngày 10 đến ngày 15/5/2025"."""
    if span.unit != "day" or not 1 <= int(match["d"]) <= span.last.day:
        return None
    first = span.last.replace(day=int(match["d"]))
    return Found(match.start(), span.end, "range", first=first, last=span.last, bound="until")


def _range_from_now(match: re.Match[str], span: DateSpan, issued: dt.date | None) -> Found | None:
    if issued is not None and issued > span.last:
        return None
    return Found(match.start(), span.end, "range", first=issued, last=span.last, bound="until")


_STARTS = (
    (_FROM_DAY, _day_range),
    (_FROM_NOW, _range_from_now),
    (_ALWAYS_FROM, _always_from),
    (_LIMIT_BEFORE, _limited),
)


def _once(span: DateSpan, start: int, bound: str) -> Found:
    """Return a single date: a window counts by its last day, "trước tháng 7" by its first."""
    day = span.first if bound == "before" else span.last
    first = span.first if bound == "within" and span.unit != "day" else None
    kinds = {"before": "before", "by": "by", "within": "within", "until": "until"}
    return Found(start, span.end, "once", date=day, first=first, bound=kinds.get(bound, "on"))  # type: ignore[arg-type]


def _undated(text: str, plain: str) -> list[Found]:
    found = []
    for pattern, read in FORMS:
        for match in pattern.finditer(plain):
            item = read(match)
            if item is None:
                continue
            if "tail" in match.re.groupindex:
                item = replace(item, start=match.start("tail"), end=match.end("tail"))
            if item.anchor is not None:
                item = replace(item, anchor=text[match.start("anchor") : match.end("anchor")])
            found.append(item)
    return found
