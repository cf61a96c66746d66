# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace

import pytest
from paper import document

from pipeline.extract.recipients import extract_recipients
from pipeline.model import Role
from pipeline.settings import Settings

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Nơi nhận: | - Như trên; | - Lưu: VT, TH.", ["Như trên", "Lưu: VT, TH"]),
        ("Nơi nhận: | - Bộ Y tế (để b/c); | - Lưu: VT.", ["Bộ Y tế (để b/c)", "Lưu: VT"]),
        ("Nơi nhận: | – Như trên; | • Lưu VT.", ["Như trên", "Lưu VT"]),
        (
            "Nơi nhận: | - Các phòng, ban, đơn vị | trực thuộc huyện; | - Lưu: VT, LĐTBXH(2).",
            ["Các phòng, ban, đơn vị trực thuộc huyện", "Lưu: VT, LĐTBXH(2)"],
        ),
        ("Nơi nhận: | Như trên; | Bộ Nội vụ; | Lưu: VT, CCHC.", ["Như trên", "Bộ Nội vụ",
                                                                 "Lưu: VT, CCHC"]),
        ("Nơi nhận: | - Như Điều 3; | Sở Tư pháp; | - Lưu: VT.", ["Như Điều 3", "Sở Tư pháp",
                                                                  "Lưu: VT"]),
        ("Nơi nhận: | - Báo Hà Nam; Đài PT-TH; | - Lưu: VT.", ["Báo Hà Nam; Đài PT-TH",
                                                               "Lưu: VT"]),
        ("Noi nhan: | - Nhu tren; | - Luu: VT.", ["Nhu tren", "Luu: VT"]),
        ("Nơi nhận: | Sở Tài chính | Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
        ("Nơi nhận: - Như trên; | - Lưu: VT./.", ["Như trên", "Lưu: VT"]),
        ("Nơi nhận: | ~ Như trên; | = Lưu: VT, KT.hoa12", ["Như trên", "Lưu: VT, KT.hoa12"]),
        ("Nơi nhận: | ------ | - Lưu: VT.", ["Lưu: VT"]),
    ],
)  # fmt: skip
def test_recipients(block: str, expected: list[str]) -> None:
    found = extract_recipients(document([(Role.RECIPIENTS, block)]), SETTINGS)
    assert [value.value for value in found] == expected


def test_a_list_that_goes_on_overleaf() -> None:
    pages = document(
        [(Role.RECIPIENTS, "Nơi nhận: | - Như trên;")], [(Role.RECIPIENTS, "- Lưu: VT.")]
    ).pages
    block = replace(pages[1].blocks[0], continues=True)
    whole = replace(document(), pages=(pages[0], replace(pages[1], blocks=(block,))))
    found = extract_recipients(whole, SETTINGS)
    assert [value.value for value in found] == ["Như trên", "Lưu: VT"]
    assert [value.evidence[0].page for value in found] == [1, 2]


def test_a_second_list_belongs_to_an_annex() -> None:
    pages = ([(Role.RECIPIENTS, "Nơi nhận: | - Như trên.")], [(Role.RECIPIENTS, "- Lưu: VT.")])
    found = extract_recipients(document(*pages), SETTINGS)
    assert [value.value for value in found] == ["Như trên"]
    assert found[0].evidence[0].page == 1


def test_nobody_receives() -> None:
    page = [(Role.TITLE, "QUYẾT ĐỊNH | Về việc khen thưởng"), (Role.BODY, "Điều 1. Tặng giấy khen")]
    assert extract_recipients(document(page), SETTINGS) == []
