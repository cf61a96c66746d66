# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.dates import written_forms
from pipeline.extract.deadlines import Found, find_deadlines, read_time_cell

TABLE = Path(__file__).parent / "deadline_sentences.tsv"
ISSUED = dt.date(2025, 5, 2)


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def written(item: Found) -> str:
    """A deadline in the words of the table."""
    value = {
        "once": str(item.date),
        "recurring": item.rrule,
        "relative": item.offset,
        "range": f"{item.first or ''}..{item.last or ''}",
        "open": "",
    }[item.kind]
    return " ".join(filter(None, (item.kind, value, item.bound)))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:60])
def test_sentence(row: dict[str, str]) -> None:
    found = find_deadlines(row["text"], dt.date.fromisoformat(row["issued"]))
    assert "|".join(map(written, found)) == row["expected"]


def test_the_table_is_large_and_holds_negatives() -> None:
    assert len(rows()) >= 120
    assert sum(not row["expected"] for row in rows()) >= 25


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Quý II/2026", ["once 2026-06-30 within"]),
        ("Tháng 8/2025", ["once 2025-08-31 within"]),
        ("Năm 2026", ["once 2026-12-31 within"]),
        ("15/7/2025", ["once 2025-07-15 on"]),
        ("Trước 15/7/2025", ["once 2025-07-15 before"]),
        ("Cả năm", ["range 2025-01-01..2025-12-31 within"]),
        ("Hằng năm", ["recurring FREQ=YEARLY on"]),
        ("Thường xuyên, hằng quý", ["recurring FREQ=MONTHLY;INTERVAL=3 on"]),
        ("Tháng 6/2025 - tháng 9/2025", ["range 2025-06-01..2025-09-30 until"]),
        ("Thường xuyên", []),
        ("Đã khắc phục xong từ tháng 6/2024", []),
        ("", []),
    ],
)
def test_time_cell(cell: str, expected: list[str]) -> None:
    assert [written(item) for item in read_time_cell(cell, ISSUED)] == expected


def test_a_date_without_a_year_is_left_out_when_the_day_of_issue_is_unknown() -> None:
    assert find_deadlines("Báo cáo trước ngày 20/8.", None) == []
    assert written(find_deadlines("Báo cáo trước ngày 20/8 hằng năm.", None)[0]).startswith(
        "recurring"
    )


def test_an_anchor_is_kept_as_printed() -> None:
    found = find_deadlines("Trong thời hạn 05 ngày kể từ ngày nhận đủ hồ sơ, trả lời.", ISSUED)
    assert found[0].anchor == "ngày nhận đủ hồ sơ"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2089, 12, 31)), st.integers(0, 4))
@settings(max_examples=200)
def test_every_written_day_comes_back(day: dt.date, form: int) -> None:
    text = f"Sở Tài chính gửi báo cáo trước {list(written_forms(day))[form]}."
    found = find_deadlines(text, ISSUED)
    assert [item.date for item in found] == [day]


@given(
    st.lists(
        st.sampled_from(
            [
                "trước ngày",
                "10/11",
                "hằng năm",
                "định kỳ",
                "đến hết",
                "tháng 6/2025",
                "quý",
                "II",
                "từ",
                "đến",
                "chậm nhất",
                "ngày 15",
                "của tháng cuối quý",
                ",",
                ".",
                "trong",
                "năm 2025",
                "thứ Sáu hằng tuần",
                "30 ngày",
                "kể từ ngày",
                "31/02",
                "00/00/2025",
                "99 tháng",
            ]
        ),
        max_size=14,
    )
)
@settings(max_examples=300)
def test_spans_lie_inside_the_text_and_do_not_overlap(words: list[str]) -> None:
    text = " ".join(words)
    for found in (find_deadlines(text, ISSUED), read_time_cell(text, ISSUED)):
        ends = [0, *(item.end for item in found)]
        for end, item in zip(ends, found, strict=False):
            assert end <= item.start < item.end <= len(text)


@given(st.text(max_size=120))
@settings(max_examples=150)
def test_no_text_makes_it_raise(text: str) -> None:
    find_deadlines(text, ISSUED)
    find_deadlines(text, None)
