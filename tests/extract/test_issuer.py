# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.capitals import sentence_case
from pipeline.extract.issuer import extract_issuer, group_organs
from pipeline.extract.organs import mended_organ
from pipeline.extract.places import is_place, mended_place
from pipeline.model import Role
from pipeline.settings import Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("organ", "issuer", "parent"),
    [
        ("ỦY BAN NHÂN DÂN | TỈNH BẮC GIANG", "Ủy ban nhân dân tỉnh Bắc Giang", None),
        ("UỶ BAN NHÂN DÂN | HUYỆN LỤC NAM", "Uỷ ban nhân dân huyện Lục Nam", None),
        ("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN", "Ủy ban nhân dân tỉnh Nghệ An", None),
        ("ỦY BAN NHÂN DÂN | THỊ XÃ HỒNG LĨNH", "Ủy ban nhân dân thị xã Hồng Lĩnh", None),
        ("ỦY BAN NHÂN DÂN | QUẬN 12", "Ủy ban nhân dân Quận 12", None),
        ("UBND QUẬN GÒ VẤP", "UBND quận Gò Vấp", None),
        ("ỦY BAN NHÂN DÂN | XÃ TAM DỊ", "Ủy ban nhân dân xã Tam Dị", None),
        (
            "ỦY BAN NHÂN DÂN | TỈNH BÀ RỊA - VŨNG TÀU",
            "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu",
            None,
        ),
        ("HỘI ĐỒNG NHÂN DÂN | TỈNH ĐẮK LẮK", "Hội đồng nhân dân tỉnh Đắk Lắk", None),
        ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Bộ Giáo dục và Đào tạo", None),
        ("BỘ VĂN HÓA, THỂ THAO | VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch", None),
        ("BỘ Y TẾ", "Bộ Y tế", None),
        ("CHÍNH PHỦ", "Chính phủ", None),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", None),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ", None),
        ("QUỐC HỘI", "Quốc hội", None),
        (
            "VIỆN KIỂM SÁT NHÂN DÂN | HUYỆN MƯỜNG ẢNG",
            "Viện kiểm sát nhân dân huyện Mường Ảng",
            None,
        ),
        # the organ above stands first
        (
            "UBND THÀNH PHỐ CẦN THƠ | SỞ GIÁO DỤC VÀ ĐÀO TẠO",
            "Sở Giáo dục và Đào tạo",
            "UBND thành phố Cần Thơ",
        ),
        (
            "ỦY BAN NHÂN DÂN | THÀNH PHỐ HẢI PHÒNG | SỞ Y TẾ",
            "Sở Y tế",
            "Ủy ban nhân dân thành phố Hải Phòng",
        ),
        (
            "UBND TỈNH PHÚ THỌ | SỞ LAO ĐỘNG - | THƯƠNG BINH VÀ XÃ HỘI",
            "Sở Lao động - Thương binh và Xã hội",
            "UBND tỉnh Phú Thọ",
        ),
        (
            "BỘ NÔNG NGHIỆP VÀ | PHÁT TRIỂN NÔNG THÔN | CỤC THÚ Y",
            "Cục Thú y",
            "Bộ Nông nghiệp và Phát triển nông thôn",
        ),
        (
            "BỘ NÔNG NGHIỆP VÀ PTNT | TRƯỜNG ĐẠI HỌC THỦY LỢI",
            "Trường Đại học Thủy lợi",
            "Bộ Nông nghiệp và PTNT",
        ),
        (
            "UBND HUYỆN TÂN YÊN | PHÒNG GD&ĐT",
            "Phòng GD&ĐT",
            "UBND huyện Tân Yên",
        ),
        (
            "PHÒNG GDĐT HUYỆN CỦ CHI | TRƯỜNG TIỂU HỌC TÂN PHÚ",
            "Trường Tiểu học Tân Phú",
            "Phòng GDĐT huyện Củ Chi",
        ),
        (
            "TỔNG CỤC THUẾ | CỤC THUẾ TỈNH HÀ NAM",
            "Cục Thuế tỉnh Hà Nam",
            "Tổng cục Thuế",
        ),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "Ban Chấp hành Trung ương", None),
        ("ĐẢNG BỘ TỈNH BẮC GIANG | HUYỆN ỦY LỤC NAM", "Huyện ủy Lục Nam", "Đảng bộ tỉnh Bắc Giang"),
        (
            "UBND TỈNH LÀO CAI | BAN CHỈ HUY | PHÒNG CHỐNG THIÊN TAI",
            "Ban Chỉ huy Phòng chống thiên tai",
            "UBND tỉnh Lào Cai",
        ),
        # the Party prints its own name for a motto
        (
            "BAN CHẤP HÀNH TRUNG ƯƠNG | BAN TỔ CHỨC | ĐẢNG CỘNG SẢN VIỆT NAM",
            "Ban Tổ chức",
            "Ban Chấp hành Trung ương",
        ),
        ("TỈNH ỦY NGHỆ AN | * | ĐẢNG CỘNG SẢN VIỆT NAM", "Tỉnh ủy Nghệ An", None),
        # the field of a name on its own line; a dash without blanks
        ("BỘ | TÀI CHÍNH | CỤC THUẾ", "Cục Thuế", "Bộ Tài chính"),
        ("BỘ LAO ĐỘNG-THƯƠNG BINH | VÀ XÃ HỘI", "Bộ Lao động-Thương binh và Xã hội", None),
        ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Bộ Nông nghiệp và Môi trường", None),
        ("BỘ CÔNG THƯƠNG", "Bộ Công Thương", None),
        # a decision of one person
        (
            "CHỦ TỊCH | ỦY BAN NHÂN DÂN TỈNH GIA LAI",
            "Chủ tịch Ủy ban nhân dân tỉnh Gia Lai",
            None,
        ),
        # strokes under the organ, and what is no organ at all
        ("SỞ Y TẾ | ——— | ae", "Sở Y tế", None),
        ("SỞ Y TẾ | Số: 12/KH-SYT", "Sở Y tế", None),
        ("SỞ Y TẾ CỘNG HÒA XÃ HỘI | SỞ Y TẾ", "Sở Y tế", None),
    ],
)
def test_issuer_and_parent(organ: str, issuer: str, parent: str | None) -> None:
    found = extract_issuer(document([(Role.ORGAN, organ)]).pages[0], None, SETTINGS)
    assert found is not None
    assert (found.value, found.parent) == (issuer, parent)


def test_an_organ_that_was_not_taken_for_one_is_found_in_the_first_lines() -> None:
    page = document(
        [
            (Role.BODY, "UBND TỈNH PHÚ THỌ"),
            (Role.BODY, "SỞ NỘI VỤ"),
            (Role.BODY, "Căn cứ Luật Cán bộ, công chức, Sở Nội vụ thông báo như sau"),
        ]
    ).pages[0]
    found = extract_issuer(page, None, SETTINGS)
    assert found is not None
    assert (found.value, found.parent, found.needs_review) == (
        "Sở Nội vụ",
        "UBND tỉnh Phú Thọ",
        True,
    )


def test_a_page_without_an_organ_has_no_issuer() -> None:
    page = document([(Role.BODY, "Điều 3. Quyết định này có hiệu lực từ ngày ký.")]).pages[0]
    assert extract_issuer(page, None, SETTINGS) is None


def test_the_issuer_has_its_place_in_the_state() -> None:
    page = document([(Role.ORGAN, "UBND HUYỆN TÂN YÊN | PHÒNG GD&ĐT")]).pages[0]
    found = extract_issuer(page, None, SETTINGS)
    assert found is not None
    assert (found.value, found.full_name) == ("Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo")
    assert (found.level, found.branch) == ("district", "government")


def test_a_name_that_begins_as_no_organ_does_is_reviewed() -> None:
    page = document([(Role.ORGAN, "MỤC LỤC HỒ SƠ")], confidence=0.97).pages[0]
    found = extract_issuer(page, None, SETTINGS)
    assert found is not None
    assert found.needs_review


def test_evidence_of_the_issuer_leaves_the_parent_out() -> None:
    page = document([(Role.ORGAN, "UBND TỈNH PHÚ THỌ | SỞ NỘI VỤ")], confidence=0.96).pages[0]
    found = extract_issuer(page, None, SETTINGS)
    assert found is not None
    assert found.raw == "SỞ NỘI VỤ"
    assert len(found.evidence) == 1


def test_lines_of_organs() -> None:
    assert group_organs(["UBND TỈNH PHÚ THỌ", "SỞ NỘI VỤ"]) == [[0], [1]]
    assert group_organs(["BỘ XÂY DỰNG VÀ", "SỞ XÂY DỰNG"]) == [[0, 1]]


@pytest.mark.parametrize(
    "name", ["Sở Y tế", "Trường Đại học Vinh", "UBND thành phố Vinh", "Công ty TNHH MTV Sông Đà 9"]
)
def test_mixed_case_is_kept(name: str) -> None:
    assert sentence_case(name) == name


@given(st.text(alphabet="AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY àáạ-.,1", max_size=40))
def test_only_the_case_changes(text: str) -> None:
    assert sentence_case(text).casefold() == " ".join(text.split()).casefold()


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("ỦY BAN NHÂN DÂN THÀNH PHÓ HÒ CHÍ MINH", "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH"),
        ("UY BAN NHAN DAN TINH QUANG NGAI", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
        ("UỶ BAN NHÂN DÂN TỈNH QUÁNG NGÃI", "UỶ BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
        ("TRƯỜNG CAO ĐẢNG Y TẾ", "TRƯỜNG CAO ĐẲNG Y TẾ"),
        ("VIỆN KIÊM SÁT NHÂN DÂN", "VIỆN KIỂM SÁT NHÂN DÂN"),
        # what fits nothing, or is right, stays
        ("CỤC HẢI QUAN TỈNH HÀ GIANG", "CỤC HẢI QUAN TỈNH HÀ GIANG"),
        ("TRUNG TÂM MÁY TÍNH", "TRUNG TÂM MÁY TÍNH"),
        ("Sở Y tê", "Sở Y tê"),
    ],
)
def test_marks_of_known_names_are_put_right(read: str, right: str) -> None:
    assert mended_organ(read) == right


def test_the_place_of_the_head_helps_to_read_the_organ() -> None:
    assert mended_organ("UBND TỈNH QUANG NGÁAI", "Quảng Ngãi") == "UBND TỈNH QUẢNG NGÃI"
    assert mended_organ("UBND TỈNH QUANG NGÁAI", "Hà Nội") == "UBND TỈNH QUANG NGÁAI"
    assert mended_organ("UBND HUYEN LUC NAM", "Lục Nam") == "UBND HUYỆN LỤC NAM"


def test_a_mended_organ_is_less_sure_and_keeps_what_was_read() -> None:
    read = document([(Role.ORGAN, "UBND TỈNH QUÁNG NGÃI")], confidence=0.96).pages[0]
    right = document([(Role.ORGAN, "UBND TỈNH QUẢNG NGÃI")], confidence=0.96).pages[0]
    mended, printed = (extract_issuer(page, None, SETTINGS) for page in (read, right))
    assert mended is not None
    assert printed is not None
    assert (mended.value, mended.raw) == (printed.value, "UBND TỈNH QUÁNG NGÃI")
    assert mended.confidence < printed.confidence


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Luc Nam", "Lục Nam"),
        ("Thành phô Hô Chí Minh", "Thành phố Hồ Chí Minh"),
        ("TP. Hô Chí Minh", "TP. Hồ Chí Minh"),
        ("Hà Nội", "Hà Nội"),
        ("Quận 12", "Quận 12"),
        ("Xứ Lạ", "Xứ Lạ"),
        ("", ""),
    ],
)
def test_marks_of_places(read: str, right: str) -> None:
    assert mended_place(read) == right


def test_known_places() -> None:
    assert is_place("QUẢNG NGÃI")
    assert not is_place("Nguyễn Văn An")
