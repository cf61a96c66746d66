# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import dictionary
from pipeline.vietnamese import (
    fold,
    fold_tone_placement,
    is_syllable,
    marked_share,
    nfc,
    place_tone,
    squeeze,
    strip_marks,
    syllable_share,
)

SYLLABLES = [row["syllable"] for row in dictionary.rows("syllables")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (unicodedata.normalize("NFD", "Số hoá"), "Số hoá"),
        ("NQ-СР", "NQ-CP"),
        ("Ðộc lập", "Độc lập"),
        ("Kế\u200b ho\u00adạch\ufeff", "Kế hoạch"),
    ],
)
def test_nfc(text: str, expected: str) -> None:
    assert nfc(text) == expected


def test_squeeze_keeps_lines() -> None:
    assert squeeze("  Kính \u00a0 gửi:\nỦy  ban ") == "Kính gửi:\nỦy ban"


def test_strip_and_fold() -> None:
    assert strip_marks("Độc lập - Tự do - Hạnh phúc") == "Doc lap - Tu do - Hanh phuc"
    assert fold("  ĐỀ   ÁN ") == "de an"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoà bình", "hòa bình"),
        ("HOÀ", "HÒA"),
        ("uỷ ban", "ủy ban"),
        ("quý", "quý"),
        ("hoàn toàn", "hoàn toàn"),
        ("thuỷ lợi", "thủy lợi"),
        ("khuỷu", "khuỷu"),
    ],
)
def test_fold_tone_placement(text: str, expected: str) -> None:
    assert fold_tone_placement(text) == expected


@pytest.mark.parametrize("word", "nghiêng quyết giếng gì Đắk uỷ xoong hươu quốc huýt".split())
def test_syllables(word: str) -> None:
    assert is_syllable(word) is (word != "Đắk")  # a k ends no Vietnamese syllable


@pytest.mark.parametrize("word", "câp chwong virng viing qudc bcn UBND hòá xyz ngh".split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("tòan", "toàn"),
        ("hòan", "hoàn"),
        ("TÒAN", "TOÀN"),
        ("lọai", "loại"),
        ("thưc", "thưc"),
        ("qúy", "quý"),
        ("giừơng", "giường"),
        ("hoà", "hoà"),
        ("hòa", "hòa"),
        ("uỷ", "uỷ"),
        ("quả", "quả"),
        ("giá", "giá"),
        ("gìn", "gìn"),
        ("nghĩa", "nghĩa"),
        ("Tuyên", "Tuyên"),
        ("UBND", "UBND"),
    ],
)
def test_place_tone(typed: str, right: str) -> None:
    assert place_tone(typed) == right


@given(st.sampled_from(SYLLABLES))
def test_real_syllables_have_their_tone_in_place(syllable: str) -> None:
    assert place_tone(syllable) == syllable
    assert place_tone(syllable.upper()) == syllable.upper()


@given(st.text())
def test_normal_forms_are_stable(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert place_tone(place_tone(text)) == place_tone(text)


def test_shares_tell_right_text_from_garbled() -> None:
    right = "Thực hiện Chỉ thị của Ban Bí thư Trung ương Đảng về công tác giảm nghèo bền vững"
    garbled = "Thyc hién Chi thj cua Ban Bf thw Trung wong Pang vé cong tac giam nghéo bén virng"
    assert syllable_share(right) == 1.0
    assert syllable_share(garbled) < 0.75
    assert marked_share(right) > 0.7
    assert marked_share(garbled) < 0.4
    assert syllable_share("") == marked_share("") == 0.0
