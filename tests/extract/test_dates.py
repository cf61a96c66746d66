# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.dates import find_dates, flat, written_forms

ISSUED = dt.date(2025, 5, 2)


@pytest.mark.parametrize(
    ("text", "first", "last", "unit"),
    [
        ("ngày 15 tháng 6 năm 2025", "2025-06-15", "2025-06-15", "day"),
        ("15/6/2025", "2025-06-15", "2025-06-15", "day"),
        ("15-6-2025", "2025-06-15", "2025-06-15", "day"),
        ("15.6.2025", "2025-06-15", "2025-06-15", "day"),
        ("ngày 15 tháng 6", "2025-06-15", "2025-06-15", "day"),
        ("ngày 15/3", "2026-03-15", "2026-03-15", "day"),
        ("ngày 06 (sáu) tháng 6 (sáu) năm 2025", "2025-06-06", "2025-06-06", "day"),
        ("tháng 2/2024", "2024-02-01", "2024-02-29", "month"),
        ("tháng 6 năm 2025", "2025-06-01", "2025-06-30", "month"),
        ("quý II/2025", "2025-04-01", "2025-06-30", "quarter"),
        ("Quý 4 năm 2025", "2025-10-01", "2025-12-31", "quarter"),
        ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30", "half"),
        ("sáu tháng cuối năm 2025", "2025-07-01", "2025-12-31", "half"),
        ("năm 2025", "2025-01-01", "2025-12-31", "year"),
        ("năm nay", "2025-01-01", "2025-12-31", "year"),
        ("quý I-II/2026", "2026-01-01", "2026-06-30", "quarter"),
        ("Quý II, III, IV năm 2025", "2025-04-01", "2025-12-31", "quarter"),
        ("tháng 9-10/2025", "2025-09-01", "2025-10-31", "month"),
        ("ngay 15 thing 6 ném 2025", "2025-06-15", "2025-06-15", "day"),
    ],
)
def test_one_date(text: str, first: str, last: str, unit: str) -> None:
    (span,) = find_dates(text, ISSUED)
    assert (span.first.isoformat(), span.last.isoformat(), span.unit) == (first, last, unit)
    assert text[span.start : span.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2025",
        "số 12/5/QĐ-UBND",
        "giai đoạn năm 2021-2025",
        "15/6%",
        "tỷ lệ 1.234.567",
        "45/60",
        "06-10 ngày làm việc",
        "2/3 số hộ",
        "quý II, IV/2026",
        "quý IV-II/2026",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text, ISSUED) == []


def test_a_date_without_a_year_needs_the_day_of_issue() -> None:
    assert find_dates("ngày 15 tháng 6") == []


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_written_forms_come_back(day: dt.date) -> None:
    for form in written_forms(day):
        assert [(span.first, span.last) for span in find_dates(form)] == [(day, day)]


@given(st.text(max_size=80))
def test_flat_keeps_the_length(text: str) -> None:
    assert len(flat(text)) == len(text)


@given(st.text(alphabet="0123456789/.- tháng năm quý IV ngày", max_size=40))
def test_spans_lie_inside_the_text(text: str) -> None:
    for span in find_dates(text, ISSUED):
        assert 0 <= span.start < span.end <= len(text)
        assert span.first <= span.last
