# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.glued import pieces


@pytest.mark.parametrize(
    "apart",
    [
        "22/12/2024 của",
        "71/NQ-CP ngày",
        "30-TB/TGV ngày",
        "34/2008/CT-TTg của",
        "06/QĐ-TTg, Bộ",
        "72/2025/QH1S ngày",
        "91/2020/NĐ-CP và",
        "01/4/2025 về",
        "số 02/2017/TT-VPCP",
        "số 02/2017/TT-VPCP ngày",
        "SỐ 06/QĐ-TTG",
        "số 24/2018/0H14;",
        "ngày 30",
        "ngày 15/8/2013 của",
        "tháng 11",
        "NĂM 2025;",
        "67/2006/QH11; Căn",
        "10/01/2025, Bộ",
    ],
)
def test_known_words_come_off_codes_and_dates(apart: str) -> None:
    assert pieces(apart.replace(" ", "")) == apart.split()
    assert [piece for word in apart.split() for piece in pieces(word)] == apart.split()


@pytest.mark.parametrize(
    ("token", "right"),
    [
        ("63/2010/NĐ-CPngay", "63/2010/NĐ-CP ngày"),
        ("147/2024/NĐ-CPcúa", "147/2024/NĐ-CP của"),
        ("145/2020/ND-CPngdy", "145/2020/ND-CP ngày"),
        ("86/2015/QH13:Căn", "86/2015/QH13; Căn"),
    ],
)
def test_the_word_is_known_by_its_plain_letters(token: str, right: str) -> None:
    assert pieces(token) == right.split()


@pytest.mark.parametrize(
    "token",
    "số1 năm2 ngày1 tháng5 Điều5 quyền2 KGVX(3)Q 12/BTCng 100đ/ngày 1.500đ/người 06/QĐ-TTg "
    "71/2025/QH15 a@b.vn/12của H1N1 T1 22/12/2024cho 137/2024/NĐ-CPQuy của ngày".split(),
)
def test_what_must_stay(token: str) -> None:
    assert pieces(token) == [token]


@given(st.text(alphabet="0123456789/-.,;:NQCPĐHTgcủangàysốvề", max_size=18))
def test_digits_are_kept_and_no_piece_is_empty(token: str) -> None:
    found = pieces(token)
    assert all(found) or token == ""
    assert re.findall(r"\d", "".join(found)) == re.findall(r"\d", token)
