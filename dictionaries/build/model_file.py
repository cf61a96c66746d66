# SPDX-License-Identifier: Apache-2.0
"""Write a trained model as the file that `pipeline.repair.language_model` maps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from dictionaries.build.static_tables import filled
from pipeline.repair.language_model import ALIGNED, MAGIC

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from dictionaries.build.kneser_ney import Level
    from pipeline.repair.static_table import StaticTable

# Fingerprints have 16 bits for orders 2 and 3 and 10 for order 4, which is asked only where both
# of its trigrams are there.
_CODES4 = 6


def codes(values: NDArray[np.float64], bits: int) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """Return `2**bits` values that stand for all, and which stands for each: equal shares."""
    edges = np.unique(np.quantile(values, np.linspace(0, 1, (1 << bits) + 1)[1:-1]))
    which = np.searchsorted(edges, values, side="right")
    sizes = np.maximum(np.bincount(which, minlength=1 << bits), 1)
    means = np.bincount(which, weights=values, minlength=1 << bits) / sizes
    return means.astype(np.float32), which.astype(np.uint32)


def write(
    path: Path, vocabulary: list[str], levels: list[Level], capitals: NDArray[np.float32]
) -> int:
    """Write the model beside `path`, then rename; return the size in bytes."""
    first = levels[0]
    arrays: dict[str, NDArray[np.generic]] = {
        "unigrams": np.stack((first.log_probs, first.back_offs)).astype(np.float32),
        "capitals": capitals,
    }
    tables: dict[str, StaticTable] = {}
    for order in (2, 3):
        level = levels[order - 1]
        logs, which = codes(level.log_probs, 8)
        weights, behind = codes(level.back_offs, 8)
        tables[f"{order}"] = filled(level.keys, which | behind << 8, 16, np.uint32)
        arrays |= {f"logs{order}": logs, f"back_offs{order}": weights}
    logs, which = codes(levels[3].log_probs, _CODES4)
    tables["4"] = filled(levels[3].keys, which, _CODES4, np.uint16)
    arrays["logs4"] = logs
    arrays |= {f"cells{order}": table.cells for order, table in tables.items()}
    return _write(path, vocabulary, arrays, tables)


def _write(
    path: Path,
    vocabulary: list[str],
    arrays: dict[str, NDArray[np.generic]],
    tables: dict[str, StaticTable],
) -> int:
    header = {
        "vocabulary": vocabulary,
        "tables": {
            order: {"segment": t.segment, "seed": t.seed, "payload_bits": t.payload_bits}
            for order, t in tables.items()
        },
        "arrays": {name: [a.dtype.str, list(a.shape), 10**9] for name, a in arrays.items()},
    }
    # Offsets are written at a fixed width first, so that the header's length is known.
    room = len(json.dumps(header, ensure_ascii=False).encode())
    offset = _aligned(len(MAGIC) + 4 + room)
    for name, array in arrays.items():
        header["arrays"][name][2] = offset
        offset = _aligned(offset + array.nbytes)
    text = json.dumps(header, ensure_ascii=False).encode().ljust(room)
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        file.write(MAGIC + room.to_bytes(4, "little") + text)
        for name, array in arrays.items():
            file.seek(header["arrays"][name][2])
            file.write(np.ascontiguousarray(array).tobytes())
        file.truncate(offset)
    beside.replace(path)
    return path.stat().st_size


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNED) * ALIGNED
