# SPDX-License-Identifier: Apache-2.0
"""Words that tell of something and order nobody."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.statements import is_quoted, narrates, quoted_spans, tells


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("không có danh mục công trình", True),
        ("không thể thay đổi dữ liệu", True),
        ("có quyền khai thác thông tin", True),
        ("được quyền sử dụng thông tin", True),
        ("có thể ủy quyền cho cấp dưới", True),
        ("thống nhất chủ trương đầu tư", True),
        ("bị tạm dừng hoạt động", True),
        ("gửi kèm mẫu báo cáo", True),
        ("không để xảy ra sai sót", False),
        ("không được tự ý điều chỉnh", False),
        ("có trách nhiệm báo cáo", False),
        ("thống nhất kế hoạch với Sở Tài chính", False),
        ("gửi báo cáo trước ngày 15", False),
    ],
)
def test_what_follows_a_unit(words: str, expected: bool) -> None:
    assert tells(f"Sở Y tế {words}", 8) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ngày 12/3/2025, Bộ Y tế ban hành Thông tư về khám bệnh.", True),
        ("Ngày 12 tháng 3 năm 2025, Sở Y tế có Công văn gửi các huyện.", True),
        ("Tại khoản 2 Điều 5 Luật Thuỷ lợi quy định Ủy ban nhân dân xã có trách nhiệm.", True),
        ("Điểm b khoản 1 Điều 9 Nghị định về đê điều quy định các sở phải lập phương án.", True),
        ("Trước ngày 12/3/2025, các sở gửi báo cáo.", False),
        ("Ngày 25 hằng tháng, các xã gửi báo cáo.", False),
        ("Theo quy định tại khoản 2 Điều 5, Sở Y tế lập danh sách.", False),
        ("Sở Y tế rà soát, ban hành quy định mới.", False),
    ],
)
def test_narrated_sentences(sentence: str, expected: bool) -> None:
    assert narrates(sentence) is expected


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Luật nêu: “Điều 5. Sở cấp phép.” Đề nghị Sở lưu ý.", ["“Điều 5. Sở cấp phép.”"]),
        ("sửa là: “1. Gọi là “nước sạch” đủ.” Hết", ["“1. Gọi là “nước sạch” đủ.”"]),
        ('nêu: "2. Các xã lập sổ." Sở theo dõi.', ['"2. Các xã lập sổ."']),
        ("phong trào “Toàn dân đoàn kết” và “5 không, 3 sạch”", []),
        ("mở mà không đóng: “Điều 7. Sở Y tế lập sổ.", []),
    ],
)  # fmt: skip
def test_quoted_articles(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_spans(text)] == quoted


@given(st.text(alphabet='“”"1a.) Điều', max_size=60))
def test_quoted_spans_are_in_order_and_inside(text: str) -> None:
    spans = quoted_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    inside = {offset for start, end in spans for offset in range(start, end)}
    assert inside == {offset for offset in range(len(text)) if is_quoted(spans, offset)}
