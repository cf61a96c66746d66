# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import Toy
from wires import Edges, every_path, lattice_of, path_score, runs_of_edges

from pipeline.repair.confidence import rivals, shares
from pipeline.repair.tokens import STOP


@given(st.data(), st.lists(runs_of_edges(words=40), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_rival_costs_what_the_whole_path_with_it_costs(
    small: Toy, data: st.DataObject, runs: list[Edges]
) -> None:
    lattice = lattice_of(runs)
    paths = [
        data.draw(st.sampled_from(list(every_path(lattice, run)))) for run in range(lattice.runs)
    ]
    owner, rival, scores = rivals(lattice, paths, small.model, small.model.numbers[STOP])
    number = 0
    for path in paths:
        for place, edge in enumerate(path):
            own = np.flatnonzero(owner == number)
            number += 1
            assert edge in rival[own]
            whole = [
                path_score(lattice, [*path[:place], int(other), *path[place + 1 :]], small.model)
                for other in rival[own]
            ]
            best = scores[own].max()
            assert scores[own] - best == pytest.approx(np.array(whole) - max(whole), abs=1e-3)
            assert {int(lattice.ends[other]) for other in rival[own]} == {int(lattice.ends[edge])}


@given(st.lists(st.lists(st.floats(-200, 5, width=32), min_size=1, max_size=6), min_size=1))
def test_shares_of_a_slot_sum_to_one(slots: list[list[float]]) -> None:
    owner = np.repeat(np.arange(len(slots)), [len(own) for own in slots])
    given_shares = shares(owner, np.array([s for own in slots for s in own], np.float32))
    assert ((given_shares >= 0) & (given_shares <= 1)).all()
    for number, own in enumerate(slots):
        mine = given_shares[owner == number]
        assert mine.sum() == pytest.approx(1, abs=1e-5)
        assert mine[int(np.argmax(own))] == mine.max()


def test_shares_are_those_of_probabilities() -> None:
    scores = np.log(np.array([0.5, 0.25, 0.25, 0.1, 0.3], np.float32))
    assert shares(np.array([0, 0, 0, 4, 4]), scores) == pytest.approx([0.5, 0.25, 0.25, 0.25, 0.75])
