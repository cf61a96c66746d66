# SPDX-License-Identifier: Apache-2.0
"""Typed text: tables that set each cell on its own line, lines cut where they should not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Role
from pipeline.reading.plaintext import arrange_text
from pipeline.reading.plaintext_tables import find_tables
from pipeline.reading.printed import printed_lines

TABLE = """\
TT
Nội dung nhiệm vụ
Đơn vị chủ trì
Đơn vị phối
hợp
Thời gian
I
NHIỆM VỤ CHUNG
1
Rà soát danh mục thủ tục thuộc
thẩm quyền của xã
Văn phòng
HĐND và UBND
xã
Các phòng thuộc
UBND xã
Quý III/2025
2
Tập huấn kỹ năng số
Phòng Kinh tế -
Hạ tầng
Tháng 10/2025
"""


def rows(text: str) -> list[tuple[str, ...]]:
    return [row for table in find_tables(printed_lines(text)).values() for row in table.rows]


def test_a_table_of_lines() -> None:
    assert rows(TABLE) == [
        ("TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"),
        ("I", "NHIỆM VỤ CHUNG"),
        (
            "1",
            "Rà soát danh mục thủ tục thuộc thẩm quyền của xã",
            "Văn phòng HĐND và UBND xã",
            "Các phòng thuộc UBND xã",
            "Quý III/2025",
        ),
        ("2", "Tập huấn kỹ năng số", "Phòng Kinh tế - Hạ tầng", "Tháng 10/2025"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "TT\nHọ và tên\nNăm sinh\n1\nNguyễn Văn An\n1980",
        "TT\nNội dung\n1",
        "TT\nĐây là một đoạn văn rất dài nói về nhiệm vụ, không phải là tiêu đề của cột nào cả\n1",
        "1\nNội dung\nĐơn vị",
        "",
    ],
)
def test_no_table_of_tasks(text: str) -> None:
    assert rows(text) == []


def test_the_page_has_rows_and_paragraphs() -> None:
    blocks = arrange_text("1. Sở Y tế rà soát.\n\n" + TABLE, first_page=False)
    assert [block.role for block in blocks] == [Role.BODY, *[Role.TABLE_ROW] * 4]


def test_an_empty_cell_between_tabs_keeps_its_place() -> None:
    (block,) = arrange_text("1\tRà soát\t\tSở Y tế", first_page=False)
    assert [line.text for line in block.lines] == ["1", "Rà soát", "", "Sở Y tế"]


LONG = "Rà soát, đánh giá toàn diện việc thực hiện nhiệm vụ " * 4


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([f"- {LONG}theo các", "Chương trình mục tiêu quốc gia."], 1),
        ([f"a) {LONG};", "định kỳ sơ kết, tổng kết."], 1),
        ([f"- {LONG}", "Chương trình mục tiêu quốc gia."], 1),
        ([f"a) {LONG}.", "Chương trình gồm các nội dung."], 2),
        ([f"1. {LONG}", "2. Sở Y tế rà soát."], 2),
        ([f"a) {LONG} tại", "Điều 5 Nghị định này."], 1),
        ([f"a) {LONG}", "Điều 5. Tổ chức thực hiện."], 2),
        ([f"1. {LONG}.", "[1] Thông báo số 12/TB-UBND", "của Văn phòng."], 2),
    ],
)
def test_paragraphs_of_whole_lines(lines: list[str], count: int) -> None:
    filler = [f"{number}. {LONG}." for number in range(3, 9)]
    whole = arrange_text("\n".join([*filler, *lines]), first_page=False)
    assert len(whole) == count + len(filler)


def test_a_footnote_is_set_apart() -> None:
    blocks = arrange_text("1. Sở Y tế rà soát.\n[1] Giao Sở Nội vụ\nrà soát.", first_page=False)
    assert [block.role for block in blocks] == [Role.BODY, Role.FOOTNOTE]


@given(
    st.lists(st.sampled_from(["TT", "1", "2", "I", "Nội dung", "Đơn vị chủ trì", "Sở Y tế", ""]))
)
def test_no_lines_make_it_raise_or_lose_a_word(texts: list[str]) -> None:
    text = "\n".join(texts)
    words = sum(
        len(line.words) for block in arrange_text(text, first_page=False) for line in block.lines
    )
    assert words == len(text.split())
