# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from benchmarks.normal import caseless_key, number_key, similarity, text_key, value_key


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        (text_key, "hoà\n bình ", "hòa bình"),
        (value_key, "Như trên;", "Như trên"),
        (value_key, "giai đoạn 2021 – 2030./.", "giai đoạn 2021 - 2030"),
        (value_key, "phương châm “bốn tại chỗ”", 'phương châm "bốn tại chỗ"'),
        (caseless_key, "UỶ BAN NHÂN DÂN", "Ủy ban nhân dân"),
        (number_key, "17/NQ- CP", "17/NQ-CP"),
        (number_key, "42 – CT/TW", "42-CT/TW"),
    ],
)
def test_same_key(key, first: str, second: str) -> None:
    assert key(first) == key(second)


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        (text_key, "Như trên;", "Như trên"),
        (value_key, "Đà Nẵng", "đà nẵng"),
        (caseless_key, "Sở Y tế", "Sơ Y tế"),
        (number_key, "01/TTr-UBND", "01/TTR-UBND"),
        (number_key, "07/CT-UBND", "7/CT-UBND"),
    ],
)
def test_different_key(key, first: str, second: str) -> None:
    assert key(first) != key(second)


def test_similarity_ignores_case_and_placement() -> None:
    assert similarity("UỶ BAN NHÂN DÂN.", "Ủy ban nhân dân") == 1
    assert similarity("abc", "xyz") == 0
