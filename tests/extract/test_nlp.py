# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import time

import pytest

from pipeline.extract.nlp import RULES, load, marks_lost, skeleton


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số 194/KH-UBND, ngày", ["Số", "194/KH-UBND", ",", "ngày"]),
        ("trước 15/6/2025;", ["trước", "15/6/2025", ";"]),
        ("90/QĐ-TTg (khóa XI).", ["90/QĐ-TTg", "(", "khóa", "XI", ")", "."]),
        ("Sở TT&TT: chủ trì", ["Sở", "TT&TT", ":", "chủ", "trì"]),
        ("thực hiện./.", ["thực", "hiện", "./."]),
        ("“bốn tại chỗ”", ["“", "bốn", "tại", "chỗ", "”"]),
        ("Văn hóa -Thông tin", ["Văn", "hóa", "-", "Thông", "tin"]),
        ("Tài chính,Kế hoạch", ["Tài", "chính", ",", "Kế", "hoạch"]),
        ("Số 20-TB/TW.", ["Số", "20-TB/TW", "."]),
        ("(59/2019/NĐ-CP)", ["(", "59/2019/NĐ-CP", ")"]),
        ("90/QĐ-TTg; 12a/QĐ-UBND", ["90/QĐ-TTg", ";", "12a/QĐ-UBND"]),
        ("Lao động-TB&XH", ["Lao", "động", "-", "TB&XH"]),
        ("TP. Hồ Chí Minh.", ["TP.", "Hồ", "Chí", "Minh", "."]),
        ("TX. Đức Phổ", ["TX.", "Đức", "Phổ"]),
        ("1.1. Sở", ["1.1.", "Sở"]),
        ("2.1.3. Rà soát", ["2.1.3.", "Rà", "soát"]),
        ("huyện/thị xã", ["huyện", "/", "thị", "xã"]),
        ("để b/c, t/h", ["để", "b/c", ",", "t/h"]),
        ("Bộ Nội vụ[6] chỉ đạo", ["Bộ", "Nội", "vụ", "[", "6", "]", "chỉ", "đạo"]),
        ("liên quan ...xây dựng", ["liên", "quan", "...", "xây", "dựng"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in load()(text)] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Sở Y tế báo cáo. Sở Tài chính tổng hợp.", 2),
        ("Đoàn công tác TP. Hồ Chí Minh kiểm tra.", 1),
        ("UBND TX. Đức Phổ báo cáo. Sở Y tế tổng hợp.", 2),
        ("Theo khoản 1. Điều 2 của Quy chế", 1),
        ("kèm theo Quyết định số 12/QĐ-UBND. các đơn vị thực hiện", 1),
        ("Hoàn thành trong tháng 5! Báo cáo ngay.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(list(load()(text).sents)) == count


def test_rules_mark_heads_verbs_and_fields_with_their_places() -> None:
    text = "Giao Sở Tài chính chủ trì"
    doc = load()(text)
    spans = {(span.label_, text[span.start_char : span.end_char]) for span in doc.spans[RULES]}
    assert ("word:assign", "Giao") in spans
    assert ("head:unit", "Sở") in spans
    assert ("field", "Tài chính") in spans
    assert ("word:lead", "chủ trì") in spans


def test_the_place_of_the_tone_makes_no_difference() -> None:
    doc = load()("Uỷ ban nhân dân huyện")
    assert "head:unit" in {span.label_ for span in doc.spans[RULES]}


def test_garbled_words_meet_their_heads() -> None:
    doc = load(garbled=True)("UBND céc x4, thi tran")
    assert {"UBND", "thi tran"} <= {span.text for span in doc.spans[RULES]}


@pytest.mark.parametrize(
    ("word", "key"),
    [("Thwong", "thuong"), ("x4", "xa"), ("T6", "to"), ("2025", "2025"), ("Đề", "de")],
)
def test_skeleton(word: str, key: str) -> None:
    assert skeleton(word) == key


def test_marks_lost() -> None:
    assert marks_lost("Thuc hien Chi thi s6 05-CT/TW cua Ban Bi thu Trung wong Dang")
    assert not marks_lost("Thực hiện Chỉ thị số 05-CT/TW của Ban Bí thư Trung ương Đảng")


def test_it_is_built_once_and_in_under_a_second() -> None:
    load.cache_clear()
    start = time.process_time()
    engine = load()
    assert time.process_time() - start < 1
    assert load() is engine
