# SPDX-License-Identifier: Apache-2.0
"""Fill the maps that `pipeline.repair.static_table` reads: peel the keys, then solve backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.repair.static_table import Keys, StaticTable, mixed, places

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEGMENT = 1 << 12
# Cells for a key; with three cells a key 1.125 is the least that large sets need.
ROOM = 1.14


def filled(
    keys: Keys,
    payloads: NDArray[np.unsignedinteger],
    payload_bits: int,
    cell: type[np.unsignedinteger],
) -> StaticTable:
    """Return the map from distinct keys to payloads of `payload_bits` bits, in cells of a type."""
    for seed in range(1, 40):
        segments = int(np.ceil(len(keys) * (ROOM + seed / 100) / SEGMENT)) + 2
        size = segments * SEGMENT
        hashes = mixed(keys, seed)
        cells = np.stack(places(hashes, SEGMENT, size), axis=1)
        rounds = _peeled(cells, size)
        if rounds is None:
            continue
        kind = np.dtype(cell).type
        values = (hashes.astype(kind) >> kind(payload_bits)) << kind(payload_bits)
        values |= payloads.astype(kind)
        table = np.zeros(size, kind)
        for chosen, free in reversed(rounds):
            others = np.bitwise_xor.reduce(table[cells[chosen]], axis=1)
            # The free cell is still zero, so it takes no part in the sum.
            table[free] = values[chosen] ^ others
        return StaticTable(table, SEGMENT, seed, payload_bits)
    raise ValueError("no seed peels these keys: are they distinct?")


def _peeled(
    cells: NDArray[np.intp], size: int
) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]] | None:
    """Return rounds of (keys, the cell that only each of them uses by then); None if it sticks."""
    used = np.bincount(cells.ravel(), minlength=size)
    owners = np.zeros(size, np.int64)
    numbers = np.arange(len(cells))
    for column in cells.T:
        np.bitwise_xor.at(owners, column, numbers)
    rounds: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    free = np.flatnonzero(used == 1)
    left = len(cells)
    while len(free):
        chosen, first = np.unique(owners[free], return_index=True)
        free = free[first]
        rounds.append((chosen, free))
        left -= len(chosen)
        touched = cells[chosen]
        np.subtract.at(used, touched.ravel(), 1)
        np.bitwise_xor.at(owners, touched.ravel(), np.repeat(chosen, cells.shape[1]))
        candidates = np.unique(touched.ravel())
        free = candidates[used[candidates] == 1]
    return rounds if left == 0 else None
