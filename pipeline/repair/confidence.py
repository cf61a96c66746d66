# SPDX-License-Identifier: Apache-2.0
"""How sure a reading is: its share among all readings of the same slot, neighbours as decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.repair.language_model import States
from pipeline.repair.search import NO_WORD

if TYPE_CHECKING:
    from pipeline.repair.language_model import Model
    from pipeline.repair.search import Floats, Ints, Lattice

# The model looks three words back, so a reading touches the probability of three words ahead.
_REACH = 3


def rivals(
    lattice: Lattice, paths: list[list[int]], model: Model, stop: int
) -> tuple[Ints, Ints, Floats]:
    """Return all edges that could take the place of an edge of the paths, that edge included.

    Returns:
        For each rival: the number of the path's edge (counted through all paths), the number of
        the rival, and the logarithm of its score with all else on the path unchanged.
    """
    edges = np.array([edge for path in paths for edge in path], np.int64)
    words, first_word = _words(lattice, paths, stop)
    places = np.searchsorted(lattice.first_edge, edges, side="right") - 1
    first, after = lattice.first_edge[places], lattice.first_edge[places + 1]
    sizes = after - first
    owner = np.repeat(np.arange(len(edges)), sizes)
    rival = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes) + first[owner]
    same = lattice.ends[rival] == lattice.ends[edges][owner]
    owner, rival = owner[same], rival[same]
    states = _before(words, first_word, model)[owner]
    scores = lattice.scores[rival].copy()
    for column in (0, 1):
        scores, states = _said(scores, states, lattice.words[rival, column], model)
    said = (lattice.words[edges] != NO_WORD).sum(axis=1)
    following = first_word + said
    for ahead in range(_REACH):
        scores, states = _said(scores, states, words[following[owner] + ahead], model)
    return owner, rival, scores


def _words(lattice: Lattice, paths: list[list[int]], stop: int) -> tuple[Ints, Ints]:
    """Return the words of all paths, each path between pads, and where each edge's words begin."""
    words: list[int] = []
    first: list[int] = []
    for path in paths:
        words += [NO_WORD] * _REACH
        for edge in path:
            first.append(len(words))
            words += [int(word) for word in lattice.words[edge] if word != NO_WORD]
        words += [stop] + [NO_WORD] * _REACH
    return np.array(words, np.int64), np.array(first, np.int64)


def _before(words: Ints, places: Ints, model: Model) -> States:
    """Return the state before each place: all that counts are the last three words."""
    states = model.start(len(places))
    nothing = np.zeros(len(places), np.float32)
    for back in range(_REACH, 0, -1):
        nothing, states = _said(nothing, states, words[places - back], model)
    return states


def _said(
    scores: Floats, states: States, words: Ints, model: Model
) -> tuple[Floats, States]:
    chosen = np.flatnonzero(words != NO_WORD)
    if not len(chosen):
        return scores, states
    logs, after = model.extend(states[chosen], words[chosen].astype(np.uint64))
    scores = scores.copy()
    scores[chosen] += logs
    context, back_offs = states.context.copy(), states.back_offs.copy()
    context[chosen], back_offs[:, chosen] = after.context, after.back_offs
    return scores, States(context, back_offs)


def shares(owner: Ints, scores: Floats) -> Floats:
    """Return the share of each rival among those of the same edge (softmax); owners ascend."""
    first = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
    sizes = np.diff(np.append(first, len(owner)))
    best = np.repeat(np.maximum.reduceat(scores, first), sizes)
    parts = np.exp(scores - best)
    total: Floats = parts / np.repeat(np.add.reduceat(parts, first), sizes)
    return total
