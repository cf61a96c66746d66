# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from dictionaries.build.typefaces import (
    LETTERS,
    TYPEFACES,
    UNSEEN,
    NoTypefaceError,
    Typeface,
    characters,
    lacks,
    usable,
)

STYLES = ("regular", "bold", "italic")


def face(file: str) -> Typeface:
    return Typeface("Thử", "fonts-thu", tuple((style, file) for style in STYLES))


def test_letters_are_all_vowels_with_all_tones() -> None:
    assert len(LETTERS) == 24 * 6
    assert set("ẫỡựỵỶẰỔ") <= LETTERS


@pytest.mark.parametrize("typeface", TYPEFACES, ids=lambda typeface: typeface.name)
def test_a_family_that_is_used_has_every_vietnamese_letter(typeface: Typeface) -> None:
    if "is not on this machine" in lacks(typeface):
        pytest.skip(lacks(typeface))
    for style in STYLES:
        path = typeface.path(style)
        assert path is not None
        assert characters(path) >= LETTERS


def test_a_missing_file_is_told_with_its_package() -> None:
    assert lacks(face("Khong-Co.ttf")) == "Khong-Co.ttf is not on this machine (Debian: fonts-thu)"


def test_without_any_font_the_error_names_the_packages() -> None:
    with pytest.raises(NoTypefaceError, match="apt-get install fonts-thu"):
        usable([face("Khong-Co.ttf")])


def test_the_font_of_the_test_pages_trains_nothing() -> None:
    assert UNSEEN.name not in {typeface.name for typeface in TYPEFACES}
