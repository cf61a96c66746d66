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
_MIX_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))
_HALF = np.uint64(32)
# Bits of the hash that choose the cell within each of the three segments.
_SHIFTS = (np.uint64(0), np.uint64(11), np.uint64(22))


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
        values = self.cells.take(first)
        values ^= self.cells.take(second)
        values ^= self.cells.take(third)
        kind = self.cells.dtype.type
        payloads = kind((1 << self.payload_bits) - 1)
        # Above the payload there is the fingerprint, which is that part of the hash.
        return (values ^ hashes.astype(kind)) <= payloads, values & payloads


def mixed(keys: Keys, seed: int) -> Keys:
    """Return a hash of each key (the finaliser of splitmix64, Steele et al. 2014)."""
    hashes = keys + np.uint64(seed * _GOLDEN % 2**64)
    hashes ^= hashes >> _MIX_SHIFTS[0]
    hashes *= _MIX[0]
    hashes ^= hashes >> _MIX_SHIFTS[1]
    hashes *= _MIX[1]
    hashes ^= hashes >> _MIX_SHIFTS[2]
    return hashes


def places(hashes: Keys, segment: int, size: int) -> tuple[NDArray[np.intp], ...]:
    """Return the three cells of each hash, in three segments that follow one another."""
    starts = hashes >> _HALF
    starts *= np.uint64(size // segment - _ARITY + 1)
    starts >>= _HALF
    starts *= np.uint64(segment)
    mask = np.uint64(segment - 1)
    found = []
    for number, bits in enumerate(_SHIFTS):
        place = hashes >> bits
        place &= mask
        place += starts
        if number:
            place += np.uint64(number * segment)
        # No place needs the highest bit, so that it is the same number with a sign.
        found.append(place.view(np.int64))
    return tuple(found)
