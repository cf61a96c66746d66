# SPDX-License-Identifier: Apache-2.0
"""Numbers that lists leave out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper import document

from pipeline.extract.numbering import missing_numbers
from pipeline.extract.outline import outline
from pipeline.model import Role


def missing(*texts: str) -> list[tuple[str, int]]:
    return missing_numbers(outline(document([(Role.BODY, text) for text in texts])))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1. Một.", "2. Hai.", "4. Bốn."], ["3"]),
        (["I. MỘT", "II. HAI", "IV. BỐN"], ["III"]),
        (["1. Sở Y tế:", "a) Một.", "b) Hai.", "d) Bốn."], ["1.c"]),
        (["Điều 1. Một.", "Điều 2. Hai.", "Điều 4. Bốn."], ["Điều 3"]),
        # no gaps: a list in order, one that starts again, đ left out, two items, the end
        (["1. Một.", "2. Hai.", "3. Ba."], []),
        (["I. MỘT", "1. Một.", "2. Hai.", "II. HAI", "1. Một.", "2. Hai."], []),
        (["1. Sở:", "a) Một.", "b) Hai.", "c) Ba.", "d) Bốn.", "e) Năm."], []),
        (["1. Một.", "3. Ba."], []),
        (["2. Hai.", "3. Ba.", "5. Năm."], []),
        # what jumps often, or far, is no list
        (["1. Một.", "3. Ba.", "5. Năm.", "7. Bảy."], []),
        (["1. Một.", "2. Hai.", "20. Hai mươi."], []),
        (["Phụ lục I", "1. Một.", "2. Hai.", "4. Bốn."], []),
    ],
)
def test_numbers_left_out(texts: list[str], expected: list[str]) -> None:
    assert missing(*texts) == [(path, 1) for path in expected]


@given(st.lists(st.sampled_from(["1. A", "2. B", "4. C", "a) D", "đ) E", "I. G", "- H"])))
def test_every_gap_has_a_path_and_a_page(texts: list[str]) -> None:
    for path, page in missing(*texts):
        assert path
        assert page == 1
