# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.slots import Slot, Token, paragraphs, runs, said
from pipeline.repair.tokens import STOP, symbols

WORDS = st.sampled_from(
    "huyện xã, (tỉnh) nghèo. - – 19/9/2022 90/QĐ-TTg “giảm” Văn hóa-Thông tin; a) Tô Ổ 14".split()
)
LINES = st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=4)


def tokens(*lines: str) -> list[list[Token]]:
    return [[Token(text) for text in line.split()] for line in lines]


def texts(run: list[Slot]) -> list[str]:
    return [slot.part.text for slot in run]


def test_a_run_goes_over_line_ends_to_a_stop() -> None:
    found = runs(tokens("Phòng Nội vụ", "huyện. Sở Nội vụ"), [True, False])
    assert list(map(texts, found)) == [["Phòng", "Nội", "vụ", "huyện", "."], ["Sở", "Nội", "vụ"]]


def test_a_paragraph_begins_a_run() -> None:
    found = runs(tokens("Phòng Nội vụ", "huyện"), [True, True])
    assert list(map(texts, found)) == [["Phòng", "Nội", "vụ"], ["huyện"]]


def test_runs_without_a_word_to_read_are_left_out() -> None:
    assert runs(tokens("- 90/QĐ-TTg ."), [True]) == []
    assert runs([[Token("huyện", fixed=True)]], [True]) == []
    assert runs([], []) == []


@pytest.mark.parametrize(
    ("text", "open_"),
    [("huyện", 1), ("14", 1), ("90/QĐ-TTg", 0), ("a)", 0), ("(đ)", 0), ("UBND", 1), ("xã-tỉnh", 2)],
)
def test_what_may_be_read_anew(text: str, open_: int) -> None:
    found = runs([[Token("xã"), Token(text)]], [True])[0]
    assert sum(slot.open for slot in found if slot.token == 1) == open_


@pytest.mark.parametrize(
    ("line", "joins"),
    [
        ("Tô Ổ", [True, False]),
        ("Tô, Ổ", [False, False, False]),
        ("14 Ổ", [False, False]),
        ("Văn-hóa xã", [False, False, True, False]),
    ],
)
def test_only_words_with_a_blank_between_them_may_be_one(line: str, joins: list[bool]) -> None:
    assert [slot.joins for slot in runs(tokens(line), [True])[0]] == joins


def test_the_end_of_a_line_parts_words() -> None:
    assert not any(slot.joins for slot in runs(tokens("Tô", "Ổ"), [True, False])[0])


def test_confidence_is_that_of_the_token() -> None:
    found = runs([[Token("(huyện)", 0.4), Token("xã")]], [True])[0]
    assert [slot.confidence for slot in found] == [0.4, 0.4, 0.4, None]


@given(LINES, st.data())
def test_slots_stand_where_they_say(lines: list[list[str]], data: st.DataObject) -> None:
    begins = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    found = runs([[Token(text) for text in line] for line in lines], begins)
    places = [(slot.line, slot.token, slot.part.start) for run in found for slot in run]
    assert places == sorted(places)
    for run in found:
        assert any(slot.open for slot in run)
        assert STOP not in [slot.part.symbol for slot in run[:-1]]
        for slot in run:
            text = lines[slot.line][slot.token]
            assert text[slot.part.start : slot.part.end] == slot.part.text


@given(st.lists(WORDS, min_size=1, max_size=9))
def test_the_model_hears_what_it_was_trained_on(line: list[str]) -> None:
    found = runs([[Token(text) for text in [*line, "xã"]]], [True])
    heard = [symbol for run in found for symbol in said(run) if symbol]
    trained = symbols(" ".join([".", *line, "xã"]))[1:]
    # Runs without a word are not read at all.
    assert heard == trained or not all(map(_has_words, _sentences(trained)))


def _sentences(heard: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for symbol in heard:
        found[-1].append(symbol)
        if symbol == STOP:
            found.append([])
    return [sentence for sentence in found if sentence]


def _has_words(sentence: list[str]) -> bool:
    return any(symbol not in ("<p>", "<->", "<c>", STOP) for symbol in sentence)


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("huyện - , xã", ["huyện", "<p>", "", "xã"]),
        ("- huyện", ["", "huyện"]),
        ("(xã) .", ["", "xã", "<s>", ""]),
        ("“xã”, tỉnh", ["", "xã", "<p>", "tỉnh"]),
    ],
)
def test_of_marks_in_a_row_one_is_heard(line: str, heard: list[str]) -> None:
    assert said(runs(tokens(line), [True])[0]) == heard


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Ủy ban nhân dân huyện", "ban hành kế hoạch."], [True, False]),
        (["Ủy ban nhân dân huyện.", "Ban hành kế hoạch"], [True, True]),
        (["Kế hoạch", "", "của huyện"], [True, True, True]),
        (["Kế hoạch", "- Sở Nội vụ", "+ Sở Tư pháp", "2. Sở Y tế", "b) Xã"], [True] * 5),
        (["KẾ HOẠCH", "TRUYỀN THÔNG", "Về giảm nghèo"], [True, False, True]),
        (["ngày 19 tháng 9", "2022 của huyện"], [True, False]),
        ([], []),
    ],
)
def test_where_paragraphs_begin(lines: list[str], expected: list[bool]) -> None:
    assert paragraphs([line.split() for line in lines]) == expected
