# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.protect import code_changes, is_protected, mend_code


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("650/QD-LDTBXH", "650/QĐ-LĐTBXH"),
        ("90/QD-TTg", "90/QĐ-TTg"),
        ("30/2020/ND-CP,", "30/2020/NĐ-CP,"),
        ("/QD-UBND", "/QĐ-UBND"),
        ("05-CT/TW", "05-CT/TW"),
        ("455/KH-UBND", "455/KH-UBND"),
        ("12/DA-UBND", "12/DA-UBND"),  # dự án or đề án: two readings
        ("1899/QĐ-TTG", "1899/QĐ-TTG"),  # printed so in titles in capitals
        ("3374/CCTKV02-NVDTPC", "3374/CCTKV02-NVDTPC"),
        ("QD", "QD"),
        ("23/6/2021", "23/6/2021"),
    ],
)
def test_codes(seen: str, right: str) -> None:
    assert mend_code(seen) == right
    assert mend_code(right) == right


@pytest.mark.parametrize(
    "token", ["194", "19/9/2022", "1.500.000", "194/KH-UBND", "a@b.vn", "UBND", "https://x.vn/a"]
)
def test_protected(token: str) -> None:
    assert is_protected(token)


@pytest.mark.parametrize("token", ["Ủy", "chức.", "HUYEN", "phúc"])
def test_not_protected(token: str) -> None:
    assert not is_protected(token)


def mended(text: str, *, garbled: bool = False) -> str:
    words = text.split()
    for change in reversed(code_changes(words, garbled)):
        words[change.first : change.last + 1] = [change.text]
    return " ".join(words)


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("Luật ngày l9/6/2015", "Luật ngày 19/6/2015"),
        ("Luật ngày l 9/6/2015 của", "Luật ngày 19/6/2015 của"),
        ("Luật ngày lO/6/2O15", "Luật ngày 10/6/2015"),
        ("Luật ngày 10/6/IOOI", "Luật ngày 10/6/IOOI"),  # no year
        ("Luật ngày l0/6/2015;", "Luật ngày 10/6/2015;"),
        ("Luật ngày 3l/2/2015", "Luật ngày 3l/2/2015"),  # no such day
        ("từ l9/6/2015", "từ l9/6/2015"),  # not behind "ngày"
        ("ngày 1 9/6/2015", "ngày 19/6/2015"),
        ("Quyết định s6 90/QĐ-TTg", "Quyết định số 90/QĐ-TTg"),
        ("S6: 194 /KH-UBND", "Số: 194 /KH-UBND"),
        ("vào sổ 12/QĐ-UBND", "vào sổ 12/QĐ-UBND"),
        ("ngay 5/8/2022 cua", "ngày 5/8/2022 cua"),
        ("ngay sau khi", "ngay sau khi"),
    ],
)
def test_grammar_where_one_reading_is_possible(seen: str, right: str) -> None:
    assert mended(seen) == right


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("Nghị định ND-CP", "Nghị định NĐ-CP"),
        ("QD-TTg", "QĐ-TTg"),
        ("UBND-CP", "UBND-CP"),
        ("KT, CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("TM, ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
        ("NC, KT, KGVX,", "NC, KT, KGVX,"),
        ("Phòng KT, TTPVHCC;", "Phòng KT, TTPVHCC;"),
        ("No. 82/2023/ND-CP dated", "No. 82/2023/ND-CP dated"),
        ("66.7/2025/ND-CP", "66.7/2025/NĐ-CP"),
        ("theo KT, các đơn vị", "theo KT, các đơn vị"),
        ("S6: 194 /KH-UBND", "Số: 194 /KH-UBND"),
        ("S6: /KH-UBND", "Số: /KH-UBND"),
        ("Sé: 12", "Số: 12"),
        ("s6 người", "s6 người"),
        ("m2 ĐMST H1N1 COVID-19 NGHIỆP1) GIỒNG CẦY", "m2 ĐMST H1N1 COVID-19 NGHIỆP1) GIỒNG CẦY"),
        ("www.bacgiang.gov.vn a@b.vn 0204.3884.123", "www.bacgiang.gov.vn a@b.vn 0204.3884.123"),
        ("71/2025/QH15", "71/2025/QH15"),
    ],
)
@pytest.mark.parametrize("garbled", [True, False])
def test_codes_labels_and_authorities(seen: str, right: str, garbled: bool) -> None:
    assert mended(seen, garbled=garbled) == right


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("QD", "QĐ"),
        ("LDVP, CVVP;", "LĐVP, CVVP;"),
        ("LDTBXH", "LĐTBXH"),
        ("HD", "HD"),  # hướng dẫn or hợp đồng
        ("DA", "DA"),
        ("BAN", "BAN"),
        ("CQ", "CQ"),
    ],
)
def test_abbreviations_of_a_reader_without_strokes(seen: str, right: str) -> None:
    assert mended(seen, garbled=True) == right
    assert mended(right, garbled=True) == right


def test_abbreviations_lose_their_stroke_only_to_a_reader_without_it() -> None:
    assert mended("TT HDND, LDTB&XH.", garbled=True) == "TT HĐND, LĐTB&XH."
    assert mended("TT HDND, LDTB&XH.", garbled=False) == "TT HDND, LDTB&XH."


DIGITS = st.from_regex(r"\d{1,4}(?:[./,]\d{1,4}){0,2}", fullmatch=True)


@given(st.lists(st.one_of(DIGITS, st.sampled_from(["của", "điều", "UBND", "-", "%"])), max_size=9))
def test_numbers_are_never_changed(tokens: list[str]) -> None:
    assert code_changes(tokens, garbled=True) == []
