# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.addressees import extract_addressees
from pipeline.model import Role
from pipeline.settings import Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Kính gửi: Bộ Nội vụ", ["Bộ Nội vụ"]),
        ("Kính gửi: Ủy ban nhân dân tỉnh Hà Giang.", ["Ủy ban nhân dân tỉnh Hà Giang"]),
        ("Kính gửi: | - Sở Xây dựng; | - Sở Tài chính.", ["Sở Xây dựng", "Sở Tài chính"]),
        ("Kính gửi: Sở Xây dựng; Sở Tài chính", ["Sở Xây dựng", "Sở Tài chính"]),
        (
            "Kính gửi: | - Các sở, ban, ngành; | - Ủy ban nhân dân các huyện, | thành phố.",
            ["Các sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố"],
        ),
        ("Kính gửi: | Các trường mầm non; | Các trường tiểu học.", ["Các trường mầm non",
                                                                    "Các trường tiểu học"]),
        ("Kinh gui: Bo Noi vu", ["Bo Noi vu"]),
        ("Kính gửi : - Thủ trưởng các đơn vị;", ["Thủ trưởng các đơn vị"]),
        ("Kính gửi: | - Sở Y tế; - Sở Nội vụ.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Kính gửi: Các Bộ: Y tế, Nội vụ", ["Các Bộ: Y tế, Nội vụ"]),
        ("Kính gửi: | - Sở Y tế; | - Đồng kính gửi: Tỉnh ủy", ["Sở Y tế", "Tỉnh ủy"]),
        # a công điện is wired
        (
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện: | - Giám đốc Sở Y tế; | - Công an tỉnh.",
            ["Giám đốc Sở Y tế", "Công an tỉnh"],
        ),
        # where somebody lives, and the body behind the name
        ("Kính gửi: Công ty Hoa Sen. (Đ/c: số 5 phố Huế, Hà Nội)", ["Công ty Hoa Sen"]),
        ("Kính gửi: Bà Lê Thị Mai (Địa chỉ: phường Vinh)", ["Bà Lê Thị Mai"]),
        ("Kính gửi: | Ông An Văn Bình; | Mã số thuế: 110204", ["Ông An Văn Bình"]),
        (
            "Kính gửi: Bộ Nội vụ. Xét Tờ trình của Bộ Nội vụ về thành lập mạng lưới",
            ["Bộ Nội vụ"],
        ),
        ("Kính gửi: UBND TP. Hồ Chí Minh", ["UBND TP. Hồ Chí Minh"]),
    ],
)  # fmt: skip
def test_addressees(block: str, expected: list[str]) -> None:
    found = extract_addressees(document([(Role.ADDRESSEES, block)]), SETTINGS)
    assert [value.value for value in found] == expected


def test_addressees_that_the_layout_took_for_the_body() -> None:
    parts = [
        (Role.SUBJECT, "V/v báo cáo nhân sự"),
        (Role.BODY, "Kính gửi: | - Sở Nội vụ; | - Sở Y tế."),
        (Role.BODY, "Thực hiện chỉ đạo của Bộ Nội vụ, UBND tỉnh yêu cầu;"),
    ]
    found = extract_addressees(document(parts), SETTINGS)
    assert [value.value for value in found] == ["Sở Nội vụ", "Sở Y tế"]
    assert all(value.needs_review for value in found)


def test_a_telegram_that_the_layout_took_for_the_body() -> None:
    parts = [
        (Role.TITLE, "CÔNG ĐIỆN | Về ứng phó bão số 3"),
        (Role.BODY, "THỦ TƯỚNG CHÍNH PHỦ điện:"),
        (Role.BODY, "- Bộ trưởng Bộ Quốc phòng;"),
        (Role.BODY, "- Chủ tịch UBND tỉnh Quảng Ninh."),
        (Role.BODY, "Thời gian qua, bão số 3 diễn biến phức tạp"),
    ]
    found = extract_addressees(document(parts), SETTINGS)
    assert [value.value for value in found] == [
        "Bộ trưởng Bộ Quốc phòng",
        "Chủ tịch UBND tỉnh Quảng Ninh",
    ]


def test_a_sentence_about_wires_addresses_nobody() -> None:
    page = [(Role.TITLE, "BÁO CÁO | Về lưới điện"), (Role.BODY, "Tình hình lưới điện: ổn định")]
    assert extract_addressees(document(page), SETTINGS) == []


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    page = [(Role.ADDRESSEES, f"Kính gửi: {text}")]
    assert all(value.value for value in extract_addressees(document(page), SETTINGS))


def test_nobody_is_addressed() -> None:
    page = [(Role.TITLE, "QUYẾT ĐỊNH | Về việc khen thưởng"), (Role.BODY, "Điều 1. Tặng giấy khen")]
    assert extract_addressees(document(page), SETTINGS) == []
