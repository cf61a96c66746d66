# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.outline import Outline, is_heading, outline
from pipeline.model import Role

B, R = Role.BODY, Role.TABLE_ROW


def plan(*texts: str) -> Outline:
    return outline(document([(B, text) for text in texts]))


def paths(made: Outline) -> list[str | None]:
    return [node.path for node in made.nodes]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["I. NHIỆM VỤ", "1. Sở Tài chính", "a) Rà soát nguồn vốn;"], ["I", "I.1", "I.1.a"]),
        (["I. NHIỆM VỤ", "1. Sở Y tế", "- Rà soát;", "- Báo cáo."], ["I", "I.1", "I.1", "I.1"]),
        (["II. NỘI DUNG", "2. Biện pháp:", "2.1. Việc tiếp nhận hồ sơ."], ["II", "II.2", "II.2.1"]),
        (["II. NỘI DUNG", "2.1. Việc tiếp nhận.", "2.2. Việc trả."], ["II", "II.2.1", "II.2.2"]),
        (["1. Sở Y tế:", "- Rà soát;", "+ Kiểm tra;", "2. Sở Nội vụ"], ["1", "1", "1", "2"]),
        (
            ["Điều 1. Phạm vi", "1. Quy định này", "a) áp dụng"],
            ["Điều 1", "Điều 1.1", "Điều 1.1.a"],
        ),
        (
            ["Chương I", "Điều 1. Phạm vi", "Chương II", "Điều 2. Hiệu lực"],
            ["Chương I", "Chương I.Điều 1", "Chương II", "Chương II.Điều 2"],
        ),
        (["Phụ lục", "1. Tuyên truyền", "2. Tập huấn"], ["Phụ lục", "Phụ lục.1", "Phụ lục.2"]),
        (["1. Sở Y tế", "Chủ trì kiểm tra.", "Báo cáo kết quả."], ["1", "1", "1"]),
        (["1. Sở Y tế báo cáo.", "Yêu cầu các cơ quan nghiêm túc thực hiện./."], ["1", None]),
        (["I. TỔ CHỨC THỰC HIỆN", "Sở Y tế chủ trì.", "Sở Nội vụ phối hợp."], ["I", "I", "I"]),
        (["IV. TỔ CHỨC", "1. Sở Y tế.", "Trên đây là Kế hoạch của huyện./."], ["IV", "IV.1", None]),
        (["a) Rà soát.", "d) Lập sổ.", "d) Báo cáo."], ["a", "d", "đ"]),
        (["|. MỤC ĐÍCH", "1. Mục đích", "1. ĐỐI TƯỢNG, PHẠM VI"], ["I", "I.1", "II"]),
        (["I- NHIỆM VỤ", "1- Công tác xây dựng Đảng"], ["I", "I.1"]),
        (
            ["Phần thứ nhất", "I. TÌNH HÌNH", "1. Kết quả"],
            ["Phần nhất", "Phần nhất.I", "Phần nhất.I.1"],
        ),
        (["(i) phân cấp;", "(ii) phân quyền."], [None, None]),
    ],
)
def test_paths(texts: list[str], expected: list[str | None]) -> None:
    assert paths(plan(*texts)) == expected


def test_text_is_without_the_marker_and_the_offsets_are_those_of_the_passage() -> None:
    made = plan("1. Sở Tài chính", "a) Rà soát nguồn vốn;")
    assert [made.text(node) for node in made.nodes] == ["Sở Tài chính", "Rà soát nguồn vốn;"]
    assert made.nodes[1].parent == 0
    assert made.children(0) == (1,)


def test_a_paragraph_broken_by_a_page_end_is_one() -> None:
    made = document([(B, "- Tiếp tục rà soát")], [(B, "các quy định hiện hành.")])
    second = made.pages[1]
    joined = replace(second, blocks=(replace(second.blocks[0], continues=True),))
    (node,) = outline(replace(made, pages=(made.pages[0], joined))).nodes
    assert node.page == 1
    assert outline(replace(made, pages=(made.pages[0], joined))).text(node).endswith("hiện hành.")


def test_items_packed_into_one_block_are_taken_apart() -> None:
    made = plan("- Rà soát nguồn vốn; | - Báo cáo UBND huyện | trong tháng 5.")
    assert [made.text(node) for node in made.nodes] == [
        "Rà soát nguồn vốn;",
        "Báo cáo UBND huyện trong tháng 5.",
    ]


def test_a_marker_inside_a_sentence_begins_no_item() -> None:
    made = plan("Đợt mưa lũ kéo dài từ | 2. tuần trở lên gây thiệt hại lớn về tài sản.")
    assert len(made.nodes) == 1


def test_rows_of_a_table_keep_their_cells() -> None:
    made = outline(document([(B, "Phụ lục"), (R, "1 | Tập huấn nghiệp vụ | Sở Nội vụ")]))
    row = made.nodes[1]
    assert [made.passage.text[start:end] for start, end in row.cells] == [
        "1",
        "Tập huấn nghiệp vụ",
        "Sở Nội vụ",
    ]
    assert (row.parent, row.path) == (0, "Phụ lục")


def test_head_foot_and_footnotes_are_no_part_of_the_body() -> None:
    parts = [(Role.TITLE, "KẾ HOẠCH"), (B, "1. Sở Y tế"), (Role.FOOTNOTE, "1 Chú thích")]
    assert len(outline(document(parts)).nodes) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Tài chính", True),
        ("Trách nhiệm cụ thể:", True),
        ("Sở Tài chính báo cáo kết quả.", False),
        ("rà soát nguồn vốn;", False),
        ("Giao Sở Y tế thực hiện./.", False),
    ],
)
def test_headings(text: str, expected: bool) -> None:
    assert is_heading(text) is expected


def test_an_empty_document_has_no_outline() -> None:
    assert outline(document([])).nodes == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "I. ĐẦU",
                "1. Một",
                "a) Hai",
                "- Ba",
                "+ Bốn",
                "1.1. Năm",
                "Điều 2. Sáu",
                "bảy.",
                "Phụ lục",
                "(i) tám",
                "|. CHÍN MƯƠI",
                "ø) Mười",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_nodes_lie_in_order_inside_the_passage(texts: list[str]) -> None:
    made = plan(*texts)
    assert len(made.nodes) == len(texts)
    for index, node in enumerate(made.nodes):
        assert 0 <= node.start <= node.end <= len(made.passage.text)
        assert node.parent is None or node.parent < index


@given(
    st.lists(
        st.text(alphabet="IVXL|l1a)bfjwzđ.-+ø(Điều phụlcMỤC\u0301", min_size=1, max_size=14).filter(
            lambda text: bool(text.split())
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_marker_makes_it_raise(texts: list[str]) -> None:
    made = plan(*(text.replace(" | ", " ") for text in texts))
    assert all(made.text(node) is not None for node in made.nodes)
