# SPDX-License-Identifier: Apache-2.0
"""The words that deadlines are made of, as patterns on flat text, and what is found with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.extract.dates import IN_WORDS, MONTH_WORD, YEAR_WORD

if TYPE_CHECKING:
    import datetime as dt

Kind = Literal["once", "recurring", "range", "relative", "open"]
Bound = Literal["before", "by", "within", "on", "until"]


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline at `text[start:end]`; see `record.Deadline` for the rest.

    `trust` is how far the words can be relied on, 0–1: a full date after "trước ngày" most, a day
    without a year or without a word that binds it less.
    """

    start: int
    end: int
    kind: Kind
    date: dt.date | None = None
    time: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    rrule: str | None = None
    anchor: str | None = None
    offset: str | None = None
    workdays: bool = False
    bound: Bound | None = None
    trust: float = 1.0


Match = re.Match[str]
Reader = Callable[[Match], "Found | None"]
Form = tuple[re.Pattern[str], Reader]

# How far words of each kind can be relied on.
TRUST_PERIOD = 0.9  # a period without a day: "hằng tháng"
TRUST_RELATIVE = 0.95
TRUST_EVENT = 0.75  # "trước mùa mưa lũ": the words may tell an order of steps
TRUST_OPEN = 0.8
TRUST_NO_LIMIT = 0.78  # a date of each year that no word binds: "10/10 hằng năm"
TRUST_ON = 0.9  # a date after "vào", "xong"
TRUST_BARE = 0.85  # a date that only its place makes a deadline

# "trước", also read as "trudc", "trwdc", "truéc" by an engine without Vietnamese.
BEFORE = r"tr[uw][^\sa]c"
EVERY = r"(?:h[aei]ng|moi)"
_LATEST = r"(?:(?:cham|muon)\s+nhat)(?:\s+(?:la|vao|den(?:\s+het)?|het|trong))?(?:\s*:)?"
# Words that bind the date right after them.
LIMIT = (
    rf"\b(?:(?P<before>(?:{_LATEST}\s+)?{BEFORE})|(?P<by>{_LATEST}|khong\s+(?:muon|cham)\s+hon|"
    r"khong\s+qua|han\s+(?:cuoi(?:\s+cung)?|chot|nop)(?:\s+la|\s+[a-z ]{2,40}(?=:))?(?:\s*:)?)|"
    r"(?P<until>(?:cho\s+)?den\s+het|het|den)|(?P<within>(?:ngay\s+)?trong)|"
    r"(?P<done>hoan\s+thanh|xong)|(?P<on>vao))"
)
_OF_DAY = r"(?:\s+(?:sang|trua|chieu|toi))?"
# "16 giờ 00", "16h", "15:30", "16 giờ.00" as an engine may read it
_HOUR = (
    r"(?P<hour>\d{1,2})\s*(?:(?:h|gio|g)\s*[.,:]?|:(?=\d\d))\s*"
    r"(?P<minute>\d{2}(?![\d/]))?(?:\s*(?:phut|'))?"
)
_PART_OF_DAY = r"(?:(?:dau|cuoi)\s+(?:gio|buoi)\s+)?(?:sang|trua|chieu|toi)\s+"
HOUR = rf"(?:(?:luc\s+)?{_HOUR}{_OF_DAY},?\s+|{_PART_OF_DAY})?"
# An hour of which nothing is kept, and the part of a day: "từ 07 giờ 30 ngày …", "từ sáng ngày".
CLOCK = (
    rf"(?:\d{{1,2}}\s*(?:h|gio|g)\s*(?:\d{{2}})?(?:\s*phut)?{_OF_DAY},?\s+|(?:sang|chieu|toi)\s+)?"
)
# "trước 7 giờ và 19 giờ hằng ngày"
HOURS = rf"{_HOUR}(?:\s*(?:va|,)\s*(?P<hour2>\d{{1,2}})\s*(?:h|gio|g)\s*(?P<minute2>\d{{2}})?)?"

# A day of a month that is not named: "ngày 05 và ngày 20", "từ ngày 01 đến ngày 05".
DAY_ONLY = (
    rf"ngay\s+(?P<d>\d{{1,2}}){IN_WORDS}"
    r"(?:\s*(?:(?P<to>den)|va|,)\s*(?:ngay\s+)?(?P<d2>\d{1,2}))?"
    rf"(?!\s*[/.\-]\s*\d|\d|\s+{MONTH_WORD}\s+\d|%)"
)
_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi lam": 15, "hai muoi": 20, "ba muoi": 30,
}  # fmt: skip
# "10", "10 (mười)", "mười", "mười (10)"
COUNT = (
    rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"(?:\s*\((?P<figure>[^)]{1,24})\))?"
)
LENGTH = (
    rf"{COUNT}\s+(?P<unit>ngay(?:\s+lam\s+viec)?|{MONTH_WORD}|gio(?:\s+lam\s+viec)?|tuan|"
    rf"{YEAR_WORD})\b(?:\s+lien\s+tuc\b)?"
)


def number_of(match: Match) -> int:
    """Return the number that `COUNT` matched: the figures, wherever they stand."""
    count, figure = match["count"], match["figure"]
    if count.isdigit():
        return int(count)
    return int(figure) if figure and figure.isdecimal() else _NUMBERS[" ".join(count.split())]


def bound_of(match: Match) -> Bound:
    """Return how the words before a date bind; a date alone is "on"."""
    groups = match.groupdict()
    names: tuple[Bound, ...] = ("before", "by", "until", "within")
    return next((name for name in names if groups.get(name)), "on")


def time_of(match: Match) -> str | None:
    """Return the hour that `HOUR` matched ("16:00"), None if there is none on a clock.

    "24 giờ" is the end of the day, which the date says already.
    """
    if not match["hour"]:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def in_months(months: list[int]) -> str:
    """Return a part of an RRULE: "BYMONTH=3,6,9,12"."""
    return f"BYMONTH={','.join(map(str, sorted(set(months))))}"
