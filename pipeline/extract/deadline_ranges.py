# SPDX-License-Identifier: Apache-2.0
"""Deadlines that are a stretch of time: from one date to another, from now on, without an end."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.deadline_words import CLOCK, EVERY, TRUST_ON, Found, Match
from pipeline.extract.yearly import LIMIT_BEFORE, REACH, near

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from pipeline.extract.dates import DateSpan
    from pipeline.extract.issued import Issued

    Starts = tuple[re.Pattern[str], Callable[[Match, DateSpan, Issued | None], Found | None]]

_SURE_YEAR = 0.7

_TO = re.compile(
    rf"^\s*,?\s*(?:(?:cho\s+)?den\s+(?:truoc\s+)?(?:het\s+)?(?:cuoi\s+)?{CLOCK}|[-–]\s*)$"
)
_FROM = re.compile(rf"\b(?:(?:bat\s+dau|ke)\s+)?tu\s+(?:dau\s+|cuoi\s+)?{CLOCK}$")
_FROM_DAY = re.compile(r"\btu\s+ngay\s+(?P<d>\d{1,2})\s*(?:den|-|–)\s*(?:het\s+)?$")
_FROM_NOW = re.compile(
    r"\btu\s+(?:nay|khi\s+ban\s+hanh|ngay\s+(?:ky|ban\s+hanh)(?:\s+ban\s+hanh)?"
    r"(?:\s+(?:[a-z]+\s+){1,4}nay)?)\s*,?\s+(?:cho\s+)?den\s+(?:het\s+|cuoi\s+|truoc\s+)?$"
)
_ALWAYS_FROM = re.compile(
    r"\b(?:thuong\s+xuyen|lien\s+tuc|bat\s+dau(?:\s+(?:thuc\s+hien|trien\s+khai|ap\s+dung))?)"
    r"\s+(?:ke\s+)?tu\s+$"
)
_BARE_FROM = re.compile(r"(?:^|[.;:(,])\s*(?:[-+]\s*)?(?P<from>(?:bat\s+dau\s+)?(?:ke\s+)?tu\s+)$")
# "năm 2025 và các năm tiếp theo", "năm 2026 trở đi"
_GOES_ON = re.compile(
    r"^\s*(?:,?\s*(?:va|,)\s*(?:duy\s+tri\s+)?(?:trong\s+)?(?:cac|nhung)\s+(?:nam|quy|thang)\s+"
    r"(?:tiep\s+theo|sau|ke\s+tiep)|tro\s+di|(?:cho\s+)?den\s+khi\b)"
)
# "thời gian hoàn thành: tháng 9/2025"
LABEL = re.compile(
    r"\b(?:thoi\s+(?:gian|han|diem)|tien\s+do|han)(?:\s+(?:thuc\s+hien|hoan\s+thanh|trien\s+khai|"
    r"bao\s+cao|gui|nop|trinh|ban\s+hanh|ket\s+thuc|cuoi\s+cung))*\s*(?::|la)\s*$"
)
# Elsewhere a range may tell what a plan is about: "phương án vận hành từ ngày … đến ngày …".
_SCHEDULE = re.compile(
    r"(?:^|[,;:.(]|\bthoi\s+gian\b[^;.]{0,60}|\b(?:thuc\s+hien|trien\s+khai|trong))\s*$"
)
_TRUST_RANGE = 0.78
_EVERY_YEAR = re.compile(rf"^\s*(?:cua\s+)?{EVERY}\s+nam\b")


def year_of(span: DateSpan, issued: Issued | None) -> float:
    """Return how sure the year of a date is, 0–1; 0 where nothing tells it."""
    if span.year_stated:
        return 1.0
    if issued is None:
        return 0.0
    sure = issued.sure_of(span.last)
    # a month of the far future was rather one of the past: "kết quả trong tháng 3"
    return 0.0 if issued.day and span.unit != "day" and sure < _SURE_YEAR else sure


def read_range(
    plain: str, first: DateSpan, last: DateSpan, issued: Issued | None, *, bare: bool
) -> Found | None:
    """Return "từ ngày 01/7 đến hết ngày 31/12/2025"; the first takes the year of the last."""
    start = _FROM.search(plain, near(first), first.start)
    if not _TO.match(plain[first.end : last.start]) or not (start or bare):
        return None
    opens = start.start() if start else first.start
    ends, begins = last.last, first.first
    again = _EVERY_YEAR.match(plain[last.end : last.end + 40])
    if again is not None and not last.year_stated:
        rule = f"FREQ=YEARLY;BYMONTH={ends.month};BYMONTHDAY={ends.day}"
        return Found(opens, last.end + again.end(), "recurring", rrule=rule, bound="until")
    if first.year_stated and not last.year_stated:
        ends = _in_year(ends, begins.year + ((ends.month, ends.day) < (begins.month, begins.day)))
    elif last.year_stated and not first.year_stated:
        begins = _in_year(begins, ends.year)
        begins = _in_year(begins, ends.year - 1) if begins > ends else begins
    elif not first.year_stated and not year_of(last, issued):
        return None
    if begins > ends:
        return None
    sure = 1.0 if last.year_stated or first.year_stated else year_of(last, issued)
    sure *= 1.0 if bare or _SCHEDULE.search(plain, near(first), opens) else _TRUST_RANGE
    return Found(opens, last.end, "range", first=begins, last=ends, bound="until", trust=sure)


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def goes_on(plain: str, span: DateSpan, *, bare: bool) -> Found | None:
    """Return a range without an end: "năm 2025 và các năm tiếp theo", "từ quý IV/2025"."""
    after = _GOES_ON.match(plain[span.end : span.end + 60])
    limit = LIMIT_BEFORE.search(plain, near(span), span.start)
    if limit is not None and limit["until"]:
        return None
    ahead = _BARE_FROM.search(plain, near(span), span.start)
    label = LABEL.search(plain, near(span), span.start)
    starts = ahead.start("from") if ahead else limit.start() if limit else span.start
    end = span.end + (after.end() if after else 0)
    if (after and (bare or limit or label or ahead)) or (bare and ahead):
        trust = TRUST_ON if bare or label else _TRUST_RANGE
        return Found(starts, end, "range", first=span.first, bound="on", trust=trust)
    return None


def _always_from(match: Match, span: DateSpan, issued: Issued | None) -> Found:
    """Read "thường xuyên từ tháng 6/2024"."""
    return Found(match.start(), span.end, "range", first=span.first, bound="on", trust=TRUST_ON)


def _day_range(match: Match, span: DateSpan, issued: Issued | None) -> Found | None:
    """Read "từ ngày 10 đến ngày 15/5/2025"."""
    if span.unit != "day" or not 1 <= int(match["d"]) <= span.last.day:
        return None
    first = span.last.replace(day=int(match["d"]))
    return Found(match.start(), span.end, "range", first=first, last=span.last, bound="until")


def _range_from_now(match: Match, span: DateSpan, issued: Issued | None) -> Found | None:
    first = issued.day if issued else None
    if first is not None and first > span.last:
        return None
    found = Found(match.start(), span.end, "range", first=first, last=span.last, bound="until")
    ordered = _SCHEDULE.search(match.string, max(0, match.start() - REACH), match.start())
    return found if ordered else replace(found, trust=_TRUST_RANGE)


# A date with the words right before it.
RANGE_STARTS: tuple[Starts, ...] = (
    (_FROM_DAY, _day_range),
    (_FROM_NOW, _range_from_now),
    (_ALWAYS_FROM, _always_from),
)
