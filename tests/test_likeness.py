# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.likeness import alike, find, key, plain


@given(st.text())
def test_plain_keeps_every_character_in_its_place(text: str) -> None:
    assert len(plain(text)) >= len(text)  # "ß".lower() and the like may only grow


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("Tw do", "Tự do"),
        ("Hanh phiic", "Hạnh phúc"),
        ("XA HQI", "XÃ HỘI"),
        ("1ap", "lập"),
        ("virng", "vững"),
        ("HOAXA", "HÒA XÃ"),
    ],
)
def test_what_looks_alike_has_one_key(seen: str, right: str) -> None:
    assert key(seen) == key(right)


def test_other_words_are_not_alike() -> None:
    assert alike("Sở Nội vụ", "Bộ Y tế") < 0.5


def test_find_gives_whole_words() -> None:
    line = "HUYEN LUC NAM Poc 1ap - Tw do - Hanh phiic"
    span = find("Độc lập - Tự do - Hạnh phúc", line)
    assert span is not None
    assert line[span.start : span.end] == "Poc 1ap - Tw do - Hanh phiic"


def test_find_is_none_where_nothing_is_alike() -> None:
    assert find("Nơi nhận", "Căn cứ Luật Tổ chức chính quyền địa phương") is None
    assert find("Nơi nhận", "") is None
