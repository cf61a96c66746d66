# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.organ_letters import stands_for


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        # the code itself, as the line "Lưu:" has it
        ("KTTH", "KTTH", True),
        ("KTTH", "P.KTTH", True),
        ("KTTH", "KTTHT", False),
        # the letters of a name, the noun or a post before it left out
        ("ĐHLN", "Trường Đại học Lâm nghiệp", True),
        ("CĐSPTƯ", "TRƯỜNG CAO ĐẲNG SƯ PHẠM TRUNG ƯƠNG", True),
        ("LPQT", "VỤ TRƯỞNG VỤ LUẬT PHÁP VÀ ĐIỀU ƯỚC QUỐC TẾ", True),
        ("THHP", "Trường Tiểu học Hải Phong", True),
        ("SGDĐT", "Sở GD&ĐT", True),
        # misread, out of order, or too few letters to tell
        ("DHLN", "Trường Đại học Lâm nghiệp", False),
        ("LHNĐ", "Trường Đại học Lâm nghiệp", False),
        ("LN", "Trường Đại học Lâm nghiệp", False),
        ("BNT", "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn tại tỉnh Hà Nam", False),
        ("TTHC", "", False),
    ],
)
def test_letters_of_an_organ(code: str, name: str, expected: bool) -> None:
    assert stands_for(code, [name]) is expected
    assert stands_for(code, ["Sở Y tế", name]) is expected


@given(st.text(max_size=12), st.lists(st.text(max_size=40), max_size=3))
def test_no_text_makes_it_raise(code: str, named: list[str]) -> None:
    assert stands_for(code, named) in (True, False)
