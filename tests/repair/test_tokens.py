# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.tokens import CODE, DASH, NUMBER, PAUSE, STOP, parts, symbol_of, symbols

TOKENS = st.text(
    alphabet=st.one_of(st.sampled_from("aăâđeêôơưỘĐHUN019/-–.,;:()“”'|&@?_*"), st.characters()),
    max_size=12,
).filter(lambda text: len(text.split()) == 1 and text.split() == [text])


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (
            "(huyện-xã).",
            [("(", PAUSE), ("huyện", "huyện"), ("-", DASH), ("xã", "xã"), (").", STOP)],
        ),
        ("“Nghèo”,", [("“", ""), ("Nghèo", "nghèo"), ("”,", PAUSE)]),
        ("Hoà", [("Hoà", "hòa")]),
        ("90/QĐ-TTg", [("90/QĐ-TTg", CODE)]),
        ("HĐND-UBND", [("HĐND-UBND", CODE)]),
        ("V/v", [("V/v", CODE)]),
        ("t/hiện:", [("t/hiện", CODE), (":", STOP)]),
        ("UBND", [("UBND", "ubnd")]),
        ("NHAN-DAN", [("NHAN", "nhan"), ("-", DASH), ("DAN", "dan")]),
        ("và/hoặc", [("và", "và"), ("/", PAUSE), ("hoặc", "hoặc")]),
        ("19/9/2022,", [("19/9/2022", NUMBER), (",", PAUSE)]),
        ("12,5%", [("12,5%", NUMBER)]),
        ("2021-2025", [("2021-2025", NUMBER)]),
        ("H1N1", [("H1N1", NUMBER)]),
        ("phr:?m", [("phr:?m", "phr:?m")]),
        ("tuy@n", [("tuy@n", "tuy@n")]),
        ("...", [("...", STOP)]),
        ("–", [("–", DASH)]),
        ("|.", [("|.", STOP)]),
    ],
)
def test_parts(token: str, expected: list[tuple[str, str]]) -> None:
    assert [(part.text, part.symbol) for part in parts(token)] == expected


@given(TOKENS)
def test_the_parts_are_the_token(token: str) -> None:
    found = parts(token)
    assert "".join(part.text for part in found) == token
    assert found[0].start == 0
    assert found[-1].end == len(token)
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(token[part.start : part.end] == part.text for part in found)


@given(TOKENS)
def test_no_word_holds_a_digit(token: str) -> None:
    for part in parts(token):
        assert not (part.is_word and any(char.isdigit() for char in part.text))


@pytest.mark.parametrize("word", ["hoà", "Hòa", "HOÀ", "hòa"])
def test_the_place_of_a_tone_makes_no_other_word(word: str) -> None:
    assert symbol_of(word) == "hòa"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("“Nghèo” đói (xã).", ["nghèo", "đói", PAUSE, "xã", STOP]),
        ("- Lưu: VT, 12.", [DASH, "lưu", STOP, "vt", PAUSE, NUMBER, STOP]),
        ("huyện - , xã", ["huyện", PAUSE, "xã"]),
        ("xã; - huyện", ["xã", STOP, "huyện"]),
        ("  ", []),
    ],
)
def test_a_line_as_the_model_sees_it(line: str, expected: list[str]) -> None:
    assert symbols(line) == expected


@given(st.lists(TOKENS, max_size=8))
def test_marks_never_follow_each_other(tokens: list[str]) -> None:
    found = symbols(" ".join(tokens))
    marks = (STOP, PAUSE, DASH)
    assert not any(a in marks and b in marks for a, b in pairwise(found))
    assert "" not in found
