# SPDX-License-Identifier: Apache-2.0
"""Dates that return each year: "trước ngày 10/11 hằng năm", "hằng năm, …, trước ngày 15/12"."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.dates import YEAR_WORD, DateSpan
from pipeline.extract.deadline_words import (
    EVERY,
    HOUR,
    LIMIT,
    TRUST_NO_LIMIT,
    Found,
    Match,
    bound_of,
    in_months,
)

LIMIT_BEFORE = re.compile(rf"(?:{LIMIT}\s+)(?:(?P<edge>cuoi|dau|giua)\s+)?{HOUR}$")
# How many characters before a date may bind it: "hằng năm" and a clause of 90.
REACH = 160

_AFTER = re.compile(
    rf"^\s*,?\s*(?:cua\s+)?(?:{EVERY}\s+{YEAR_WORD}|{YEAR_WORD}\s+(?:bao\s+cao|ke\s+hoach|sau|"
    r"ke\s+tiep|tiep\s+theo|truoc|lien\s+ke|lien\s+sau|hien\s+hanh|xet\s+tang|danh\s+gia)(?!\s+[a-z]*\s*\d))"
    r"(?:\s+lien\s+ke)?(?:\s+(?:voi\s+)?nam\s+(?:bao\s+cao|ke\s+hoach|danh\s+gia))?"
)
# "từ ngày 15 tháng 12 năm trước": what a report covers
_LAST_YEAR = re.compile(rf"{YEAR_WORD}\s+truoc\b")
_OFTEN = (
    rf"(?:{EVERY}\s+{YEAR_WORD}|dinh\s+ky\s+(?:0?6|sau)(?:\s*\([^)]*\))?\s+thang|"
    rf"dinh\s+ky(?!\s+(?:\d|(?:mot|hai|ba)\b|{EVERY}\s+(?:quy|thang|tuan|ngay))))"
)
# In the words before the date, in its own sentence: "hằng năm, …, trước ngày 10/11".
_AHEAD = re.compile(rf"\b{_OFTEN}\b(?=[^.;]{{0,90}}$)")
_FOR = re.compile(
    rf"^\s+(?:doi\s+voi|cho)\s+[^.;,]{{0,40}}?\b(?:dinh\s+ky\s+(?:{EVERY}\s+nam|0?6\b)|{EVERY}\s+nam)"
)
_OPENS = re.compile(r"(?:^|[.;:])\W*$")
_AND = re.compile(r"\s*(?:,|va|,\s*va)\s*(?:tr[uw]\S{0,2}c\s+|vao\s+)?(?:ngay\s+)?")
_NEAR = re.compile(r"[^.;:]{1,70}")
_RULE = re.compile(r"FREQ=YEARLY;BYMONTH=([\d,]+);BYMONTHDAY=(-?\d+)")

Dated = tuple[DateSpan, "Found | None"]


def near(span: DateSpan) -> int:
    """Return where the words begin that may bind a date."""
    return max(0, span.start - REACH)


def read_yearly(plain: str, span: DateSpan, *, bare: bool = False) -> Found | None:
    """Return what a date of each year comes to, None if it stands for one year.

    With `bare`, in a time column, a month or quarter needs no word that binds it.
    """
    if span.unit == "year" or span.year_stated or span.many:
        return None
    limit = LIMIT_BEFORE.search(plain, near(span), span.start)
    after = _AFTER.match(plain[span.end : span.end + REACH])
    opens = bare or _OPENS.search(plain, near(span), span.start) is not None
    ahead = _AHEAD.search(plain, near(span), limit.start() if limit else span.start)
    # "hằng năm, vào quý IV"
    beside = ahead is not None and limit is not None and limit.start() - ahead.end() <= 2
    if span.unit != "day" and not beside and (after is None or (limit is None and not opens)):
        return None
    report = _FOR.match(plain[span.end : span.end + REACH])
    if after is None and report is None and (ahead is None or limit is None):
        return None
    if after is not None and _LAST_YEAR.search(after.group()) and not (limit and limit["before"]):
        return None
    start = limit.start() if limit else span.start
    if after is None and ahead is not None and start - ahead.end() <= 2:
        start = ahead.start()
    return _found(span, limit, start, span.end + (after.end() if after else 0))


def _found(span: DateSpan, limit: Match | None, start: int, end: int) -> Found:
    bound = bound_of(limit) if limit else ("on" if span.unit == "day" else "within")
    return Found(
        start,
        end,
        "recurring",
        rrule=_rule([span.last.month], _day(span)),
        bound=bound,
        trust=1.0 if limit else TRUST_NO_LIMIT,
    )


def _rule(months: list[int], day: int) -> str:
    return f"FREQ=YEARLY;{in_months(months)};BYMONTHDAY={day}"


def _day(span: DateSpan) -> int:
    """Return the day of the month; the end of February is that of each year."""
    return -1 if span.unit != "day" and span.last.month == 2 else span.last.day


def spread(plain: str, dated: list[Dated]) -> list[Dated]:
    """Return the dates with "hằng năm" said of the earlier ones of a list, too, and lists joined.

    "Trước ngày 20/6 và ngày 20/12 hằng năm" is one rule; "6 tháng trước ngày 20/6, năm trước ngày
    15/12 hằng năm" is two.
    """
    result = list(dated)
    for number in range(len(result) - 2, -1, -1):
        span, item = result[number]
        later_span, later = next(
            (pair for pair in result[number + 1 :] if pair[1] is not None), (span, None)
        )
        if later is None or later.kind != "recurring" or span.year_stated or span.many:
            continue
        if span.unit == "year" or (item is not None and item.kind != "once"):
            continue
        gap = plain[span.end : later.start]
        joined = joins(plain, span, later_span)
        if joined or (item is not None and item.bound != "on" and _NEAR.fullmatch(gap)):
            result[number] = (span, _yearly_too(plain, span, item, later))
    return _joined(plain, result)


def joins(plain: str, one: DateSpan, other: DateSpan) -> bool:
    """Return whether two days, or two windows, stand together: "quý II và quý IV"."""
    alike = (one.unit == "day") == (other.unit == "day")
    return alike and _AND.fullmatch(plain[one.end : other.start]) is not None


def _yearly_too(plain: str, span: DateSpan, item: Found | None, later: Found) -> Found:
    limit = LIMIT_BEFORE.search(plain, near(span), span.start)
    found = _found(span, limit, limit.start() if limit else span.start, span.end)
    return found if limit or item else replace(found, bound=later.bound)


def _joined(plain: str, dated: list[Dated]) -> list[Dated]:
    """Return the list with rules of the same day, joined by "và", made one."""
    result: list[Dated] = []
    for span, item in dated:
        before, previous = result[-1] if result else (None, None)
        if before is not None and previous is not None and item is not None:
            linked = joins(plain, before, span)
            rule = _common(previous, item, windows="day" not in (before.unit, span.unit))
            if linked and rule:
                result[-1] = (span, replace(previous, end=item.end, rrule=rule))
                continue
        result.append((span, item))
    return result


def _common(one: Found, other: Found, *, windows: bool) -> str | None:
    """Return the rule of two yearly dates with the same day, or of two windows; else None."""
    first, second = _RULE.fullmatch(one.rrule or ""), _RULE.fullmatch(other.rrule or "")
    if first is None or second is None:
        return None
    months = [int(month) for month in f"{first[1]},{second[1]}".split(",")]
    if windows:
        return _rule(months, -1)
    return _rule(months, int(first[2])) if first[2] == second[2] else None
