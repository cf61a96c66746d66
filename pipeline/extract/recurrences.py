# SPDX-License-Identifier: Apache-2.0
"""Deadlines that return by the month, the quarter, the week or the day, as RRULEs (RFC 5545).

Those that return on a date of the year are read in `yearly.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.dates import YEAR_WORD
from pipeline.extract.deadline_words import (
    BEFORE,
    COUNT,
    DAY_ONLY,
    EVERY,
    HOUR,
    HOURS,
    LIMIT,
    TRUST_PERIOD,
    Form,
    Found,
    Match,
    bound_of,
    number_of,
)

_WEEKDAYS = {
    "hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tu": "WE", "4": "WE", "nam": "TH", "5": "TH",
    "sau": "FR", "6": "FR", "bay": "SA", "7": "SA", "nhat": "SU",
}  # fmt: skip
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING_WEEK = "MO,TU,WE,TH,FR"
_PERIODS = {
    "nam": "FREQ=YEARLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "thang": "FREQ=MONTHLY",
    "tuan": "FREQ=WEEKLY",
    "ngay": "FREQ=DAILY",
}
# "mỗi năm hai lần" comes back every six months; what has no such rule keeps its period.
_TWICE = {"nam": "FREQ=MONTHLY;INTERVAL=6"}
_COUNTED = {"t": "MONTHLY", "n": "YEARLY"}


def _recurring(match: Match, rule: str, trust: float = 1.0) -> Found:
    start, end = match.span("tail" if "tail" in match.re.groupindex else 0)
    return Found(start, end, "recurring", rrule=rule, bound=bound_of(match), trust=trust)


def _hours(match: Match) -> str | None:
    """Return the hours of an RRULE (";BYHOUR=7,19"), None if no rule can say them."""
    groups = match.groupdict()
    pairs = [("hour", "minute"), ("hour2", "minute2")]
    times = [
        (int(groups[hour] or 0), int(groups.get(minute) or 0))
        for hour, minute in pairs
        if groups.get(hour)
    ]
    if not times:
        return ""
    minutes = {minute for _, minute in times}
    if len(minutes) > 1 or not all(hour < 24 and minute < 60 for hour, minute in times):
        return None
    rule = f";BYHOUR={','.join(str(hour) for hour, _ in times)}"
    return f"{rule};BYMINUTE={minutes.pop()}" if any(minutes) else rule


def _weekly(match: Match) -> Found | None:
    words = re.findall(r"\b(?:hai|ba|tu|nam|sau|bay|nhat|[2-7])\b", match["weekdays"])
    days = [_WEEKDAYS[word] for word in words]
    hours = _hours(match)
    if hours is None or not days:
        return None
    if re.search(r"\bden\b", match["weekdays"]) and len(days) == 2:
        first, last = (_WEEK.index(day) for day in days)
        days = list(_WEEK[first : last + 1]) or days
    found = _recurring(match, f"FREQ=WEEKLY;BYDAY={','.join(dict.fromkeys(days))}{hours}")
    return replace(found, bound="before") if match.groupdict().get("late") else found


def _daily(match: Match) -> Found | None:
    hours = _hours(match)
    return None if hours is None else _recurring(match, f"FREQ=DAILY{hours}")


def _quarterly(match: Match) -> Found | None:
    """Read a day of the first, second or last month of a quarter, or of the one after it."""
    day = int(match["d"] or -1) if "d" in match.re.groupindex else -1
    groups = match.groupdict()
    months = "3,6,9,12" if groups.get("last") else "2,5,8,11" if groups.get("mid") else "1,4,7,10"
    if not -1 <= day <= 31 or day == 0:
        return None
    return _recurring(match, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}")


def _monthly(match: Match) -> Found | None:
    days = [int(day) for day in (match["d"], match["d2"]) if day]
    if match["to"]:
        days = days[1:]
    if not all(1 <= day <= 31 for day in days):
        return None
    return _recurring(match, f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}")


def _month_end(match: Match) -> Found:
    if match["working"]:
        return _recurring(match, f"FREQ=MONTHLY;BYDAY={_WORKING_WEEK};BYSETPOS=-1")
    return _recurring(match, "FREQ=MONTHLY;BYMONTHDAY=-1")


def _counted(match: Match) -> Found | None:
    unit, count = match["unit"], number_of(match)
    units = {"ngay": "DAILY", "tuan": "WEEKLY", "quy": "MONTHLY"}
    frequency = units.get(unit) or _COUNTED[unit[0]]
    count *= 3 if unit == "quy" else 1
    if not count:
        return None
    interval = f";INTERVAL={count}" if count > 1 else ""
    return _recurring(match, f"FREQ={frequency}{interval}", TRUST_PERIOD)


def _periodic(match: Match) -> Found:
    return _recurring(match, _PERIODS[match["period"]], TRUST_PERIOD)


def _times(match: Match) -> Found:
    """Read "mỗi quý một lần", "mỗi năm hai lần"."""
    period = match["period"]
    rule = _TWICE.get(period) if number_of(match) == 2 else None
    return _recurring(match, rule or _PERIODS[period], TRUST_PERIOD)


_ALSO = (
    rf"(?:\s*(?:,|va|hoac)\s*(?:0?[369]\s+thang|{EVERY}\s+(?:nam|quy|thang)|ca\s+nam|nam(?!\s+\d)|"
    r"quy(?!\s+[\div])|dot\s+xuat(?:\s+(?:theo|khi\s+co)\s+yeu\s+cau)?))*"
)
_PERIOD = rf"{EVERY}\s+(?P<period>nam|quy|thang|tuan|ngay)\b"
_DOES = (
    r"(?:bao\s+cao|tong\s+hop|to\s+chuc|ra\s+soat|cap\s+nhat|co(?!\s+(?:it|tren|khoang|\d))|"
    r"xay\s+dung|danh\s+gia|tien\s+hanh|thuc\s+hien|gui|cong\s+khai|cong\s+bo|kiem\s+tra|so\s+ket|"
    r"tong\s+ket|lap|trinh|tham\s+muu|ban\s+hanh|theo\s+doi|thong\s+ke|hop|giao\s+ban|doi\s+chieu|"
    r"chu\s+dong|chu\s+tri|phoi\s+hop|phan\s+dau|bo\s+tri|mo|trien\s+khai|chi\s+dao|don\s+doc)\b"
)
# "2 lần/năm" alone may be a price or a right.
_OFTEN = (
    r"\b(?:dinh\s+ky|it\s+nhat|toi\s+thieu|bao\s+cao|hop|giao\s+ban|kiem\s+tra|ra\s+soat)\b"
    r"[^.;,]{0,40}?"
)
_ACTS = (
    r"(?:bao\s+cao|tong\s+hop|to\s+chuc|ra\s+soat|cap\s+nhat|xay\s+dung|danh\s+gia|cong\s+khai|"
    r"kiem\s+tra|so\s+ket|tong\s+ket|lap\s|thong\s+ke|doi\s+chieu|co\s+trach\s+nhiem)\b"
)
_WEEKDAY = r"(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)"
_WEEKDAYS_NAMED = (
    rf"(?P<weekdays>{_WEEKDAY}(?:\s*(?:,|va|den|-|–)\s*(?:ngay\s+)?{_WEEKDAY}){{0,5}})"
)
_PART = r"(?:(?:sang|chieu|toi|cuoi\s+ngay)\s+)?(?:ngay\s+)?"
# "thứ Sáu hằng tuần (trước 16 giờ)"
_BY_HOUR = (
    rf"(?:\s*[(,]\s*(?P<late>{BEFORE})\s+(?P<hour2>\d{{1,2}})\s*(?:h|gio|g)\s*"
    r"(?P<minute2>\d{2})?(?:\s*phut)?\s*\)?)?"
)
_NTH_MONTH = (
    rf"thang\s+(?:(?P<last>cuoi(?:\s+cung)?|thu\s+ba)|(?P<mid>thu\s+hai)|dau(?:\s+tien)?|thu\s+nhat)"
    rf"(?:\s+cua)?\s+(?:{EVERY}\s+)?(?:quy|ky\s+bao\s+cao)"
    r"(?:\s+(?:sau|tiep\s+theo|ke\s+tiep|lien\s+ke|bao\s+cao))?(?:\s+quy\s+bao\s+cao)?"
)

_SOURCES = (
    # trước 16h00 thứ Sáu hằng tuần; vào thứ Hai và thứ Năm hằng tuần; thứ Sáu của tuần báo cáo
    (
        rf"(?:{LIMIT}\s+)?{HOUR}{_PART}{_WEEKDAYS_NAMED}\s+"
        rf"(?:{EVERY}\s+tuan|cua\s+(?:{EVERY}\s+)?tuan){_BY_HOUR}",
        _weekly,
    ),
    # hằng tuần báo cáo …, trước 16 giờ thứ Sáu
    (rf"{EVERY}\s+tuan\b[^;.]{{0,60}}?(?P<tail>{LIMIT}\s+{HOUR}{_PART}{_WEEKDAYS_NAMED})", _weekly),
    # trước 16 giờ 00 hằng ngày; trước 7 giờ và 19 giờ hằng ngày
    (rf"{LIMIT}\s+(?:luc\s+)?{HOURS}(?:\s+(?:sang|chieu|toi))?,?\s+{EVERY}\s+ngay\b", _daily),
    # hằng ngày báo cáo … trước 16 giờ
    (
        rf"{EVERY}\s+ngay\b[^;.]{{0,80}}?(?P<tail>{LIMIT}\s+(?:luc\s+)?{HOURS})"
        r"(?!\s*,?\s*(?:sang\s+|chieu\s+)?ngay\s+\d)",
        _daily,
    ),
    # chậm nhất ngày 28 của tháng cuối quý; trước ngày 05 của tháng đầu quý sau
    (rf"(?:{LIMIT}\s+)?{DAY_ONLY}\s*,?\s+(?:cua\s+)?{_NTH_MONTH}", _quarterly),
    # hằng quý, trước ngày 10 của tháng tiếp theo
    (
        rf"{EVERY}\s+quy\b[^;.]{{0,60}}?{LIMIT}\s+{DAY_ONLY}\s+(?:cua\s+)?thang\s+"
        r"(?:(?P<last>cuoi\s+quy)|tiep\s+theo|sau|ke\s+tiep|lien\s+ke)",
        _quarterly,
    ),
    # ngày cuối cùng của quý
    (
        rf"(?:{LIMIT}\s+)?ngay\s+cuoi(?:\s+cung)?\s+(?P<last>cua\s+)(?:{EVERY}\s+)?quy\b"
        r"(?!\s+[iv\d])",
        _quarterly,
    ),
    # trước ngày 05 và ngày 20 hằng tháng
    (
        rf"(?:{LIMIT}\s+|tu\s+)?{DAY_ONLY}\s*,?\s*(?:cua\s+)?(?:{EVERY}\s+thang|"
        r"(?<=cua\s)thang(?=\s*(?:[,;.)]|$))|"
        r"thang\s+(?:bao\s+cao|sau|ke\s+tiep|tiep\s+theo|lien\s+ke)"
        r"(?:\s+(?:thang\s+bao\s+cao|lien\s+ke))?)",
        _monthly,
    ),
    # hằng tháng báo cáo …, gửi Sở Tài chính trước ngày 25
    (
        rf"{EVERY}\s+thang\b[^;.]{{0,90}}?(?:{LIMIT}|tu)\s+{DAY_ONLY}(?!\s*(?:cua\s+)?thang)",
        _monthly,
    ),
    # ngày cuối cùng của tháng; ngày làm việc cuối cùng hằng tháng
    (
        rf"(?:{LIMIT}\s+)?ngay\s+(?P<working>lam\s+viec\s+)?cuoi(?:\s+cung)?\s+"
        rf"(?:cua\s+(?:{EVERY}\s+)?thang\b(?!\s+(?:\d|tiep|ke|sau|truoc|lien))|{EVERY}\s+thang)",
        _month_end,
    ),
    # định kỳ 6 tháng, hằng năm hoặc đột xuất: the period named first
    (
        rf"(?:theo\s+)?\bdinh\s+ky\s+(?:vao\s+)?{COUNT}\s+(?P<unit>thang|tuan|ngay|quy|{YEAR_WORD})\b"
        rf"(?!\s+(?:dau|cuoi))(?:\s*/?\s*(?:(?:mot|0?1)\s+)?lan)?{_ALSO}",
        _counted,
    ),
    # 3 tháng một lần; 02 tuần/lần
    (
        rf"\b{COUNT}\s+(?P<unit>thang|tuan|ngay|quy|{YEAR_WORD})\s+(?:mot|0?1)\s+lan\b",
        _counted,
    ),
    (
        rf"{_OFTEN}(?P<tail>{COUNT}\s+(?P<unit>thang|tuan|ngay|quy|{YEAR_WORD})\s*/\s*(?:0?1\s+)?lan)\b",
        _counted,
    ),
    # mỗi quý một lần; mỗi năm hai lần
    (
        rf"(?:\bit\s+nhat\s+)?\b{_PERIOD}\s+(?:it\s+nhat\s+)?{COUNT}\s+lan\b",
        _times,
    ),
    (
        rf"{_OFTEN}(?P<tail>{COUNT}\s+lan\s*(?:/|{EVERY}\s+)\s*(?:0?1\s+)?"
        r"(?P<period>nam|quy|thang|tuan|ngay))\b(?!\s+\d)",
        _times,
    ),
    (rf"(?:theo\s+)?\bdinh\s+ky\s+(?:vao\s+)?\(?{_PERIOD}{_ALSO}", _periodic),
    # Hằng năm, …: at the start of a clause
    (rf"(?:^\W*|(?<=[.;:)]\s))(?P<tail>{_PERIOD})(?=\s*,|\s+{_DOES})", _periodic),
    (rf"(?<=,\s){_PERIOD}(?=\s*,?\s+{_DOES})", _periodic),
    # Các trường hằng năm tổ chức …
    (rf"(?<=[a-z]\s){_PERIOD}(?=\s+{_ACTS})", _periodic),
    # báo cáo kết quả hằng tháng.
    (
        r"\b(?:bao\s+cao|cong\s+bo|cong\s+khai|giao\s+ban|cap\s+nhat|thong\s+bao)\b"
        rf"[^,;.]{{0,70}}?\s(?={EVERY})(?P<tail>{_PERIOD})"
        r"(?=\s*(?:[,;.]|$|(?:tren|danh|cho|ve|gui|qua|theo)\b))",
        _periodic,
    ),
)  # fmt: skip

FORMS: tuple[Form, ...] = tuple((re.compile(source), reader) for source, reader in _SOURCES)

# What "Hằng quý", "Thường xuyên, hằng năm" say in a time column.
CELL_FORMS: tuple[Form, ...] = ((re.compile(rf"\b{_PERIOD}{_ALSO}"), _periodic),)
