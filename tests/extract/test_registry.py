# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.nlp import load
from pipeline.extract.registry import Registry, definitions
from pipeline.extract.unit_marks import mark
from pipeline.extract.units import Mention, find_mentions
from pipeline.model import Block, Line, Page, Role, TextLayer, Verdict, Word
from pipeline.passage import Passage, compose
from pipeline.record import Unit
from pipeline.settings import Settings


def passage(text: str, confidence: float | None = 0.99) -> Passage:
    words = tuple(Word(word, confidence=confidence) for word in text.split())
    block = Block(Role.BODY, (Line(words),))
    page = Page(3, None, None, TextLayer(Verdict.CLEAN, "test"), (block,))
    return compose([(page, block)])


def units(text: str, confidence: float | None = 0.99, place: str | None = None) -> list[Unit]:
    registry = Registry(passage(text, confidence), Settings(), place=place)
    for mention in find_mentions(mark(load()(text))):
        registry.add(mention, 0)
    return registry.units


def test_units_are_numbered_once_and_know_where_they_stand() -> None:
    text = "Sở Tài chính và Sở tài chính"
    registry = Registry(passage(text))
    ids = [registry.add(mention, 0) for mention in find_mentions(mark(load()(text)))]
    assert ids == ["u1", "u1"]
    (unit,) = registry.units
    assert (unit.value, unit.evidence[0].page) == ("Sở Tài chính", 3)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Sở Lao động-TB&XH; Sở Lao động - Thương binh và Xã hội",
         ["Sở Lao động - Thương binh và Xã hội"]),
        ("UBND các xã; Ủy ban nhân dân các xã", ["Ủy ban nhân dân các xã"]),
        ("Phòng Văn hoá – Thông tin; Phòng Văn hóa -Thông tin", ["Phòng Văn hoá - Thông tin"]),
        ("Sở Y tế; Thanh tra Sở", ["Sở Y tế", "Thanh tra Sở"]),
    ],
)  # fmt: skip
def test_two_spellings_are_one_unit(text: str, values: list[str]) -> None:
    assert [unit.value for unit in units(text)] == values


def test_raw_is_as_printed() -> None:
    (unit,) = units("UBND TP. Huế báo cáo")
    assert (unit.raw, unit.value) == ("UBND TP. Huế", "Ủy ban nhân dân thành phố Huế")


def test_an_expanded_name_keeps_its_own_words_as_raw() -> None:
    found = units("các Bộ: Quốc phòng, Công an rà soát")
    assert [(unit.value, unit.raw) for unit in found] == [
        ("Bộ Quốc phòng", "Quốc phòng"),
        ("Bộ Công an", "Công an"),
    ]


def test_a_badly_read_name_needs_review() -> None:
    (good,) = units("Sở Y tế báo cáo")
    (bad,) = units("Sở Y tế báo cáo", confidence=0.6)
    assert not good.needs_review
    assert bad.needs_review
    assert bad.confidence < 0.6 < good.confidence


def test_the_best_reading_of_a_unit_counts() -> None:
    registry = Registry(passage("Sở Y tế Sở Y tế"))
    registry.add(Mention(0, 7, "Sở Y tế", "unit", 0.5), 0)
    registry.add(Mention(8, 15, "Sở Y tế", "unit", 0.97), 0)
    (unit,) = registry.units
    assert unit.confidence == pytest.approx(0.96, abs=0.01)


def test_less_can_be_said_of_a_text_without_marks() -> None:
    registry = Registry(passage("céc x4"), trust=0.7)
    registry.add(Mention(0, 6, "céc x4", "heading"), 0)
    registry.add(Mention(0, 6, "các xã", "heading"), 0)
    assert [unit.kind for unit in registry.units] == ["unit", "group"]
    assert all(unit.needs_review for unit in registry.units)


def test_a_unit_that_ended_names_who_has_its_work() -> None:
    (unit,) = units("Sở Giao thông vận tải rà soát")
    assert unit.value == "Sở Giao thông vận tải"
    assert unit.successor is not None
    assert unit.successor.value == "Sở Xây dựng"


def test_the_province_of_the_document_decides_who_follows() -> None:
    (merged,) = units("UBND tỉnh chỉ đạo", place="Bắc Kạn")
    (kept,) = units("UBND tỉnh chỉ đạo", place="Nghệ An")
    assert merged.successor is not None
    assert merged.successor.value == "Ủy ban nhân dân tỉnh Thái Nguyên"
    assert kept.successor is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ban Quản lý Khu kinh tế Dung Quất (gọi tắt là BQL KKT) chủ trì", {}),
        ("Ban Điều hành Đề án (sau đây gọi tắt là BĐH) chủ trì",
         {"BĐH": "Ban Điều hành Đề án"}),
        ("Sở Du lịch (SDL) và các đơn vị", {"SDL": "Sở Du lịch"}),
        ("Sở Du lịch (PAPI) và các đơn vị", {}),
        ("kinh phí thực hiện (NSNN) năm nay", {}),
        ("Sở Giáo dục và Đào tạo (GDĐT)", {}),
    ],
)  # fmt: skip
def test_definitions(text: str, expected: dict[str, str]) -> None:
    assert definitions(text) == expected


def test_what_the_document_defines_is_one_unit() -> None:
    text = "Ban Tổng kết Đề án (gọi tắt là BTKĐA) chủ trì; Tổ Thư ký BTKĐA ghi chép"
    assert "Tổ Thư ký Ban Tổng kết Đề án" in [unit.value for unit in units(text)]


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    definitions(text)
