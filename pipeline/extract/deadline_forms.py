# SPDX-License-Identifier: Apache-2.0
"""Deadlines without a full date: recurring, relative to an event, the whole year, open.

Every form is a pattern on flat text (`dates.flat`) with a reader that turns the match into a
`Found`. The order is that of trying: the forms that say more come first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.extract.dates import MONTH_WORD, YEAR_WORD

if TYPE_CHECKING:
    import datetime as dt

Kind = Literal["once", "recurring", "range", "relative", "open"]
Bound = Literal["before", "by", "within", "on", "until"]


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline at `text[start:end]`; see `record.Deadline` for the rest."""

    start: int
    end: int
    kind: Kind
    date: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    rrule: str | None = None
    anchor: str | None = None
    offset: str | None = None
    bound: Bound | None = None


Match = re.Match[str]
Reader = Callable[[Match], "Found | None"]

# "trước", also read as "trudc", "trwdc", "truéc" by an engine without Vietnamese.
BEFORE = r"tr[uw][^\sa]c"
EVERY = r"(?:h[aei]ng|moi)"
_LATEST = r"(?:cham|muon)\s+nhat(?:\s+(?:la|vao|den|trong))?(?:\s*:)?"
# Words that bind the date right after them.
LIMIT = (
    rf"\b(?:(?P<before>(?:{_LATEST}\s+)?{BEFORE})|(?P<by>{_LATEST}|khong\s+(?:muon|cham)\s+hon|"
    r"han\s+(?:cuoi|chot)(?:\s+la)?(?:\s*:)?)|(?P<until>(?:cho\s+)?den\s+het|het|den)|"
    r"(?P<within>(?:ngay\s+)?trong)|(?P<on>vao|xong))"
)
HOUR = (
    r"(?:(?P<hour>\d{1,2})\s*(?:h|gio|g)\s*(?P<minute>\d{2})?(?:\s*phut)?"
    r"(?:\s+(?:sang|chieu))?,?\s+)?"
)
_IN_WORDS = r"(?:\s*\([^)\d]{2,24}\))?"
_DAY_ONLY = (
    rf"ngay\s+(?P<d>\d{{1,2}}){_IN_WORDS}(?:\s*(?:va|,)\s*(?:ngay\s+)?(?P<d2>\d{{1,2}}))?"
    rf"(?!\s*[/.\-]\s*\d|\d|\s+{MONTH_WORD}\s+\d|%)"
)
_COUNT = r"(?P<count>\d{1,3}|mot|hai|ba|bon|nam|sau|bay|muoi)" + _IN_WORDS
_LENGTH = rf"{_COUNT}\s+(?P<unit>ngay(?:\s+lam\s+viec)?|thang|gio|tuan|{YEAR_WORD})\b"
_EVENT = r"(?P<anchor>(?:ngay|khi|thoi\s+diem|luc)\s+[^,;.]{2,80}?)"
_EVENT_END = r"(?=\s*(?:[,;:()]|\.(?:\s|$|/)|$)|\s(?:de|dung|phai|thi)\s)"
_WITHIN = r"(?P<within>trong(?:\s+thoi\s+(?:han|gian)|\s+vong)?(?:\s+(?:cham\s+nhat|khong\s+qua))?)"
_AT_MOST = (
    r"(?P<by>khong\s+qua|cham\s+nhat(?:\s+(?:la|trong))?(?:\s+thoi\s+han)?|toi\s+da|it\s+nhat|"
    r"toi\s+thieu|sau)"
)

_WEEKDAYS = {
    "hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tu": "WE", "4": "WE", "nam": "TH", "5": "TH",
    "sau": "FR", "6": "FR", "bay": "SA", "7": "SA", "chu nhat": "SU",
}  # fmt: skip
_PERIODS = {
    "nam": "FREQ=YEARLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "thang": "FREQ=MONTHLY",
    "tuan": "FREQ=WEEKLY",
    "ngay": "FREQ=DAILY",
}
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "muoi": 10}
_ISO_UNITS = {"ngay": "D", "thang": "M", "tuan": "W"}


def bound_of(match: Match) -> Bound:
    """Return how the words before a date bind; a date alone is "on"."""
    groups = match.groupdict()
    names: tuple[Bound, ...] = ("before", "by", "until", "within")
    return next((name for name in names if groups.get(name)), "on")


def _recurring(match: Match, rule: str) -> Found:
    return Found(match.start(), match.end(), "recurring", rrule=rule, bound=bound_of(match))


def _weekly(match: Match) -> Found:
    day = " ".join((match["weekday"] or "chu nhat").split())
    rule = f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[day]}"
    if match["hour"]:
        rule += f";BYHOUR={int(match['hour'])};BYMINUTE={int(match['minute'] or 0)}"
    return _recurring(match, rule)


def _quarterly(match: Match) -> Found | None:
    """Read a day of the last month of a quarter (3, 6, 9, 12) or of the next one (1, 4, 7, 10)."""
    months = "3,6,9,12" if match["last"] else "1,4,7,10"
    day = int(match["d"])
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}") if day < 32 else None


def _monthly(match: Match) -> Found | None:
    days = [int(day) for day in (match["d"], match["d2"]) if day]
    if not all(1 <= day <= 31 for day in days):
        return None
    return _recurring(match, f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}")


def _counted(match: Match) -> Found:
    unit = "MONTHLY" if match["unit"].startswith("t") else "YEARLY"
    return _recurring(match, f"FREQ={unit};INTERVAL={_number(match['count'])}")


def _periodic(match: Match) -> Found:
    return _recurring(match, _PERIODS[match["period"]])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _relative(match: Match) -> Found:
    """Read a length of time from (or before) an event; working days count as days (ISO 8601)."""
    count, unit = _number(match["count"]), match["unit"].split()[0]
    length = f"PT{count}H" if unit == "gio" else f"P{count}{_ISO_UNITS.get(unit, 'Y')}"
    groups = match.groupdict()
    return Found(
        match.start(),
        match.end(),
        "relative",
        offset=f"-{length}" if groups.get("ahead") else length,
        anchor=groups.get("anchor"),
        bound=bound_of(match),
    )


def _at_event(match: Match) -> Found:
    bound: Bound = "before" if match["ahead"] else "by"
    return Found(
        match.start(), match.end(), "relative", offset="P0D", anchor=match["anchor"], bound=bound
    )


def _open(match: Match) -> Found:
    return Found(match.start(), match.end(), "open")


_ALSO = (
    rf"(?:\s*(?:,|va|hoac)\s*(?:0?[369]\s+thang|{EVERY}\s+(?:nam|quy|thang)|ca\s+nam|nam(?!\s+\d)|"
    r"dot\s+xuat(?:\s+(?:theo|khi\s+co)\s+yeu\s+cau)?))*"
)
_PERIOD = rf"{EVERY}\s+(?P<period>nam|quy|thang|tuan|ngay)\b"
_DOES = (
    r"(?:bao\s+cao|tong\s+hop|to\s+chuc|ra\s+soat|cap\s+nhat|co|xay\s+dung|danh\s+gia|tien\s+hanh|"
    r"thuc\s+hien|gui|cong\s+khai|cong\s+bo|kiem\s+tra|so\s+ket|tong\s+ket|lap)\b"
)

_SOURCES: tuple[tuple[str, Reader], ...] = (
    # trước 16h00 thứ Sáu hằng tuần
    (
        rf"(?:{LIMIT}\s+)?{HOUR}(?:ngay\s+)?(?:thu\s+(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|"
        rf"chu\s+nhat)\s+{EVERY}\s+tuan",
        _weekly,
    ),
    # chậm nhất ngày 28 của tháng cuối quý; trước ngày 05 của tháng đầu quý sau
    (
        rf"(?:{LIMIT}\s+)?{_DAY_ONLY}\s+(?:cua\s+)?thang\s+(?:(?P<last>cuoi\s+(?:{EVERY}\s+)?"
        rf"(?:quy|ky\s+bao\s+cao))|dau(?:\s+tien)?(?:\s+cua)?\s+(?:{EVERY}\s+)?quy"
        r"(?:\s+(?:sau|tiep\s+theo|ke\s+tiep))?)(?:\s+quy\s+bao\s+cao)?",
        _quarterly,
    ),
    # hằng quý, trước ngày 10 của tháng tiếp theo
    (
        rf"{EVERY}\s+quy\b[^;.]{{0,60}}?{LIMIT}\s+{_DAY_ONLY}\s+(?:cua\s+)?thang\s+"
        r"(?:(?P<last>cuoi\s+quy)|tiep\s+theo|sau)",
        _quarterly,
    ),
    # trước ngày 05 và ngày 20 hằng tháng
    (
        rf"(?:{LIMIT}\s+)?{_DAY_ONLY}\s*(?:cua\s+)?(?:{EVERY}\s+thang|thang\s+(?:bao\s+cao|sau|"
        r"ke\s+tiep|tiep\s+theo))",
        _monthly,
    ),
    # hằng tháng báo cáo …, gửi Sở Tài chính trước ngày 25
    (rf"{EVERY}\s+thang\b[^;.]{{0,90}}?{LIMIT}\s+{_DAY_ONLY}", _monthly),
    # trong thời hạn 10 ngày làm việc, kể từ ngày nhận được hồ sơ
    (
        rf"\b(?:{_WITHIN}|{_AT_MOST})\s+{_LENGTH}\s*,?\s*(?:(?:ke\s+)?tu|sau)\s+{_EVENT}{_EVENT_END}",
        _relative,
    ),
    # chậm nhất 03 ngày làm việc trước ngày họp
    (
        rf"\b(?:{_WITHIN}|{_AT_MOST})\s+{_LENGTH}\s+(?P<ahead>truoc)\s+{_EVENT}{_EVENT_END}",
        _relative,
    ),
    # trong vòng 24 giờ; trong thời hạn 05 ngày làm việc
    (
        rf"\b(?:(?P<within>trong\s+(?:thoi\s+han|vong))|(?P<by>cham\s+nhat(?:\s+trong)?))\s+{_LENGTH}"
        r"(?!\s*(?:/|moi|mot|truoc|toi|qua|gan\s+nhat))",
        _relative,
    ),
    # định kỳ 6 tháng, hằng năm hoặc đột xuất: the period named first
    (
        rf"(?:theo\s+)?\bdinh\s+ky\s+(?:vao\s+)?{_COUNT}\s+(?P<unit>thang|{YEAR_WORD})\b"
        rf"(?!\s+(?:dau|cuoi))(?:\s+mot\s+lan)?{_ALSO}",
        _counted,
    ),
    (rf"(?:theo\s+)?\bdinh\s+ky\s+(?:vao\s+)?{_PERIOD}{_ALSO}", _periodic),
    # Hằng năm, …: at the start of a clause
    (rf"(?:^|(?<=[.;:]\s)){_PERIOD}(?=\s*,|\s+{_DOES})", _periodic),
    (rf"(?<=,\s){_PERIOD}(?=\s*,?\s+{_DOES})", _periodic),
    # báo cáo kết quả hằng tháng.
    (
        rf"(?:(?<=ket\s)qua|tinh\s+hinh|tien\s+do|cong\s+bo|cong\s+khai)\b[^,;.]{{0,60}}?\s(?={EVERY})"
        rf"(?P<tail>{_PERIOD})(?=\s*(?:[,;.]|$|(?:tren|danh|cho|ve)\b))",
        _periodic,
    ),
    # trước mùa mưa lũ; trước khi nghỉ việc; ngay sau khi nhận được
    (
        r"\b(?P<ahead>truoc)\s+(?P<anchor>(?:mua\s|khi\s|ngay\s+hop\b|(?:ky|cuoc)\s+hop\b|tet\s)"
        r"[^;.()]{0,60}?)(?=\s*(?:[;.()]|$)|\s(?:dung|theo|de|phai|thi|chua)\s|,\s(?!chuyen))",
        _at_event,
    ),
    (r"\b(?P<ahead>)ngay\s+sau\s+(?P<anchor>khi\s+[^,;.]{2,60}?)(?=\s*(?:[,;.()]|$))", _at_event),
    # theo định kỳ; đúng thời hạn: binding, but no date can be told
    (r"(?:theo\s+)?\bdinh\s+ky\b", _open),
    (r"\bdung\s+(?:thoi\s+)?han\b", _open),
)

FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(source), reader) for source, reader in _SOURCES
)
