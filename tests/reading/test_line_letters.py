# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.line_letters import ALPHABET, CLASS_OF, CLASSES, written


def test_every_character_has_a_class_of_its_own() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == CLASSES - 1
    assert sorted(CLASS_OF.values()) == list(range(1, CLASSES))
    assert all(ALPHABET[number - 1] == character for character, number in CLASS_OF.items())


def test_every_letter_of_vietnamese_is_there() -> None:
    vowels = "aàáãảạăằắẵẳặâầấẫẩậeèéẽẻẹêềếễểệiìíĩỉịoòóõỏọôồốỗổộơờớỡởợuùúũủụưừứữửựyỳýỹỷỵ"
    assert len(vowels) == 72
    assert set(vowels + vowels.upper() + "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX") <= set(ALPHABET)


@pytest.mark.parametrize("character", ALPHABET)
def test_characters_are_composed_and_single(character: str) -> None:
    assert len(character) == 1
    assert unicodedata.is_normalized("NFC", character)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Độc lập - Tự do", "Độc lập - Tự do"),
        (unicodedata.normalize("NFD", "Ủy ban huyện"), "Ủy ban huyện"),
        ("v.v…", "v.v..."),
        ("từ 5\u00a0%\tđến", "từ 5 % đến"),
        ("„Chỉ thị”", "“Chỉ thị”"),
        ("nghị\u2011quyết", "nghị-quyết"),
        ("−3 ºC", "-3 °C"),
        ("● Như trên", "• Như trên"),
        ("", ""),
    ],
)
def test_signs_are_written_as_those_that_they_look_like(text: str, expected: str) -> None:
    assert written(text) == expected


@pytest.mark.parametrize("text", ["chỉ thị 指示", "một\nhai", "Ж", "a\u0308", "\U0001f4c4"])
def test_what_looks_like_no_sign_is_not_written(text: str) -> None:
    assert written(text) is None


@given(st.text(st.sampled_from(ALPHABET)))
def test_what_is_of_the_alphabet_stays(text: str) -> None:
    assert written(text) == text


@given(st.text())
def test_what_is_written_is_of_the_alphabet(text: str) -> None:
    found = written(text)
    assert found is None or set(found) <= set(ALPHABET)
