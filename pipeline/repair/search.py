# SPDX-License-Identifier: Apache-2.0
"""The most probable words behind what was read: beam search over many lattices at once.

All runs of a document advance together, one place a step, so that the work is done on long
arrays: a hypothesis is a row, not an object.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.language_model import States
from pipeline.repair.pieces import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.repair.language_model import Model, Words
    from pipeline.repair.pieces import Pieces

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

# No word: an edge of fewer than two words.
NO_WORD = -1

# Bits of a context, below the number of a piece.
_CONTEXT_BITS = np.uint64(48)


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
    """Hypotheses at the same step: piece, score, state, and their rows in the history.

    Those of a piece stand together.
    """

    piece: Ints
    score: Floats
    states: States
    row: Ints

    def __getitem__(self, chosen: NDArray[np.intp]) -> _Front:
        return _Front(
            self.piece.take(chosen),
            self.score.take(chosen),
            self.states[chosen],
            self.row.take(chosen),
        )


class _History:
    """For each hypothesis that was ever kept the one before it and the edge between them."""

    def __init__(self) -> None:
        self.parents: list[Ints] = []
        self.edges: list[Ints] = []
        self.length = 0

    def add(self, parents: Ints, edges: Ints) -> Ints:
        """Keep hypotheses, and return their rows."""
        self.parents.append(parents)
        self.edges.append(edges)
        rows = np.arange(self.length, self.length + len(parents))
        self.length += len(parents)
        return rows

    def paths(self, rows: list[int]) -> Iterator[list[int]]:
        """Yield the edges that led to each of some hypotheses, in order."""
        parents = np.concatenate(self.parents).tolist()
        edges = np.concatenate(self.edges).tolist()
        for last in rows:
            row, found = last, []
            while parents[row] >= 0:
                found.append(edges[row])
                row = parents[row]
            yield found[::-1]


def best_paths(lattice: Lattice, model: Model, beam: Beam, stop: int) -> list[list[int]]:
    """Return for each run the numbers of the edges of its best path, in order.

    Every run must have a path from its first place to its last. `stop` is the number of the word
    that ends a run.
    """
    words = tuple(np.ascontiguousarray(lattice.words.T))
    return _Search(lattice, words, model, beam, pieces_of(lattice)).paths(stop)


@dataclass(frozen=True, slots=True)
class _Search:
    """What all steps of a search share; `words` are the first and the second of each edge."""

    lattice: Lattice
    words: tuple[Ints, ...]
    model: Model
    beam: Beam
    pieces: Pieces
    history: _History = field(default_factory=_History)

    def paths(self, stop: int) -> list[list[int]]:
        """Return for each run the edges of its best path."""
        lengths = self.pieces.last - self.pieces.first
        ending = np.bincount(lengths)
        waiting: dict[int, list[_Front]] = {0: [self._start(len(lengths))]}
        finished: list[_Front] = []
        for step in range(len(ending)):
            fronts = waiting.pop(step, [])
            if not fronts:
                continue
            front = fronts[0]
            if len(fronts) > 1:
                front = _joined(fronts)
                front = front[_kept(front.piece, front.score, front.states.context, self.beam)]
            if ending[step]:
                over = lengths.take(front.piece) == step
                finished.append(front[np.flatnonzero(over)])
                front = front[np.flatnonzero(~over)]
            if len(front.piece):
                for steps, arrived in self._advanced(front, step):
                    waiting.setdefault(step + steps, []).append(arrived)
        return self._traced(_joined(finished), stop)

    def _start(self, pieces: int) -> _Front:
        rows = self.history.add(np.full(pieces, -1), np.full(pieces, -1))
        nothing = np.zeros(pieces, np.float32)
        return _Front(np.arange(pieces), nothing, self.model.start(pieces), rows)

    def _advanced(self, front: _Front, step: int) -> Iterator[tuple[int, _Front]]:
        """Yield hypotheses lengthened by each edge that leaves their place, by steps it takes."""
        lattice = self.lattice
        place = self.pieces.first.take(front.piece) + step
        first = lattice.first_edge.take(place)
        sizes = lattice.first_edge.take(place + 1) - first
        parent = np.repeat(np.arange(len(place)), sizes)
        edge = np.arange(len(parent)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        score = front.score.take(parent)
        score += lattice.scores.take(edge)
        states = front.states[parent]
        for words in self.words:
            score, states = spoken(score, states, words.take(edge), self.model)
        piece = front.piece.take(parent)
        length = lattice.ends.take(edge) - place.take(parent)
        for steps in range(1, int(length.max()) + 1):
            chosen = np.flatnonzero(length == steps)
            if not len(chosen):
                continue
            context = states.context.take(chosen)
            kept = chosen.take(_kept(piece.take(chosen), score.take(chosen), context, self.beam))
            rows = self.history.add(front.row.take(parent.take(kept)), edge.take(kept))
            yield steps, _Front(piece.take(kept), score.take(kept), states[kept], rows)

    def _traced(self, front: _Front, stop: int) -> list[list[int]]:
        """Return the best path of each run, put together from those of its pieces."""
        pieces = self.pieces
        logs, _ = self.model.extend(front.states, np.full(len(front.piece), stop, np.uint64))
        score = front.score + logs * pieces.closing.take(front.piece)
        best = np.lexsort((-score, front.piece))
        best = best.take(_groups(front.piece.take(best))[0])
        ends = self.lattice.ends.tolist()
        paths: list[list[int]] = [[] for _ in range(self.lattice.runs)]
        edges = self.history.paths(front.row.take(best).tolist())
        for piece, own in zip(front.piece.take(best).tolist(), edges, strict=True):
            place, begin, end = int(pieces.first[piece]), pieces.begin[piece], pieces.end[piece]
            for edge in own:
                if begin <= place < end:
                    paths[int(pieces.run[piece])].append(edge)
                place = ends[edge]
        return paths


def _joined(fronts: list[_Front]) -> _Front:
    if len(fronts) == 1:
        return fronts[0]
    piece = np.concatenate([front.piece for front in fronts])
    front = _Front(
        piece,
        np.concatenate([front.score for front in fronts]),
        States(
            np.concatenate([front.states.context for front in fronts]),
            np.concatenate([front.states.back_offs for front in fronts], axis=1),
        ),
        np.concatenate([front.row for front in fronts]),
    )
    return front[np.argsort(piece, kind="stable")]


def _kept(piece: Ints, score: Floats, context: Words, beam: Beam) -> NDArray[np.intp]:
    """Return the places of the best hypotheses of each piece, which stand together.

    Of those that cannot differ any more one is kept.
    """
    first, sizes = _groups(piece)
    behind = np.repeat(np.maximum.reduceat(score, first), sizes) - score
    near = np.flatnonzero(behind <= beam.margin)
    piece, behind, context = piece.take(near), behind.take(near), context.take(near)
    # One key sorts by piece, then by score: no hypothesis is farther behind than the margin.
    # Of equals the first stays first, whatever else is searched with them.
    order = np.argsort(piece * np.float64(2 * beam.margin + 1) + behind, kind="stable")
    piece = piece.take(order)
    same = context.take(order) | piece.astype(np.uint64) << _CONTEXT_BITS
    by_context = np.argsort(same, kind="stable")
    same = same.take(by_context)
    new = np.empty(len(same), bool)
    new[by_context[0]] = True
    new[by_context[1:]] = same[1:] != same[:-1]
    order, piece = order[new], piece[new]
    first, sizes = _groups(piece)
    rank = np.arange(len(piece)) - np.repeat(first, sizes)
    return near.take(order[rank < beam.width])


def _groups(numbers: Ints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where each run of equal numbers begins, and how long it is."""
    first = np.concatenate(([0], np.flatnonzero(numbers[1:] != numbers[:-1]) + 1))
    return first, np.diff(first, append=len(numbers))


def spoken(scores: Floats, states: States, words: Ints, model: Model) -> tuple[Floats, States]:
    """Return scores and states behind one more word of each text, `NO_WORD` for none.

    What is given is used up: the arrays may be those that come back.
    """
    chosen = np.flatnonzero(words != NO_WORD)
    if len(chosen) == len(words):
        logs, after = model.extend(states, words.astype(np.uint64))
        scores += logs
        return scores, after
    if not len(chosen):
        return scores, states
    logs, after = model.extend(states[chosen], words.take(chosen).astype(np.uint64))
    scores[chosen] += logs
    states.context[chosen], states.back_offs[:, chosen] = after.context, after.back_offs
    return scores, states
