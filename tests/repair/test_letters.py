# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.letters import ALPHABET, case_of, in_case_of, parts_of


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("nghèo", ("ngh", "èo")),
        ("Quyết", ("Qu", "yết")),
        ("quý", ("qu", "ý")),
        ("giải", ("gi", "ải")),
        ("GIẢI", ("GI", "ẢI")),
        ("gì", ("g", "ì")),
        ("gìn", ("g", "ìn")),
        ("ủy", ("", "ủy")),
        ("đường", ("đ", "ường")),
        ("TRƯỞNG", ("TR", "ƯỞNG")),
        ("video", None),
        ("câp", None),
        ("", None),
    ],
)
def test_parts(word: str, parts: tuple[str, str] | None) -> None:
    assert parts_of(word) == parts


@pytest.mark.parametrize(
    ("seen", "case"),
    [
        ("huyén", "lower"),
        ("Luc", "Capital"),
        ("Muyc", "Capital"),
        ("O", "Capital"),
        ("o", "lower"),
        ("THOI1", "CAPITALS"),
        ("CHNGHiA", "CAPITALS"),
        ("xA", "CAPITALS"),
        ("cHiJ", "CAPITALS"),
        ("DAo", "CAPITALS"),
        ("Da", "Capital"),
        ("S6", "Capital"),
        ("14", "lower"),
        ("", "lower"),
    ],
)
def test_case_of(seen: str, case: str) -> None:
    assert case_of(seen) == case


@pytest.mark.parametrize(
    ("seen", "word", "expected"),
    [
        ("THOI1", "thời", "THỜI"),
        ("xA", "xã", "XÃ"),
        ("Muyc", "mục", "Mục"),
        ("CHNGHiA", "nghĩa", "NGHĨA"),
        ("Uy", "ủy", "Ủy"),
        ("bén", "bền", "bền"),
        ("&", "ở", "ở"),
    ],
)
def test_in_case_of(seen: str, word: str, expected: str) -> None:
    assert in_case_of(seen, word) == expected


@given(st.text(max_size=8), st.text(alphabet=ALPHABET, max_size=8))
def test_case_keeps_the_letters(seen: str, word: str) -> None:
    assert in_case_of(seen, word.lower()).lower() == word.lower()
