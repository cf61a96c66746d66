# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.number_grammar import number_alone, number_changes


def mended(text: str) -> str:
    words = text.split()
    for place in reversed(range(len(words))):
        for change in number_changes(words, place):
            words[change.first : change.last + 1] = [change.text]
    return " ".join(words)


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("ngay l9/6/2015", "ngay 19/6/2015"),
        ("ngày 1 9/6/2015", "ngày 19/6/2015"),
        ("ngày l 9/6/2015;", "ngày 19/6/2015;"),
        ("ngày 2 3/6/2015", "ngày 23/6/2015"),
        ("ngày 3O/4/2O25", "ngày 30/4/2025"),
        ("ngày l2-l2-2024", "ngày 12-12-2024"),
        ("tháng O9 năm 2022", "tháng 09 năm 2022"),
        ("thang lO nam 2022", "thang 10 nam 2022"),
        ("tháng l0", "tháng 10"),
        ("ngày l9 tháng 6 năm 20l5", "ngày 19 tháng 6 năm 2015"),
        ("năm 20l9", "năm 2019"),
        ("giai đoạn 2O21-2O25", "giai đoạn 2021-2025"),
        ("kế hoạch 2O20", "kế hoạch 2020"),
        ("dịch COVID-I9.", "dịch COVID-19."),
        ("dịch COVID-!9,", "dịch COVID-19,"),
        ("Phụ lục BM-I", "Phụ lục BM-I"),
        ("30.000.O00 đồng", "30.000.000 đồng"),
        ("1.5OO.000đ", "1.500.000đ"),
        ("2.5OO.000", "2.500.000"),
        ("đạt l00%", "đạt 100%"),
        ("đạt 5O%;", "đạt 50%;"),
        ("Dieu 5O Luat", "Dieu 50 Luat"),
        ("Điều l2.", "Điều 12."),
        ("khoản l Điều 5", "khoản 1 Điều 5"),
        ("khoan | Dieu 5", "khoan 1 Dieu 5"),
        ("ngày 20 tháng T1 năm 2025", "ngày 20 tháng 11 năm 2025"),
        ("ngày 18 tháng 1] năm 2025", "ngày 18 tháng 11 năm 2025"),
        ("ngày 20 tháng l]Ì năm 2025", "ngày 20 tháng 11 năm 2025"),
        ("ngày IÌ tháng 1! năm 2025", "ngày 11 tháng 11 năm 2025"),
        ("ngày 2l tháng O3 năm 2025", "ngày 21 tháng 03 năm 2025"),
        ("ngày 3l tháng 0! năm 2025", "ngày 31 tháng 01 năm 2025"),
        ("ngày T9 tháng †I năm 2025", "ngày 19 tháng 11 năm 2025"),
        ("ngày 1Š tháng ¡1 năm 2018", "ngày 15 tháng 11 năm 2018"),
        ("ngày {9 tháng Š năm 2018", "ngày 19 tháng 5 năm 2018"),
        ("tháng 1Ø năm 2018", "tháng 10 năm 2018"),
    ],
)
def test_one_reading_is_possible(seen: str, right: str) -> None:
    assert mended(seen) == right


@pytest.mark.parametrize(
    "text",
    [
        "ngày 19/6/2015",
        "ngày 3l/2/2015",
        "ngày 2, 3/6/2015",
        "ngày 10/6/IOOI",
        "từ l9/6/2015",
        "tháng I",
        "quý II năm 2022",
        "tháng l5",
        "tháng OO",
        "ngày T9",
        "tháng T1",
        "tháng Tư năm 2018",
        "ngày Lễ tháng Ba năm 2018",
        "tháng l3 năm 2018",
        "ngày 4l tháng 5",
        "vitamin B1 T1 năm 2018",
        "ngày lO",
        "Điều O5",
        "Điều lệ",
        "khoản I",
        "20I",
        "llll",
        "2OO",
        "IIII",
        "l0l0l",
        "Mục I. l. O",
        "I.500.000",
        "Il",
        "O%",
    ],
)
def test_what_must_stay(text: str) -> None:
    assert mended(text) == text


@given(st.from_regex(r"[0-9lIO|o]{1,4}(?:[./,-][0-9lIO|o]{1,4}){0,2}%?", fullmatch=True))
def test_digits_stay_where_they_are(token: str) -> None:
    right = number_alone(token)
    if right is not None:
        assert len(right) == len(token)
        assert all(new == old for new, old in zip(right, token, strict=True) if old.isdigit())
