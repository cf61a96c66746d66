# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.working_days import add_working_days, end_of_period, is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-05-05", True),
        ("2025-05-03", False),  # Saturday
        ("2025-01-29", False),  # mùng 1 Tết Ất Tỵ
        ("2025-04-07", False),  # Giỗ Tổ Hùng Vương
        ("2024-09-03", False),  # Quốc khánh has two days
        ("2024-04-29", False),  # off in lieu of
        ("2024-05-04", True),  # this Saturday
        ("2010-05-03", False),  # Monday, for 1 May on a Saturday
    ],
)
def test_the_calendar(day: str, works: bool) -> None:
    assert is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("day", "offset", "workdays", "end"),
    [
        ("2025-07-21", "P15D", True, "2025-08-11"),
        ("2025-01-22", "P5D", True, "2025-02-05"),  # over Tết
        ("2024-04-26", "P3D", True, "2024-05-04"),
        ("2025-10-14", "P7D", False, "2025-10-21"),
        ("2025-01-31", "P1M", False, "2025-02-28"),
        ("2024-02-29", "P1Y", False, "2025-02-28"),
        ("2025-07-21", "P2W", False, "2025-08-04"),
        ("2025-07-21", "PT24H", False, None),
        ("2025-07-21", "-P3D", True, None),
        ("2025-07-21", "P0D", True, None),
        ("2025-07-21", "P2M", True, None),
        ("9999-12-31", "P1D", False, None),
        ("9999-12-30", "P3D", True, None),
        ("2025-07-21", "P900D", True, None),
    ],
)
def test_ends_of_periods(day: str, offset: str, workdays: bool, end: str | None) -> None:
    found = end_of_period(dt.date.fromisoformat(day), offset, workdays=workdays)
    assert (found.isoformat() if found else None) == end


@given(st.dates(dt.date(2008, 1, 1), dt.date(2030, 12, 31)), st.integers(1, 60))
def test_working_days_are_counted(day: dt.date, count: int) -> None:
    end = add_working_days(day, count)
    assert end is not None
    days = [day + dt.timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, days)) == count
    assert is_working_day(end)
