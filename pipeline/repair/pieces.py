# SPDX-License-Identifier: Apache-2.0
"""Long runs in pieces that are searched side by side: a step costs the same for one as for many."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.repair.search import Ints, Lattice

# Runs of more places are cut: how many places are a piece's own, and how many before and behind
# it are read for the context. The model looks three words back, so that no more are needed.
_LONGEST, _OWN, _BEFORE, _BEHIND = 36, 18, 6, 5


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parts of runs that are read by themselves; places count as those of the lattice.

    Attributes:
        first, last: where reading begins and ends.
        begin, end: what counts of it: the pieces of a run meet there.
        run: of which run.
        closing: whether the run ends with it.
    """

    first: Ints
    last: Ints
    begin: Ints
    end: Ints
    run: Ints
    closing: NDArray[np.bool_]


def pieces_of(lattice: Lattice) -> Pieces:
    """Return runs in pieces, cut at places that no edge goes over."""
    places = np.repeat(np.arange(len(lattice.first_edge) - 1), np.diff(lattice.first_edge))
    over = np.zeros(len(lattice.first_edge), bool)
    over[places[lattice.ends - places > 1] + 1] = True
    found: list[tuple[int, int, int, int, int, bool]] = []
    ends = lattice.first_place.tolist()
    for run, (first, after) in enumerate(pairwise(ends)):
        last = after - 1
        begin = lead = first
        while last - begin > _LONGEST:
            free = begin + np.flatnonzero(~over[begin : last + 1])
            end = int(free[min(np.searchsorted(free, begin + _OWN), len(free) - 1)])
            tail = int(free[min(np.searchsorted(free, end + _BEHIND), len(free) - 1)])
            found.append((lead, tail, begin, end, run, tail == last))
            lead = int(free[max(np.searchsorted(free, end - _BEFORE, "right") - 1, 0)])
            begin = end
        if begin < last or begin == first:
            found.append((lead, last, begin, last, run, True))
    return Pieces(*map(np.array, zip(*found, strict=True)))
