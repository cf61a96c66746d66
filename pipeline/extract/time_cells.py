# SPDX-License-Identifier: Apache-2.0
"""Time columns of tables and the words after "Thời gian:", where little has to be said."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract import recurrences, relative_deadlines
from pipeline.extract.deadline_words import TRUST_BARE, TRUST_ON, TRUST_PERIOD, Found

if TYPE_CHECKING:
    from pipeline.extract.issued import Issued

# "Đã khắc phục xong"
DONE = re.compile(r"\W*da\s")
_WHOLE_YEAR = re.compile(r"\bca\s+nam\b(?!\s+hoc)(?:\s+(?P<y>20\d\d))?")
_YEARS = re.compile(
    r"\W*(?:giai\s+doan\s+)?(?P<from>tu\s+)?(?:nam\s+)?(?P<y>20\d\d)"
    r"(?:\s*(?:[-–,]|den(?:\s+het)?|va)\s*(?:nam\s+)?(?P<y2>20\d\d))?\W*"
)
_OPEN = re.compile(
    r"\b(?:thuong\s+xuyen|lien\s+tuc|kip\s+thoi|ngay\s+khi\s+co\s+yeu\s+cau|khi\s+co\s+yeu\s+cau|"
    r"dot\s+xuat|dinh\s+ky|theo\s+(?:dung\s+)?(?:ke\s+hoach|tien\s+do|lo\s+trinh|chuong\s+trinh|quy\s+dinh|"
    r"yeu\s+cau|huong\s+dan|thoi\s+gian|thoi\s+han|dinh\s+ky)|dung\s+(?:tien\s+do|thoi\s+gian)|"
    r"hang\s+vu|theo\s+vu\s+viec)\b[^.;:]*"
)
# "Thời gian thực hiện: Thường xuyên." in running text
_LABELLED = re.compile(
    r"\b(?:thoi\s+(?:gian|han)|tien\s+do)(?:\s+(?:thuc\s+hien|hoan\s+thanh|trien\s+khai|bao\s+cao|gui))*"
    r"\s*:\s*"
)


def find_periods(text: str, plain: str, issued: Issued | None) -> list[Found]:
    """Return what a cell without a date comes to: "Cả năm", "2025", "05 ngày kể từ …"."""
    return _counted(text, plain) or _years(plain, issued) or _recurring(plain) or find_open(plain)


def _counted(text: str, plain: str) -> list[Found]:
    for pattern, read in relative_deadlines.CELL_FORMS:
        match = pattern.search(plain)
        item = read(match) if match else None
        if match is None or item is None:
            continue
        start = match.end() - len(match.group().lstrip())
        if item.anchor is None:
            return [replace(item, start=start)]
        anchor = " ".join(text[match.start("anchor") : match.end("anchor")].split())
        return [replace(item, start=start, anchor=anchor)]
    return []


def _years(plain: str, issued: Issued | None) -> list[Found]:
    """Return "Cả năm" of the year of issue, "2025", "2025-2030"."""
    whole = _WHOLE_YEAR.search(plain)
    if whole is None:
        return find_years(plain)
    year = int(whole["y"] or 0) or (issued.first.year if issued else 0)
    if not year:
        return []
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return [Found(*whole.span(), "range", first=first, last=last, bound="within")]


def find_years(plain: str) -> list[Found]:
    """Return what a cell that holds nothing but years comes to: "2025", "Năm 2025, 2026"."""
    match = _YEARS.fullmatch(plain)
    if match is None:
        return []
    start, end = match.start("y"), match.end("y2") if match["y2"] else match.end("y")
    first, last = dt.date(int(match["y"]), 1, 1), dt.date(int(match["y2"] or match["y"]), 12, 31)
    if match["y2"]:
        known = first < last
        item = Found(start, end, "range", first=first, last=last, bound="until", trust=TRUST_ON)
        return [item] if known else []
    if match["from"]:
        return [Found(start, end, "range", first=first, bound="on", trust=TRUST_BARE)]
    return [Found(start, end, "once", date=last, first=first, bound="within", trust=TRUST_ON)]


def _recurring(plain: str) -> list[Found]:
    for pattern, read in (*recurrences.FORMS, *recurrences.CELL_FORMS):
        match = pattern.search(plain)
        item = read(match) if match else None
        if item is not None:
            return [item]
    return []


def find_open(plain: str) -> list[Found]:
    """Return "Thường xuyên", "Theo tiến độ của dự án": binding, but no date can be told."""
    match = _OPEN.search(plain)
    if match is None:
        return []
    end = match.start() + len(match.group().rstrip())
    return [Found(match.start(), end, "open", trust=TRUST_PERIOD)]


def find_labelled_open(plain: str) -> list[Found]:
    """Return the open deadlines right after a label in running text: "Thời gian: thường xuyên"."""
    found = []
    for label in _LABELLED.finditer(plain):
        match = _OPEN.match(plain, label.end())
        if match is not None:
            end = match.start() + len(match.group().rstrip())
            found.append(Found(match.start(), end, "open", trust=TRUST_PERIOD))
    return found
