# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.garbled import read_heading
from pipeline.extract.orders import read_orders, units_in


def cases() -> list[dict[str, str]]:
    path = Path(__file__).parent / "order_cases.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_who_and_with_whom(case: dict[str, str]) -> None:
    orders = read_orders(case["text"])
    assert " ¶ ".join(unit.name for unit in orders.agents) == case["agents"]
    assert " ¶ ".join(unit.name for unit in orders.cooperating) == case["cooperating"]


@pytest.mark.parametrize(
    ("text", "bare", "assigned"),
    [
        ("Sở Tài chính, Sở Y tế:", True, False),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam huyện", True, True),
        ("Sở Tài chính rà soát.", False, False),
        ("Giao Sở Tài chính rà soát.", False, True),
    ],
)
def test_headings_and_orders(text: str, bare: bool, assigned: bool) -> None:
    orders = read_orders(text)
    assert (orders.bare, orders.assigned) == (bare, assigned)


def test_what_has_been_done_is_no_order() -> None:
    assert read_orders("Sở Xây dựng đã hoàn thành việc kiểm tra.").recounts


def test_units_of_a_cell_come_once_each() -> None:
    names = [unit.name for unit in units_in("Sở Y tế, Sở Tài chính; Sở Y tế.")]
    assert sorted(names) == ["Sở Tài chính", "Sở Y tế"]


@pytest.mark.parametrize(
    ("text", "names", "assigned"),
    [
        (
            "Phong Lao dgng - Thwong binh va Xa hoi",
            ["Phong Lao dgng - Thwong binh va Xa hoi"],
            False,
        ),
        (
            "Phong Tai chinh; UBND céc x4, thi tran",
            ["Phong Tai chinh", "UBND céc x4, thi tran"],
            False,
        ),
        ("Cac co quan, don vi lién quan", ["Cac co quan, don vi lién quan"], False),
        ("Pé nghi Uy ban Mt tran Té qudc huyén", ["Uy ban Mt tran Té qudc huyén"], True),
        ("Phòng Nội vụ huyện", ["Phòng Nội vụ huyện"], False),
        ("Muc dich", [], False),
        ("N¢i dung, hinh thire", [], False),
    ],
)
def test_garbled_headings(text: str, names: list[str], assigned: bool) -> None:
    orders = read_heading(text)
    assert [unit.name for unit in orders.agents] == names
    assert orders.assigned is (assigned and bool(names))


@given(st.text(max_size=100))
def test_no_text_makes_it_raise(text: str) -> None:
    for unit in (*read_orders(text).agents, *read_heading(text).agents, *units_in(text)):
        assert 0 <= unit.start < unit.end <= len(text)
