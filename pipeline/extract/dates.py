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

from pipeline.extract.issued import Issued, known
from pipeline.vietnamese import strip_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DateSpan", "Issued", "find_dates", "flat", "window", "written_forms"]

Unit = Literal["day", "month", "quarter", "half", "year"]
Days = tuple[dt.date, dt.date]
Groups = dict[str, str | None]

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# "ngày 15 (mười lăm) tháng 6": the number said again in words.
IN_WORDS = r"(?:\s*\([^)\d]{2,24}\))?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_SEPARATOR = r"\s*[/.\-–]\s*"
# "thing", "ném" and the like: what is left of tháng, năm where the marks were not understood.
MONTH_WORD = r"th[aei]ng"
YEAR_WORD = r"n[aei]m"

# "ngày 15 tháng 6 năm 2025", "15/6/2025", "ngày 15/6", "ngày 15 tháng 6"; never a part of a longer
# number or of a document's number ("12/5/QĐ").
DAY = (
    rf"(?:ngay\s+)?(?<![\d/.,\-])(?<!thang\s)(?<!tuan\s)(?P<d>\d{{1,2}}){IN_WORDS}"
    rf"(?:{_SEPARATOR}|\s*,?\s*{MONTH_WORD}\s+)(?P<m>\d{{1,2}}){IN_WORDS}"
    rf"(?:(?:{_SEPARATOR}|\s*,?\s*{YEAR_WORD}\s+){_YEAR})?(?![\d%]|[/.,\-]\d|[/\-][a-z])"
)
MONTH = (
    rf"{MONTH_WORD}\s+(?P<m>\d{{1,2}}){IN_WORDS}"
    # "tháng 9-10/2025"
    rf"(?:\s*[-–,]\s*(?P<m2>1[0-2]|0?[1-9])(?=(?:{_SEPARATOR}|\s*{YEAR_WORD}\s+)(?:19|20)\d\d\b))?"
    rf"(?:(?:{_SEPARATOR}|\s*,?\s*{YEAR_WORD}\s+){_YEAR})?(?![\d%]|[/.,\-]\d)"
)
_Q = r"iv|i{1,3}|[1-4]"
QUARTER = (
    # "quý I-II/2026", "quý I, II, III": one window
    rf"qu[yi]\s+(?P<q>{_Q})\b(?:\s*[-–,]\s*(?:qu[yi]\s+)?(?P<q2>{_Q})\b(?!\s*[/.]\s*\d\d?\b)){{0,3}}"
    rf"(?:(?:{_SEPARATOR}|\s*,?\s*{YEAR_WORD}\s+|\s+){_YEAR})?(?![\d%])"
)
HALF = (
    rf"(?:0?6|sau)\s*(?:\([^)]*\)\s*)?{MONTH_WORD}\s+(?P<h>dau|cuoi)\s+{YEAR_WORD}(?:\s+{_YEAR})?"
)
# "năm nay", and "cuối năm", "hết năm" at the end of a clause: the year of issue
YEAR = (
    rf"{YEAR_WORD}\s+(?:{_YEAR}(?![\d%]|\s*[-–]\s*\d)|nay\b)|"
    rf"(?:(?<=cuoi\s)|(?<=het\s)){YEAR_WORD}(?=\s*(?:[,;.)]|$))"
)

_MONTH = re.compile(MONTH_WORD)
# What fractions are of; days are not.
_SHARE = re.compile(
    r"\s+(?:so|tong|thoi\s+gian|dien\s+tich|dan\s+so|thanh\s+vien|dai\s+bieu|ho|nguoi|ngay|chieu|don\s+vi)\b"
)

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
        sure: how sure the year is, 0–1.
        many: several quarters or months named together, "quý I-II/2026".
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    unit: Unit
    year_stated: bool
    sure: float = 1.0
    many: bool = False


def flat(text: str) -> str:
    """Return `text` without marks, in lower case, with exactly the same length."""
    return text.translate(_FLAT)


class _Flat(dict[int, str]):
    """Each character without its marks, in lower case, filled as they are met."""

    def __missing__(self, code: int) -> str:
        bare = strip_marks(chr(code)).casefold()
        self[code] = " " if bare.isspace() else bare if len(bare) == 1 else chr(code)
        return self[code]


_FLAT = _Flat()


def find_dates(text: str, issued: Issued | dt.date | None = None) -> list[DateSpan]:
    """Return the dates of `text` in order, none inside another.

    A date without a year gets that of the day of issue, the next one if it would be past; where
    that cannot be told it is left out. Impossible dates ("31/02/2025") are left out.
    """
    plain, when = flat(text), known(issued)
    found: list[DateSpan] = []
    for unit, pattern in _KINDS:
        for match in pattern.finditer(plain):
            if any(span.start < match.end() and match.start() < span.end for span in found):
                continue
            span = _span(match, unit, when)
            if span is not None:
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _span(match: re.Match[str], unit: Unit, issued: Issued | None) -> DateSpan | None:
    groups = match.groupdict()
    if unit == "day" and not groups["y"] and _is_figure(match):
        return None
    read = window(unit, groups, issued)
    if read is None:
        return None
    days, sure = read
    many = bool(groups.get("q2") or groups.get("m2"))
    start, end = match.span()
    commas = match.group().count(",")
    months = days[1].month - days[0].month + 1
    if many and commas and months != (commas + 1) * (3 if unit == "quarter" else 1):
        return None  # "quý II, IV/2025" are two
    return DateSpan(start, end, *days, unit, bool(groups["y"]), sure, many)


def _is_figure(match: re.Match[str]) -> bool:
    """Return whether two numbers are a span or a fraction: "06-10 ngày", "2/3 số hộ"."""
    words = match.group()
    if words.startswith("ngay") or _MONTH.search(words):
        return False
    return "/" not in words or _SHARE.match(match.string, match.end()) is not None


def window(unit: Unit, groups: Groups, issued: Issued | None) -> tuple[Days, float] | None:
    """Return the days that matched parts (`d`, `m`, `q`, `h`, `y`) span, and how sure the year is.

    None where there is no such day, or where nothing tells the year.
    """
    if groups.get("y"):
        days = _days(unit, groups, int(groups["y"] or 0))
        return (days, 1.0) if days else None
    if issued is None:
        return None
    for year in (issued.first.year, issued.first.year + 1):
        days = _days(unit, groups, year)
        if days is not None and days[1] >= issued.first:
            sure = issued.sure_of(days[1])
            return (days, sure) if sure else None
    return None


def _days(unit: Unit, groups: Groups, year: int) -> Days | None:
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


def _months(unit: Unit, groups: Groups) -> tuple[int, int]:
    """Return the first month of a window and how many it has."""
    if unit == "month":
        first = int(groups["m"] or 0)
        last = int(groups.get("m2") or first)
        if last < first:
            raise ValueError
        return first, last - first + 1
    if unit == "quarter":
        first = _QUARTERS[groups["q"] or ""]
        last = _QUARTERS[groups.get("q2") or groups["q"] or ""]
        if last < first:
            raise ValueError
        return first * 3 - 2, (last - first + 1) * 3
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
