# SPDX-License-Identifier: Apache-2.0
"""Ends of periods that are counted from a day: in days, in working days, in months.

The first day is not counted (Bộ luật Dân sự 2015, Điều 147). Working days leave out Saturdays,
Sundays, public holidays with Tết Nguyên đán and Giỗ Tổ Hùng Vương, and their days in lieu; a
Saturday that is worked in exchange counts (Bộ luật Lao động 2019, Điều 111–112). What the
Government has not yet announced for a coming year is not in it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_OFFSET = re.compile(r"P(\d+)([DWMY])")
# Longer periods in working days are not found in directives, and not worth the walk.
_MOST_WORKING_DAYS = 500


@cache
def _calendar() -> HolidayBase:
    # imported here: it takes a third of a second, and few documents need it
    from holidays import country_holidays  # noqa: PLC0415

    return country_holidays("VN")


def is_working_day(day: dt.date) -> bool:
    """Return whether offices in Viet Nam work on a day."""
    return bool(_calendar().is_working_day(day))


def add_working_days(day: dt.date, count: int) -> dt.date | None:
    """Return the `count`-th working day after `day`, None if that is too far away to tell."""
    if not 0 < count <= _MOST_WORKING_DAYS:
        return None
    while count:
        if day == dt.date.max:
            return None
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def end_of_period(day: dt.date, offset: str, *, workdays: bool) -> dt.date | None:
    """Return the last day of a period (ISO 8601: "P15D", "P2M") that is counted from `day`.

    A last day that is a day off is returned as it is: the earlier day is the safe one. None for
    hours, for what lies before the day, and for what no calendar holds.
    """
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    if workdays:
        return add_working_days(day, count) if unit == "D" else None
    try:
        if unit in "DW":
            return day + dt.timedelta(days=count * (7 if unit == "W" else 1))
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1)
        year, month = months // 12, months % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None
