# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.markers import Form, Marker, from_roman, mend, read_marker, to_roman


@pytest.mark.parametrize(
    ("text", "form", "label"),
    [
        ("I. MỤC ĐÍCH", Form.ROMAN, "I"),
        ("V.TỔ CHỨC THỰC HIỆN", Form.ROMAN, "V"),
        ("II- NHIỆM VỤ", Form.ROMAN, "II"),
        ("1. Sở Tài chính", Form.NUMBER, "1"),
        ("1- Công tác kiểm tra", Form.NUMBER, "1"),
        ("2) Các đơn vị", Form.NUMBER, "2"),
        ("2.1. Việc tiếp nhận", Form.DECIMAL, "2.1"),
        ("2.1 Việc tiếp nhận", Form.DECIMAL, "2.1"),
        ("a) Chủ trì", Form.LETTER, "a"),
        ("đ) Báo cáo", Form.LETTER, "đ"),
        ("b. Rà soát", Form.LETTER, "b"),
        ("- Phối hợp", Form.DASH, None),
        ("– Phối hợp", Form.DASH, None),
        ("-Phối hợp", Form.DASH, None),
        ("+ Quán triệt", Form.PLUS, None),
        ("(i) phân quyền", Form.BRACKET, None),
        ("Điều 3. Hiệu lực", Form.ARTICLE, "Điều 3"),
        ("- Điều 4. Chánh Văn phòng", Form.ARTICLE, "Điều 4"),
        ("Chương II", Form.CHAPTER, "Chương II"),
        ("Mục 1", Form.SECTION, "Mục 1"),
        ("Phần thứ nhất", Form.PART, "Phần nhất"),
        ("Phụ lục I", Form.ANNEX, "Phụ lục I"),
        ("PHỤ LỤC", Form.ANNEX, "Phụ lục"),
    ],
)
def test_markers(text: str, form: Form, label: str | None) -> None:
    marker = read_marker(text)
    assert marker is not None
    assert (marker.form, marker.label) == (form, label)


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Kế hoạch số 5",
        "04 - 06 đợt lũ",
        "15/6/2025 là ngày",
        "Điều kiện bảo đảm",
        "100% học sinh",
        "mục tiêu chung",
        "Phần lớn các đơn vị",
        "1.500 hộ dân",
        "Xây dựng",
    ],
)
def test_no_marker(text: str) -> None:
    assert read_marker(text) is None


def _read(texts: list[str]) -> list[str | None]:
    labelled: list[Marker] = []
    labels: list[str | None] = []
    for text in texts:
        marker = mend(read_marker(text), text, labelled)
        labels.append(marker.label if marker else None)
        labelled += [marker] if marker and marker.label else []
    return labels


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["|. MỤC ĐÍCH", "1. Mục đích", "1. ĐỐI TƯỢNG THỰC HIỆN"], ["I", "1", "II"]),
        (["I. MỤC ĐÍCH", "II. NỘI DUNG", "I11. GIẢI PHÁP"], ["I", "II", "III"]),
        (["IL. MỤC ĐÍCH, YÊU CẦU", "L. ĐỐI TƯỢNG", "LI. NỘI DUNG"], ["I", "II", "III"]),
        (["l. Sở Tài chính", "2. Sở Y tế"], ["1", "2"]),
        (["c) Theo dõi", "d) Rà soát", "d) Báo cáo", "e) Tổng hợp"], ["c", "d", "đ", "e"]),
        (["a) Sở Y tế", "b) Sở Tư pháp", "e) Sở Nội vụ"], ["a", "b", "c"]),
        (["c) Theo dõi", "đ) Rà soát", "đ) Báo cáo"], ["c", "d", "đ"]),
        (["b) Theo dõi", "a) Rà soát", "b) Báo cáo"], ["b", "a", "b"]),
        (["e) Sở Y tế", "ø) Sở Công Thương", "h) Sở Nội vụ"], ["e", "g", "h"]),
        (["h) Sở Y tế", "1) Sở Công Thương", "k) Sở Nội vụ"], ["h", "i", "k"]),
        (["1. SỞ TÀI CHÍNH", "2. SỞ Y TẾ"], ["1", "2"]),
    ],
)
def test_broken_markers_are_mended_by_their_sequence(
    texts: list[str], labels: list[str | None]
) -> None:
    assert _read(texts) == labels


@given(st.integers(1, 89))
def test_roman_numbers_come_back(number: int) -> None:
    assert from_roman(to_roman(number)) == number


@pytest.mark.parametrize(
    ("before", "text", "label"),
    [
        (["1. Một"], "Z. Hai", "2"),
        (["4. Bốn"], "S. Năm", "5"),
        (["10. Mười"], "ll. Mười một", "11"),
        (["1. Một"], "3) Rà soát", "a"),
        (["1. Một"], "@) Rà soát", "a"),
        (["1. Một", "a) Hai"], "b) Ba", "b"),
        (["2. Hai"], "S. Năm", None),
    ],
)
def test_numbers_and_letters_mended_by_their_sequence(
    before: list[str], text: str, label: str | None
) -> None:
    known = [marker for marker in map(read_marker, before) if marker is not None]
    found = mend(read_marker(text), text, known)
    assert (found.label if found else None) == label
