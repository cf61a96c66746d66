# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from toy import Toy

from pipeline.repair.page_memory import PageMemory

LINE = "Phòng Nội vụ huyện"


def memory(small: Toy, *lines: str, sure: float = 1.0) -> PageMemory:
    return PageMemory(small.model, [[(word, sure) for word in small.numbers(x)] for x in lines])


def all_words(model: PageMemory, small: Toy, before: str) -> np.typing.NDArray[np.float64]:
    words = np.arange(len(small.vocabulary), dtype=np.uint64)
    states = model.start(len(words))
    for word in small.numbers(before):
        _, states = model.extend(states, np.full(len(words), word, np.uint64))
    return model.extend(states, words)[0].astype(float)


def test_what_was_said_becomes_likelier_behind_its_neighbour(small: Toy) -> None:
    word = small.numbers("huyện")[0]
    before, after = (all_words(memory(small, *x), small, "bền")[word] for x in ([], ["bền huyện"]))
    assert after > before + 1


def test_more_often_is_likelier(small: Toy) -> None:
    word = small.numbers("huyện")[0]
    once, often = (
        all_words(memory(small, *["bền huyện"] * times, "bền vững"), small, "bền")[word]
        for times in (1, 9)
    )
    assert often > once


def test_it_is_no_more_than_a_probability(small: Toy) -> None:
    for before in ("", "Phòng", "bền", "Ủy ban nhân"):
        chances = np.exp(all_words(memory(small, LINE, LINE, "bền vững"), small, before))
        assert 0.8 < chances.sum() < 1.01


def test_the_state_is_that_of_the_model_below(small: Toy) -> None:
    word = np.array(small.numbers("Phòng"), np.uint64)
    own, below = (m.extend(m.start(1), word)[1] for m in (memory(small, LINE), small.model))
    assert own.context == below.context
    assert own.back_offs.tolist() == below.back_offs.tolist()


@pytest.mark.parametrize("made", [{"sure": 0.9}, {}])
def test_it_learns_nothing_from_what_is_not_sure_or_was_not_said(
    small: Toy, made: dict[str, float]
) -> None:
    taught = memory(small, *([LINE] * 5 if made else []), **made)
    plain = all_words(memory(small), small, "Phòng")
    assert all_words(taught, small, "Phòng") == pytest.approx(plain)


def test_a_doubtful_word_parts_its_neighbours(small: Toy) -> None:
    first, doubtful, last = small.numbers("bền Phòng huyện")
    parted = PageMemory(small.model, [[(first, 1.0), (doubtful, 0.5), (last, 1.0)]])
    apart = PageMemory(small.model, [[(first, 1.0)], [(last, 1.0)]])
    assert all_words(parted, small, "bền") == pytest.approx(all_words(apart, small, "bền"))


def test_it_says_what_the_model_says_of_words(small: Toy) -> None:
    taught = memory(small, LINE)
    assert taught.vocabulary == small.model.vocabulary
    assert taught.number_of("nghèo") == small.model.number_of("nghèo")
    assert taught.number_of("xyz") == small.model.number_of("xyz")
