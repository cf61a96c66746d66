# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from dictionaries.build.static_tables import SEGMENT, filled


def test_many_keys_fit_in_little_more_than_their_number() -> None:
    keys = np.random.default_rng(7).permutation(np.arange(0, 10**9, 10**4, dtype=np.uint64))
    payloads = (keys // 10**4 % 251).astype(np.uint32)
    table = filled(keys, payloads, 8, np.uint16)
    found, given = table.get(keys)
    assert found.all()
    assert (given == payloads).all()
    assert len(table.cells) <= 1.2 * len(keys) + 3 * SEGMENT


def test_the_same_keys_give_the_same_cells() -> None:
    keys, payloads = np.arange(999, dtype=np.uint64), np.zeros(999, np.uint32)
    assert (
        filled(keys, payloads, 6, np.uint16).cells == filled(keys, payloads, 6, np.uint16).cells
    ).all()


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="distinct"):
        filled(np.array([5, 5], np.uint64), np.zeros(2, np.uint32), 6, np.uint16)
