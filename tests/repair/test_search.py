# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import Toy
from wires import Edges, every_path, lattice_of, path_score, runs_of_edges

from pipeline.repair.language_model import LanguageModel
from pipeline.repair.search import NO_WORD, Beam, Lattice, best_paths
from pipeline.repair.tokens import STOP

WIDE = Beam(width=5_000, margin=1e9)


def exhaustive(lattice: Lattice, model: LanguageModel) -> list[float]:
    """The best score of each run, by looking at every path."""
    return [
        max(path_score(lattice, path, model) for path in every_path(lattice, run))
        for run in range(lattice.runs)
    ]


@given(st.lists(runs_of_edges(words=40), min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_a_wide_beam_finds_the_best_of_all_paths(small: Toy, runs: list[Edges]) -> None:
    lattice = lattice_of(runs)
    stop = small.model.numbers[STOP]
    found = best_paths(lattice, small.model, WIDE, stop)
    scores = [path_score(lattice, path, small.model) for path in found]
    assert scores == pytest.approx(exhaustive(lattice, small.model), abs=1e-3)


@given(st.lists(runs_of_edges(words=40), min_size=1, max_size=3), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_a_narrow_beam_gives_whole_paths(small: Toy, runs: list[Edges], width: int) -> None:
    lattice = lattice_of(runs)
    found = best_paths(lattice, small.model, Beam(width, 14.0), small.model.numbers[STOP])
    for run, path in enumerate(found):
        assert path in list(every_path(lattice, run))


@given(st.lists(runs_of_edges(words=40), min_size=2, max_size=4))
@settings(max_examples=40, deadline=None)
def test_runs_do_not_touch_each_other(small: Toy, runs: list[Edges]) -> None:
    stop = small.model.numbers[STOP]
    lattice = lattice_of(runs)
    together = best_paths(lattice, small.model, Beam(), stop)
    alone = [best_paths(lattice_of([run]), small.model, Beam(), stop)[0] for run in runs]
    first = [int(lattice.first_edge[place]) for place in lattice.first_place[:-1]]
    assert [[e - first[n] for e in path] for n, path in enumerate(together)] == alone


def test_the_language_decides_between_equals(small: Toy) -> None:
    """ "giảm nghèo bền vững" against three words that no sentence has in this order."""
    right, wrong = small.numbers("giảm nghèo bền vững"), small.numbers("vững xã ban nghèo")
    edges = [
        [(1, (word, NO_WORD), 0.0), (1, (other, NO_WORD), 0.0)]
        for word, other in zip(right, wrong, strict=True)
    ]
    lattice = lattice_of([edges])
    path = best_paths(lattice, small.model, Beam(), small.model.numbers[STOP])[0]
    assert lattice.words[path, 0].tolist() == right


def test_a_score_decides_against_the_language(small: Toy) -> None:
    right, wrong = small.numbers("nghèo")[0], small.numbers("ban")[0]
    lattice = lattice_of([[[(1, (right, NO_WORD), -30.0), (1, (wrong, NO_WORD), 0.0)]]])
    assert best_paths(lattice, small.model, Beam(), small.model.numbers[STOP]) == [[1]]


def test_a_run_without_words(small: Toy) -> None:
    lattice = lattice_of([[[(1, (NO_WORD, NO_WORD), 0.0)]]])
    assert best_paths(lattice, small.model, Beam(), small.model.numbers[STOP]) == [[0]]


def test_an_edge_over_two_places(small: Toy) -> None:
    """Two slots that are one word, against two that nothing says."""
    poor, odd = small.numbers("nghèo")[0], small.numbers("25")[0]
    edges: Edges = [
        [(1, (odd, NO_WORD), -9.0), (2, (poor, NO_WORD), -1.0)],
        [(1, (odd, NO_WORD), -9.0)],
    ]
    assert best_paths(lattice_of([edges]), small.model, Beam(), 1) == [[1]]


def test_no_run_at_all(small: Toy) -> None:
    nothing = lattice_of([])
    assert nothing.runs == 0
    assert isinstance(nothing.words, np.ndarray)
