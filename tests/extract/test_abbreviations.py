# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.abbreviations import initials_fit, write_out


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("UBND TP. Huế", "Ủy ban nhân dân thành phố Huế"),
        ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Văn phòng HĐND&UBND thị xã", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân thị xã"),
        ("Văn phòng HĐND và UBND xã", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã"),
        ("UB MTTQ Việt Nam xã", "Ủy ban Mặt trận Tổ quốc Việt Nam xã"),
        ("Sở GDĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở Giáo dục và Đào tạo (GDĐT)", "Sở Giáo dục và Đào tạo"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở Lao động-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở VH, TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở NN và PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở Nông nghiệp và PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở KH và CN", "Sở Khoa học và Công nghệ"),
        ("Phòng TC-KH", "Phòng Tài chính - Kế hoạch"),
        ("Phòng Văn hóa -Thông tin", "Phòng Văn hóa - Thông tin"),
        ("TTPVHCC xã", "Trung tâm Phục vụ hành chính công xã"),
        ("TT Y tế huyện", "Trung tâm Y tế huyện"),
        ("BHXH tỉnh", "Bảo hiểm xã hội tỉnh"),
        ("BQL KKT", "Ban Quản lý Khu kinh tế"),
        ("Ban Chỉ huy PCTT&TKCN", "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn"),
        ("Sở TC, Sở KHĐT", "Sở TC, Sở Kế hoạch và Đầu tư"),
        ("UBND các xã, TT", "Ủy ban nhân dân các xã, TT"),
        ("Tập đoàn VNPT", "Tập đoàn VNPT"),
        ("Văn phòng Sở (Tổ Tổng hợp)", "Văn phòng Sở (Tổ Tổng hợp)"),
    ],
)
def test_write_out(name: str, full: str) -> None:
    assert write_out(name) == full


def test_the_document_goes_before_the_dictionary() -> None:
    assert write_out("BQL", {"BQL": "Ban Quản lý Chợ"}) == "Ban Quản lý Chợ"


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("GDĐT", "Sở Giáo dục và Đào tạo", True),
        ("SYT", "Sở Y tế", True),
        ("PAPI", "Sở Y tế", False),
        ("ĐT", "Đào tạo", True),
        ("A", "An toàn", False),
    ],
)
def test_initials(short: str, full: str, fits: bool) -> None:
    assert initials_fit(short, full) is fits


@given(st.text(max_size=60))
def test_no_text_raises_and_lower_case_stays(name: str) -> None:
    assert "  " not in write_out(name)


@given(st.lists(st.sampled_from(["UBND", "GD&ĐT", "TP.", "Sở", "-", ",", "(", "và", "xã"])))
def test_nothing_more_is_written_out_the_second_time(words: list[str]) -> None:
    once = write_out(" ".join(words))
    assert write_out(once).casefold() == once.casefold()
