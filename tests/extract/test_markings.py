# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.markings import extract_marking, is_marking, secrecy_of
from pipeline.model import Role
from pipeline.settings import Settings

SETTINGS = Settings()
FIRST = [(Role.NUMBER, "Số: 5/BC-UBND"), (Role.BODY, "Thực hiện chỉ đạo của tỉnh")]


def _secrecy(*parts: tuple[Role, str]) -> str | None:
    value = secrecy_of(document(FIRST, list(parts)), SETTINGS)
    return value.value if value else None


@pytest.mark.parametrize(
    ("role", "text", "degree"),
    [
        (Role.SECRECY, "MẬT", "Mật"),
        (Role.SECRECY, "TÔI MẬT", "Tối mật"),  # a worn stamp
        (Role.NOISE, "TUYỆT MẬT", "Tuyệt mật"),
        (Role.BODY, "MẬT", "Mật"),
        (Role.BODY, "(MẬT)", "Mật"),
        (Role.BODY, "[ TỐI MẬT ]", "Tối mật"),
        (Role.BODY, "Độ mật: Mật", "Mật"),
        (Role.BODY, "ĐỘ MẬT: TUYỆT MẬT", "Tuyệt mật"),
        (Role.BODY, "Mức độ mật: Tối mật.", "Tối mật"),
        # text that speaks of secrets
        (Role.BODY, "Thực hiện công tác bảo vệ bí mật nhà nước", None),
        (Role.BODY, "BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
        (Role.BODY, "Mật", None),
        (Role.BODY, "Mật độ xây dựng", None),
        (Role.BODY, "tài liệu có độ mật: tối mật và tuyệt mật phải lưu riêng", None),
        (Role.TABLE_ROW, "MẬT", None),
        (Role.TITLE, "KẾ HOẠCH | BẢO MẬT", None),
    ],
)
def test_secrecy_of_a_later_page(role: Role, text: str, degree: str | None) -> None:
    assert _secrecy((role, text)) == degree


def test_the_highest_degree_of_all_pages_counts() -> None:
    pages = ([(Role.BODY, "MẬT")], [(Role.BODY, "TUYỆT MẬT")], [(Role.BODY, "TỐI MẬT")])
    value = secrecy_of(document(*pages, confidence=0.95), SETTINGS)
    assert value is not None
    assert (value.value, value.evidence[0].page) == ("Tuyệt mật", 2)


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("HỎA TỐC", "Hỏa tốc"),
        ("HOẢ TỐC", "Hỏa tốc"),
        ("HỎA TỐC HẸN GIỜ", "Hỏa tốc hẹn giờ"),
        ("HỎA TỐC HẸN GIỜ 15 giờ 00", "Hỏa tốc hẹn giờ"),
        ("THƯỢNG KHẨN", "Thượng khẩn"),
        ("KHẨN", "Khẩn"),
        ("Độ khẩn: Khẩn", "Khẩn"),
        ("KHẨN TRƯƠNG RÀ SOÁT", None),
        ("Khẩn", None),
    ],
)
def test_urgency(text: str, degree: str | None) -> None:
    page = document([*FIRST, (Role.BODY, text)]).pages[0]
    value = extract_marking(page, "urgency", SETTINGS)
    assert (value.value if value else None) == degree


@given(st.text(max_size=80))
def test_no_line_raises(text: str) -> None:
    assert is_marking(text, "secrecy") in (True, False)
