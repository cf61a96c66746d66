# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictionaries.build.static_tables import filled
from pipeline.repair.static_table import StaticTable, mixed, places

KEYS = st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=60)


def table(
    keys: list[int], bits: int = 6, cell: type[np.unsignedinteger] = np.uint16
) -> StaticTable:
    payloads = np.arange(len(keys)) % 2**bits
    return filled(np.array(keys, np.uint64), payloads.astype(np.uint32), bits, cell)


@given(KEYS)
@settings(max_examples=40, deadline=None)
def test_every_key_is_found_with_its_payload(keys: list[int]) -> None:
    found, payloads = table(keys).get(np.array(keys, np.uint64))
    assert found.all()
    assert payloads.tolist() == [number % 64 for number in range(len(keys))]


@pytest.mark.parametrize(("cell", "bits"), [(np.uint32, 16), (np.uint16, 6)])
def test_others_are_told_apart(cell: type[np.unsignedinteger], bits: int) -> None:
    """As many as the fingerprint promises, where the cells are full: the model's tables are."""
    made = table(list(range(150_000)), bits, cell)
    found, _ = made.get(np.arange(150_000, 350_000, dtype=np.uint64))
    fingerprint = np.dtype(cell).itemsize * 8 - bits
    expected = 200_000 / 2**fingerprint
    assert found.sum() <= 2 * expected + 5 * expected**0.5


def test_nothing_is_asked() -> None:
    found, payloads = table([1, 2]).get(np.zeros(0, np.uint64))
    assert len(found) == len(payloads) == 0


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=20), st.integers(1, 39))
def test_a_key_has_three_cells_in_three_neighbouring_segments(keys: list[int], seed: int) -> None:
    segment, size = 1 << 6, 9 << 6
    cells = np.stack(places(mixed(np.array(keys, np.uint64), seed), segment, size))
    assert (cells >= 0).all()
    assert (cells < size).all()
    assert (np.diff(cells // segment, axis=0) == 1).all()


def test_seeds_give_other_hashes() -> None:
    keys = np.arange(100, dtype=np.uint64)
    assert (mixed(keys, 1) != mixed(keys, 2)).all()
    assert keys.tolist() == list(range(100))
