# SPDX-License-Identifier: Apache-2.0
"""Dates in running text: days, months, quarters, half-years, years, with the days they span.

The patterns work on `flat` text (no marks, lower case, same length), so that they also meet what
an engine without Vietnamese read ("trudc ngay 10/11"); offsets are those of the text itself.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.vietnamese import strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

Unit = Literal["day", "month", "quarter", "half", "year"]

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# "ngày 15 (mười lăm) tháng 6": the number said again in words.
_WORDS = r"(?:\s*\([^)\d]{2,24}\))?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_SEPARATOR = r"\s*[/.\-–]\s*"
# "thing", "ném" and the like: what is left of tháng, năm where the marks were not understood.
MONTH_WORD = r"th[aei]ng"
YEAR_WORD = r"n[aei]m"

# "ngày 15 tháng 6 năm 2025", "15/6/2025", "ngày 15/6", "ngày 15 tháng 6"; never a part of a longer
# number or of a document's number ("12/5/QĐ").
DAY = (
    rf"(?:ngay\s+)?(?<![\d/.,\-])(?P<d>\d{{1,2}}){_WORDS}"
    rf"(?:{_SEPARATOR}|\s*,?\s*{MONTH_WORD}\s+)(?P<m>\d{{1,2}}){_WORDS}"
    rf"(?:(?:{_SEPARATOR}|\s*,?\s*{YEAR_WORD}\s+){_YEAR})?(?![\d%]|[/.,\-]\d|[/\-][a-z])"
)
MONTH = (
    rf"{MONTH_WORD}\s+(?P<m>\d{{1,2}}){_WORDS}"
    rf"(?:(?:{_SEPARATOR}|\s*,?\s*{YEAR_WORD}\s+){_YEAR})?(?![\d%]|[/.,\-]\d)"
)
QUARTER = (
    r"qu[yi]\s+(?P<q>iv|i{1,3}|[1-4])\b"
    rf"(?:(?:{_SEPARATOR}|\s*,?\s*{YEAR_WORD}\s+|\s+){_YEAR})?(?![\d%])"
)
HALF = (
    rf"(?:0?6|sau)\s*(?:\([^)]*\)\s*)?{MONTH_WORD}\s+(?P<h>dau|cuoi)\s+{YEAR_WORD}(?:\s+{_YEAR})?"
)
YEAR = rf"{YEAR_WORD}\s+{_YEAR}(?![\d%]|\s*[-–]\s*\d)"

_KINDS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("day", re.compile(DAY)),
    ("half", re.compile(HALF)),
    ("quarter", re.compile(QUARTER)),
    ("month", re.compile(MONTH)),
    ("year", re.compile(YEAR)),
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression: `text[start:end]` means the days from `first` to `last`, both included.

    Attributes:
        unit: how exact it is.
        year_stated: False where the year was taken from the day of issue.
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    unit: Unit
    year_stated: bool


def flat(text: str) -> str:
    """Return `text` without marks, in lower case, with exactly the same length."""
    return "".join(_flat_char(char) for char in text)


def _flat_char(char: str) -> str:
    plain = strip_marks(char).casefold()
    if plain.isspace():
        return " "
    return plain if len(plain) == 1 else char


def find_dates(text: str, issued: dt.date | None = None) -> list[DateSpan]:
    """Return the dates of `text` in order, none inside another.

    A date without a year gets that of the day of issue, the next one if it would be past; without
    a day of issue it is left out. Impossible dates ("31/02/2025") are left out.
    """
    plain = flat(text)
    found: list[DateSpan] = []
    for unit, pattern in _KINDS:
        for match in pattern.finditer(plain):
            if any(span.start < match.end() and match.start() < span.end for span in found):
                continue
            span = _span(match, unit, issued)
            if span is not None:
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _span(match: re.Match[str], unit: Unit, issued: dt.date | None) -> DateSpan | None:
    groups = match.groupdict()
    days = window(unit, groups, issued)
    if days is None:
        return None
    return DateSpan(match.start(), match.end(), *days, unit, year_stated=bool(groups["y"]))


def window(
    unit: Unit, groups: dict[str, str | None], issued: dt.date | None
) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that matched parts (`d`, `m`, `q`, `h`, `y`) mean, or None."""
    if groups.get("y"):
        return _days(unit, groups, int(groups["y"] or 0))
    if issued is None:
        return None
    this_year = _days(unit, groups, issued.year)
    if this_year is None or this_year[1] >= issued:
        return this_year
    return _days(unit, groups, issued.year + 1)


def _days(unit: Unit, groups: dict[str, str | None], year: int) -> tuple[dt.date, dt.date] | None:
    try:
        if unit == "day":
            day = dt.date(year, int(groups["m"] or 0), int(groups["d"] or 0))
            return day, day
        first, count = _months(unit, groups)
        last = first + count - 1
        end = calendar.monthrange(year, last)[1]
        return dt.date(year, first, 1), dt.date(year, last, end)
    except (ValueError, calendar.IllegalMonthError):
        return None


def _months(unit: Unit, groups: dict[str, str | None]) -> tuple[int, int]:
    """Return the first month of a window and how many it has."""
    if unit == "month":
        return int(groups["m"] or 0), 1
    if unit == "quarter":
        return _QUARTERS[groups["q"] or ""] * 3 - 2, 3
    if unit == "half":
        return (1, 6) if groups["h"] == "dau" else (7, 6)
    return 1, 12


def written_forms(day: dt.date) -> Iterator[str]:
    """Yield the ways in which directives write a day; the first is that of NĐ 30/2020.

    NĐ 30/2020, Phụ lục I, II.4: days under 10 and the months 1 and 2 carry a leading zero.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    yield f"ngày {day.day:02d} tháng {month} năm {day.year}"
    yield f"ngày {day.day:02d}/{month}/{day.year}"
    yield f"{day.day}/{day.month}/{day.year}"
    yield f"{day.day:02d}-{day.month:02d}-{day.year}"
    yield f"{day.day}.{day.month}.{day.year}"
