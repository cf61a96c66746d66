# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictionaries.build.alignment import (
    is_aligned,
    is_reading,
    match_lines,
    match_tokens,
    printed_rows,
)
from pipeline.model import Box, Line, Word

# What was read, what is right, and how many tokens stand for how many.
TOKENS = [
    ("Truyén thong vé", "Truyền thông về", "1-1 1-1 1-1"),
    ("Luật Tô Ổ chức", "Luật Tổ chức", "1-1 2-1 1-1"),
    ("CQNG HOAXA HQI", "CỘNG HÒA XÃ HỘI", "1-1 1-2 1-1"),
    ("ngày 19/ 6/2015", "ngày 19/6/2015", "1-1 2-1"),
    ("168/2017/ND-CPngay 7", "168/2017/NĐ-CP ngày 7", "1-2 1-1"),
    ("| Chinh phủ", "Chính phủ", "1-0 1-1 1-1"),
    ("phủ . ban", "phủ ban", "1-1 1-0 1-1"),
    ("Truyén thong", "- Truyền thông", "0-1 1-1 1-1"),
    ("hop & dia phuong", "họp ở địa phương", "1-1 1-1 1-1 1-1"),
    ("", "Kế hoạch", "0-1 0-1"),
    ("Ké hoach", "", "1-0 1-0"),
    ("", "", ""),
    ("giảm nghèo năm", "giảm nghèo bền năm", "1-1 1-1 0-1 1-1"),
    # A word that the reader left out must not make a split of its neighbours.
    ("hang toan bo", "hàng hóa toàn bộ", "1-1 0-1 1-1 1-1"),
]


@pytest.mark.parametrize(("seen", "right", "kinds"), TOKENS)
def test_tokens_are_laid_side_by_side(seen: str, right: str, kinds: str) -> None:
    matches = match_tokens(seen.split(), right.split())
    assert " ".join(match.kind for match in matches) == kinds


WORDS = st.lists(st.sampled_from("thực hiện quyết định Uy ban | 6 . 19/6 CQNG HOAXA".split()))


@given(WORDS, WORDS)
def test_every_token_is_matched_once_and_in_order(seen: list[str], right: list[str]) -> None:
    matches = match_tokens(seen, right)
    assert [n for match in matches for n in range(*match.seen)] == list(range(len(seen)))
    assert [n for match in matches for n in range(*match.right)] == list(range(len(right)))


@given(WORDS)
def test_equal_lines_are_one_to_one(words: list[str]) -> None:
    matches = match_tokens(words, words)
    assert all(match.kind == "1-1" and match.cost == 0 for match in matches)


READINGS = [
    ("tuy@n", "tuyên", True),
    ("&", "ở", True),
    ("CQNG", "CỘNG", True),
    ("quyết", "nghị", False),
    ("nguyén", "phường", False),
]


@pytest.mark.parametrize(("seen", "right", "expected"), READINGS)
def test_a_chance_meeting_is_no_reading(seen: str, right: str, expected: bool) -> None:
    (match,) = match_tokens([seen], [right])
    assert is_reading(match, [seen], [right]) is expected


def test_a_line_that_is_mostly_something_else_is_not_aligned() -> None:
    right = "thực hiện nhiệm vụ".split()
    for seen, expected in (("thuc hién nhiém vu", True), ("xr%% thuc qqqq wxyzk", False)):
        tokens = seen.split()
        assert is_aligned(match_tokens(tokens, right), tokens, right) is expected


LINES = [
    (["Muc tiéu chung", "dén nam 2030"], ["Mục tiêu chung", "đến năm 2030"], [(0, 0), (1, 1)]),
    (["~ .", "dén nam 2030"], ["Mục tiêu chung", "đến năm 2030"], [(1, 1)]),
    (["Muc tiéu chung"], ["Kế hoạch", "Mục tiêu chung", "Yêu cầu"], [(0, 1)]),
    ([], ["Kế hoạch"], []),
    (["Ké hoach"], [], []),
]


@pytest.mark.parametrize(("seen", "right", "expected"), LINES)
def test_lines_meet_by_order_and_likeness(
    seen: list[str], right: list[str], expected: list[tuple[int, int]]
) -> None:
    assert match_lines(seen, right) == expected


def line(text: str, x: float, y: float) -> Line:
    words = [
        Word(word, Box(x + 40 * n, y, x + 40 * n + 35, y + 12), 0.9)
        for n, word in enumerate(text.split())
    ]
    return Line(tuple(words))


def test_a_row_read_in_two_parts_is_one_row_again() -> None:
    read = [line("hai ba", 200, 101), line("dưới cùng", 50, 120), line("một", 50, 100)]
    rows = [" ".join(word.text for word in row) for row in printed_rows(read)]
    assert rows == ["một hai ba", "dưới cùng"]


def test_close_rows_over_one_another_stay_apart() -> None:
    read = [line("một hai", 50, 100), line("ba bốn", 50, 105)]
    assert len(printed_rows(read)) == 2
