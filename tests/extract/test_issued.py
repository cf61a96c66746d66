# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.issued import Issued, known


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2024-03-15", "2024-03-15", "2024-03-15"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
    ],
)
def test_reduced_precision_is_an_interval(iso: str, first: str, last: str) -> None:
    issued = Issued.read(iso)
    assert issued is not None
    assert (issued.first.isoformat(), issued.last.isoformat()) == (first, last)
    assert issued.day == (dt.date.fromisoformat(iso) if first == last else None)
    assert issued.isoformat() == first


@pytest.mark.parametrize("iso", ["", "2024-13", "2024-02-30", "0000", "tháng 3", "2024-3-5"])
def test_what_is_no_date_is_none(iso: str) -> None:
    assert Issued.read(iso) is None


@pytest.mark.parametrize(
    ("iso", "day", "sure"),
    [
        ("2025-05-02", dt.date(2025, 6, 15), 0.95),
        ("2024-12-20", dt.date(2025, 2, 15), 0.95),
        # ten months ahead: it may have been meant for the month before
        ("2025-05-02", dt.date(2026, 3, 15), 0.6),
        ("2021-02", dt.date(2021, 11, 20), 0.95),
        # issued before or after the 15th?
        ("2021-02", dt.date(2021, 2, 15), 0.6),
        ("2021", dt.date(2021, 11, 20), 0.6),
        ("2021", dt.date(2021, 1, 10), 0.0),
    ],
)
def test_how_sure_a_year_is(iso: str, day: dt.date, sure: float) -> None:
    issued = Issued.read(iso)
    assert issued is not None
    assert issued.sure_of(day) == sure


def test_a_day_is_known_however_it_is_given() -> None:
    day = dt.date(2025, 5, 2)
    assert known(day) == known(Issued(day, day)) == Issued(day, day)
    assert known(None) is None
