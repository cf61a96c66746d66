# SPDX-License-Identifier: Apache-2.0
"""Deadlines that are told from an event: "trong thời hạn 10 ngày kể từ ngày nhận đủ hồ sơ".

Where the event is the issue of the document itself, the day that they come to is told as well.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.dates import flat
from pipeline.extract.deadline_words import (
    LENGTH,
    TRUST_EVENT,
    TRUST_RELATIVE,
    Bound,
    Form,
    Found,
    Match,
    bound_of,
    number_of,
)
from pipeline.extract.working_days import end_of_period

if TYPE_CHECKING:
    from pipeline.extract.issued import Issued

_AFTER = r"\s*,?\s*(?:(?:duoc\s+)?(?:ke|tinh)\s+tu|tinh\s+ke\s+tu|tu|sau)(?:\s+sau)?\s+"
# The anchor is kept without "khi", as it is named in the record.
_EVENT = r"(?:(?:khi|luc)\s+|(?=ngay\s|thoi\s+diem\s))(?P<anchor>[^,;.:]{2,110}?)"
# "thì", "để", "đúng", "phải", but not the same letters of "chỉ thị", "đề nghị", "xây dựng"
_GOES_ON = (
    r"(?:de(?!\s+(?:nghi|an|xuat|cuong|tai)\b)|phai|(?<!chi\s)(?<!du\s)(?<!ky\s)thi|"
    r"(?<!xay\s)(?<!su\s)(?<!ap\s)(?<!noi\s)(?<!tuyen\s)(?<!tan\s)dung)\s"
)
_EVENT_END = rf"(?=\s*(?:[,;:()]|\.(?:\s|$|/)|$)|\s(?:{_GOES_ON}|co\s+trach\s+nhiem))"
_SPAN = r"trong(?:\s+thoi\s+(?:han|gian)|\s+vong)?"
_WITHIN = rf"(?P<within>{_SPAN}(?:\s+(?:cham\s+nhat|khong\s+qua|toi\s+da))?)"
# "trong thời hạn 06 tháng trước ngày …" alone tells what has been
_NOT_LATER = rf"(?P<within>{_SPAN}\s+(?:cham\s+nhat|khong\s+qua|toi\s+thieu|it\s+nhat))"
_AT_MOST = (
    r"(?P<by>khong\s+qua|(?:cham|muon)\s+nhat(?:\s+(?:la|sau|trong))?(?:\s+(?:thoi\s+han|vong))?|"
    r"toi\s+da|it\s+nhat|toi\s+thieu|sau)"
)
# "sau 30 ngày", "tối đa 05 năm": as likely when something may begin, or how long it lasts
_LASTS = re.compile(r"sau\b|toi\s+da\b.{0,20}\bn[aei]m\b")
_ISO_UNITS = {"ngay": "D", "tuan": "W", "gio": "H"}
# "ngày ký", "ngày ban hành Kế hoạch này", "ngày Chỉ thị này được ban hành": the day of issue.
_ISSUE = re.compile(
    r"ngay\s+(?:(?:ky(?:\s+va)?\s+)?(?:ban\s+hanh|phat\s+hanh)|ky)(?:\s+(?:[a-z]+\s+){1,4}nay)?|"
    r"ngay\s+(?:[a-z]+\s+){1,4}nay\s+(?:duoc\s+)?(?:ky(?:\s+ban\s+hanh)?|ban\s+hanh|phat\s+hanh)"
)

_THIS = re.compile(r"\bnay\b|^ngay\s+ky$")


def _relative(match: Match) -> Found:
    """Read a length of time from (or before) an event; working days count as days (ISO 8601)."""
    groups = match.groupdict()
    count, unit = number_of(match), match["unit"].split()[0]
    letter = _ISO_UNITS.get(unit, "M" if unit.startswith("t") else "Y")
    length = f"PT{count}H" if letter == "H" else f"P{count}{letter}"
    named = groups.get("anchor") is not None
    return Found(
        match.start(),
        match.end(),
        "relative",
        offset=f"-{length}" if groups.get("ahead") else length,
        anchor=groups.get("anchor"),
        workdays=unit == "ngay" and "viec" in match["unit"],
        bound="by" if groups.get("least") else bound_of(match),
        trust=TRUST_RELATIVE if named and not _LASTS.match(match.group()) else TRUST_EVENT,
    )


def _counted_in_cell(match: Match) -> Found:
    return replace(_relative(match), bound="within")


def _at_event(match: Match) -> Found:
    groups = match.groupdict()
    bound: Bound | None = "before" if groups.get("ahead") else "by" if groups.get("at") else None
    start, end = match.span("tail" if "tail" in groups else 0)
    return Found(
        start,
        end,
        "relative",
        offset="P0D",
        anchor=match["anchor"],
        bound=bound,
        trust=TRUST_EVENT,
    )


_SOURCES = (
    # trước ngày họp ít nhất 03 ngày làm việc; trước khi tổ chức tối thiểu 15 ngày
    (
        r"\b(?P<ahead>truoc)\s+(?:khi\s+|(?=(?:ngay|ky|cuoc|phien|dip|le|thoi\s+diem)\s+[a-z]))(?P<anchor>[^,;.:]{2,60}?)"
        rf"\s*,?\s+(?P<least>it\s+nhat|toi\s+thieu|cham\s+nhat)(?:\s+la)?\s+{LENGTH}",
        _relative,
    ),
    # trong thời hạn 10 ngày làm việc, kể từ ngày nhận được hồ sơ
    (rf"\b(?:{_WITHIN}|{_AT_MOST})\s+{LENGTH}{_AFTER}{_EVENT}{_EVENT_END}", _relative),
    # chậm nhất 03 ngày làm việc trước ngày họp
    (
        rf"\b(?:{_NOT_LATER}|{_AT_MOST})\s+{LENGTH}\s*,?\s+(?P<ahead>truoc)\s+{_EVENT}{_EVENT_END}",
        _relative,
    ),
    # trong vòng 24 giờ; trong thời hạn 05 ngày làm việc
    (
        r"\b(?:(?P<within>trong\s+(?:thoi\s+han|vong)(?:\s+khong\s+qua)?)|"
        rf"(?P<by>cham\s+nhat(?:\s+(?:trong|sau))?))\s+{LENGTH}"
        r"(?!\s*(?:/|moi|mot|truoc|toi|qua|gan\s+nhat|lien\s|dau\b|cuoi\b|tro\s+len))",
        _relative,
    ),
    # trước mùa mưa lũ; trước khi nghỉ việc
    (
        r"\b(?P<ahead>truoc)\s+(?:khi\s+|(?=mua\s|ngay\s+(?!nay\b)[a-z]|(?:ky|cuoc)\s+hop\b|tet\s))"
        r"(?P<anchor>[^;:.()]{2,60}?)"
        rf"(?=\s*(?:[;:.()]|$)|\s(?:(?:theo|chua)\s|{_GOES_ON})|,\s(?!chuyen))",
        _at_event,
    ),
    # Thời gian thực hiện sau khi Chiến lược được ban hành
    (
        r"\bthoi\s+(?:gian|han)(?:\s+(?:thuc\s+hien|hoan\s+thanh|trien\s+khai))+\s*:?\s+"
        r"(?P<tail>(?P<at>ngay\s+)?sau\s+khi\s+(?P<anchor>[^;.]{2,250}?))(?=\s*(?:[;.]|$))",
        _at_event,
    ),
    # ngay sau khi nhận được
    (r"\b(?P<at>ngay\s+(?:sau\s+)?khi)\s+(?P<anchor>[^,;.]{2,60}?)(?=\s*(?:[,;.()]|$))", _at_event),
)
_IN_CELL = (
    (
        r"^\W*(?P<ahead>truoc)\s+(?:khi\s+)?"
        r"(?P<anchor>(?:(?:ngay|dip|mua|dot|ky|le)\s+)?[a-z][^;.\d]{2,100}?)(?=\s*(?:[;.]|$))",
        _at_event,
    ),
    (rf"^\W*{LENGTH}\W*$", _counted_in_cell),
    (rf"^\W*{LENGTH}{_AFTER}{_EVENT}{_EVENT_END}", _counted_in_cell),
    # Ngay sau khi Kế hoạch được phê duyệt; sau kỳ họp; khi có yêu cầu
    (
        r"^\W*(?P<at>ngay\s+)?(?:sau\s+(?:khi\s+|(?!thang\b))|khi\s+)"
        r"(?P<anchor>[a-z][^;.]{2,250}?)(?=\s*(?:[;.]|$))",
        _at_event,
    ),
)  # fmt: skip

FORMS: tuple[Form, ...] = tuple((re.compile(source), reader) for source, reader in _SOURCES)
# Of a time column, or of the words after "Thời gian:".
CELL_FORMS: tuple[Form, ...] = tuple((re.compile(source), reader) for source, reader in _IN_CELL)


def resolve(item: Found, issued: Issued | None) -> Found:
    """Return a relative deadline with its day, where it is counted from the day of issue."""
    day = issued.day if issued else None
    if day is None or not item.anchor or not item.offset:
        return item
    if not _ISSUE.fullmatch(" ".join(flat(item.anchor).split())):
        return item
    # "kể từ ngày ban hành" alone may speak of what the task issues
    trust = item.trust if _THIS.search(flat(item.anchor)) else TRUST_EVENT
    end = end_of_period(day, item.offset, workdays=item.workdays)
    return replace(item, date=end, trust=trust)
