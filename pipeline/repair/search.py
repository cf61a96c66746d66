# SPDX-License-Identifier: Apache-2.0
"""The most probable words behind what was read: beam search over many lattices at once.

All runs of a document advance together, one place a step, so that the work is done on long
arrays: a hypothesis is a row, not an object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.language_model import States

if TYPE_CHECKING:
    from pipeline.repair.language_model import Model

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

# No word: an edge of fewer than two words.
NO_WORD = -1


@dataclass(frozen=True, slots=True)
class Lattice:
    """Edges over the places of some runs; a place lies before, between or behind parts.

    Places count through all runs, each run has one more than it has parts. Edges are sorted by
    the place that they leave.

    Attributes:
        first_place: of each run; one entry more than runs, the last is the number of places.
        first_edge: of each place; one entry more than places.
        ends: the place where each edge arrives.
        words: (edges, 2): numbers of the words that an edge says, `NO_WORD` for none.
        scores: logarithm of what an edge costs besides the language model.
    """

    first_place: Ints
    first_edge: Ints
    ends: Ints
    words: Ints
    scores: Floats

    @property
    def runs(self) -> int:
        """The number of runs."""
        return len(self.first_place) - 1


@dataclass(frozen=True, slots=True)
class Beam:
    """How much is kept: hypotheses a run, and how far behind the best (nats)."""

    width: int = 12
    margin: float = 14.0


@dataclass(slots=True)
class _Front:
    """Hypotheses that have arrived at the same step: run, score, state, and where they came from."""

    run: Ints
    score: Floats
    states: States
    row: Ints

    def __getitem__(self, chosen: NDArray[np.intp]) -> _Front:
        return _Front(self.run[chosen], self.score[chosen], self.states[chosen], self.row[chosen])


class _History:
    """For each hypothesis that was ever kept the one before it and the edge between them."""

    def __init__(self) -> None:
        self.parents: list[Ints] = []
        self.edges: list[Ints] = []
        self.length = 0

    def add(self, parents: Ints, edges: Ints) -> Ints:
        self.parents.append(parents)
        self.edges.append(edges)
        rows = np.arange(self.length, self.length + len(parents))
        self.length += len(parents)
        return rows

    def path(self, row: int, parents: Ints, edges: Ints) -> list[int]:
        found = []
        while parents[row] >= 0:
            found.append(int(edges[row]))
            row = int(parents[row])
        return found[::-1]


def best_paths(lattice: Lattice, model: Model, beam: Beam, stop: int) -> list[list[int]]:
    """Return for each run the numbers of the edges of its best path, in order.

    Every run must have a path from its first place to its last. `stop` is the number of the word
    that ends a run.
    """
    history = _History()
    runs = np.arange(lattice.runs)
    states = model.start(lattice.runs)
    start = _Front(runs, np.zeros(len(runs), np.float32), states, runs * 0)
    start.row = history.add(np.full(len(runs), -1), np.full(len(runs), -1))
    lengths = np.diff(lattice.first_place) - 1
    waiting: dict[int, list[_Front]] = {0: [start]}
    finished: list[_Front] = []
    for step in range(int(lengths.max(initial=0)) + 1):
        fronts = waiting.pop(step, [])
        if not fronts:
            continue
        front = _kept(_joined(fronts), beam)
        over = lengths[front.run] == step
        finished.append(front[np.flatnonzero(over)])
        going = front[np.flatnonzero(~over)]
        if len(going.run):
            _advance(going, step, lattice, model, history, waiting, beam)
    return _traced(_joined(finished), lattice.runs, model, stop, history)


def _joined(fronts: list[_Front]) -> _Front:
    if len(fronts) == 1:
        return fronts[0]
    return _Front(
        np.concatenate([front.run for front in fronts]),
        np.concatenate([front.score for front in fronts]),
        States(
            np.concatenate([front.states.context for front in fronts]),
            np.concatenate([front.states.back_offs for front in fronts], axis=1),
        ),
        np.concatenate([front.row for front in fronts]),
    )


def _kept(front: _Front, beam: Beam) -> _Front:
    """Return the best hypotheses of each run; of those that cannot differ any more one."""
    best = np.full(int(front.run.max()) + 1, -np.inf, np.float32)
    np.maximum.at(best, front.run, front.score)
    front = front[np.flatnonzero(front.score >= best[front.run] - beam.margin)]
    order = np.lexsort((-front.score, front.states.context, front.run))
    run, context = front.run[order], front.states.context[order]
    new = np.ones(len(order), bool)
    new[1:] = (run[1:] != run[:-1]) | (context[1:] != context[:-1])
    order = order[new]
    order = order[np.lexsort((-front.score[order], front.run[order]))]
    run = front.run[order]
    first = np.flatnonzero(np.concatenate(([True], run[1:] != run[:-1])))
    sizes = np.diff(np.append(first, len(run)))
    rank = np.arange(len(run)) - np.repeat(first, sizes)
    return front[order[rank < beam.width]]


def _advance(
    front: _Front,
    step: int,
    lattice: Lattice,
    model: Model,
    history: _History,
    waiting: dict[int, list[_Front]],
    beam: Beam,
) -> None:
    """Put each hypothesis, lengthened by each edge that leaves its place, where it arrives."""
    place = lattice.first_place[front.run] + step
    first = lattice.first_edge[place]
    sizes = lattice.first_edge[place + 1] - first
    parent = np.repeat(np.arange(len(place)), sizes)
    edge = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes) + first[parent]
    score = front.score[parent] + lattice.scores[edge]
    states = front.states[parent]
    for column in (0, 1):
        words = lattice.words[edge, column]
        said = np.flatnonzero(words != NO_WORD)
        if len(said) == len(words):
            logs, states = model.extend(states, words.astype(np.uint64))
            score = score + logs
        elif len(said):
            logs, after = model.extend(states[said], words[said].astype(np.uint64))
            score[said] += logs
            context, back_offs = states.context.copy(), states.back_offs.copy()
            context[said], back_offs[:, said] = after.context, after.back_offs
            states = States(context, back_offs)
    length = lattice.ends[edge] - place[parent]
    for steps in np.unique(length):
        chosen = np.flatnonzero(length == steps)
        arrived = _Front(front.run[parent[chosen]], score[chosen], states[chosen], chosen)
        # Only what is kept of these is worth a row of the history.
        arrived = _kept(arrived, beam)
        rows = arrived.row
        arrived.row = history.add(front.row[parent[rows]], edge[rows])
        waiting.setdefault(step + int(steps), []).append(arrived)


def _traced(
    front: _Front, runs: int, model: Model, stop: int, history: _History
) -> list[list[int]]:
    logs, _ = model.extend(front.states, np.full(len(front.run), stop, np.uint64))
    score = front.score + logs
    order = np.lexsort((-score, front.run))
    run = front.run[order]
    first = np.flatnonzero(np.concatenate(([True], run[1:] != run[:-1])))
    parents = np.concatenate(history.parents)
    edges = np.concatenate(history.edges)
    paths: list[list[int]] = [[] for _ in range(runs)]
    for place in first:
        paths[int(run[place])] = history.path(int(front.row[order[place]]), parents, edges)
    return paths
