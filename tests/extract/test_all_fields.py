# SPDX-License-Identifier: Apache-2.0
"""Whatever is read, extraction answers; and nothing that it says stands outside a page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper import Part, document

from pipeline.extract.fields import extract
from pipeline.model import Role
from pipeline.record import Fields, FileFields
from pipeline.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.record_pages import Evidence

# What directives are made of, whole and broken, in any order.
PIECES = (
    "ỦY BAN NHÂN DÂN", "TỈNH BẮC GIANG", "Số: 12/KH-UBND", "Số:   /QĐ-UBND", "Số 20-TB/TW",
    "Bắc Giang, ngày 05 tháng 3 năm 2025", "ngày 31/02/2025", "KẾ HOẠCH", "V/v", "Kính gửi:",
    "Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ;", "Điều 1.", "I.",
    "1.", "1.1.", "a)", "đ)", "-", "+", "(i)", "|.", "Giao", "Sở Y tế",
    "các Bộ: Quốc phòng, Công an",
    "chủ trì, phối hợp với", "UBND các xã, thị trấn", "có trách nhiệm", "báo cáo", "trình",
    "trước ngày 15/6", "trong quý II/2025", "hằng năm", "trong thời hạn 10 ngày làm việc kể từ",
    "chậm nhất 06 giờ trước khi", "từ ngày 01/7 đến", "Thời gian:", "Đơn vị phối hợp:",
    "Nơi nhận:", "- Lưu: VT, NC.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
    "Nguyễn Văn An", "HỎA TỐC", "MẬT", "./.", ";", ".", ":", ",", "và", "/", "(", ")", "“", "0",
    "99", "9999999999", "\u0300", "\u200b", "ﬀ", "ß", "İ", "²", "①", "🙂", "đ" * 70,
)  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(min_size=1, max_size=12), max_size=14).map(
    " ".join
)
parts = st.tuples(st.sampled_from(list(Role)), texts)
pages = st.lists(parts, max_size=9)


@given(st.lists(pages, min_size=1, max_size=3), st.sampled_from([None, 0.3, 0.95]))
@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_no_text_makes_it_raise_and_every_value_has_its_place(
    written: list[list[Part]], confidence: float | None
) -> None:
    paper = document(*written, confidence=confidence)
    fields = extract(paper, Settings())
    assert FileFields.model_validate_json(fields.model_dump_json()) == fields
    numbers = {page.number for page in paper.pages}
    for entry in evidence_of(fields):
        assert entry.page in numbers
        if entry.box is not None:
            x0, y0, x1, y1 = entry.box
            assert 0 <= x0 <= x1
            assert 0 <= y0 <= y1
    assert_consistent(fields)


def evidence_of(fields: Fields) -> Iterator[Evidence]:
    for _, held in fields:
        for thing in held if isinstance(held, list) else [held]:
            yield from getattr(thing, "evidence", ())


def assert_consistent(fields: Fields) -> None:
    """A tracker can follow every id, read every rule, and count on every window."""
    units = {unit.id for unit in fields.units}
    deadlines = {item.id for item in fields.deadlines}
    tasks = [task.id for task in fields.tasks]
    assert len(tasks) == len(set(tasks))
    assert len(deadlines) == len(fields.deadlines)
    for task in fields.tasks:
        assert {*task.responsible, *task.cooperating} <= units
        assert set(task.deadlines) <= deadlines
        assert not set(task.responsible) & set(task.cooperating)
    for item in fields.deadlines:
        assert item.task is None or item.task in tasks
        if item.rrule is not None:
            rrulestr(item.rrule, dtstart=dt.datetime(2025, 1, 1))  # noqa: DTZ001 - local days
        if item.start and item.end:
            assert item.start <= item.end
        if item.kind == "once":
            assert item.date is not None
