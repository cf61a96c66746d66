# SPDX-License-Identifier: Apache-2.0
"""How sure a reading is: its share among all readings of the same slot, neighbours as decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.repair.search import NO_WORD, spoken

if TYPE_CHECKING:
    from pipeline.repair.language_model import Model, States
    from pipeline.repair.search import Floats, Ints, Lattice

# The model looks three words back, so a reading touches the probability of three words ahead.
_REACH = 3
# More alternatives than these tell a person nothing.
_ALTERNATIVES = 4
_LEAST_SHARE = 0.01


def weigh(
    lattice: Lattice, paths: list[list[int]], model: Model, stop: int
) -> list[tuple[float, list[tuple[int, float]]]]:
    """Return for each edge of the paths how sure it is, 0-1, and the edges that may be right too.

    Not yet calibrated; alternatives come with their shares, the best first.
    """
    edges = np.array([edge for path in paths for edge in path], np.int64)
    owner, rival, scores = rivals(lattice, paths, model, stop)
    share = shares(owner, scores)
    decided = rival == edges.take(owner)
    found: list[tuple[float, list[tuple[int, float]]]] = [
        (own, []) for own in share[decided].tolist()
    ]
    others = np.flatnonzero((share >= _LEAST_SHARE) & ~decided)
    others = others.take(np.argsort(-share.take(others), kind="stable"))
    for number, edge, own in zip(
        owner.take(others).tolist(), rival.take(others).tolist(), share.take(others).tolist(),
        strict=True,
    ):  # fmt: skip
        alternatives = found[number][1]
        if len(alternatives) < _ALTERNATIVES:
            alternatives.append((edge, own))
    return found


def rivals(
    lattice: Lattice, paths: list[list[int]], model: Model, stop: int
) -> tuple[Ints, Ints, Floats]:
    """Return all edges that could take the place of an edge of the paths, that edge included.

    Returns:
        For each rival: the number of the path's edge (counted through all paths), the number of
        the rival, and the logarithm of its score with all else on the path unchanged.
    """
    edges = np.array([edge for path in paths for edge in path], np.int64)
    words, first_word, after_word = _words(lattice.words[edges], [*map(len, paths)], stop)
    places = np.searchsorted(lattice.first_edge, edges, side="right") - 1
    first = lattice.first_edge.take(places)
    sizes = lattice.first_edge.take(places + 1) - first
    owner = np.repeat(np.arange(len(edges)), sizes)
    rival = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + first[owner]
    same = lattice.ends.take(rival) == lattice.ends.take(edges).take(owner)
    owner, rival = owner[same], rival[same]
    states = _before(words, first_word, model)[owner]
    scores = lattice.scores.take(rival)
    for column in (0, 1):
        scores, states = spoken(scores, states, lattice.words[rival, column], model)
    following = after_word.take(owner)
    for ahead in range(_REACH):
        scores, states = spoken(scores, states, words.take(following + ahead), model)
    return owner, rival, scores


def _words(said: Ints, lengths: list[int], stop: int) -> tuple[Ints, Ints, Ints]:
    """Return the words of all paths, and where those of each edge begin and end.

    Args:
        said: (edges, 2): the words of the edges of all paths.
        lengths: of the paths.
        stop: the word behind each path; pads stand before and behind.
    """
    pads = 2 * _REACH + 1
    counts = (said != NO_WORD).sum(axis=1)
    run = np.repeat(np.arange(len(lengths)), lengths)
    ends = np.cumsum(counts)
    first = ends - counts + pads * run + _REACH
    words = np.full(int(counts.sum()) + pads * len(lengths), NO_WORD, np.int64)
    for column in (0, 1):
        chosen = np.flatnonzero(counts > column)
        words[first[chosen] + column] = said[chosen, column]
    last = ends[np.cumsum(lengths) - 1] + pads * np.arange(len(lengths)) + _REACH
    words[last] = stop
    return words, first, first + counts


def _before(words: Ints, places: Ints, model: Model) -> States:
    """Return the state before each place: all that counts are the last three words."""
    states = model.start(len(places))
    nothing = np.zeros(len(places), np.float32)
    for back in range(_REACH, 0, -1):
        nothing, states = spoken(nothing, states, words.take(places - back), model)
    return states


def shares(owner: Ints, scores: Floats) -> Floats:
    """Return the share of each rival among those of the same edge (softmax); owners ascend."""
    first = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
    sizes = np.diff(np.append(first, len(owner)))
    best = np.repeat(np.maximum.reduceat(scores, first), sizes)
    parts = np.exp(scores - best)
    total: Floats = parts / np.repeat(np.add.reduceat(parts, first), sizes)
    return total
