# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.pieces import Pieces, pieces_of
from pipeline.repair.search import NO_WORD, Lattice

LENGTHS = st.lists(st.integers(1, 120), min_size=1, max_size=4)


def lattice(lengths: list[int], joins: set[int]) -> Lattice:
    """Runs of one edge a place; from the places in `joins` another edge goes over two."""
    first_place, first_edge, ends = [0], [0], []
    for length in lengths:
        last = first_place[-1] + length
        for place in range(first_place[-1], last):
            ends.append(place + 1)
            if place in joins and place + 2 <= last:
                ends.append(place + 2)
            first_edge.append(len(ends))
        first_edge.append(len(ends))
        first_place.append(last + 1)
    words = np.full((len(ends), 2), NO_WORD)
    arrays = map(np.array, (first_place, first_edge, ends))
    return Lattice(*arrays, words, np.zeros(len(ends), np.float32))


def of_run(pieces: Pieces, run: int) -> list[tuple[int, int, int, int, bool]]:
    """First, begin, end, last place, and whether the run ends, for each piece of a run."""
    columns = (pieces.first, pieces.begin, pieces.end, pieces.last, pieces.closing)
    rows = zip(pieces.run.tolist(), *(column.tolist() for column in columns), strict=True)
    return [tuple(row) for own, *row in rows if own == run]


def test_a_short_run_is_one_piece() -> None:
    found = pieces_of(lattice([20, 30], set()))
    assert of_run(found, 0) == [(0, 0, 20, 20, True)]
    assert of_run(found, 1) == [(21, 21, 51, 51, True)]


@given(LENGTHS, st.sets(st.integers(0, 480)))
def test_pieces_are_the_run_and_have_their_context(lengths: list[int], joins: set[int]) -> None:
    made = lattice(lengths, joins)
    found = pieces_of(made)
    start = 0
    for run, length in enumerate(lengths):
        own = of_run(found, run)
        assert [begin for _, begin, *_ in own] == [start, *(end for _, _, end, *_ in own[:-1])]
        assert own[-1][2] == start + length
        for first, begin, end, last, closing in own:
            assert first == start or begin - first >= 3
            assert last == start + length or last - end >= 3
            assert closing == (last == start + length)
        start += length + 1


@given(LENGTHS, st.sets(st.integers(0, 480)))
def test_no_edge_goes_over_a_cut(lengths: list[int], joins: set[int]) -> None:
    made = lattice(lengths, joins)
    found = pieces_of(made)
    over = {
        end - 1
        for place in range(len(made.first_edge) - 1)
        for end in made.ends[made.first_edge[place] : made.first_edge[place + 1]].tolist()
        if end - place == 2
    }
    for cuts in (found.first, found.begin, found.end, found.last):
        assert over.isdisjoint(cuts.tolist())
