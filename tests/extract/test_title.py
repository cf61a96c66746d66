# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.title import find_title, subject_text
from pipeline.extract.title_end import begin_of_title, end_of_title
from pipeline.model import Role


@pytest.mark.parametrize(
    ("title", "organ", "kept"),
    [
        (
            "VỀ VIỆC KHEN THƯỞNG CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ NAM",
            "Ủy ban nhân dân tỉnh Hà Nam",
            "VỀ VIỆC KHEN THƯỞNG",
        ),
        ("VỀ KHEN THƯỞNG CHỦ TỊCH UBND TỈNH", "UBND tỉnh Hà Nam", "VỀ KHEN THƯỞNG"),
        ("VỀ GIÁ ĐẤT ỦY BAN NHÂN DÂN TỈNH HÀ NAM", "UBND tỉnh Hà Nam", "VỀ GIÁ ĐẤT"),
        ("BAN HÀNH QUY CHẾ BỘ TRƯỞNG BỘ TƯ PHÁP", "Bộ Tư pháp", "BAN HÀNH QUY CHẾ"),
        ("Về mã số hàng hóa CỤC TRƯỞNG CỤC HẢI QUAN", "Cục Hải quan", "Về mã số hàng hóa"),
        ("VỀ CẢNH SÁT MÔI TRƯỜNG CHÍNH PHỦ", "Chính phủ", "VỀ CẢNH SÁT MÔI TRƯỜNG"),
        (
            "VỀ MỨC THU HỘI ĐỒNG NHÂN DÂN TỈNH HÀ NAM KHÓA XI, KỲ HỌP THỨ TƯ",
            "Hội đồng nhân dân tỉnh Hà Nam",
            "VỀ MỨC THU",
        ),
        (
            "VỀ ỨNG PHÓ BÃO SỐ 3 CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ NAM điện:",
            "Ủy ban nhân dân tỉnh Hà Nam",
            "VỀ ỨNG PHÓ BÃO SỐ 3",
        ),
        (
            "VỀ RÀ SOÁT, TỔNG HỢP THIỆT HẠI THỦ TƯỚNG CHÍNH PHỦ điện: - Bộ Y tế",
            "Thủ tướng Chính phủ",
            "VỀ RÀ SOÁT, TỔNG HỢP THIỆT HẠI",
        ),
        # an organ that the title speaks of
        *(
            (title, "Ủy ban nhân dân tỉnh Hà Nam", title)
            for title in (
                "KẾT LUẬN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ NAM",
                "THUỘC THẨM QUYỀN GIẢI QUYẾT CỦA ỦY BAN NHÂN DÂN TỈNH HÀ NAM",
                "QUY CHẾ LÀM VIỆC CỦA VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH",
                "VỀ VIỆC ỦY QUYỀN CHO CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
                "VỀ PHỐI HỢP GIỮA SỞ Y TẾ VÀ ỦY BAN NHÂN DÂN TỈNH HÀ NAM",
                "VỀ VIỆC BỔ NHIỆM GIÁM ĐỐC SỞ Y TẾ",
                "Về việc thi hành quyết định của Chủ tịch Ủy ban nhân dân tỉnh",
                "",
            )
        ),
    ],
)
def test_the_authority_is_no_part_of_the_title(title: str, organ: str, kept: str) -> None:
    assert title[: end_of_title(title, (organ,))].strip() == kept


def test_an_organ_in_the_middle_of_a_phrase_is_none() -> None:
    title = "PHÊ DUYỆT CHƯƠNG TRÌNH PHÁT TRIỂN CHÍNH PHỦ SỐ"
    assert end_of_title(title, ("Chính phủ",)) == len(title)


def test_old_acts_repeat_number_and_date_under_the_type() -> None:
    title = "CỦA BỘ XÂY DỰNG SỐ 04/2001/TT-BXD NGÀY 20 THÁNG 8 NĂM 2001 HƯỚNG DẪN ĐẤU THẦU"
    assert title[begin_of_title(title) :] == "HƯỚNG DẪN ĐẤU THẦU"
    assert begin_of_title("Của ít lòng nhiều") == 0


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        ("KẾ HOẠCH | Thực hiện Nghị quyết số 12-NQ/TU | về chuyển đổi số",
         "Thực hiện Nghị quyết số 12-NQ/TU về chuyển đổi số"),
        ("KẾ HOẠCH | THỰC HIỆN CHƯƠNG TRÌNH SỨC KHỎE HỌC ĐƯỜNG",
         "THỰC HIỆN CHƯƠNG TRÌNH SỨC KHỎE HỌC ĐƯỜNG"),
        ("QUYẾT ĐỊNH CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH | Về việc khen thưởng",
         "Về việc khen thưởng"),
        ("CÔNG ĐIỆN KHẨN | Về ứng phó bão số 3", "Về ứng phó bão số 3"),
        ("THÔNG BÁO KẾT LUẬN | của Chủ tịch tại buổi họp", "KẾT LUẬN của Chủ tịch tại buổi họp"),
        ("QUYẾT ĐỊNH", None),  # a decision on a person may have no trích yếu
        ("QUYẾT ĐỊNH | Căn cứ Luật Cán bộ, công chức", None),
    ],
)  # fmt: skip
def test_trich_yeu(lines: str, subject: str | None) -> None:
    found = find_title(document([(Role.TITLE, lines)]).pages[0])
    assert (found.subject.raw if found.subject else None) == subject


def test_a_post_in_the_signature_is_no_type() -> None:
    page = document(
        [
            (Role.NUMBER, "Số: 12/CT-CS"),
            (Role.SUBJECT, "V/v chính sách thuế"),
            (Role.BODY, "Cục Thuế nhận được công văn hỏi về chính sách thuế, có ý kiến như sau"),
            (Role.SIGNATURE, "PHÓ BAN | Phạm Thị Hiền"),
        ]
    ).pages[0]
    title = find_title(page)
    assert title.kind is None
    assert title.is_dispatch


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("V/v nghỉ lễ", "V/v nghỉ lễ"),
        ("V/w nghỉ lễ", "V/v nghỉ lễ"),
        ("Vv", "Vv"),
        ("Về Nghị quyết số 24/NQ-HĐND ) về du lịch", "Về Nghị quyết số 24/NQ-HĐND về du lịch"),
        ("Về phí ( lệ phí ) năm 2024", "Về phí ( lệ phí ) năm 2024"),
        ("Về nghỉ lễ", "Về nghỉ lễ"),
    ],
)
def test_a_misread_label_of_the_subject(raw: str, text: str) -> None:
    assert subject_text(raw) == text


@given(st.text(max_size=120), st.text(max_size=30))
def test_no_title_raises(title: str, organ: str) -> None:
    assert 0 <= end_of_title(title, (organ,)) <= len(title)
    assert 0 <= begin_of_title(title) <= len(title)
