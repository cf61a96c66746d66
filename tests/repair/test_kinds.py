# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.kinds import kind_of


@pytest.mark.parametrize(
    ("kind", "tokens"),
    [
        (
            "number",
            "194 01 2022 14. 8 1.500.000 30.000.O00 20l9 2O20 15% 0,5% 2021-2025 (2025); 1.1.",
        ),
        ("number", "m2 km kg 100m2 10h 2a 12b II IV. III a) đ) V. 1) 0912345678 +5%"),
        ("date", "19/9/2022 01/2022 l9/6/2015 15-10-2024, 3.2.2021; 10/11"),
        ("code", "194/KH-UBND 650/QD-LDTBXH /KH-UBND 05-CT/TW 71/2025/QH15 QH15 NĐ-CP ND-CP"),
        ("code", "CTr/TU CTr/TU, 10-CTr/TU TTr-SXD BC-TU CV/TU KL/TW QĐ/TW /BC-TU;"),
        ("code", "H1N1 COVID-19 Covid-19 VN-2000 CO2 A4 5G UBTVQH15 NGHIỆP1) quyền2"),
        ("address", "a@b.vn https://x.vn/a www.bacgiang.gov.vn dichvucong.gov.vn."),
        ("abbreviation", "UBND HĐND, HDND ĐMST TTg NHCSXH ATTP UBMTTQ KT. b/c LĐTB&XH LDTB&XH; TT"),
        ("mark", "- + ; ... “ –"),
        (
            "word",
            "Ủy chức. GIỒNG CẦY HUYEN nhiém TUQGNG HQI DQC PHUGNG NGHIA (huyện) kinh? VI",
        ),
        ("word", "và/hoặc XÃ/HUYỆN"),
        ("mixed", "d6i S6 S6: c4c 14 1a 1d 16p X4 x4, No6i THOI1 &4n ngh&o tuy@n phr:?m ¢ & hi¢u"),
    ],
)
def test_kinds_of_tokens(kind: str, tokens: str) -> None:
    assert {token: kind_of(token) for token in tokens.split()} == dict.fromkeys(
        tokens.split(), kind
    )


@given(st.integers(100, 10**9), st.sampled_from(["", ",", ".", ";", ")", "%"]))
def test_numbers_of_three_digits_and_more_are_numbers(number: int, mark: str) -> None:
    assert kind_of(f"{number}{mark}") == "number"


@given(st.text(max_size=12))
def test_every_token_has_a_kind(token: str) -> None:
    assert kind_of(token) in (
        "number", "date", "code", "address", "abbreviation", "mark", "word", "mixed"
    )  # fmt: skip
