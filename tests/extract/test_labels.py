# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from pipeline.extract.labels import column_kind, read_label
from pipeline.extract.sections import gives_no_tasks, is_aside


@pytest.mark.parametrize(
    ("text", "kind", "binds"),
    [
        ("Đơn vị chủ trì: Sở Y tế.", "lead", False),
        ("Cơ quan thực hiện: Sở Y tế.", "lead", False),
        ("Đơn vị phối hợp: Sở Y tế.", "cooperate", False),
        ("Phối hợp: các sở liên quan", "cooperate", False),
        ("Thời gian thực hiện: Cả năm", "time", True),
        ("Thời hạn hoàn thành: Quý II", "time", True),
        ("Thời gian: 08 giờ ngày 09/11", "time", False),
    ],
)
def test_labels(text: str, kind: str, binds: bool) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.kind, label.binds) == (kind, binds)
    assert text[label.start - 1] == ":"


@pytest.mark.parametrize(
    "text", ["Phối hợp với Sở Y tế", "Đơn vị nào chậm phải kiểm điểm", "Nội dung: …"]
)
def test_no_label(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("TT", "number"),
        ("STT", "number"),
        ("Nội dung, nhiệm vụ", "content"),
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("CƠ QUAN, ĐƠN VỊ PHỐI HỢP", "cooperate"),
        ("Thời gian hoàn thành", "time"),
        ("Thời gian thực hiện", "time"),
        ("Ghi chú", None),
    ],
)
def test_columns(header: str, kind: str | None) -> None:
    assert column_kind(header) == kind


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", True),
        ("Yêu cầu:", True),
        ("Kết quả đạt được", True),
        ("Nguyên nhân: Do thiếu kinh phí", True),
        ("Yêu cầu các sở, ban, ngành thực hiện", False),
        ("TỔ CHỨC THỰC HIỆN", False),
        ("Sở Tài chính", False),
    ],
)
def test_asides(heading: str, expected: bool) -> None:
    assert is_aside(heading) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("BÁO CÁO Kết quả 6 tháng", True),
        ("TỜ TRÌNH Về việc", True),
        ("KẾ HOẠCH Tuyên truyền", False),
    ],
)
def test_documents_without_tasks(title: str, expected: bool) -> None:
    assert gives_no_tasks(title) is expected
