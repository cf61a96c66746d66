# SPDX-License-Identifier: Apache-2.0
"""Exceptions from a rule: "trước ngày 20 của tháng đầu quý, riêng quý IV trước ngày 05/01 năm sau".

The exception is a deadline of its own; its month is taken out of the rule before it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.deadline_words import DAY_ONLY, LIMIT, Found, Match, bound_of, in_months

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_EXCEPT = re.compile(
    r"\b(?:rieng|tru|ngoai\s+tru)\b[^.;]{0,60}?\b(?:qu[yi]\s+(?P<q>iv|i{1,3}|[1-4])|"
    r"thang\s+(?P<m>1[0-2]|0?[1-9]))\b"
)
_DAY = re.compile(rf"[^.;]{{0,60}}?(?P<at>{LIMIT}\s+{DAY_ONLY})")
_QUARTERLY = re.compile(r"FREQ=YEARLY;BYMONTH=(?P<months>[\d,]{5,});BYMONTHDAY=(?P<day>-?\d+)")
_MONTHLY = re.compile(r"FREQ=MONTHLY;BYMONTHDAY=(?P<day>-?\d+)")
# The exception stands in the sentence of its rule, or right after it.
_REACH = 220


def apply_exceptions(plain: str, found: list[Found]) -> list[Found]:
    """Return the deadlines in order, with exceptions as rules of their own."""
    result = sorted(found, key=lambda item: item.start)
    for match in _EXCEPT.finditer(plain):
        number = _rule_before(result, match.start())
        if number is None:
            continue
        month = _month(match, result[number].rrule or "")
        own = _own(plain, match, result, month)
        without = _without(result[number].rrule or "", month)
        if own is None or without is None:
            continue
        result[number] = replace(result[number], rrule=without)
        result = [item for item in result if item.end <= own.start or item.start >= own.end]
        result = sorted([*result, own], key=lambda item: item.start)
    return result


def _rule_before(found: list[Found], at: int) -> int | None:
    """Return which deadline returns by month or quarter and stands before the exception."""
    numbers = [
        number
        for number, item in enumerate(found)
        if item.end <= at < item.end + _REACH
        and (_QUARTERLY.fullmatch(item.rrule or "") or _MONTHLY.fullmatch(item.rrule or ""))
    ]
    return numbers[-1] if numbers else None


def _month(match: Match, rule: str) -> int:
    """Return the month in which the rule would fall due for the quarter or month excepted."""
    if match["m"]:
        return int(match["m"])
    quarter = _QUARTERS[match["q"]]
    quarterly = _QUARTERLY.fullmatch(rule)
    last = quarterly is not None and "12" in quarterly["months"].split(",")
    return quarter * 3 if last else quarter * 3 % 12 + 1


def _own(plain: str, match: Match, found: list[Found], month: int) -> Found | None:
    """Return the deadline of the exception: one already found in its words, or a day alone."""
    for item in found:
        if match.start() <= item.start and item.start - match.end() <= 60:
            if item.kind == "recurring" and (item.rrule or "").startswith("FREQ=YEARLY;BYMONTH"):
                return item
            if item.kind == "once" and item.date is not None and item.first is None:
                rule = f"FREQ=YEARLY;BYMONTH={item.date.month};BYMONTHDAY={item.date.day}"
                return replace(item, kind="recurring", rrule=rule, date=None)
    day = _DAY.match(plain, match.end()) if match["m"] else None
    if day is None or not 1 <= int(day["d"]) <= 31:
        return None
    rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={int(day['d'])}"
    return Found(day.start("at"), day.end(), "recurring", rrule=rule, bound=bound_of(day))


def _without(rule: str, month: int) -> str | None:
    """Return a rule without one of its months, None if it has it not or would have none left."""
    quarterly = _QUARTERLY.fullmatch(rule)
    if quarterly is not None:
        months = [int(part) for part in quarterly["months"].split(",")]
        left = [other for other in months if other != month]
        if len(left) == len(months):
            return None
        return f"FREQ=YEARLY;{in_months(left)};BYMONTHDAY={quarterly['day']}"
    monthly = _MONTHLY.fullmatch(rule)
    if monthly is None:
        return None
    left = [other for other in range(1, 13) if other != month]
    return f"FREQ=MONTHLY;{in_months(left)};BYMONTHDAY={monthly['day']}"
