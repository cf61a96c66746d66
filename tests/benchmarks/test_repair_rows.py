# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from benchmarks.repair_rows import cut_to_rows, rows_beside
from pipeline.model import Word

PARAGRAPH = (
    "Thực hiện nội dung các Quyết định số: 1743/QĐ-BGTVT, 1744/QĐ-BGTVT ngày 31/12/2024 của "
    "Bộ trưởng Bộ Giao thông vận tải về việc công bố thủ tục hành chính"
)
ROWS = [
    "Thực hiện nội dung các Quyêt định số: 1743/QĐ-BGTVT, 1744/QĐ-",
    "BGTVT ngày 31/12/2024 của Bộ trưởng Bộ Giao thông vận tải về việc",
    "công bô thủ tục hành chính",
]


def rows(texts: list[str]) -> list[list[Word]]:
    return [[Word(text, None, 0.9) for text in row.split()] for row in texts]


# Rows read, true lines, the rows found with their truth, true lines lost.
CASES = [
    (["Kê hoạch", "Mục đich"], ["Kế hoạch", "Mục đích"], ["Kế hoạch", "Mục đích"], 0),
    (["~ ï .", "Mục đich"], ["Kế hoạch", "Mục đích"], ["Mục đích"], 1),
    # A head in two columns, read across and written down column by column.
    (
        ["ỦY BAN NHÂN DÂN", "Độc lập - Tự do", "Số: 05/CT-UBND", "V/v giảm nghèo"],
        ["ỦY BAN NHÂN DÂN", "Số: 05/CT-UBND", "V/v giảm nghèo", "Độc lập - Tự do"],
        ["ỦY BAN NHÂN DÂN", "Độc lập - Tự do", "Số: 05/CT-UBND", "V/v giảm nghèo"],
        0,
    ),
    (["ngày  tháng 9", "chung"], [], [], 0),
    ([], ["Kế hoạch"], [], 1),
]


@pytest.mark.parametrize(("read", "true", "expected", "lost"), CASES)
def test_true_lines_are_found(
    read: list[str], true: list[str], expected: list[str], lost: int
) -> None:
    found, missing = rows_beside(rows(read), true)
    assert [" ".join(line.right) for line in found] == expected
    assert missing == lost


def test_a_paragraph_is_cut_where_its_rows_end() -> None:
    found, lost = rows_beside(rows(["KẾ HOẠCH", *ROWS]), ["KẾ HOẠCH", PARAGRAPH])
    assert lost == 0
    assert [" ".join(line.right) for line in found] == [
        "KẾ HOẠCH",
        "Thực hiện nội dung các Quyết định số: 1743/QĐ-BGTVT, 1744/QĐ-",
        "BGTVT ngày 31/12/2024 của Bộ trưởng Bộ Giao thông vận tải về việc",
        "công bố thủ tục hành chính",
    ]


def test_a_word_that_was_not_read_stands_where_the_next_was() -> None:
    found = cut_to_rows(rows(["giảm nghèo", "năm 2022"]), "giảm nghèo bền năm 2022".split())
    assert [line.right for line in found] == [("giảm", "nghèo"), ("bền", "năm", "2022")]


def test_rows_keep_their_tokens_and_confidences() -> None:
    (line,) = cut_to_rows([[Word("Kê", None, 0.456), Word("hoạch", None, None)]], ["Kế", "hoạch"])
    assert line.seen == (("Kê", 0.46), ("hoạch", 0.0))
