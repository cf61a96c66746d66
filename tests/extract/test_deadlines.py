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
from pipeline.extract.issued import Issued

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
    days = "workdays" if item.workdays else ""
    resolved = f"={item.date}" if item.kind == "relative" and item.date else ""
    return " ".join(filter(None, (item.kind, value, item.time, days, resolved, item.bound)))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"][:60])
def test_sentence(row: dict[str, str]) -> None:
    read = read_time_cell if row["where"] == "cell" else find_deadlines
    found = read(row["text"], Issued.read(row["issued"]))
    assert "|".join(map(written, found)) == row["expected"]


def test_the_table_is_large_and_holds_negatives() -> None:
    assert len(rows()) >= 260
    assert sum(not row["expected"] for row in rows()) >= 70


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
        ("Thường xuyên", ["open"]),
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


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Trong thời hạn 05 ngày kể từ ngày nhận đủ hồ sơ, trả lời.", "ngày nhận đủ hồ sơ"),
        ("Chậm nhất 06 giờ trước khi mở cửa xả.", "mở cửa xả"),
        ("Báo cáo trong vòng 24 giờ kể từ khi có sự cố.", "có sự cố"),
        ("Gửi tài liệu trước ngày họp ít nhất 03 ngày.", "ngày họp"),
        ("Nạo vét kênh mương trước mùa mưa bão.", "mùa mưa bão"),
        (
            "Trong thời hạn 10 ngày kể từ ngày ban hành Chỉ thị này, báo cáo.",
            "ngày ban hành Chỉ thị này",
        ),
        ("Trả lời trong 03 ngày kể từ ngày nhận được đề nghị.", "ngày nhận được đề nghị"),
    ],
)
def test_an_anchor_is_kept_as_printed(text: str, anchor: str) -> None:
    assert find_deadlines(text, ISSUED)[0].anchor == anchor


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        (dt.date(2025, 5, 2), ["once 2025-08-20 before"]),
        (Issued.read("2025-05"), ["once 2025-08-20 before"]),
        (Issued.read("2025"), ["once 2025-08-20 before"]),
        (None, []),
    ],
)
def test_a_date_without_a_year_takes_that_of_the_issue(
    issued: Issued | dt.date | None, expected: list[str]
) -> None:
    found = find_deadlines("Báo cáo trước ngày 20/8.", issued)
    assert [written(item) for item in found] == expected


def test_the_less_the_issue_is_known_the_less_a_year_is_sure() -> None:
    trusts = [
        find_deadlines("Báo cáo trước ngày 20/8.", Issued.read(iso))[0].trust
        for iso in ("2025-05-02", "2025-08", "2025")
    ]
    assert trusts[0] > trusts[1] >= trusts[2]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2089, 12, 31)), st.integers(0, 4))
@settings(max_examples=200)
def test_every_written_day_comes_back(day: dt.date, form: int) -> None:
    text = f"Sở Tài chính gửi báo cáo trước {list(written_forms(day))[form]}."
    found = find_deadlines(text, day)
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
                "trước 16 giờ 00",
                "25 giờ",
                "và",
                "riêng quý IV",
                "riêng tháng 2",
                "ngày cuối cùng của tháng",
                "định kỳ 0 năm",
                "tuần 4 tháng 2/2025",
                "quý IV-II/2025",
                "thứ Bảy đến thứ Hai hằng tuần",
                "trong thời hạn 900 ngày làm việc kể từ ngày ký",
                "sau khi",
                "Thời gian thực hiện:",
                "thường xuyên",
                "cả năm",
                "29/02 hằng năm",
            ]
        ),
        max_size=14,
    )
)
@settings(max_examples=300)
def test_spans_lie_inside_the_text_and_do_not_overlap(words: list[str]) -> None:
    text = " ".join(words)
    for found in (
        find_deadlines(text, ISSUED),
        read_time_cell(text, ISSUED),
        read_time_cell(text, Issued.read("2024-02")),
    ):
        ends = [0, *(item.end for item in found)]
        for end, item in zip(ends, found, strict=False):
            assert end <= item.start < item.end <= len(text)


@given(st.text(max_size=120))
@settings(max_examples=150)
def test_no_text_makes_it_raise(text: str) -> None:
    for issued in (ISSUED, Issued.read("2024-02"), Issued.read("2025"), None):
        find_deadlines(text, issued)
        read_time_cell(text, issued)
