# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.hierarchy import standing, written_out


@pytest.mark.parametrize(
    ("name", "parent", "level", "branch"),
    [
        ("Chính phủ", None, "central", "government"),
        ("Thủ tướng Chính phủ", None, "central", "government"),
        ("Bộ Y tế", None, "central", "government"),
        ("Cục Thú y", "Bộ Nông nghiệp và Môi trường", "central", "government"),
        ("Thanh tra Chính phủ", None, "central", "government"),
        ("Kiểm toán Nhà nước", None, "central", None),
        ("Chủ tịch nước", None, "central", None),
        ("UBND tỉnh Phú Thọ", None, "province", "government"),
        ("Ủy ban nhân dân thành phố Hải Phòng", None, "province", "government"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Gia Lai", None, "province", "government"),
        ("Sở Xây dựng", None, "province", "government"),
        ("Chi cục Kiểm lâm", "Sở Nông nghiệp và Môi trường", "province", "government"),
        ("Thuế tỉnh Nghệ An", "Cục Thuế", "province", "government"),
        ("Bộ Chỉ huy Quân sự tỉnh Hà Nam", None, "province", "government"),
        ("Trung tâm Phục vụ hành chính công", "UBND thành phố Hà Nội", "province", "government"),
        ("UBND huyện Củ Chi", None, "district", "government"),
        ("Ủy ban nhân dân Quận 12", None, "district", "government"),
        ("Uỷ ban nhân dân thị xã Bỉm Sơn", None, "district", "government"),
        ("UBND thành phố Thủ Đức", None, "district", "government"),
        ("Phòng GD&ĐT", "UBND huyện Tân Yên", "district", "government"),
        ("UBND xã Tam Dị", "UBND huyện Lục Nam", "commune", "government"),
        ("UBND đặc khu Phú Quốc", None, "commune", "government"),
        ("Ủy ban nhân dân thị trấn Đồi Ngô", None, "commune", "government"),
        ("Quốc hội", None, "central", "assembly"),
        ("Ủy ban Thường vụ Quốc hội", None, "central", "assembly"),
        ("Hội đồng nhân dân tỉnh Đắk Lắk", None, "province", "assembly"),
        ("Thường trực HĐND huyện Hóc Môn", None, "district", "assembly"),
        ("Đoàn ĐBQH tỉnh Hà Tĩnh", None, "province", "assembly"),
        ("Ban Chấp hành Trung ương", None, "central", "party"),
        ("Văn phòng", "Ban Chấp hành Trung ương", "central", "party"),
        ("Tỉnh ủy Bắc Ninh", None, "province", "party"),
        ("Thành ủy Hà Nội", None, "province", "party"),
        ("Thành ủy Vinh", "Tỉnh ủy Nghệ An", "district", "party"),
        ("Huyện ủy Lục Nam", "Đảng bộ tỉnh Bắc Giang", "district", "party"),
        ("Đảng ủy xã Tam Dị", None, "commune", "party"),
        ("Ban Tổ chức", "Tỉnh ủy Bắc Giang", "province", "party"),
        ("Tòa án nhân dân tối cao", None, "central", "justice"),
        ("Viện kiểm sát nhân dân huyện Mường Ảng", None, "district", "justice"),
        ("Ủy ban MTTQ Việt Nam tỉnh Hà Nam", None, "province", "front"),
        ("Tỉnh đoàn Quảng Ninh", None, "province", "front"),
        # of no territory's
        ("Trường Đại học Vinh", "Bộ Giáo dục và Đào tạo", None, None),
        ("Trường THCS Hoa Sen", "UBND phường Hải Châu", None, None),
        ("Công ty TNHH MTV Sông Đà 9", None, None, None),
        ("Tổng công ty Bưu điện Việt Nam", None, None, None),
        # nothing tells
        ("Cục Thuế", None, None, "government"),
        ("Hội nghị hiệp thương", None, None, None),
    ],
)
def test_where_an_organ_stands(
    name: str, parent: str | None, level: str | None, branch: str | None
) -> None:
    place = standing(name, parent, None)
    assert (place.level, place.branch) == (level, branch)


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (dt.date(2024, 5, 1), "district"),  # of the province Thừa Thiên Huế
        (dt.date(2025, 11, 18), "province"),
        (None, None),
    ],
)
def test_a_city_that_was_raised(day: dt.date | None, level: str | None) -> None:
    assert standing("Ủy ban nhân dân thành phố Huế", None, day).level == level


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("UBND TP. Vinh", "Ủy ban nhân dân thành phố Vinh"),
        ("UBND TP.HCM", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở LĐ-TB&XH tỉnh Hà Nam", "Sở Lao động - Thương binh và Xã hội tỉnh Hà Nam"),
        ("Bộ Nông nghiệp và PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("Văn phòng HĐND-UBND", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"),
        ("BCH Đảng bộ huyện Lục Nam", "Ban Chấp hành Đảng bộ huyện Lục Nam"),
        ("Trường THPT Chuyên", "Trường Trung học phổ thông Chuyên"),
        ("Bộ Lao động-Thương binh và Xã hội", "Bộ Lao động - Thương binh và Xã hội"),
        ("Sở Y tế", "Sở Y tế"),
        ("Công ty ABC", "Công ty ABC"),
        ("", ""),
    ],
)
def test_names_written_out(name: str, full: str) -> None:
    assert written_out(name) == full


def test_a_part_of_another_organ_takes_its_name() -> None:
    assert standing("Văn phòng", "UBND tỉnh Yên Bái", None).full_name == (
        "Văn phòng Ủy ban nhân dân tỉnh Yên Bái"
    )
    assert standing("Văn phòng", "Ban Chấp hành Trung ương", None).full_name == (
        "Văn phòng Trung ương"
    )
    assert standing("Văn phòng Chính phủ", None, None).full_name == "Văn phòng Chính phủ"


@given(st.text(max_size=60), st.none() | st.text(max_size=40), st.none() | st.dates())
def test_no_name_raises(name: str, parent: str | None, day: dt.date | None) -> None:
    place = standing(name, parent, day)
    assert place.level in (None, "central", "province", "district", "commune")
