# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.kinds import is_protected
from pipeline.repair.protect import code_changes


@pytest.mark.parametrize(
    "token",
    ["194", "19/9/2022", "1.500.000", "194/KH-UBND", "a@b.vn", "UBND", "https://x.vn/a"],
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


@pytest.mark.parametrize("garbled", [True, False])
@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("ngày 22/12/2024của Bộ", "ngày 22/12/2024 của Bộ"),
        ("30-TB/TGVngày 13/6/2025của Tổ", "30-TB/TGV ngày 13/6/2025 của Tổ"),
        ("63/2010/ND-CPngay 08/6/2010", "63/2010/NĐ-CP ngày 08/6/2010"),
        ("tư số02/2017/TT-VPCPngày l5/9/2017", "tư số 02/2017/TT-VPCP ngày 15/9/2017"),
        ("72/2025/QH1Sngày 16/6/2025", "72/2025/QH15 ngày 16/6/2025"),
        ("86/2015/QH13:Căn cứ", "86/2015/QH13; Căn cứ"),
        ("ngày 30 tháng I1 năm2025;", "ngày 30 tháng 11 năm 2025;"),
        ("20/2025/NQ-HĐND. ngày 6", "20/2025/NQ-HĐND ngày 6"),
        ("20/2025/NQ-HĐND. Ngày 6", "20/2025/NQ-HĐND. Ngày 6"),
        ("20/2025/NQ-HĐND, ngày 6", "20/2025/NQ-HĐND, ngày 6"),
        ("Số: 20/2025/NQ-HĐND.", "Số: 20/2025/NQ-HĐND"),
        ("Số: ..../NQ-HĐND-....", "Số: ..../NQ-HĐND-...."),
        ("ngày 01/4/2025. của Bộ", "ngày 01/4/2025 của Bộ"),
        ("(để bíc);", "(để b/c);"),
        ("(để bức):", "(để b/c);"),
        ("a) bức) thư", "a) bức) thư"),
        ("ƯBND tỉnh", "UBND tỉnh"),
        ("HĐNĐ, LĐĐTBXH;", "HĐND, LĐTBXH;"),
        ("ĐĐBQH tỉnh", "ĐĐBQH tỉnh"),
        ("QUYỀN ĐƯỢC", "QUYỀN ĐƯỢC"),
    ],
)
def test_what_is_wrong_for_every_reader(seen: str, right: str, garbled: bool) -> None:
    assert mended(seen, garbled=garbled) == right
    assert mended(right, garbled=garbled) == right


def test_what_was_glued_is_one_change_of_its_word() -> None:
    (change,) = code_changes(["số", "71/ND-CPngay", "01/4/2025"], garbled=True)
    assert (change.first, change.last, change.text) == (1, 1, "71/NĐ-CP ngày")
    (change,) = code_changes(["ngày", "l", "9/6/2015của", "Bộ"], garbled=True)
    assert (change.first, change.last, change.text) == (1, 2, "19/6/2015 của")


DIGITS = st.from_regex(r"\d{1,4}(?:[./,]\d{1,4}){0,2}", fullmatch=True)


GLUED = st.sampled_from(
    "71/NQ-CPngày 01/4/2025của số02/2017/TT-BTC ngày l 9/6/2015 QH1S của".split()
)


@given(st.lists(GLUED, max_size=8), st.booleans())
def test_changes_do_not_overlap_and_only_blanks_are_new(tokens: list[str], garbled: bool) -> None:
    changes = sorted(code_changes(tokens, garbled), key=lambda change: change.first)
    assert all(one.last < other.first for one, other in pairwise(changes))
    for change in changes:
        seen = "".join(tokens[change.first : change.last + 1])
        assert len(change.text.replace(" ", "")) == len(seen)


@given(st.lists(st.one_of(DIGITS, st.sampled_from(["của", "điều", "UBND", "-", "%"])), max_size=9))
def test_numbers_are_never_changed(tokens: list[str]) -> None:
    assert code_changes(tokens, garbled=True) == []
