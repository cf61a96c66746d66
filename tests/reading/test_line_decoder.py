# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reading.line_decoder import decode, path_probabilities
from pipeline.reading.line_letters import ALPHABET, CLASS_OF, CLASSES


def shown(*columns: str | dict[str, float]) -> np.ndarray:
    """What a network sees: a sure character a column, or several; "" and what is left is blank."""
    seen = np.zeros((len(columns), CLASSES), np.float32)
    for place, column in enumerate(columns):
        chances = {column: 1.0} if isinstance(column, str) else column
        for character, chance in chances.items():
            seen[place, CLASS_OF[character] if character else 0] += chance
    seen[:, 0] += 1 - seen.sum(axis=1)
    return seen


def noise(seed: int, columns: int, spread: float) -> np.ndarray:
    """Columns in which a few characters and the blank contend."""
    rng = np.random.default_rng(seed)
    some = [0, CLASS_OF[" "], *(CLASS_OF[character] for character in "aăâd1")]
    seen = np.zeros((columns, CLASSES), np.float32)
    seen[:, some] = np.nan_to_num(rng.dirichlet(np.full(len(some), spread), columns), nan=0.0)
    return seen


def spelt(path: tuple[int, ...]) -> tuple[int, ...]:
    """What a path spells: neighbours that are equal are one, blanks fall out."""
    kept = [now for before, now in itertools.pairwise((-1, *path)) if now != before]
    return tuple(number for number in kept if number)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ([], []),
        (["", "", ""], []),
        (["", "x", "", "ã", ""], ["xã"]),
        (["x", "x", "x", "ã", "ã"], ["xã"]),
        (["b", "a", "a", "", "a"], ["baa"]),
        (["b", "a", "", "", "a", "a"], ["baa"]),
        (["1", "1", "1"], ["1"]),
        (["1", "", "1"], ["11"]),
        (["x", "ã", " ", "", "A"], ["xã", "A"]),
        (["x", " ", "", " ", "A"], ["x", "A"]),
        (["x", " ", " ", "A"], ["x", "A"]),
        (["", " ", "x", " ", ""], ["x"]),
        ([" ", " "], []),
        (["-", " ", "V", "T", ".", "/", "."], ["-", "VT./."]),
    ],
)
def test_the_best_path_is_read(columns: list[str], words: list[str]) -> None:
    read = decode(shown(*columns))
    assert [word.text for word in read] == words
    assert all(word.probability == pytest.approx(1) and word.others == () for word in read)


def test_a_word_knows_its_columns() -> None:
    first, second = decode(shown("", "x", "ã", "", " ", " ", "", "A", ""))
    assert (first.first, first.last) == (0, 4)
    assert (second.first, second.last) == (6, 9)


def test_what_else_a_letter_may_be_is_told() -> None:
    (word,) = decode(shown("", "t", "", {"h": 0.99, "l": 0.01}, {"ô": 0.7, "o": 0.3}, "", "n"))
    assert word.text == "thôn"
    assert word.probability == pytest.approx(0.99 * 0.7)
    assert word.others == (("thon", pytest.approx(0.99 * 0.3)),)


def test_a_letter_may_be_none_and_none_a_letter() -> None:
    (word,) = decode(shown("c", "ầ", "u", {".": 0.6}, ""))
    assert (word.text, word.others) == ("cầu.", (("cầu", pytest.approx(0.4)),))
    (word,) = decode(shown("c", "ầ", {"u": 0.4}, "", "."))
    assert (word.text, word.others) == ("cầ.", (("cầu.", pytest.approx(0.4)),))


def test_many_faint_paths_outweigh_the_best_one() -> None:
    # Each column between is rather blank, together they are rather an "h".
    (word,) = decode(shown("n", {"h": 0.4}, {"h": 0.4}, {"h": 0.4}, "à"))
    assert word.text == "nhà"
    assert word.others[0] == ("nà", pytest.approx(0.6**3))


def test_doubts_of_two_letters_are_weighed_one_by_one() -> None:
    (word,) = decode(shown({"D": 0.8, "Đ": 0.2}, "", {"a": 0.6, "ạ": 0.4}))
    assert word.text == "Da"
    assert dict(word.others) == {
        "Dạ": pytest.approx(0.8 * 0.4),
        "Đa": pytest.approx(0.2 * 0.6),
    }


def test_there_are_not_too_many_readings() -> None:
    column = {"a": 0.6, "ă": 0.2, "â": 0.2}
    (word,) = decode(shown(*([column, ""] * 4)))
    assert [chance for _, chance in word.others] == pytest.approx([0.6**3 * 0.2] * 5)


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_forward_sum_is_that_over_all_paths(columns: int, seed: int) -> None:
    classes = 4
    seen = np.random.default_rng(seed).dirichlet(np.full(classes, 0.6), columns)
    expected: dict[tuple[int, ...], float] = {}
    for path in itertools.product(range(classes), repeat=columns):
        chance = float(np.prod(seen[range(columns), path]))
        expected[spelt(path)] = expected.get(spelt(path), 0.0) + chance
    assert sum(expected.values()) == pytest.approx(1)
    for length in range(1, columns + 2):
        for numbers in itertools.product(range(1, classes), repeat=length):
            assert path_probabilities(seen.astype(np.float32), [numbers])[0] == pytest.approx(
                expected.get(numbers, 0.0), abs=1e-6
            )


@given(st.integers(0, 2**32 - 1), st.integers(1, 24), st.floats(0.05, 3))
@settings(max_examples=60, deadline=None)
def test_whatever_is_seen_probabilities_stay_such(seed: int, columns: int, spread: float) -> None:
    words = decode(noise(seed, columns, spread))
    edges = [edge for word in words for edge in (word.first, word.last)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= columns for edge in edges)
    for word in words:
        chances = [chance for _, chance in word.others]
        texts = [word.text, *(text for text, _ in word.others)]
        assert chances == sorted(chances, reverse=True)
        assert all(0 < chance <= word.probability + 1e-6 for chance in chances)
        assert word.probability + sum(chances) <= 1 + 1e-5
        assert len(set(texts)) == len(texts)
        assert all(text and set(text) <= set(ALPHABET) - {" "} for text in texts)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_a_doubtful_word_is_as_likely_as_all_its_paths(seed: int, columns: int) -> None:
    seen = noise(seed, columns, 0.4)
    for word in decode(seen):
        if word.others:
            numbers = [CLASS_OF[character] for character in word.text]
            whole = path_probabilities(seen[word.first : word.last], [numbers])[0]
            assert word.probability == pytest.approx(whole)
