# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Role
from pipeline.reading.plaintext import arrange_text

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
PLAN = "Số: 12/KH-UBND\nHà Nam, ngày 12 tháng 5 năm 2023\n"


def _parts(text: str, role: Role) -> list[str]:
    return [
        " ".join(word.text for line in block.lines for word in line.words)
        for block in arrange_text(text)
        if block.role is role
    ]


def test_what_a_telegram_is_wired_to_is_no_title() -> None:
    text = (
        f"THỦ TƯỚNG CHÍNH PHỦ\n{MOTTO}Số: 22/CĐ-TTg\nHà Nội, ngày 12 tháng 5 năm 2023\n"
        "CÔNG ĐIỆN\nVỀ ỨNG PHÓ BÃO SỐ 3\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n- Bộ Y tế;\n"
        "- Bộ Xây dựng. Thời gian qua, bão số 3 diễn biến phức tạp.\nYêu cầu các bộ khẩn trương:"
    )
    assert _parts(text, Role.TITLE) == ["CÔNG ĐIỆN VỀ ỨNG PHÓ BÃO SỐ 3"]
    assert _parts(text, Role.ADDRESSEES) == ["THỦ TƯỚNG CHÍNH PHỦ điện: - Bộ Y tế; - Bộ Xây dựng."]
    assert _parts(text, Role.BODY)[0] == "Thời gian qua, bão số 3 diễn biến phức tạp."


@pytest.mark.parametrize(
    ("line", "addressee", "body"),
    [
        ("Kính gửi: Bộ Y tế. Xét Tờ trình số 5/TTr-BYT, Chính phủ có ý kiến:", "Kính gửi: Bộ Y tế.",
         "Xét Tờ trình số 5/TTr-BYT, Chính phủ có ý kiến:"),
        ("Kính gửi: Ông Lê An Cục Thuế nhận được đơn của ông", "Kính gửi: Ông Lê An",
         "Cục Thuế nhận được đơn của ông"),
        ("Kính gửi: Bà Mai (số 5 phố Huế) Trả lời đơn của bà", "Kính gửi: Bà Mai (số 5 phố Huế)",
         "Trả lời đơn của bà"),
    ],
)  # fmt: skip
def test_a_body_on_the_line_of_the_addressee(line: str, addressee: str, body: str) -> None:
    head = f"CỤC THUẾ\n{MOTTO}Số: 12/CT-CS\nV/v thuế\nHà Nội, ngày 12 tháng 5 năm 2023\n"
    text = f"{head}{line}\nCăn cứ Luật Thuế, Cục Thuế có ý kiến như sau."
    assert _parts(text, Role.ADDRESSEES) == [addressee]
    assert _parts(text, Role.BODY)[0] == body


def test_the_party_s_own_motto() -> None:
    text = "TỈNH ỦY HÀ NAM\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 5-CT/TU\nHà Nam, ngày 12 tháng 5 năm 2023"
    assert _parts(text, Role.ORGAN) == ["TỈNH ỦY HÀ NAM"]
    assert _parts(text, Role.MOTTO) == ["ĐẢNG CỘNG SẢN VIỆT NAM"]


def test_a_dispatch_without_its_label() -> None:
    text = f"SỞ Y TẾ\n{MOTTO}Số: 12/SYT-NV\nVề tiêm chủng mở rộng\nHà Nam, ngày 12 tháng 5 năm 2023"
    assert _parts(text, Role.SUBJECT) == ["Về tiêm chủng mở rộng"]


def test_a_type_and_its_trich_yeu_on_one_line() -> None:
    text = f"UBND TỈNH HÀ NAM\n{MOTTO}{PLAN}THÔNG BÁO KẾT LUẬN CỦA CHỦ TỊCH\nNgày 10/5, tại Phủ Lý"
    assert _parts(text, Role.TITLE) == ["THÔNG BÁO KẾT LUẬN CỦA CHỦ TỊCH"]
    assert _parts(text, Role.BODY) == ["Ngày 10/5, tại Phủ Lý"]


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    head = f"SỞ Y TẾ\n{MOTTO}{PLAN}Kính gửi: Sở Nội vụ {text}"
    assert arrange_text(head)
