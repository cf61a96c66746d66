# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from scrap import CLEAN, GARBLED

from pipeline.repair.syllables import has_marks, is_garbled, is_real


@pytest.mark.parametrize("word", ["nghèo", "Hoà", "hòa", "ỦY", "bền"])
def test_real(word: str) -> None:
    assert is_real(word)


@pytest.mark.parametrize("word", ["viing", "câp", "qudc", "UBND", ""])
def test_not_real(word: str) -> None:
    assert not is_real(word)


def test_how_a_page_was_read() -> None:
    assert is_garbled(GARBLED) is True
    assert is_garbled(CLEAN) is False
    assert is_garbled("Lục Nam") is None


def test_marks() -> None:
    assert has_marks("đi")
    assert not has_marks("cua")
