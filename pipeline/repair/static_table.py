# SPDX-License-Identifier: Apache-2.0
"""A read-only map from 64-bit keys to small numbers, in a little more than the numbers' own size.

The value of a key is the exclusive or of three cells, one in each of three neighbouring segments
(binary fuse, Graf & Lemire 2022; as a map: Dietzfelbinger & Pagh 2008). Some bits of every value
are a fingerprint of its key: of the keys that are not in the map all but one in `2**bits` are
told so. No key is stored, a look-up is three reads, and an array of keys is looked up at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

_ARITY = 3
_GOLDEN = 0x9E3779B97F4A7C15
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class StaticTable:
    """A map of the above kind.

    Attributes:
        cells: of an unsigned type that holds a payload and, above it, the fingerprint.
        segment: how many cells a segment has, a power of two.
        seed: of the hash.
        payload_bits: how many low bits of a value are the payload.
    """

    cells: NDArray[np.unsignedinteger]
    segment: int
    seed: int
    payload_bits: int

    def get(self, keys: Keys) -> tuple[NDArray[np.bool_], NDArray[np.unsignedinteger]]:
        """Return for each key whether it is in the map, and its payload (else anything)."""
        hashes = mixed(keys, self.seed)
        first, second, third = places(hashes, self.segment, len(self.cells))
        values = self.cells[first]
        values ^= self.cells[second]
        values ^= self.cells[third]
        kind = self.cells.dtype.type
        bits = kind(self.payload_bits)
        prints = hashes.astype(kind) >> bits
        return (values >> bits) == prints, values & kind((1 << self.payload_bits) - 1)


def mixed(keys: Keys, seed: int) -> Keys:
    """Return a hash of each key (the finaliser of splitmix64, Steele et al. 2014)."""
    hashes = keys + np.uint64(seed * _GOLDEN % 2**64)
    hashes ^= hashes >> np.uint64(30)
    hashes *= _MIX[0]
    hashes ^= hashes >> np.uint64(27)
    hashes *= _MIX[1]
    hashes ^= hashes >> np.uint64(31)
    return hashes


def places(hashes: Keys, segment: int, size: int) -> tuple[NDArray[np.intp], ...]:
    """Return the three cells of each hash, in three segments that follow one another."""
    starts = np.uint64(size // segment - _ARITY + 1) * (hashes >> np.uint64(32))
    starts = (starts >> np.uint64(32)) * np.uint64(segment)
    mask = np.uint64(segment - 1)
    return (
        (starts + (hashes & mask)).astype(np.intp),
        (starts + np.uint64(segment) + (hashes >> np.uint64(11) & mask)).astype(np.intp),
        (starts + np.uint64(2 * segment) + (hashes >> np.uint64(22) & mask)).astype(np.intp),
    )
