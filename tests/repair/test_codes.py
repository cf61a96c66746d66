# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.codes import mend_code


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("650/QD-LDTBXH", "650/QĐ-LĐTBXH"),
        ("90/QD-TTg", "90/QĐ-TTg"),
        ("30/2020/ND-CP,", "30/2020/NĐ-CP,"),
        ("/QD-UBND", "/QĐ-UBND"),
        # Slashes of other kinds, read twice or not at all.
        ("30/⁄2013/NQ-HĐND", "30/2013/NQ-HĐND"),
        ("503⁄QĐ-UB", "503/QĐ-UB"),
        ("25⁄3/2015", "25/3/2015"),
        ("05⁄11/⁄2025", "05/11/2025"),
        ("01/2025TT-BNNMT", "01/2025/TT-BNNMT"),
        # The first digit of a number.
        ("I05/2020/NĐ-CP", "105/2020/NĐ-CP"),
        ("!85/TB-VPCP", "185/TB-VPCP"),
        # The National Assembly of the year.
        ("136/2024/QHI5", "136/2024/QH15"),
        ("72/2025/QH1S", "72/2025/QH15"),
        ("87/2025/0H15;", "87/2025/QH15;"),
        ("64/2025%QH15", "64/2025/QH15"),
        ("83/2015/QHI3,", "83/2015/QH13,"),
        ("04/2012/UBTVQHI13", "04/2012/UBTVQH13"),
        ("67/2006/QHI1", "67/2006/QH11"),
        # Parts of the lexicon.
        ("3409/QĐĐ-BKHCN", "3409/QĐ-BKHCN"),
        ("1921/LĐĐTBXH-NCC", "1921/LĐTBXH-NCC"),
        ("12/QĐ-ƯBND", "12/QĐ-UBND"),
        ("158/CĐ-TTE", "158/CĐ-TTg"),
    ],
)
def test_one_reading_is_possible(seen: str, right: str) -> None:
    assert mend_code(seen) == right
    assert mend_code(right) == right


@pytest.mark.parametrize(
    "token",
    [
        "05-CT/TW",
        "455/KH-UBND",
        "12/DA-UBND",  # dự án or đề án: two readings
        "1899/QĐ-TTG",  # printed so in titles in capitals
        "3374/CCTKV02-NVDTPC",
        "0825-04/HW-TCHỌQ",
        "QD",
        "23/6/2021",
        "12/2004/QHI5",  # no such assembly in that year
        "1691/UBDNGSI5",
        "V/v",
        "I/2020",
        "12/2025TB",
        "CTr/TU",
    ],
)
def test_what_must_stay(token: str) -> None:
    assert mend_code(token) == token


@given(st.integers(1, 9999), st.integers(2016, 2031), st.sampled_from(["", ",", ";", "."]))
def test_numbers_of_laws_stay(number: int, year: int, mark: str) -> None:
    law = f"{number}/{year}/QH{14 + (year > 2020) + (year > 2026)}{mark}"
    assert mend_code(law) == law
