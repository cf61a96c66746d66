# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.repair_align import (
    align,
    core,
    is_letters,
    judge_all,
    judge_caseless,
    judge_letters,
)

TOKENS = st.lists(
    st.sampled_from(["Sở", "sở", "Y", "tế,", "tế", "194/KH-UBND", "–", "qudc", "hoà", "hòa"]),
    max_size=8,
).map(tuple)


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@pytest.mark.parametrize(
    ("right", "read", "pairs"),
    [
        ("Sở Y tế", "Sở Y tế", {0: 0, 1: 1, 2: 2}),
        ("Sở Y tế", "So Y tê", {0: 0, 1: 1, 2: 2}),
        ("Luật Tổ chức", "Luật Tô Ổ chức", {0: 0, 1: 1, 2: 3}),
        ("tuyên truyền về", "tuyên. , truyén vé", {0: 0, 1: 2, 2: 3}),
        ("chính quyền địa phương", "chínhquyền địa phương", {0: 0, 2: 1, 3: 2}),
        ("một hai ba", "bốn", {2: 0}),
        ("Sở Y tế", "", {}),
        ("", "Sở Y tế", {}),
    ],
    ids=["same", "wrong", "split", "noise", "joined", "one of three", "lost", "added"],
)
def test_tokens_find_their_partners(right: str, read: str, pairs: dict[int, int]) -> None:
    assert align(words(right), words(read)) == pairs


@pytest.mark.parametrize(
    ("token", "inside", "letters"),
    [
        ("“(Hoà),”", "Hòa", True),
        ("nghèo;", "nghèo", True),
        ("194/KH-UBND", "194/KH-UBND", False),
        ("VH,TT&TT", "VH,TT&TT", False),
        ("2022.", "2022", False),
        ("–", "", False),
    ],
)
def test_core_of_a_token(token: str, inside: str, letters: bool) -> None:
    assert core(token) == inside
    assert is_letters(token) is letters


@pytest.mark.parametrize(
    ("right", "read", "everything", "letters", "caseless"),
    [
        ("Sở Y tế,", "Sở Y tế,", (3, 0), (3, 0), (3, 0)),
        ("Sở Y tế,", "Sở Y tế.", (2, 0), (3, 0), (3, 0)),
        ("Sở Y tế", "sở Y te", (1, 0), (1, 0), (2, 0)),
        ("Uỷ ban – tỉnh", "Ủy ban - tỉnh", (4, 0), (3, 0), (3, 0)),
        ("ngày 19/6/2015 của", "ngày l9/6/2015 của", (2, 0), (2, 0), (2, 0)),
        ("Luật Tổ chức", "Luật Tô Ổ chức", (2, 1), (2, 1), (2, 1)),
        ("Luật Tổ chức", "Luật | Tổ chức", (3, 1), (3, 0), (3, 0)),
        ("chính quyền", "chínhquyền", (0, 0), (0, 0), (0, 0)),
    ],
    ids=["same", "point", "case", "placement", "number", "split", "noise", "joined"],
)
def test_views(
    right: str,
    read: str,
    everything: tuple[int, int],
    letters: tuple[int, int],
    caseless: tuple[int, int],
) -> None:
    for judge, expected in [
        (judge_all, everything),
        (judge_letters, letters),
        (judge_caseless, caseless),
    ]:
        judged = judge(words(right), words(read))
        assert (sum(judged.right), judged.added) == expected, judge.__name__


def test_given_tokens_know_their_place() -> None:
    judged = judge_letters(words("số 90 của Bộ"), words("số 9O của của BO"))
    assert judged.given == ((0, True), (2, True), (3, False), (4, False))


@given(TOKENS, TOKENS)
def test_partners_keep_their_order(right: tuple[str, ...], read: tuple[str, ...]) -> None:
    pairs = align(right, read)
    assert list(pairs) == sorted(pairs)
    assert list(pairs.values()) == sorted(set(pairs.values()))


@given(TOKENS, TOKENS)
def test_every_token_is_judged_once(right: tuple[str, ...], read: tuple[str, ...]) -> None:
    judged = judge_all(right, read)
    assert len(judged.right) == len(right)
    assert len(judged.given) == len(read)
    assert sum(judged.right) == sum(fine for _, fine in judged.given)


@given(TOKENS)
def test_a_line_is_right_beside_itself(line: tuple[str, ...]) -> None:
    for judge in (judge_all, judge_letters, judge_caseless):
        judged = judge(line, line)
        assert all(judged.right)
        assert not judged.added
