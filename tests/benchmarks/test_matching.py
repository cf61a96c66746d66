# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.matching import pair_up
from benchmarks.normal import similarity

WORDS = st.lists(st.text(alphabet="abc", max_size=4), max_size=6)


def test_best_pairs_first() -> None:
    # "Sở Y tế X" would do for both; the exact one must get its own twin.
    assert pair_up(["Sở Y tế X", "Sở Y tế"], ["Sở Y tế"], similarity, 0.8) == {1: 0}


def test_limit_is_included() -> None:
    assert pair_up(["a"], ["b"], lambda *_: 0.8, 0.8) == {0: 0}
    assert pair_up(["a"], ["b"], lambda *_: 0.79, 0.8) == {}


def test_repeated_lines_pair_in_order() -> None:
    assert pair_up(["a", "a"], ["a", "a"], similarity, 1) == {0: 0, 1: 1}


@given(WORDS, WORDS)
def test_one_to_one(truth: list[str], got: list[str]) -> None:
    pairs = pair_up(truth, got, similarity, 0.5)
    assert len(set(pairs.values())) == len(pairs)


@given(WORDS)
def test_identity_pairs_all(words: list[str]) -> None:
    assert pair_up(words, words, similarity, 1) == {at: at for at in range(len(words))}
