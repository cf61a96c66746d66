# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.organ_codes import (
    issuer_fits,
    organ_codes,
    organ_comes_first,
    organ_of_notation,
)
from pipeline.record import Issuer


def _issuer(name: str) -> Issuer:
    return Issuer(value=name, raw=name, confidence=1, needs_review=False, evidence=[], parent=None)


@pytest.mark.parametrize(
    ("notation", "codes"),
    [
        ("QĐ-UBND", ("UBND",)),
        ("UBND-TTHC", ("UBND",)),
        ("2019/NĐ-CP", ("CP",)),
        ("2025/QH15", ("QH",)),
        ("NQ-UBTVQH15", ("UBTVQH",)),
        ("TB/TW", ("TW",)),
        ("HD/BTCTW", ("BTCTW",)),
        ("QĐ-ĐHLN-TCCB", ("ĐHLN", "TCCB")),
        ("CT-CS", ("CS", "CT")),  # a Chỉ thị, or Cục Thuế
        ("VP", ("VP",)),
        ("", ()),
    ],
)
def test_which_part_is_the_organ_s(notation: str, codes: tuple[str, ...]) -> None:
    assert organ_codes(notation) == codes


@pytest.mark.parametrize(
    ("notation", "day", "organs"),
    [
        ("KH-UBND", None, {"Ủy ban nhân dân"}),
        ("QĐ-TTg", None, {"Thủ tướng Chính phủ"}),
        ("SNV-LĐ", dt.date(2025, 11, 1), {"Sở Nội vụ"}),
        ("QĐ-BGTVT", dt.date(2024, 11, 1), {"Bộ Giao thông vận tải"}),
        ("QĐ-BGTVT", dt.date(2025, 3, 20), {"Bộ Giao thông vận tải"}),  # both names are met
        ("QĐ-BGTVT", dt.date(2025, 11, 1), set()),
        ("QĐ-BNNMT", dt.date(2025, 11, 1), {"Bộ Nông nghiệp và Môi trường"}),
        ("QĐ-BNNMT", dt.date(2024, 11, 1), set()),
        ("LĐTBXH-NCC", dt.date(2013, 6, 3), {"Bộ Lao động - Thương binh và Xã hội"}),
        ("KH-XYZ", None, set()),
    ],
)
def test_organs_of_a_notation(notation: str, day: dt.date | None, organs: set[str]) -> None:
    assert organ_of_notation(notation, day) == organs


@pytest.mark.parametrize(
    ("name", "notation", "fits"),
    [
        ("Ủy ban nhân dân tỉnh Hà Tĩnh", "KH-UBND", True),
        ("Uỷ ban nhân dân Quận 12", "QĐ-UBND-ĐT", True),
        ("Chính phủ", "2025/NQ-CP", True),
        ("Văn phòng Chính phủ", "TB-VPCP", True),
        ("Cục Thuế", "CT-CS", True),
        ("Sở Giáo dục và Đào tạo", "SGDĐT-GDTrH", True),
        ("Trung tâm Phục vụ hành chính công", "QĐ-TTPVHCC", True),
        ("Trường Đại học Lâm nghiệp", "QĐ-ĐHLN-TCCB", True),
        ("Ban Tổ chức Trung ương", "HD/BTCTW", True),
        ("Huyện ủy Lục Nam", "CTr/HU", True),
        ("Chính phủ", "KH-UBND", False),
        ("Ủy ban nhân dân tỉnh Hà Tĩnh", "QĐ-TTg", False),
        ("Sở Y tế", "KH-SNV", False),
        ("Thuế tỉnh Tây Ninh", "TNI-QLDN1", None),
    ],
)
def test_issuer_and_notation(name: str, notation: str, fits: bool | None) -> None:
    assert issuer_fits(_issuer(name), notation) is fits


def test_a_dispatch_begins_with_its_organ() -> None:
    assert organ_comes_first("CT-CS", "Cục Thuế")
    assert not organ_comes_first("CT-UBND", "Ủy ban nhân dân tỉnh Hà Nam")


@given(st.text(max_size=30), st.text(max_size=30), st.none() | st.dates())
def test_no_notation_raises(notation: str, name: str, day: dt.date | None) -> None:
    organ_of_notation(notation, day)
    assert issuer_fits(_issuer(name), notation, day) in (True, False, None)
