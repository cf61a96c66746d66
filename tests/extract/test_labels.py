# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from pipeline.extract.labels import column_kind, labels_inside, read_label
from pipeline.extract.sections import (
    gives_no_tasks,
    informs,
    is_aside,
    proposes,
    takes_effect,
)


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
        ("Cơ quan chủ trì, thực hiện: Sở Y tế", "lead", False),
        ("Cơ quan, đơn vị chủ trì: Sở Y tế", "lead", False),
        ("Chủ trì: Sở Y tế", "lead", False),
        ("Phân công thực hiện: Sở Y tế", "lead", False),
        ("Trách nhiệm thực hiện: Sở Y tế", "lead", False),
        ("Các cơ quan phối hợp: các sở", "cooperate", False),
        ("Nội dung thực hiện: Tập huấn", "content", False),
        ("Nhiệm vụ: Rà soát", "content", False),
    ],
)
def test_labels(text: str, kind: str, binds: bool) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.kind, label.binds) == (kind, binds)
    assert text[label.start - 1] == ":"


@pytest.mark.parametrize(
    "text", ["Phối hợp với Sở Y tế", "Đơn vị nào chậm phải kiểm điểm", "Nội dung …"]
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
        ("Sản phẩm", None),
        ("CHỦ TRÌ", "lead"),
        ("PHỐI HỢP", "cooperate"),
        ("Nhiệm vụ và giải pháp", "content"),
        ("Tiến độ", "time"),
        ("Trách nhiệm thực hiện", "lead"),
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
        ("TỜ TRÌNH Về việc", False),
        ("KẾ HOẠCH Tuyên truyền", False),
    ],
)
def test_documents_without_tasks(title: str, expected: bool) -> None:
    assert gives_no_tasks(title) is expected


def test_a_proposal_is_told_by_its_title() -> None:
    assert proposes("TỜ TRÌNH Về việc")
    assert not proposes("KẾ HOẠCH Tuyên truyền")


def test_labels_behind_the_task() -> None:
    text = "Tập huấn. Đơn vị chủ trì: Sở Y tế; phối hợp: các sở. Nội dung: gì đó"
    found = [(label.kind, text[label.start :][:8]) for _, label in labels_inside(text)]
    assert found == [("lead", " Sở Y tế"), ("cooperate", " các sở.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Văn phòng Chính phủ thông báo để các bộ biết, thực hiện./.", True),
        ("Sở Nội vụ xin thông báo đến các đơn vị được biết.", True),
        ("Cục trưởng báo để Công ty biết và thực hiện./.", True),
        ("Sở Y tế báo cáo để UBND tỉnh biết.", False),
        ("Thông báo rộng rãi, công khai kết quả.", False),
        ("Sở Y tế rà soát, thông báo để người dân biết.", False),
        ("Thừa lệnh Giám đốc, Văn phòng Sở thông báo để các đơn vị biết, thực hiện./.", True),
        ("Theo chỉ đạo của Chủ tịch, Sở Y tế báo cáo kết quả trước ngày 15/6.", False),
    ],
)
def test_what_only_informs(text: str, expected: bool) -> None:
    assert informs(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký. Tổ công tác tự giải thể.", True),
        ("Kế hoạch này thay thế Kế hoạch số 12/KH-UBND.", True),
        ("Quyết định này có hiệu lực từ ngày ký; Giám đốc Sở chịu trách nhiệm thi hành.", False),
        ("Sở Y tế thực hiện Quyết định này.", False),
    ],
)
def test_what_only_takes_effect(text: str, expected: bool) -> None:
    assert takes_effect(text) is expected
