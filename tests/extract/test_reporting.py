# SPDX-License-Identifier: Apache-2.0
"""Moods, and who hears of the result."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.moods import mood_of
from pipeline.extract.orders import begins_with_verb, read_orders


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Y tế báo cáo UBND tỉnh kết quả thực hiện.", ["UBND tỉnh"]),
        ("Sở Y tế báo cáo kết quả thực hiện về Sở Nội vụ trước ngày 30/6.", ["Sở Nội vụ"]),
        ("Tổng hợp, trình Chủ tịch UBND tỉnh xem xét.", ["Chủ tịch UBND tỉnh"]),
        ("Lập hồ sơ, gửi Sở Tư pháp để tổng hợp, báo cáo UBND tỉnh.", ["Sở Tư pháp"]),
        ("Báo cáo UBND tỉnh (qua Sở Y tế) trong tháng 6.", ["UBND tỉnh"]),
        ("Rà soát, báo cáo cấp có thẩm quyền.", ["cấp có thẩm quyền"]),
        ("Báo cáo cấp có thẩm quyền (UBND tỉnh, Bộ Y tế).", ["UBND tỉnh", "Bộ Y tế"]),
        ("Báo cáo UBND tỉnh; vượt thẩm quyền báo cáo Bộ Y tế.", ["UBND tỉnh", "Bộ Y tế"]),
        ("Nếu có vướng mắc, phản ánh về Sở Tài chính.", ["Sở Tài chính"]),
        # nouns, others' reports, and advice are none
        ("Theo báo cáo của Sở Y tế, rà soát lại chương trình Bộ Y tế giao.", []),
        ("Xây dựng quy trình, gửi kèm tài liệu.", []),
        ("Tham mưu UBND tỉnh ban hành kế hoạch.", []),
        ("Cung cấp số liệu để Sở Y tế báo cáo UBND tỉnh.", []),
        ("Sở Y tế đã báo cáo UBND tỉnh.", []),
    ],
)
def test_who_hears_of_the_result(text: str, names: list[str]) -> None:
    assert [unit.name for unit in read_orders(text).receivers] == names


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Giao Sở Y tế rà soát.", "giao"),
        ("Phân công Sở Y tế rà soát.", "giao"),
        ("Yêu cầu các sở báo cáo.", "yêu cầu"),
        ("UBND tỉnh yêu cầu các sở báo cáo.", "yêu cầu"),
        ("Trân trọng đề nghị Bộ Y tế quan tâm.", "đề nghị"),
        ("Thủ tướng Chính phủ yêu cầu:", "yêu cầu"),
        ("Nếu có vướng mắc, đề nghị phản ánh về Sở Y tế.", "đề nghị"),
        ("UBND tỉnh đề nghị quý cơ quan phối hợp.", "đề nghị"),
        ("Sở Y tế chịu trách nhiệm thi hành Quyết định này.", None),
        ("Theo đề nghị của Sở Y tế.", None),
        ("Sở Y tế tiếp nhận nhiệm vụ được giao.", None),
    ],
)
def test_moods(text: str, mood: str | None) -> None:
    assert read_orders(text).mood == mood


@pytest.mark.parametrize(
    ("verb", "mood"),
    [("GIAO", "giao"), ("Kính đề nghị", "đề nghị"), ("kiến nghị", "đề nghị"), ("chủ trì", None)],
)
def test_the_mood_of_a_verb(verb: str, mood: str | None) -> None:
    assert mood_of(verb) == mood


def test_who_receives_does_not_act() -> None:
    orders = read_orders("Các đơn vị phản ánh về UBND huyện (qua Phòng Nội vụ) để báo cáo Sở Y tế.")
    assert [unit.name for unit in orders.agents] == ["Các đơn vị"]
    assert orders.cooperating == ()


def test_what_begins_with_a_verb() -> None:
    assert begins_with_verb("Bố trí kinh phí thực hiện.")
    assert not begins_with_verb("Kinh phí thực hiện.")


@given(st.text(alphabet=st.sampled_from("báo cáo Sở Y tế,;.:(để gửi về trình)"), max_size=120))
def test_receivers_lie_in_the_text(text: str) -> None:
    for unit in read_orders(text).receivers:
        assert 0 <= unit.start < unit.end <= len(text)
