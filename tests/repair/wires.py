# SPDX-License-Identifier: Apache-2.0
"""Small lattices, and all their paths one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from pipeline.repair.search import NO_WORD, Lattice
from pipeline.repair.tokens import STOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.repair.language_model import LanguageModel

# Of each place: how many places an edge goes on, the words it says, its score.
Edges = list[list[tuple[int, tuple[int, int], float]]]


def lattice_of(runs: list[Edges]) -> Lattice:
    first_place, first_edge, ends, words, scores = [0], [], [], [], []
    for places in runs:
        for place, edges in enumerate(places):
            first_edge.append(len(ends))
            for steps, said, score in edges:
                ends.append(first_place[-1] + place + steps)
                words.append(said)
                scores.append(score)
        first_edge.append(len(ends))
        first_place.append(first_place[-1] + len(places) + 1)
    return Lattice(
        np.array(first_place),
        np.array([*first_edge, len(ends)]),
        np.array(ends, np.int64),
        np.array(words, np.int64).reshape(-1, 2),
        np.array(scores, np.float32),
    )


@st.composite
def runs_of_edges(draw: st.DrawFn, words: int) -> Edges:
    """A run of one to four places, of which each has one to three edges."""
    length = draw(st.integers(1, 4))
    word = st.integers(0, words - 1)
    said = st.one_of(
        st.just((NO_WORD, NO_WORD)),
        st.tuples(word, st.just(NO_WORD)),
        st.tuples(word, st.just(NO_WORD)),
        st.tuples(word, word),
    )
    score = st.floats(-8, 0, width=32)
    run: Edges = []
    for place in range(length):
        more = st.integers(1, min(2, length - place))
        edges = draw(st.lists(st.tuples(more, said, score), max_size=2))
        # Every place can be left by one step, so that there is a path.
        run.append([(1, draw(said), draw(score)), *edges])
    return run


def every_path(lattice: Lattice, run: int) -> Iterator[list[int]]:
    first, last = int(lattice.first_place[run]), int(lattice.first_place[run + 1]) - 1

    def on(place: int) -> Iterator[list[int]]:
        if place == last:
            yield []
            return
        for edge in range(int(lattice.first_edge[place]), int(lattice.first_edge[place + 1])):
            for rest in on(int(lattice.ends[edge])):
                yield [edge, *rest]

    return on(first)


def path_score(lattice: Lattice, path: list[int], model: LanguageModel) -> float:
    """The score of a path and of the stop behind it, word by word."""
    words = [int(word) for edge in path for word in lattice.words[edge] if word != NO_WORD]
    logs = model.log_probs([*words, model.numbers[STOP]])
    return float(lattice.scores[path].sum()) + sum(logs)
